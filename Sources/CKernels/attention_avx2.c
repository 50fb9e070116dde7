// The steps of attention with AVX2, FMA and F16C.
#if defined(__x86_64__)
#include "attention_kernels.h"

#define MB_LANES 8
#pragma clang attribute push(__attribute__((target("avx2,fma,f16c"))), apply_to = function)
#include "attention_vectors.h"
#include "attention_values.h"
#pragma clang attribute pop

const mb_attention_kernels mb_attention_avx2 = {prepare, scores, weigh, values, blend};
#endif
