// Row operations with NEON.
#if defined(__aarch64__)
#include "elementwise_kernels.h"

#define MB_LANES 4

#include "elementwise_vectors.h"


const mb_elementwise_kernels mb_elementwise_neon = {rms_norm, layer_norm, activate,
                                                  add,      rotate,     softmax};
#endif
