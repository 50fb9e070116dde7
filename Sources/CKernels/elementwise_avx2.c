// Row operations with AVX2 and FMA.
#if defined(__x86_64__)
#include "elementwise_kernels.h"

#define MB_LANES 8
#pragma clang attribute push(__attribute__((target("avx2,fma,f16c"))), apply_to = function)
#include "elementwise_vectors.h"
#pragma clang attribute pop

const mb_elementwise_kernels mb_elementwise_avx2 = {rms_norm, layer_norm, activate,
                                                  add,      rotate,     softmax};
#endif
