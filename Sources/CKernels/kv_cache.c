// The KV cache of a layer: rows of float32 in, rows of float32 out. A row goes through its compact
// form (codes, and scales of blocks of 32), which moves between slots without rounding again.
#include <math.h>

#include "kv_layout.h"
#include "numbers.h"

enum { widest_head = 4096 };

/// A head's key or value at one slot, as stored.
typedef struct kv_row {
  union {
    float f32[widest_head];
    uint16_t b16[widest_head];
    uint8_t codes[widest_head];  // q + 128 or q + 8
  };
  uint16_t scales[widest_head / MB_KV_QUANT];
} kv_row;

/// Where a slot lies: the start of its tile (keys) or block (values), and its place there.
typedef struct kv_slot {
  uint8_t *base;
  size_t index;
  bool value;
} kv_slot;

static kv_slot slot_at(const mb_kv *kv, bool value, int32_t head, int32_t slot) {
  size_t tile = mb_kv_tile_bytes(kv->dtype, kv->head_dim), slots = (size_t)slot;
  size_t per = value ? MB_KV_BLOCK : MB_KV_TILE;
  uint8_t *start = (uint8_t *)(value ? kv->values : kv->keys) +
                   (size_t)head * mb_kv_head_bytes(kv->dtype, kv->head_dim, kv->capacity);
  return (kv_slot){start + slots / per * (per / MB_KV_TILE) * tile, slots % per, value};
}

static size_t place(const mb_kv *kv, kv_slot at, size_t dim) {
  return at.value ? mb_value_place(kv->dtype, at.index, dim)
                  : mb_key_place(kv->dtype, at.index, dim);
}

/// The scale and the codes of a quantised block of 32 dims.
typedef struct kv_quant {
  uint16_t *scale;
  uint8_t *codes;
} kv_quant;

static kv_quant quant_at(const mb_kv *kv, kv_slot at, size_t block) {
  size_t slots = at.value ? MB_KV_BLOCK : MB_KV_TILE;
  size_t bytes = slots / MB_KV_TILE * (kv->dtype == MB_Q8_0 ? MB_KV_Q8_KEYS : MB_KV_Q4_KEYS);
  uint8_t *base = at.base + block * bytes;
  return (kv_quant){(uint16_t *)base + at.index, base + slots * 2};
}

static void write_row(const mb_kv *kv, kv_slot at, const kv_row *row) {
  size_t dims = (size_t)kv->head_dim;
  switch (kv->dtype) {
    case MB_F32:
      for (size_t d = 0; d < dims; d++) ((float *)at.base)[place(kv, at, d)] = row->f32[d];
      return;
    case MB_F16:
    case MB_BF16:
      for (size_t d = 0; d < dims; d++) ((uint16_t *)at.base)[place(kv, at, d)] = row->b16[d];
      // The dims that pad the last pair meet zeros of the query, which NaN would survive.
      for (size_t d = dims; d < mb_kv_padded(kv->head_dim); d++)
        ((uint16_t *)at.base)[place(kv, at, d)] = 0;
      return;
    case MB_Q8_0:
      for (size_t b = 0; b < dims / MB_KV_QUANT; b++) {
        kv_quant to = quant_at(kv, at, b);
        *to.scale = row->scales[b];
        for (size_t e = 0; e < MB_KV_QUANT; e++) {
          uint8_t code = row->codes[b * MB_KV_QUANT + e];
          if (at.value)
            to.codes[mb_q8_value_place(at.index, e)] = (uint8_t)(code - 128);
          else
            to.codes[mb_q8_key_place(at.index, e)] = code;
        }
      }
      return;
    case MB_Q4_0:
      for (size_t b = 0; b < dims / MB_KV_QUANT; b++) {
        kv_quant to = quant_at(kv, at, b);
        *to.scale = row->scales[b];
        for (size_t e = 0; e < MB_KV_QUANT; e++) {
          mb_nibble n = at.value ? mb_q4_value_place(at.index, e) : mb_q4_key_place(at.index, e);
          uint8_t others = to.codes[n.byte] & (uint8_t)(0xF0 >> n.shift);
          to.codes[n.byte] = others | (uint8_t)(row->codes[b * MB_KV_QUANT + e] << n.shift);
        }
      }
      return;
  }
}

