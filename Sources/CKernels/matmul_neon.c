// Matrix products in NEON as every 64-bit ARM has it.
#if defined(__aarch64__)
#include <arm_neon.h>
#include <string.h>

#include "CKernels.h"

#define TARGET
#define INLINE static inline __attribute__((always_inline))

typedef float floats __attribute__((ext_vector_type(16)));
typedef int32_t ints __attribute__((ext_vector_type(16)));
typedef int8_t bytes __attribute__((ext_vector_type(16)));
typedef _Float16 halves __attribute__((ext_vector_type(16)));

/// Four rows. A pair of products stays within int16, as no |value| of x exceeds 127.
INLINE int32x4_t dot_four(mb_dtype dtype, const uint8_t *quads, int32_t quad, int8x16_t x) {
  int8x16_t w;
  if (dtype == MB_Q8_0) {
    w = vreinterpretq_s8_u8(veorq_u8(vld1q_u8(quads + quad * 64), vdupq_n_u8(0x80)));
  } else {
    uint8x16_t both = vld1q_u8(quads + quad % 4 * 64);
    uint8x16_t nibbles = quad < 4 ? vandq_u8(both, vdupq_n_u8(15)) : vshrq_n_u8(both, 4);
    w = vsubq_s8(vreinterpretq_s8_u8(nibbles), vdupq_n_s8(8));
  }
  int16x8_t low = vmull_s8(vget_low_s8(w), vget_low_s8(x));
  return vpaddlq_s16(vpaddq_s16(low, vmull_high_s8(w, x)));
}

INLINE void dot_quad(mb_dtype dtype, const uint8_t *quads, int32_t quad, int32_t x, ints *sums) {
  int8x16_t four = vreinterpretq_s8_s32(vdupq_n_s32(x));
  int32x4_t products[4];
  for (int32_t i = 0; i < 4; i++) products[i] = dot_four(dtype, quads + i * 16, quad, four);
  ints added;
  memcpy(&added, products, sizeof added);
  *sums += added;
}

#include "matmul_vector.h"

const mb_matmul_kernels mb_matmul_neon = MB_VECTOR_KERNELS;
#endif
