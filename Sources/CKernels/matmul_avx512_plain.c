// F32, F16 and BF16 weights as the checkpoint maps them, in AVX-512: dot products along the columns, in
// tiles of 4 rows by up to 6 tokens, which are 24 sums of 16 lanes in 32 registers. A tile gives
// every result the very sums a single row and a single token would give it, and no weight is copied.
#if defined(__x86_64__)
#include <immintrin.h>

#include "matmul_avx512.h"
#include "packed.h"

#define TARGET __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx512bf16,f16c,fma")))
#define INLINE static inline __attribute__((always_inline)) TARGET

#define UNROLL _Pragma("clang loop unroll(full)")

enum {
  tile_rows = 4,
  max_tokens = MB_AVX512_PLAIN_GROUP,
  vector_bytes = 64,
  prefetch_bytes = 4096,
};

/// Columns that one vector of weights holds.
INLINE int32_t step_of(mb_dtype dtype) { return dtype == MB_BF16 ? 32 : 16; }

INLINE size_t element_of(mb_dtype dtype) { return dtype == MB_F32 ? 4 : 2; }

INLINE __m512 load_weights(mb_dtype dtype, const uint8_t *from) {
  if (dtype == MB_F16) return _mm512_cvtph_ps(_mm256_loadu_si256((const __m256i *)from));
  return _mm512_loadu_ps(from);
}

/// The first `count` columns of a step, zeros after them; reads nothing beyond.
INLINE __m512 load_some(mb_dtype dtype, const uint8_t *from, int32_t count) {
  uint32_t mask = (1u << count) - 1;
  if (dtype == MB_F32) return _mm512_maskz_loadu_ps((__mmask16)mask, from);
  if (dtype == MB_F16) return _mm512_cvtph_ps(_mm256_maskz_loadu_epi16((__mmask16)mask, from));
  return _mm512_castsi512_ps(_mm512_maskz_loadu_epi16(mask, from));
}

INLINE __m512 multiply_add(mb_dtype dtype, __m512 w, __m512 x, __m512 sum) {
  if (dtype == MB_BF16)
    return _mm512_dpbf16_ps(sum, (__m512bh)_mm512_castps_si512(w),
                            (__m512bh)_mm512_castps_si512(x));
  return _mm512_fmadd_ps(w, x, sum);
}

/// Lanes 8 apart, then 4.
INLINE __m128 fold(__m512 v) {
  __m256 eight = _mm256_add_ps(_mm512_castps512_ps256(v), _mm512_extractf32x8_ps(v, 1));
  return _mm_add_ps(_mm256_castps256_ps128(eight), _mm256_extractf128_ps(eight, 1));
}

/// The sums of the lanes of four vectors, 2 and then 1 apart.
INLINE __m128 add_lanes(__m512 v0, __m512 v1, __m512 v2, __m512 v3) {
  __m128 a = fold(v0), b = fold(v1), c = fold(v2), d = fold(v3);
  __m128 ab = _mm_add_ps(_mm_unpacklo_ps(a, b), _mm_unpackhi_ps(a, b));
  __m128 cd = _mm_add_ps(_mm_unpacklo_ps(c, d), _mm_unpackhi_ps(c, d));
  return _mm_add_ps(_mm_movelh_ps(ab, cd), _mm_movehl_ps(cd, ab));
}

typedef struct tile {
  const uint8_t *weights;  // of the first row, at the chunk
  size_t row_bytes;
  const uint8_t *x;  // of the group, at the chunk
  int32_t columns;   // of the chunk
  float *y;          // of the first row and token
  ptrdiff_t y_stride;
  const float *bias;  // of the first row; added where `first`
  bool accumulate;
} tile;

/// Adds one step of columns of `rows` rows to the sums of `tokens` tokens.
INLINE void multiply_step(mb_dtype dtype, const uint8_t *const w[tile_rows], size_t at,
                          const uint8_t *x, int32_t rows, int32_t tokens,
                          __m512 sums[max_tokens][tile_rows]) {
  __m512 v[tile_rows];
  UNROLL for (int32_t r = 0; r < rows; r++) v[r] = load_weights(dtype, w[r] + at);
  // Alone, a row comes from memory. The hardware's own prefetcher stops at the end of a page.
  if (rows == 1) _mm_prefetch(w[0] + at + prefetch_bytes, _MM_HINT_T1);
  UNROLL for (int32_t t = 0; t < tokens; t++) {
    __m512 a = _mm512_load_ps(x + t * vector_bytes);
    UNROLL for (int32_t r = 0; r < rows; r++)
      sums[t][r] = multiply_add(dtype, v[r], a, sums[t][r]);
  }
}

/// The same for a last, incomplete step.
INLINE void multiply_rest(mb_dtype dtype, const uint8_t *const w[tile_rows], size_t at,
                          int32_t columns, const uint8_t *x, int32_t rows, int32_t tokens,
                          __m512 sums[max_tokens][tile_rows]) {
  UNROLL for (int32_t r = 0; r < rows; r++) {
    __m512 v = load_some(dtype, w[r] + at, columns);
    UNROLL for (int32_t t = 0; t < tokens; t++)
      sums[t][r] = multiply_add(dtype, v, _mm512_load_ps(x + t * vector_bytes), sums[t][r]);
  }
}

