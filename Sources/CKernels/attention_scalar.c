// What the steps of attention mean.
#include <math.h>

#include "attention_kernels.h"
#include "numbers.h"

/// 32 dims of a query for quantised keys.
typedef struct query_block {
  float scale;
  int32_t sum;  // of q: what the keys' offset is multiplied by
  int8_t q[MB_KV_QUANT];
} query_block;

static void prepare_blocks(const float *query, int32_t head_dim, query_block *blocks) {
  for (int32_t b = 0; b < head_dim / MB_KV_QUANT; b++) {
    const float *x = query + b * MB_KV_QUANT;
    float largest = 0;
    for (int e = 0; e < MB_KV_QUANT; e++) largest = fmaxf(largest, fabsf(x[e]));
    blocks[b].scale = largest / 127;
    blocks[b].sum = 0;
    float inverse = largest > 0 ? 127 / largest : 0;
    for (int e = 0; e < MB_KV_QUANT; e++) {
      blocks[b].q[e] = (int8_t)fminf(127, fmaxf(-127, rintf(x[e] * inverse)));
      blocks[b].sum += blocks[b].q[e];
    }
  }
}

static void prepare(const mb_panel *panel, const float *query, void *prepared) {
  size_t dims = (size_t)panel->head_dim, padded = mb_kv_padded(panel->head_dim);
  if (panel->dtype == MB_Q8_0 || panel->dtype == MB_Q4_0)
    return prepare_blocks(query, panel->head_dim, prepared);
  for (size_t d = 0; d < padded; d++) {
    float x = d < dims ? query[d] : 0;
    if (panel->dtype == MB_BF16)
      ((uint16_t *)prepared)[d] = mb_to_bf16(x);
    else
      ((float *)prepared)[d] = x;
  }
}

static float plain_score(const mb_panel *panel, const uint8_t *tile, size_t slot,
                         const void *query) {
  float sum = 0;
  for (size_t d = 0; d < (size_t)panel->head_dim; d++) {
    size_t place = mb_key_place(panel->dtype, slot, d);
    if (panel->dtype == MB_F32)
      sum += ((const float *)query)[d] * ((const float *)tile)[place];
    else if (panel->dtype == MB_F16)
      sum += ((const float *)query)[d] * mb_from_f16(((const uint16_t *)tile)[place]);
    else
      sum += mb_from_bf16(((const uint16_t *)query)[d]) *
             mb_from_bf16(((const uint16_t *)tile)[place]);
  }
  return sum;
}

static float quantised_score(const mb_panel *panel, const uint8_t *tile, size_t slot,
                             const query_block *query) {
  bool bytes = panel->dtype == MB_Q8_0;
  float score = 0;
  for (int32_t b = 0; b < panel->head_dim / MB_KV_QUANT; b++) {
    const uint8_t *base = tile + (size_t)b * (bytes ? MB_KV_Q8_KEYS : MB_KV_Q4_KEYS);
    const uint8_t *codes = base + MB_KV_TILE * 2;
    int32_t sum = (bytes ? -128 : -8) * query[b].sum;
    for (size_t e = 0; e < MB_KV_QUANT; e++) {
      mb_nibble n = mb_q4_key_place(slot, e);
      int code = bytes ? codes[mb_q8_key_place(slot, e)] : codes[n.byte] >> n.shift & 0xF;
      sum += code * query[b].q[e];
    }
    score += (float)sum * (query[b].scale * mb_from_f16(((const uint16_t *)base)[slot]));
  }
  return score;
}

static void scores(const mb_panel *panel, size_t block, int slots, const void *prepared, int rows,
                   float *result) {
  size_t tile_bytes = mb_kv_tile_bytes(panel->dtype, panel->head_dim);
  for (int row = 0; row < rows; row++) {
    const void *query = (const uint8_t *)prepared + (size_t)row * mb_query_bytes(panel->head_dim);
    for (int slot = 0; slot < slots; slot++) {
      const uint8_t *tile = mb_panel_keys(panel, block) + (size_t)slot / MB_KV_TILE * tile_bytes;
      size_t at = (size_t)slot % MB_KV_TILE;
      result[row * MB_KV_BLOCK + slot] = panel->dtype == MB_Q8_0 || panel->dtype == MB_Q4_0
                                             ? quantised_score(panel, tile, at, query)
                                             : plain_score(panel, tile, at, query);
    }
  }
}