static void read_row(const mb_kv *kv, kv_slot at, kv_row *row) {
  size_t dims = (size_t)kv->head_dim;
  switch (kv->dtype) {
    case MB_F32:
      for (size_t d = 0; d < dims; d++) row->f32[d] = ((float *)at.base)[place(kv, at, d)];
      return;
    case MB_F16:
    case MB_BF16:
      for (size_t d = 0; d < dims; d++) row->b16[d] = ((uint16_t *)at.base)[place(kv, at, d)];
      return;
    case MB_Q8_0:
      for (size_t b = 0; b < dims / MB_KV_QUANT; b++) {
        kv_quant from = quant_at(kv, at, b);
        row->scales[b] = *from.scale;
        for (size_t e = 0; e < MB_KV_QUANT; e++)
          row->codes[b * MB_KV_QUANT + e] =
              at.value ? (uint8_t)(from.codes[mb_q8_value_place(at.index, e)] + 128)
                       : from.codes[mb_q8_key_place(at.index, e)];
      }
      return;
    case MB_Q4_0:
      for (size_t b = 0; b < dims / MB_KV_QUANT; b++) {
        kv_quant from = quant_at(kv, at, b);
        row->scales[b] = *from.scale;
        for (size_t e = 0; e < MB_KV_QUANT; e++) {
          mb_nibble n = at.value ? mb_q4_value_place(at.index, e) : mb_q4_key_place(at.index, e);
          row->codes[b * MB_KV_QUANT + e] = from.codes[n.byte] >> n.shift & 0xF;
        }
      }
      return;
  }
}

// MARK: Rounding, by ggml's rules

static uint8_t clamped(float code, float least, float most) {
  // NaN goes to `least`.
  return (uint8_t)fminf(most, fmaxf(least, code));
}

static void quantize_q8(const float *x, uint8_t *codes, uint16_t *scale) {
  float largest = 0;
  for (int e = 0; e < MB_KV_QUANT; e++) largest = fmaxf(largest, fabsf(x[e]));
  float d = largest / 127, inverse = d > 0 ? 1 / d : 0;
  *scale = mb_to_f16(d);
  for (int e = 0; e < MB_KV_QUANT; e++)
    codes[e] = clamped(roundf(x[e] * inverse) + 128, 1, 255);
}

static void quantize_q4(const float *x, uint8_t *codes, uint16_t *scale) {
  float largest = 0;
  for (int e = 0; e < MB_KV_QUANT; e++)
    if (fabsf(x[e]) > fabsf(largest)) largest = x[e];
  float d = largest / -8, inverse = d != 0 ? 1 / d : 0;
  *scale = mb_to_f16(d);
  for (int e = 0; e < MB_KV_QUANT; e++) codes[e] = clamped(x[e] * inverse + 8.5f, 0, 15);
}

static void encode(const mb_kv *kv, const float *x, kv_row *row) {
  size_t dims = (size_t)kv->head_dim;
  switch (kv->dtype) {
    case MB_F32:
      memcpy(row->f32, x, dims * sizeof *x);
      return;
    case MB_F16:
      for (size_t d = 0; d < dims; d++) row->b16[d] = mb_to_f16(x[d]);
      return;
    case MB_BF16:
      for (size_t d = 0; d < dims; d++) row->b16[d] = mb_to_bf16(x[d]);
      return;
    case MB_Q8_0:
      for (size_t b = 0; b < dims / MB_KV_QUANT; b++)
        quantize_q8(x + b * MB_KV_QUANT, row->codes + b * MB_KV_QUANT, &row->scales[b]);
      return;
    case MB_Q4_0:
      for (size_t b = 0; b < dims / MB_KV_QUANT; b++)
        quantize_q4(x + b * MB_KV_QUANT, row->codes + b * MB_KV_QUANT, &row->scales[b]);
      return;
  }
}

