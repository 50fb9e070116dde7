// The steps of attention with AVX2, FMA and F16C.
#if defined(__x86_64__)
#include "attention_kernels.h"

#define MB_LANES 8
#pragma clang attribute push(__attribute__((target("avx2,fma,f16c"))), apply_to = function)
#include "attention_vectors.h"
#include "attention_values.h"
#include "attention_pack.h"

static void prepare(const mb_panel *panel, const float *query, void *prepared) {
  prepare_as_floats(panel, query, prepared);
}
#pragma clang attribute pop

const mb_attention_kernels mb_attention_avx2 = {prepare, scores, weigh,
                                                  values,  pack,   blend};
#endif
