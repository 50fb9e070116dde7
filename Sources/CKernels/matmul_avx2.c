// Matrix products in AVX2, FMA and F16C.
#if defined(__x86_64__)
#include <immintrin.h>
#include <string.h>

#include "CKernels.h"

#define TARGET __attribute__((target("avx2,fma,f16c")))
#define INLINE static inline __attribute__((always_inline)) TARGET

typedef float floats __attribute__((ext_vector_type(16)));
typedef int32_t ints __attribute__((ext_vector_type(16)));
typedef int8_t bytes __attribute__((ext_vector_type(16)));
typedef _Float16 halves __attribute__((ext_vector_type(16)));

/// Eight rows. VPMADDUBSW wants one factor unsigned: |w| times x with the sign of w, which stays within
/// int16 as no |value| exceeds 128.
INLINE __m256i dot_eight(mb_dtype dtype, const uint8_t *quads, int32_t quad, __m256i x) {
  __m256i w;
  if (dtype == MB_Q8_0) {
    w = _mm256_load_si256((const __m256i *)(quads + quad * 64));
    w = _mm256_xor_si256(w, _mm256_set1_epi8((char)0x80));
  } else {
    w = _mm256_load_si256((const __m256i *)(quads + quad % 4 * 64));
    if (quad >= 4) w = _mm256_srli_epi16(w, 4);
    w = _mm256_sub_epi8(_mm256_and_si256(w, _mm256_set1_epi8(15)), _mm256_set1_epi8(8));
  }
  __m256i pairs = _mm256_maddubs_epi16(_mm256_abs_epi8(w), _mm256_sign_epi8(x, w));
  return _mm256_madd_epi16(pairs, _mm256_set1_epi16(1));
}

INLINE void dot_quad(mb_dtype dtype, const uint8_t *quads, int32_t quad, int32_t x, ints *sums) {
  __m256i four = _mm256_set1_epi32(x);
  __m256i products[2] = {dot_eight(dtype, quads, quad, four),
                         dot_eight(dtype, quads + 32, quad, four)};
  ints added;
  memcpy(&added, products, sizeof added);
  *sums += added;
}

#include "matmul_vector.h"

const mb_matmul_kernels mb_matmul_avx2 = MB_VECTOR_KERNELS;
#endif
