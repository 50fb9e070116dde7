// The most a core multiplies: loops of independent products in registers.
#include "CKernels.h"

// Twelve accumulators cover the latency of two pipes. The empty asm hides the values from the
// compiler, which would else fold the loop away.
#define ACCUMULATORS 12
#define LOOP(TYPE, PRODUCT)                                                    \
  TYPE sums[ACCUMULATORS] = {0};                                               \
  for (uint64_t round = 0; round < rounds; round++) {                          \
    _Pragma("clang loop unroll(full)") for (int i = 0; i < ACCUMULATORS; i++) { \
      sums[i] = PRODUCT;                                                       \
      __asm__ volatile("" : "+" REGISTER(sums[i]));                            \
    }                                                                          \
  }

#if defined(__x86_64__)
#include <immintrin.h>
#define REGISTER(x) "v"(x)

__attribute__((target("avx512f"))) static uint64_t f32_avx512(uint64_t rounds) {
  __m512 a = _mm512_set1_ps(1.0f), b = _mm512_set1_ps(1e-20f);
  LOOP(__m512, _mm512_fmadd_ps(a, b, sums[i]))
  return rounds * ACCUMULATORS * 16 * 2;
}

__attribute__((target("avx2,fma"))) static uint64_t f32_avx2(uint64_t rounds) {
#undef REGISTER
#define REGISTER(x) "x"(x)
  __m256 a = _mm256_set1_ps(1.0f), b = _mm256_set1_ps(1e-20f);
  LOOP(__m256, _mm256_fmadd_ps(a, b, sums[i]))
  return rounds * ACCUMULATORS * 8 * 2;
}

#undef REGISTER
#define REGISTER(x) "v"(x)
__attribute__((target("avx512f,avx512bf16"))) static uint64_t bf16_avx512(uint64_t rounds) {
  __m512bh a = (__m512bh)_mm512_set1_epi16(0x3f80), b = (__m512bh)_mm512_set1_epi16(0x0680);
  LOOP(__m512, _mm512_dpbf16_ps(sums[i], a, b))
  return rounds * ACCUMULATORS * 32 * 2;
}

__attribute__((target("avx512f,avx512vnni"))) static uint64_t int8_vnni(uint64_t rounds) {
  __m512i a = _mm512_set1_epi8(1), b = _mm512_set1_epi8(0);
  LOOP(__m512i, _mm512_dpbusd_epi32(sums[i], a, b))
  return rounds * ACCUMULATORS * 64 * 2;
}

uint64_t mb_multiply_add(mb_unit unit, uint64_t rounds) {
  switch (unit) {
  case MB_UNIT_F32:
    if (__builtin_cpu_supports("avx512f")) return f32_avx512(rounds);
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") ? f32_avx2(rounds) : 0;
  case MB_UNIT_BF16:
    return __builtin_cpu_supports("avx512bf16") ? bf16_avx512(rounds) : 0;
  case MB_UNIT_INT8:
    return __builtin_cpu_supports("avx512vnni") ? int8_vnni(rounds) : 0;
  }
  return 0;
}

#else

uint64_t mb_multiply_add(mb_unit unit, uint64_t rounds) {
  (void)unit;
  (void)rounds;
  return 0;
}

#endif