static void weigh(float *row, int visible, int slots, float scale, float *max, float *sum) {
  float largest = -INFINITY, total = 0;
  for (int slot = 0; slot < visible; slot++) largest = fmaxf(largest, row[slot]);
  for (int slot = 0; slot < visible; slot++) {
    row[slot] = expf((row[slot] - largest) * scale);
    total += row[slot];
  }
  for (int slot = visible; slot < (slots + 31) / 32 * 32; slot++) row[slot] = 0;
  *max = largest;
  *sum = total;
}

/// A weight times the value that it meets, the product's factors rounded to bf16 where the cache is
/// narrower than f16.
static float weighted(const mb_panel *panel, const uint8_t *base, size_t slot, size_t dim,
                      float weight) {
  size_t place = mb_value_place(panel->dtype, slot, dim), e = dim % MB_KV_QUANT;
  switch (panel->dtype) {
    case MB_F32:
      return weight * ((const float *)base)[place];
    case MB_F16:
      return weight * mb_from_f16(((const uint16_t *)base)[place]);
    case MB_BF16:
      return mb_from_bf16(mb_to_bf16(weight)) * mb_from_bf16(((const uint16_t *)base)[place]);
    case MB_Q8_0: {
      base += dim / MB_KV_QUANT * MB_KV_Q8_VALUES;
      float scaled = weight * mb_from_f16(((const uint16_t *)base)[slot]);
      int8_t code = (int8_t)base[MB_KV_BLOCK * 2 + mb_q8_value_place(slot, e)];
      return mb_from_bf16(mb_to_bf16(scaled)) * (float)code;
    }
    case MB_Q4_0: {
      base += dim / MB_KV_QUANT * MB_KV_Q4_VALUES;
      float scaled = weight * mb_from_f16(((const uint16_t *)base)[slot]);
      mb_nibble n = mb_q4_value_place(slot, e);
      int code = (base[MB_KV_BLOCK * 2 + n.byte] >> n.shift & 0xF) - 8;
      return mb_from_bf16(mb_to_bf16(scaled)) * (float)code;
    }
  }
  __builtin_unreachable();
}

static void values(const mb_panel *panel, size_t block, int slots, float *weights, int rows,
                   float *sums) {
  size_t dims = (size_t)panel->head_dim, padded = mb_kv_padded(panel->head_dim);
  const uint8_t *base = mb_panel_values(panel, block);
  for (int row = 0; row < rows; row++)
    for (size_t d = 0; d < padded; d++) {
      float sum = 0;
      for (int slot = 0; slot < slots && d < dims; slot++)
        sum += weighted(panel, base, (size_t)slot, d, weights[row * MB_KV_BLOCK + slot]);
      sums[(size_t)row * padded + d] = sum;
    }
}

static void put(const mb_panel *panel, void *to, size_t place, float x) {
  if (panel->dtype == MB_BF16)
    ((uint16_t *)to)[place] = mb_to_bf16(x);
  else
    ((float *)to)[place] = x;
}

/// Keys and values that there are not become zeros.
static void pack(const mb_panel *panel, const float *keys, const float *values, ptrdiff_t stride,
                 int count, uint8_t *key_tile, uint8_t *value_block, int slot) {
  size_t dims = (size_t)panel->head_dim, padded = mb_kv_padded(panel->head_dim);
  for (int i = 0; i < MB_KV_TILE; i++)
    for (size_t d = 0; d < padded; d++) {
      bool there = i < count && d < dims;
      ptrdiff_t at = i * stride + (ptrdiff_t)d;
      put(panel, key_tile, mb_key_place(panel->dtype, (size_t)i, d), there ? keys[at] : 0);
      put(panel, value_block, mb_value_place(panel->dtype, (size_t)(slot + i), d),
          there ? values[at] : 0);
    }
}

static void blend(float *y, float a, const float *x, float b, size_t count) {
  for (size_t i = 0; i < count; i++) y[i] = a * y[i] + b * x[i];
}

const mb_attention_kernels mb_attention_scalar = {prepare, scores, weigh,
                                                    values,  pack,   blend};
