// Row operations, one table of them an instruction set. A row's bits depend on that row alone.
#ifndef MB_ELEMENTWISE_KERNELS_H
#define MB_ELEMENTWISE_KERNELS_H

#include "CKernels.h"

typedef struct mb_elementwise_kernels {
  void (*rms_norm)(const float *x, const float *weight, float eps, int32_t width, float *y);
  void (*layer_norm)(const float *x, const float *weight, const float *bias, float eps,
                     int32_t width, float *y);
  /// x = activation(x), times `up` where there is one.
  void (*activate)(mb_activation activation, float *x, const float *up, int32_t width);
  void (*add)(const float *x, int32_t width, float *y);
  /// Of one head: halves [half] and [half] turned by the angles.
  void (*rotate)(float *x, int32_t half, const float *cosines, const float *sines);
  float (*softmax)(float *x, int32_t count);
} mb_elementwise_kernels;

extern const mb_elementwise_kernels mb_elementwise_scalar, mb_elementwise_avx2,
    mb_elementwise_avx512, mb_elementwise_neon;

#endif
