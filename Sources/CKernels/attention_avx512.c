// The steps of attention with AVX-512.
#if defined(__x86_64__)
#include "attention_kernels.h"

#define MB_LANES 16
#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx512vnni,avx512bf16,avx2,fma,f16c"))), apply_to = function)
#include "attention_vectors.h"
#include "attention_values.h"
#pragma clang attribute pop

const mb_attention_kernels mb_attention_avx512 = {prepare, scores, weigh, values, blend};
#endif
