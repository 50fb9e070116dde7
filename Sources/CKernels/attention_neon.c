// The steps of attention with NEON.
#if defined(__aarch64__)
#include "attention_kernels.h"

#define MB_LANES 4
#include "attention_vectors.h"
#include "attention_values.h"

const mb_attention_kernels mb_attention_neon = {prepare, scores, weigh, values, blend};
#endif
