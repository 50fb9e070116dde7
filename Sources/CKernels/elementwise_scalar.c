// What the row operations mean. Sums are kept in double here; the sets keep them in float lanes.
#include <math.h>
#include <stddef.h>

#include "elementwise_kernels.h"

static void rms_norm(const float *x, const float *weight, float eps, int32_t width, float *y) {
  double squares = 0;
  for (int32_t i = 0; i < width; i++) squares += (double)x[i] * x[i];
  float scale = (float)(1 / sqrt(squares / width + (double)eps));
  for (int32_t i = 0; i < width; i++) y[i] = x[i] * scale * weight[i];
}

/// The variance of the centred values, as PyTorch has it: squares minus the mean's would cancel.
static void layer_norm(const float *x, const float *weight, const float *bias, float eps,
                       int32_t width, float *y) {
  double sum = 0, squares = 0;
  for (int32_t i = 0; i < width; i++) sum += x[i];
  double mean = sum / width;
  for (int32_t i = 0; i < width; i++) squares += (x[i] - mean) * (x[i] - mean);
  double scale = 1 / sqrt(squares / width + (double)eps);
  for (int32_t i = 0; i < width; i++)
    y[i] = (float)((x[i] - mean) * scale) * weight[i] + (bias ? bias[i] : 0);
}

static float activated(mb_activation activation, float x) {
  switch (activation) {
    case MB_SILU:
      return x / (1 + expf(-x));
    case MB_GELU:
      return 0.5f * x * (1 + erff(x * 0.70710678f));
    case MB_GELU_TANH:
      return 0.5f * x * (1 + tanhf(0.79788456f * (x + 0.044715f * x * x * x)));
    case MB_QUICK_GELU:
      return x / (1 + expf(-1.702f * x));
  }
  __builtin_unreachable();
}

static void activate(mb_activation activation, float *x, const float *up, int32_t width) {
  for (int32_t i = 0; i < width; i++) x[i] = activated(activation, x[i]) * (up ? up[i] : 1);
}

static void add(const float *x, int32_t width, float *y) {
  for (int32_t i = 0; i < width; i++) y[i] += x[i];
}

static void rotate(float *x, int32_t half, const float *cosines, const float *sines) {
  for (int32_t i = 0; i < half; i++) {
    float first = x[i], second = x[i + half];
    x[i] = first * cosines[i] - second * sines[i];
    x[i + half] = second * cosines[i] + first * sines[i];
  }
}

static float softmax(float *x, int32_t count) {
  float max = -INFINITY;
  for (int32_t i = 0; i < count; i++) max = fmaxf(max, x[i]);
  double sum = 0;
  for (int32_t i = 0; i < count; i++) {
    x[i] = expf(x[i] - max);
    sum += x[i];
  }
  float scale = (float)(1 / sum);
  for (int32_t i = 0; i < count; i++) x[i] *= scale;
  return (float)log(sum) + max;
}

const mb_elementwise_kernels mb_elementwise_scalar = {rms_norm, layer_norm, activate,
                                                      add,      rotate,     softmax};
