// Matrix products of every instruction set this machine runs against sums in double precision, and
// against themselves: one row at a time, and on one thread. A program of its own, so that it runs
// under sanitizers and under an emulator; `kernels-test.sh` does both.
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "CKernels.h"

static const char *const dtypes[] = {"f32", "f16", "bf16", "q8_0", "q4_0"};
static int failures = 0;

static float random_value(void) {
  static uint64_t state = 88172645463325252ull;
  state ^= state << 13, state ^= state >> 7, state ^= state << 17;
  return (float)(int64_t)(state >> 11) * 0x1p-52f - 1;
}

static uint16_t to_bf16(float value) {
  uint32_t bits;
  memcpy(&bits, &value, 4);
  return (uint16_t)((bits + 0x7fff + (bits >> 16 & 1)) >> 16);
}

static float from_bf16(uint16_t value) {
  uint32_t bits = (uint32_t)value << 16;
  float result;
  memcpy(&result, &bits, 4);
  return result;
}

/// Random weights, plain ones one element off any alignment.
static mb_matrix random_matrix(mb_pool *pool, mb_dtype dtype, int rows, int columns, void **owner) {
  size_t count = (size_t)rows * (size_t)columns;
  if (dtype == MB_Q8_0 || dtype == MB_Q4_0) {
    float *plain = malloc(count * 4);
    for (size_t i = 0; i < count; i++) plain[i] = random_value();
    size_t bytes = mb_matrix_bytes(dtype, rows, columns);
    *owner = aligned_alloc(64, bytes);
    mb_matrix source = {MB_F32, rows, columns, plain};
    if (!mb_quantize(pool, source, dtype, *owner)) failures++, puts("quantize failed");
    free(plain);
    return (mb_matrix){dtype, rows, columns, *owner};
  }
  size_t size = dtype == MB_F32 ? 4 : 2;
  *owner = malloc((count + 1) * size);
  uint8_t *data = (uint8_t *)*owner + size;
  for (size_t i = 0; i < count; i++) {
    float value = random_value();
    uint16_t half = to_bf16(value);
    // Any pattern of f16 with a middling exponent is a fair weight.
    if (dtype == MB_F16) half = (uint16_t)((half & 0x83ff) | (9 + i % 6) << 10);
    memcpy(data + i * size, dtype == MB_F32 ? (void *)&value : (void *)&half, size);
  }
  return (mb_matrix){dtype, rows, columns, data};
}

/// x as the product sees it.
static void round_activations(mb_dtype dtype, const float *x, int columns, float *to) {
  for (int first = 0; first < columns; first += 32) {
    int end = first + 32 < columns ? first + 32 : columns;
    float largest = 0;
    for (int i = first; i < end; i++) largest = fmaxf(largest, fabsf(x[i]));
    for (int i = first; i < end; i++) {
      if (dtype == MB_F32 || dtype == MB_F16) to[i] = x[i];
      if (dtype == MB_BF16) to[i] = from_bf16(to_bf16(x[i]));
      if (dtype >= MB_Q8_0) to[i] = rintf(x[i] * (127 / largest)) * (largest / 127);
    }
  }
}

static void check(bool right, const char *what, mb_dtype dtype, int rows, int columns, int n) {
  if (right) return;
  if (failures++ < 20)
    printf("%s %s: %s, %d x %d, n %d\n", mb_isa_name(mb_isa_active()), dtypes[dtype], what, rows,
           columns, n);
}

