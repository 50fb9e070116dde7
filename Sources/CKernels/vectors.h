// Vectors of MB_LANES floats for a file of one instruction set, which defines MB_LANES and pushes its
// target attribute before the inclusion. Clang's vector types give each set its own instructions.
#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if MB_LANES == 16
#include <immintrin.h>
#endif

#define MB_INLINE static inline __attribute__((always_inline))

typedef float vf __attribute__((ext_vector_type(MB_LANES)));
typedef int32_t vi __attribute__((ext_vector_type(MB_LANES)));
typedef uint32_t vu __attribute__((ext_vector_type(MB_LANES)));
typedef uint16_t vh __attribute__((ext_vector_type(MB_LANES)));
typedef _Float16 vhf __attribute__((ext_vector_type(MB_LANES)));

MB_INLINE vf load(const float *x) {
  vf v;
  memcpy(&v, x, sizeof v);
  return v;
}
MB_INLINE void store(float *x, vf v) { memcpy(x, &v, sizeof v); }

MB_INLINE vf load_f16(const uint16_t *x) {
  vhf v;
  memcpy(&v, x, sizeof v);
  return __builtin_convertvector(v, vf);
}
MB_INLINE vu load_u32(const void *x) {
  vu v;
  memcpy(&v, x, sizeof v);
  return v;
}

/// The first `count` values, zeros after them.
MB_INLINE vf load_part(const float *x, int32_t count) {
  float lanes[MB_LANES] = {0};
  for (int32_t i = 0; i < count; i++) lanes[i] = x[i];
  return load(lanes);
}
MB_INLINE void store_part(float *x, vf v, int32_t count) {
  float lanes[MB_LANES];
  store(lanes, v);
  for (int32_t i = 0; i < count; i++) x[i] = lanes[i];
}

MB_INLINE vf fma_(vf a, vf b, vf c) { return __builtin_elementwise_fma(a, b, c); }
// Comparisons that let NaN of the second through.
MB_INLINE vf at_least(float low, vf x) { return x < (vf)low ? (vf)low : x; }
MB_INLINE vf at_most(float high, vf x) { return x > (vf)high ? (vf)high : x; }
MB_INLINE vf larger(vf a, vf b) { return a > b ? a : b; }

typedef float vf4 __attribute__((ext_vector_type(4)));
#if MB_LANES == 16
MB_INLINE vf4 add_to_four(vf v) { return (v.lo + v.hi).lo + (v.lo + v.hi).hi; }
MB_INLINE vf4 larger_of_four(vf v) {
  __auto_type eight = v.lo > v.hi ? v.lo : v.hi;
  return eight.lo > eight.hi ? eight.lo : eight.hi;
}
#elif MB_LANES == 8
MB_INLINE vf4 add_to_four(vf v) { return v.lo + v.hi; }
MB_INLINE vf4 larger_of_four(vf v) { return v.lo > v.hi ? v.lo : v.hi; }
#else
MB_INLINE vf4 add_to_four(vf v) { return v; }
MB_INLINE vf4 larger_of_four(vf v) { return v; }
#endif

MB_INLINE float sum_lanes(vf v) {
  vf4 four = add_to_four(v);
  return (four[0] + four[2]) + (four[1] + four[3]);
}
MB_INLINE float max_lanes(vf v) {
  vf4 four = larger_of_four(v);
  float a = four[0] > four[2] ? four[0] : four[2], b = four[1] > four[3] ? four[1] : four[3];
  return a > b ? a : b;
}

/// To the nearest bf16, ties to even, still as float32.
MB_INLINE vf rounded_to_bf16(vf x) {
  vu bits = (vu)x;
  vu rounded = (bits + 0x7FFF + (bits >> 16 & 1)) & 0xFFFF0000;
  return x == x ? (vf)rounded : x;
}

/// e^x to about 1.5 units in the last place, Cephes' expf. Beyond ±87 it ends: in 0 or something
/// smaller than every normal number, and in infinity or the largest finite ones.
MB_INLINE vf exp_(vf x) {
#if MB_LANES == 16  // its power of two saturates by itself
  vf bounded = at_most(128, at_least(-128, x));
#else
  vf bounded = at_most(88.37f, at_least(-87.33f, x));
#endif
  vf n = __builtin_elementwise_roundeven(bounded * 1.44269504088896341f);
  vf r = fma_(n, (vf)-0.693359375f, bounded);
  r = fma_(n, (vf)2.12194440e-4f, r);
  vf p = (vf)1.9875691500e-4f;
  p = fma_(p, r, (vf)1.3981999507e-3f);
  p = fma_(p, r, (vf)8.3334519073e-3f);
  p = fma_(p, r, (vf)4.1665795894e-2f);
  p = fma_(p, r, (vf)1.6666665459e-1f);
  p = fma_(p, r, (vf)5.0000001201e-1f);
  vf y = fma_(p, r * r, r) + 1;
#if MB_LANES == 16
  return (vf)_mm512_scalef_ps((__m512)y, (__m512)n);
#else
  // NaN has no integer; whatever the power, NaN times it stays.
  vf whole = n == n ? n : (vf)0;
  vi power = (__builtin_convertvector(whole, vi) + 127) << 23;
  vf result = y * (vf)power;
  return x < (vf)-87.33f ? (vf)0 : result;
#endif
}
