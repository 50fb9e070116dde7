// The steps of attention on vectors, for every set of instructions and every type of cache;
// attention_scalar.c defines them. What is narrower than float32 is widened as it is read, and read
// once for all the rows. A file may replace the steps for which its set has better.
#include "vectors.h"

enum { QUANT = MB_KV_QUANT };

/// 32 dims of a query for quantised keys: whole numbers, as floats, so that their products with
/// codes and the sums of 32 of them are exact.
typedef struct wide_block {
  float scale;
  float sum;
  float q[QUANT];
} wide_block;

static void prepare_wide(const mb_panel *panel, const float *query, void *prepared) {
  size_t dims = (size_t)panel->head_dim, padded = mb_kv_padded(panel->head_dim);
  float *to = prepared;
  for (size_t d = 0; d < padded; d += MB_LANES) {
    vf x = d + MB_LANES <= dims ? load(query + d)
                                : load_part(query + d, d < dims ? (int32_t)(dims - d) : 0);
    store(to + d, panel->dtype == MB_BF16 ? rounded_to_bf16(x) : x);
  }
}

static void prepare_quantised(const mb_panel *panel, const float *query, void *prepared) {
  wide_block *blocks = prepared;
  for (int32_t b = 0; b < panel->head_dim / QUANT; b++) {
    const float *x = query + b * QUANT;
    vf most = (vf)0;
    for (int i = 0; i < QUANT; i += MB_LANES)
      most = larger(__builtin_elementwise_abs(load(x + i)), most);
    float largest = max_lanes(most), inverse = largest > 0 ? 127 / largest : 0;
    vf sum = (vf)0;
    for (int i = 0; i < QUANT; i += MB_LANES) {
      vf q = __builtin_elementwise_roundeven(load(x + i) * inverse);
      q = at_most(127, at_least(-127, q));
      store(blocks[b].q + i, q);
      sum += q;
    }
    blocks[b].scale = largest / 127;
    blocks[b].sum = sum_lanes(sum);
  }
}

MB_INLINE void prepare_as_floats(const mb_panel *panel, const float *query, void *prepared) {
  if (panel->dtype == MB_Q8_0 || panel->dtype == MB_Q4_0)
    prepare_quantised(panel, query, prepared);
  else
    prepare_wide(panel, query, prepared);
}

// MARK: Scores: two registers of slots, up to ROWS_AT_ONCE rows

/// Rows whose sums fit the registers beside the keys.
#if defined(__aarch64__) || MB_LANES == 16
enum { ROWS_AT_ONCE = 12 };
#else
enum { ROWS_AT_ONCE = 6 };
#endif

#define PRAGMA(text) _Pragma(#text)
#define UNROLLED PRAGMA(clang loop unroll(full))
#define EVERY_ROW UNROLLED for (int r = 0; r < rows; r++)
#define BOTH UNROLLED for (int c = 0; c < 2; c++)

/// Sums of one dim more.
#define DIM(keys_of_c, query_of_r)                     \
  {                                                    \
    vf key[2];                                         \
    BOTH key[c] = (keys_of_c);                         \
    EVERY_ROW BOTH sums[r][c] = fma_((vf)(query_of_r), key[c], sums[r][c]); \
  }

MB_INLINE void plain_scores(mb_dtype dtype, const uint8_t *tile, int slot, int32_t dims,
                            const float *query, size_t stride, int rows, float *scores) {
  vf sums[12][2];
  EVERY_ROW BOTH sums[r][c] = (vf)0;
  if (dtype == MB_BF16) {
    const uint8_t *keys = tile + slot * 4;
    for (int32_t d = 0; d < dims; d += 2, keys += MB_KV_TILE * 4) {
      vu pair[2];
      BOTH pair[c] = load_u32(keys + c * MB_LANES * 4);
      DIM((vf)(pair[c] << 16), query[r * stride + d])
      DIM((vf)(pair[c] & 0xFFFF0000), query[r * stride + d + 1])
    }
  } else if (dtype == MB_F16) {
    const uint16_t *keys = (const uint16_t *)tile + slot;
    for (int32_t d = 0; d < dims; d++, keys += MB_KV_TILE)
      DIM(load_f16(keys + c * MB_LANES), query[r * stride + d])
  } else {
    const float *keys = (const float *)tile + slot;
    for (int32_t d = 0; d < dims; d++, keys += MB_KV_TILE)
      DIM(load(keys + c * MB_LANES), query[r * stride + d])
  }
  EVERY_ROW BOTH store(scores + r * MB_KV_BLOCK + c * MB_LANES, sums[r][c]);
}

