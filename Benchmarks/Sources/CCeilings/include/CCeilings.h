// The most a core multiplies: the roofline of prefill. Loops of independent products in registers,
// in C because Swift packages compile for the oldest x86-64.
#ifndef CCEILINGS_H
#define CCEILINGS_H

#include <stdint.h>

typedef enum cc_unit {
  CC_F32 = 0,   // FMA on float32
  CC_BF16 = 1,  // pairs of bfloat16 added to float32
  CC_INT8 = 2,  // fours of u8 x s8 added to int32
} cc_unit;

/// Multiplies and adds `rounds` times on the calling thread. Returns how many multiplications and
/// additions that were, each counted; 0 where this machine has no such unit.
uint64_t cc_multiply_add(cc_unit unit, uint64_t rounds);

#endif
