// Activations made ready for products, in AVX-512: the values and layouts of the definition.
#if defined(__x86_64__)
#include <immintrin.h>
#include <math.h>

#include "matmul_avx512.h"
#include "packed.h"

#define TARGET __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx512bf16,f16c,fma")))
#define INLINE static inline __attribute__((always_inline)) TARGET

/// Sixteen columns of a row; zeros beyond its end.
INLINE __m512 load_columns(const float *row, int32_t column, int32_t columns) {
  if (columns - column >= 16) return _mm512_loadu_ps(row + column);
  if (columns <= column) return _mm512_setzero_ps();
  return _mm512_maskz_loadu_ps((__mmask16)((1u << (columns - column)) - 1), row + column);
}

TARGET void mb_avx512_prepare_f32(const float *x, ptrdiff_t x_stride, int32_t tokens,
                                  int32_t columns, uint8_t *group) {
  int32_t steps = mb_blocks(columns) * 2;
  for (int32_t token = 0; token < tokens; token++)
    for (int32_t step = 0; step < steps; step++)
      _mm512_store_ps(group + ((size_t)step * tokens + token) * 64,
                      load_columns(x + token * x_stride, step * 16, columns));
}

/// VCVTNE2PS2BF16 would flush subnormals, which the definition keeps.
INLINE __m256i round_to_bf16(__m512 v) {
  __m512i bits = _mm512_castps_si512(v);
  __m512i odd = _mm512_and_si512(_mm512_srli_epi32(bits, 16), _mm512_set1_epi32(1));
  __m512i rounded = _mm512_add_epi32(bits, _mm512_add_epi32(odd, _mm512_set1_epi32(0x7fff)));
  __mmask16 nan = _mm512_cmp_ps_mask(v, v, _CMP_UNORD_Q);
  rounded = _mm512_mask_or_epi32(rounded, nan, bits, _mm512_set1_epi32(0x400000));
  return _mm512_cvtepi32_epi16(_mm512_srli_epi32(rounded, 16));
}

TARGET void mb_avx512_prepare_bf16(const float *x, ptrdiff_t x_stride, int32_t tokens,
                                   int32_t columns, uint8_t *group) {
  int32_t steps = mb_blocks(columns) * 2;
  for (int32_t token = 0; token < tokens; token++)
    for (int32_t step = 0; step < steps; step++) {
      uint8_t *to = group + ((size_t)(step / 2) * tokens + token) * 64 + (size_t)(step % 2) * 32;
      __m512 v = load_columns(x + token * x_stride, step * 16, columns);
      _mm256_store_si256((__m256i *)to, round_to_bf16(v));
    }
}

enum { classes = 0x01 | 0x08 | 0x10 | 0x80 };  // quiet NaN, infinities, signalling NaN

TARGET void mb_avx512_prepare_int8(const float *x, ptrdiff_t x_stride, int32_t tokens,
                                   int32_t columns, uint8_t *group) {
  int32_t blocks = mb_blocks(columns);
  float *scales = (float *)(group + (size_t)blocks * tokens * MB_BLOCK);
  int32_t *sums = (int32_t *)(scales + (size_t)blocks * tokens);
  for (int32_t token = 0; token < tokens; token++)
    for (int32_t block = 0; block < blocks; block++) {
      const float *row = x + token * x_stride;
      __m512 a = load_columns(row, block * MB_BLOCK, columns);
      __m512 b = load_columns(row, block * MB_BLOCK + 16, columns);
      __mmask16 nonfinite = _mm512_fpclass_ps_mask(a, classes) | _mm512_fpclass_ps_mask(b, classes);
      if (nonfinite) a = b = _mm512_setzero_ps();
      float largest = _mm512_reduce_max_ps(_mm512_max_ps(_mm512_abs_ps(a), _mm512_abs_ps(b)));
      __m512 inverse = _mm512_set1_ps(largest > 0x1p-120f ? 127 / largest : 0);
      __m512i p = _mm512_cvtps_epi32(_mm512_mul_ps(a, inverse));
      __m512i q = _mm512_cvtps_epi32(_mm512_mul_ps(b, inverse));
      size_t at = (size_t)block * tokens + token;
      __m128i *to = (__m128i *)(group + at * MB_BLOCK);
      _mm_storeu_si128(to, _mm512_cvtsepi32_epi8(p));
      _mm_storeu_si128(to + 1, _mm512_cvtsepi32_epi8(q));
      // The scale carries on what is not finite.
      scales[at] = nonfinite ? NAN : largest / 127;
      sums[at] = -128 * _mm512_reduce_add_epi32(_mm512_add_epi32(p, q));
    }
}
#endif
