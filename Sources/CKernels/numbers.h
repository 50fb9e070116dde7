// Conversions of one number between the stored types, all rounding to nearest even.
#ifndef MB_NUMBERS_H
#define MB_NUMBERS_H

#include <stdint.h>
#include <string.h>

static inline uint32_t mb_bits(float value) {
  uint32_t bits;
  memcpy(&bits, &value, sizeof bits);
  return bits;
}

static inline float mb_float(uint32_t bits) {
  float value;
  memcpy(&value, &bits, sizeof value);
  return value;
}

static inline float mb_from_bf16(uint16_t value) { return mb_float((uint32_t)value << 16); }

static inline uint16_t mb_to_bf16(float value) {
  uint32_t bits = mb_bits(value);
  // Rounding must not carry a NaN's mantissa into an infinity.
  if ((bits & 0x7fffffff) > 0x7f800000) return (uint16_t)(bits >> 16 | 0x40);
  return (uint16_t)((bits + 0x7fff + (bits >> 16 & 1)) >> 16);
}

static inline float mb_from_f16(uint16_t value) {
  uint32_t sign = (uint32_t)(value & 0x8000) << 16, exponent = value >> 10 & 0x1f;
  uint32_t mantissa = value & 0x3ff;
  if (exponent == 31) return mb_float(sign | 0x7f800000 | mantissa << 13);
  if (exponent == 0) return mb_float(sign | mb_bits((float)mantissa * 0x1p-24f));
  return mb_float(sign | (exponent + 112) << 23 | mantissa << 13);
}

static inline uint16_t mb_to_f16(float value) {
  uint32_t bits = mb_bits(value), magnitude = bits & 0x7fffffff;
  uint16_t sign = (uint16_t)(bits >> 16 & 0x8000);
  if (magnitude > 0x7f800000) return sign | 0x7e00;
  if (magnitude >= 0x477ff000) return sign | 0x7c00;  // 65520 and more round to infinity
  if (magnitude < 0x38800000) {
    // Adding 1/2 leaves the multiples of 2^-24, the subnormals' step, in the low bits, rounded.
    return sign | (uint16_t)(mb_bits(mb_float(magnitude) + 0.5f) - 0x3f000000);
  }
  return sign | (uint16_t)((magnitude + 0xfff + (magnitude >> 13 & 1) - 0x38000000) >> 13);
}

#endif