/// Eight dims of a Q4_0 key are two quads in one word, four of a Q8_0 key one.
MB_INLINE void quantised_scores(mb_dtype dtype, const uint8_t *tile, int slot, int32_t dims,
                                const wide_block *query, size_t stride, int rows, float *scores) {
  bool bytes = dtype == MB_Q8_0;
  vf result[12][2];
  EVERY_ROW BOTH result[r][c] = (vf)0;
  for (int32_t b = 0; b < dims / QUANT; b++) {
    const uint8_t *base = tile + b * (bytes ? MB_KV_Q8_KEYS : MB_KV_Q4_KEYS);
    const uint8_t *codes = base + MB_KV_TILE * 2 + slot * 4;
    vf sums[12][2];
    EVERY_ROW BOTH sums[r][c] = (vf)0;
    for (int e = 0; e < QUANT; e += bytes ? 4 : 8, codes += MB_KV_TILE * 4) {
      vu word[2];
      BOTH word[c] = load_u32(codes + c * MB_LANES * 4);
      UNROLLED for (int k = 0; k < 4; k++) {
        const wide_block *const q = query + b;
        DIM(__builtin_convertvector((vi)(word[c] >> (8 * k) & (bytes ? 255 : 15)), vf),
            ((const wide_block *)((const uint8_t *)q + r * stride))->q[e + k])
        if (!bytes)
          DIM(__builtin_convertvector((vi)(word[c] >> (8 * k + 4) & 15), vf),
              ((const wide_block *)((const uint8_t *)q + r * stride))->q[e + 4 + k])
      }
    }
    vf scale[2];
    BOTH scale[c] = load_f16((const uint16_t *)base + slot + c * MB_LANES);
    EVERY_ROW {
      const wide_block *q = (const wide_block *)((const uint8_t *)(query + b) + r * stride);
      float offset = (bytes ? 128 : 8) * q->sum;
      BOTH result[r][c] = fma_(sums[r][c] - offset, q->scale * scale[c], result[r][c]);
    }
  }
  EVERY_ROW BOTH store(scores + r * MB_KV_BLOCK + c * MB_LANES, result[r][c]);
}

/// `call` with every number of rows as a constant, so that sums stay in registers.
#define WITH_CONSTANT_ROWS(count, call) \
  switch (count) {                      \
    case 1: call(1); break;             \
    case 2: call(2); break;             \
    case 3: call(3); break;             \
    case 4: call(4); break;             \
    case 5: call(5); break;             \
    case 6: call(6); break;             \
    case 7: call(7 % (ROWS_AT_ONCE + 1)); break;   \
    case 8: call(8 % (ROWS_AT_ONCE + 1)); break;   \
    case 9: call(9 % (ROWS_AT_ONCE + 1)); break;   \
    case 10: call(10 % (ROWS_AT_ONCE + 1)); break; \
    case 11: call(11 % (ROWS_AT_ONCE + 1)); break; \
    case 12: call(12 % (ROWS_AT_ONCE + 1)); break; \
  }

MB_INLINE void scores_of(mb_dtype dtype, const mb_panel *panel, size_t block, int slots,
                         const uint8_t *prepared, int rows, float *scores) {
  size_t bytes = mb_kv_tile_bytes(dtype, panel->head_dim), stride = mb_query_bytes(panel->head_dim);
  for (int slot = 0; slot < slots; slot += 2 * MB_LANES) {
    const uint8_t *tile = mb_panel_keys(panel, block) + (size_t)(slot / MB_KV_TILE) * bytes;
#define SCORES(constant)                                                                        \
  if (dtype == MB_Q8_0 || dtype == MB_Q4_0)                                                     \
    quantised_scores(dtype, tile, slot % MB_KV_TILE, panel->head_dim,                           \
                     (const wide_block *)prepared, stride, constant, scores + slot);            \
  else                                                                                          \
    plain_scores(dtype, tile, slot % MB_KV_TILE, panel->head_dim, (const float *)prepared,      \
                 stride / 4, constant, scores + slot)
    WITH_CONSTANT_ROWS(rows, SCORES)
  }
}

static void scores(const mb_panel *panel, size_t block, int slots, const void *prepared, int rows,
                   float *result) {
  for (int row = 0; row < rows; row += ROWS_AT_ONCE) {
    const uint8_t *queries =
        (const uint8_t *)prepared + (size_t)row * mb_query_bytes(panel->head_dim);
    float *to = result + row * MB_KV_BLOCK;
    int count = rows - row < ROWS_AT_ONCE ? rows - row : ROWS_AT_ONCE;
    switch (panel->dtype) {
      case MB_F32: scores_of(MB_F32, panel, block, slots, queries, count, to); break;
      case MB_F16: scores_of(MB_F16, panel, block, slots, queries, count, to); break;
      case MB_BF16: scores_of(MB_BF16, panel, block, slots, queries, count, to); break;
      case MB_Q8_0: scores_of(MB_Q8_0, panel, block, slots, queries, count, to); break;
      case MB_Q4_0: scores_of(MB_Q4_0, panel, block, slots, queries, count, to); break;
    }
  }
}

// MARK: Weights

static void weigh(float *row, int visible, int slots, float scale, float *max, float *sum) {
  vf most = (vf)-INFINITY, sums = (vf)0;
  int whole = visible / MB_LANES * MB_LANES;
  if (visible > whole)
    for (int slot = visible; slot < whole + MB_LANES; slot++) row[slot] = -INFINITY;
  for (int slot = 0; slot < visible; slot += MB_LANES) most = larger(load(row + slot), most);
  float largest = max_lanes(most);
  int slot = 0;
  for (; slot < visible; slot += MB_LANES) {
    vf weight = exp_((load(row + slot) - largest) * scale);
    store(row + slot, weight);
    sums += weight;
  }
  for (; slot < (slots + MB_KV_TILE - 1) / MB_KV_TILE * MB_KV_TILE; slot += MB_LANES)
    store(row + slot, (vf)0);
  *max = largest;
  *sum = sum_lanes(sums);
}

static void blend(float *y, float a, const float *x, float b, size_t count) {
  for (size_t i = 0; i < count; i += MB_LANES) store(y + i, fma_((vf)b, load(x + i), a * load(y + i)));
}