INLINE void store_sums(const tile *tile, int32_t rows, int32_t tokens,
                       __m512 sums[max_tokens][tile_rows]) {
  __mmask8 mask = (__mmask8)((1 << rows) - 1);
  __m128 bias = tile->bias ? _mm_maskz_loadu_ps(mask, tile->bias) : _mm_setzero_ps();
  UNROLL for (int32_t t = 0; t < tokens; t++) {
    float *y = tile->y + t * tile->y_stride;
    __m128 start = tile->accumulate ? _mm_maskz_loadu_ps(mask, y) : _mm_setzero_ps();
    if (tile->bias) start = _mm_add_ps(start, bias);
    __m128 total = add_lanes(sums[t][0], sums[t][1], sums[t][2], sums[t][3]);
    _mm_mask_storeu_ps(y, mask, _mm_add_ps(start, total));
  }
}

INLINE void multiply_tile(mb_dtype dtype, const tile *tile, int32_t rows, int32_t tokens) {
  const int32_t step = step_of(dtype), steps = tile->columns / step;
  const size_t step_bytes = (size_t)step * element_of(dtype), x_bytes = (size_t)tokens * vector_bytes;
  const uint8_t *w[tile_rows], *x = tile->x;
  __m512 sums[max_tokens][tile_rows];
  UNROLL for (int32_t r = 0; r < rows; r++) w[r] = tile->weights + (size_t)r * tile->row_bytes;
  UNROLL for (int32_t t = 0; t < tokens; t++)
    UNROLL for (int32_t r = 0; r < tile_rows; r++) sums[t][r] = _mm512_setzero_ps();

  int32_t i = 0;
  for (; rows == 1 && i + 4 <= steps; i += 4)
    UNROLL for (int32_t j = 0; j < 4; j++, x += x_bytes)
      multiply_step(dtype, w, (size_t)(i + j) * step_bytes, x, rows, tokens, sums);
  for (; i < steps; i++, x += x_bytes)
    multiply_step(dtype, w, (size_t)i * step_bytes, x, rows, tokens, sums);
  if (tile->columns % step > 0)
    multiply_rest(dtype, w, (size_t)steps * step_bytes, tile->columns % step, x, rows, tokens, sums);
  store_sums(tile, rows, tokens, sums);
}

/// `along`: one row after the other, as they lie in memory.
INLINE void multiply_rows(mb_dtype dtype, tile t, int32_t rows, int32_t tokens, bool along) {
  while (rows > 0) {
    int32_t count = along || rows < tile_rows ? 1 : tile_rows;
    if (count == 1) multiply_tile(dtype, &t, 1, tokens);
    if (count == tile_rows) multiply_tile(dtype, &t, tile_rows, tokens);
    rows -= count;
    t.weights += (size_t)count * t.row_bytes;
    t.y += count;
    if (t.bias) t.bias += count;
  }
}

/// One chunk of columns of `rows` rows, for one group. Weights that meet one group only are read once.
INLINE void multiply_chunk(mb_dtype dtype, const mb_product *p, int32_t group, int32_t chunk,
                           int32_t row, int32_t rows) {
  int32_t tokens = mb_group_tokens(p->input, group), left = p->w.columns - chunk;
  size_t element = element_of(dtype), row_bytes = (size_t)p->w.columns * element;
  tile t = {
      .weights = (const uint8_t *)p->w.data + (size_t)row * row_bytes + (size_t)chunk * element,
      .row_bytes = row_bytes,
      .x = mb_group_data(p->input, group) +
           (size_t)(chunk / step_of(dtype)) * (size_t)tokens * vector_bytes,
      .columns = left < MB_CHUNK ? left : MB_CHUNK,
      .y = p->y + (ptrdiff_t)group * p->input->group * p->y_stride + row,
      .y_stride = p->y_stride,
      .bias = chunk == 0 && p->bias ? p->bias + row : NULL,
      .accumulate = chunk > 0 || p->accumulate,
  };
  bool along = p->end_group - p->first_group == 1;
  switch (tokens) {
    case 1: return multiply_rows(dtype, t, rows, 1, along);
    case 2: return multiply_rows(dtype, t, rows, 2, along);
    case 3: return multiply_rows(dtype, t, rows, 3, along);
    case 4: return multiply_rows(dtype, t, rows, 4, along);
    case 5: return multiply_rows(dtype, t, rows, 5, along);
    default: return multiply_rows(dtype, t, rows, 6, along);
  }
}

INLINE void multiply(mb_dtype dtype, const mb_product *p) {
  // More groups than one find a chunk's weights of all rows in the cache.
  int32_t rows = p->end_group - p->first_group == 1 ? 1 : p->end_row - p->first_row;
  for (int32_t row = p->first_row; row < p->end_row; row += rows)
    for (int32_t chunk = 0; chunk < p->w.columns; chunk += MB_CHUNK)
      for (int32_t group = p->first_group; group < p->end_group; group++)
        multiply_chunk(dtype, p, group, chunk, row, rows);
}

TARGET void mb_avx512_f32(const mb_product *product) { multiply(MB_F32, product); }
TARGET void mb_avx512_f16(const mb_product *product) { multiply(MB_F16, product); }
TARGET void mb_avx512_bf16(const mb_product *product) { multiply(MB_BF16, product); }
#endif