static void test(mb_pool *pool, mb_pool *single, mb_dtype dtype, int rows, int columns, int n) {
  void *owner;
  mb_matrix w = random_matrix(pool, dtype, rows, columns, &owner);
  int x_stride = columns + 3, y_stride = rows + 5;
  float *x = malloc(sizeof(float) * (size_t)(n * x_stride));
  float *y = malloc(sizeof(float) * (size_t)(n * y_stride));
  float *again = malloc(sizeof(float) * (size_t)(n * y_stride));
  float *bias = malloc(sizeof(float) * (size_t)rows);
  float *weights = malloc(sizeof(float) * (size_t)columns);
  float *rounded = malloc(sizeof(float) * (size_t)(n * columns));
  for (int i = 0; i < n * x_stride; i++) x[i] = random_value() * 3;
  for (int i = 0; i < rows; i++) bias[i] = random_value();
  for (int i = 0; i < n * y_stride; i++) y[i] = again[i] = 0.5f;
  for (int t = 0; t < n; t++)
    round_activations(dtype, x + t * x_stride, columns, rounded + t * columns);

  mb_matmul(pool, w, x, x_stride, n, bias, true, y, y_stride, MB_ORDER_FIXED);
  bool equal = true, near = true, any_near = true;
  for (int row = 0; row < rows; row++) {
    mb_matrix_rows(w, row, 1, weights);
    for (int t = 0; t < n; t++) {
      double sum = 0.5 + bias[row], size = fabs(sum);
      for (int i = 0; i < columns; i++) {
        double product = (double)weights[i] * rounded[t * columns + i];
        sum += product, size += fabs(product);
      }
      near &= fabs(y[t * y_stride + row] - sum) <= 4e-6 * size;
    }
  }
  check(near, "far from the sum in double", dtype, rows, columns, n);
  for (int t = 0; t < n; t++) {
    mb_matmul(single, w, x + t * x_stride, x_stride, 1, bias, true, again + t * y_stride, y_stride,
              MB_ORDER_FIXED);
    equal &= memcmp(y + t * y_stride, again + t * y_stride, sizeof(float) * (size_t)rows) == 0;
    for (int i = rows; i < y_stride; i++) equal &= y[t * y_stride + i] == 0.5f;
  }
  check(equal, "rows differ from single rows", dtype, rows, columns, n);

  mb_isa isa = mb_isa_active();
  mb_matmul_output two[2] = {{w, bias, y, y_stride}, {w, NULL, again, y_stride}};
  mb_matmul_many(pool, two, 2, x, x_stride, n, MB_ORDER_ANY);
  float *definition = malloc(sizeof(float) * (size_t)(n * y_stride));
  mb_isa_force(MB_ISA_SCALAR);
  mb_matmul(pool, w, x, x_stride, n, bias, false, definition, y_stride, MB_ORDER_FIXED);
  mb_isa_force(isa);
  equal = true;
  mb_matmul(pool, w, x, x_stride, n, bias, false, again, y_stride, MB_ORDER_FIXED);
  for (int t = 0; t < n; t++)
    for (int row = 0; row < rows; row++) {
      int at = t * y_stride + row;
      any_near &= fabsf(y[at] - definition[at]) <= 1e-5f * (float)(columns + 10);
      equal &= again[at] == definition[at];
    }
  check(any_near, "any order is far from the definition", dtype, rows, columns, n);
  check(equal, "bits differ from the definition", dtype, rows, columns, n);
  free(definition), free(rounded), free(weights), free(bias), free(again), free(y), free(x);
  free(owner);
}

/// Any argument leaves out the many tokens, which an emulator is too slow for and NEON treats no differently.
int main(int argc, char **argv) {
  (void)argv;
  static const int columns[] = {1, 31, 33, 64, 100, 1176, 2049, 3420};
  static const int rows[] = {1, 15, 17, 83};
  static const int tokens[] = {1, 2, 3, 5, 7, 12, 13, 77};
  mb_pool *pool = mb_pool_create(0), *single = mb_pool_create(1);
  for (mb_isa isa = MB_ISA_SCALAR; isa <= MB_ISA_NEON; isa++) {
    if (!mb_isa_force(isa)) continue;
    for (mb_dtype dtype = MB_F32; dtype <= MB_Q4_0; dtype++)
      for (int c = 0; c < 8; c++)
        for (int r = 0; r < 4; r++)
          for (int t = 0; t < 8; t++)
            // All shapes of the small ones, one in seven of the large.
            if (argc > 1 && tokens[t] > 13) {
              continue;
            } else if (columns[c] <= 100 || (c + r * 3 + t) % 7 == 0) {
              test(pool, single, dtype, rows[r], columns[c], tokens[t]);
            }
    printf("%s: %d failures\n", mb_isa_name(isa), failures);
  }
  mb_pool_destroy(single);
  mb_pool_destroy(pool);
  return failures != 0;
}
