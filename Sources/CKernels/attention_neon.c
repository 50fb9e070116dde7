// The steps of attention with NEON.
#if defined(__aarch64__)
#include "attention_kernels.h"

#define MB_LANES 4
#include "attention_vectors.h"
#include "attention_values.h"
#include "attention_pack.h"

static void prepare(const mb_panel *panel, const float *query, void *prepared) {
  prepare_as_floats(panel, query, prepared);
}

const mb_attention_kernels mb_attention_neon = {prepare, scores, weigh,
                                                  values,  pack,   blend};
#endif
