// The row operations on vectors, for every set of instructions; elementwise_scalar.c defines them.
// The tail of a row goes through the same arithmetic, zeros in the lanes that it leaves.
#include "vectors.h"

/// For (i, count): whole vectors, then the tail, count < MB_LANES.
#define FOR_EACH_VECTOR(width)                                                          \
  for (int32_t i = 0, count = (width) < MB_LANES ? (width) : MB_LANES; i < (width);     \
       i += MB_LANES, count = (width) - i < MB_LANES ? (width) - i : MB_LANES)

MB_INLINE vf load_some(const float *x, int32_t count) {
  return count == MB_LANES ? load(x) : load_part(x, count);
}
MB_INLINE void store_some(float *x, vf v, int32_t count) {
  if (count == MB_LANES)
    store(x, v);
  else
    store_part(x, v, count);
}

/// Four chains of sums, added at the end in a fixed order.
typedef struct chains {
  vf sums[4];
} chains;
MB_INLINE float total(chains c) {
  return sum_lanes((c.sums[0] + c.sums[1]) + (c.sums[2] + c.sums[3]));
}

/// Σ (x - mean)², lanes after the row's end left out.
MB_INLINE float squares(const float *x, float mean, int32_t width) {
  chains c = {0};
  int32_t i = 0;
  for (; i + 4 * MB_LANES <= width; i += 4 * MB_LANES)
    for (int k = 0; k < 4; k++) {
      vf v = load(x + i + k * MB_LANES) - mean;
      c.sums[k] = fma_(v, v, c.sums[k]);
    }
  for (; i < width; i += MB_LANES) {
    int32_t count = width - i < MB_LANES ? width - i : MB_LANES;
    vf v = load_some(x + i, count) - mean;
    if (count < MB_LANES) {
      float lanes[MB_LANES] = {0};
      store_part(lanes, v, count);
      v = load(lanes);
    }
    c.sums[0] = fma_(v, v, c.sums[0]);
  }
  return total(c);
}

static void rms_norm(const float *x, const float *weight, float eps, int32_t width, float *y) {
  float scale = 1 / sqrtf(squares(x, 0, width) / (float)width + eps);
  FOR_EACH_VECTOR(width) {
    vf v = load_some(x + i, count) * scale * load_some(weight + i, count);
    store_some(y + i, v, count);
  }
}

static void layer_norm(const float *x, const float *weight, const float *bias, float eps,
                       int32_t width, float *y) {
  chains c = {0};
  FOR_EACH_VECTOR(width) c.sums[i / MB_LANES % 4] += load_some(x + i, count);
  float mean = total(c) / (float)width;
  float scale = 1 / sqrtf(squares(x, mean, width) / (float)width + eps);
  FOR_EACH_VECTOR(width) {
    vf v = (load_some(x + i, count) - mean) * scale;
    vf b = bias ? load_some(bias + i, count) : (vf)0;
    store_some(y + i, fma_(v, load_some(weight + i, count), b), count);
  }
}

/// erfc(z) of z >= 0 to 1.2e-7 of itself: the Chebyshev fit of Numerical Recipes' erfcc.
MB_INLINE vf erfc_(vf z) {
  vf t = 1 / fma_(z, (vf)0.5f, (vf)1);
  vf p = (vf)0.17087277f;
  p = fma_(p, t, (vf)-0.82215223f);
  p = fma_(p, t, (vf)1.48851587f);
  p = fma_(p, t, (vf)-1.13520398f);
  p = fma_(p, t, (vf)0.27886807f);
  p = fma_(p, t, (vf)-0.18628806f);
  p = fma_(p, t, (vf)0.09678418f);
  p = fma_(p, t, (vf)0.37409196f);
  p = fma_(p, t, (vf)1.00002368f);
  p = fma_(p, t, (vf)-1.26551223f);
  return t * exp_(fma_(-z, z, p));
}

/// x (1 + erf(x / √2)) / 2, the smaller side by erfc: 1 + erf would cancel.
MB_INLINE vf gelu(vf x) {
  vf side = 0.5f * erfc_(__builtin_elementwise_abs(x) * 0.70710678f);
  return x * (x < (vf)0 ? side : 1 - side);
}

MB_INLINE vf activated(mb_activation activation, vf x) {
  switch (activation) {
    case MB_SILU:
      return x / (1 + exp_(-x));
    case MB_GELU:
      return gelu(x);
    case MB_GELU_TANH:  // (1 + tanh u) / 2 = σ(2u)
      return x / (1 + exp_(-1.59576912f * x * fma_(x * x, (vf)0.044715f, (vf)1)));
    case MB_QUICK_GELU:
      return x / (1 + exp_(-1.702f * x));
  }
  __builtin_unreachable();
}

MB_INLINE void activate_as(mb_activation activation, float *x, const float *up, int32_t width) {
  FOR_EACH_VECTOR(width) {
    vf v = activated(activation, load_some(x + i, count));
    store_some(x + i, up ? v * load_some(up + i, count) : v, count);
  }
}

static void activate(mb_activation activation, float *x, const float *up, int32_t width) {
  switch (activation) {  // outside of the loop
    case MB_SILU:
      return activate_as(MB_SILU, x, up, width);
    case MB_GELU:
      return activate_as(MB_GELU, x, up, width);
    case MB_GELU_TANH:
      return activate_as(MB_GELU_TANH, x, up, width);
    case MB_QUICK_GELU:
      return activate_as(MB_QUICK_GELU, x, up, width);
  }
}

static void add(const float *x, int32_t width, float *y) {
  FOR_EACH_VECTOR(width) {
    store_some(y + i, load_some(y + i, count) + load_some(x + i, count), count);
  }
}

static void rotate(float *x, int32_t half, const float *cosines, const float *sines) {
  FOR_EACH_VECTOR(half) {
    vf first = load_some(x + i, count), second = load_some(x + half + i, count);
    vf c = load_some(cosines + i, count), s = load_some(sines + i, count);
    store_some(x + i, first * c - second * s, count);
    store_some(x + half + i, second * c + first * s, count);
  }
}

static float softmax(float *x, int32_t count_) {
  vf most = (vf)-INFINITY;
  int32_t whole = count_ / MB_LANES * MB_LANES;
  for (int32_t i = 0; i < whole; i += MB_LANES) most = larger(load(x + i), most);
  float max = max_lanes(most);
  for (int32_t i = whole; i < count_; i++) max = x[i] > max ? x[i] : max;

  double sum = 0;  // over a vocabulary a float would lose the small ones
  FOR_EACH_VECTOR(count_) {
    vf v = exp_(load_some(x + i, count) - max);
    store_some(x + i, v, count);
    if (count < MB_LANES) {
      float lanes[MB_LANES] = {0};
      store_part(lanes, v, count);
      v = load(lanes);
    }
    sum += (double)sum_lanes(v);
  }
  float scale = (float)(1 / sum);
  FOR_EACH_VECTOR(count_) store_some(x + i, load_some(x + i, count) * scale, count);
  return (float)log(sum) + max;
}