static void decode(const mb_kv *kv, const kv_row *row, float *x) {
  for (size_t d = 0; d < (size_t)kv->head_dim; d++) {
    switch (kv->dtype) {
      case MB_F32:
        x[d] = row->f32[d];
        break;
      case MB_F16:
        x[d] = mb_from_f16(row->b16[d]);
        break;
      case MB_BF16:
        x[d] = mb_from_bf16(row->b16[d]);
        break;
      case MB_Q8_0:
        x[d] = (float)(row->codes[d] - 128) * mb_from_f16(row->scales[d / MB_KV_QUANT]);
        break;
      case MB_Q4_0:
        x[d] = (float)(row->codes[d] - 8) * mb_from_f16(row->scales[d / MB_KV_QUANT]);
        break;
    }
  }
}

// MARK: The cache

size_t mb_kv_bytes(mb_dtype dtype, int32_t kv_heads, int32_t head_dim, int32_t capacity) {
  return (size_t)kv_heads * mb_kv_head_bytes(dtype, head_dim, capacity);
}

void mb_kv_store(const mb_kv *kv, int32_t first, int32_t n, const float *keys,
                 const float *values, ptrdiff_t stride) {
  kv_row row;
  for (int32_t head = 0; head < kv->kv_heads; head++)
    for (int32_t i = 0; i < n; i++) {
      ptrdiff_t at = i * stride + (ptrdiff_t)head * kv->head_dim;
      encode(kv, keys + at, &row);
      write_row(kv, slot_at(kv, false, head, first + i), &row);
      encode(kv, values + at, &row);
      write_row(kv, slot_at(kv, true, head, first + i), &row);
    }
}

void mb_kv_load(const mb_kv *kv, int32_t first, int32_t n, float *keys, float *values) {
  kv_row row;
  for (int32_t i = 0; i < n; i++)
    for (int32_t head = 0; head < kv->kv_heads; head++) {
      ptrdiff_t at = ((ptrdiff_t)i * kv->kv_heads + head) * kv->head_dim;
      read_row(kv, slot_at(kv, false, head, first + i), &row);
      decode(kv, &row, keys + at);
      read_row(kv, slot_at(kv, true, head, first + i), &row);
      decode(kv, &row, values + at);
    }
}

/// Whole tiles of keys and blocks of values are copied as bytes, what remains row by row.
void mb_kv_copy(const mb_kv *from, const mb_kv *to, int32_t n) {
  size_t tile = mb_kv_tile_bytes(from->dtype, from->head_dim);
  int32_t tiles = n / MB_KV_TILE, blocks = n / MB_KV_BLOCK;
  kv_row row;
  for (int32_t head = 0; head < from->kv_heads; head++) {
    memcpy(slot_at(to, false, head, 0).base, slot_at(from, false, head, 0).base,
           (size_t)tiles * tile);
    memcpy(slot_at(to, true, head, 0).base, slot_at(from, true, head, 0).base,
           (size_t)blocks * (MB_KV_BLOCK / MB_KV_TILE) * tile);
    for (int32_t slot = tiles * MB_KV_TILE; slot < n; slot++) {
      read_row(from, slot_at(from, false, head, slot), &row);
      write_row(to, slot_at(to, false, head, slot), &row);
    }
    for (int32_t slot = blocks * MB_KV_BLOCK; slot < n; slot++) {
      read_row(from, slot_at(from, true, head, slot), &row);
      write_row(to, slot_at(to, true, head, slot), &row);
    }
  }
}

void mb_kv_move(const mb_kv *kv, int32_t from, int32_t to, int32_t n) {
  kv_row row;
  for (int32_t i = 0; i < n; i++) {
    int32_t step = to <= from ? i : n - 1 - i;  // never over a row that is still to be read
    for (int32_t head = 0; head < kv->kv_heads; head++)
      for (int value = 0; value < 2; value++) {
        read_row(kv, slot_at(kv, value, head, from + step), &row);
        write_row(kv, slot_at(kv, value, head, to + step), &row);
      }
  }
}
