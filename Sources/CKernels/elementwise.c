// Row operations: the rows are shared among threads where they are worth a fork.
#include "elementwise_kernels.h"

static const mb_elementwise_kernels *kernels(void) {
  switch (mb_isa_active()) {
#if defined(__x86_64__)
    case MB_ISA_AVX512:
      return &mb_elementwise_avx512;
    case MB_ISA_AVX2:
      return &mb_elementwise_avx2;
#elif defined(__aarch64__)
    case MB_ISA_NEON:
      return &mb_elementwise_neon;
#endif
    default:
      return &mb_elementwise_scalar;
  }
}

/// A fork costs a fraction of a microsecond, in which a thread passes a few thousand values.
enum { values_per_part = 8192 };

/// Everything that some operation needs.
typedef struct row_run {
  const mb_elementwise_kernels *kernels;
  const float *x;
  float *y;
  const float *weight, *bias;
  ptrdiff_t x_stride, y_stride;
  float eps;
  int32_t n, width;
  int32_t parts;
  mb_activation activation;
  int32_t heads, head_dim, rotary;
  const float *cosines, *sines;
  void (*row)(const struct row_run *run, int32_t row);
} row_run;

static void run_part(void *context, int part) {
  const row_run *run = context;
  int32_t first = (int32_t)((int64_t)run->n * part / run->parts);
  int32_t end = (int32_t)((int64_t)run->n * (part + 1) / run->parts);
  for (int32_t row = first; row < end; row++) run->row(run, row);
}

static void run_rows(mb_pool *pool, row_run run) {
  if (run.n <= 0 || run.width <= 0) return;
  int64_t parts = (int64_t)run.n * run.width / values_per_part;
  // Some parts a thread, so that a thread that comes late finds less to do.
  int64_t most = 4 * (int64_t)mb_pool_threads(pool);
  if (parts > most) parts = most;
  if (parts > run.n) parts = run.n;
  run.parts = parts < 1 ? 1 : (int32_t)parts;
  run.kernels = kernels();
  mb_pool_run(pool, run.parts, run_part, &run);
}

static void rms_norm_row(const row_run *run, int32_t row) {
  run->kernels->rms_norm(run->x + row * run->x_stride, run->weight, run->eps, run->width,
                         run->y + row * run->y_stride);
}

void mb_rms_norm(mb_pool *pool, const float *x, ptrdiff_t x_stride, const float *weight, float eps,
                 int32_t n, int32_t width, float *y, ptrdiff_t y_stride) {
  run_rows(pool, (row_run){.row = rms_norm_row, .x = x, .x_stride = x_stride, .y = y,
                           .y_stride = y_stride, .weight = weight, .eps = eps, .n = n,
                           .width = width});
}

static void layer_norm_row(const row_run *run, int32_t row) {
  run->kernels->layer_norm(run->x + row * run->x_stride, run->weight, run->bias, run->eps,
                           run->width, run->y + row * run->y_stride);
}

void mb_layer_norm(mb_pool *pool, const float *x, ptrdiff_t x_stride, const float *weight,
                   const float *bias, float eps, int32_t n, int32_t width, float *y,
                   ptrdiff_t y_stride) {
  run_rows(pool, (row_run){.row = layer_norm_row, .x = x, .x_stride = x_stride, .y = y,
                           .y_stride = y_stride, .weight = weight, .bias = bias, .eps = eps,
                           .n = n, .width = width});
}

static void activate_row(const row_run *run, int32_t row) {
  run->kernels->activate(run->activation, run->y + row * run->y_stride,
                         run->x ? run->x + row * run->x_stride : NULL, run->width);
}

void mb_activate(mb_pool *pool, mb_activation activation, float *x, ptrdiff_t stride, int32_t n,
                 int32_t width) {
  run_rows(pool, (row_run){.row = activate_row, .activation = activation, .y = x,
                           .y_stride = stride, .n = n, .width = width});
}

void mb_gate(mb_pool *pool, mb_activation activation, float *gate, ptrdiff_t gate_stride,
             const float *up, ptrdiff_t up_stride, int32_t n, int32_t width) {
  run_rows(pool, (row_run){.row = activate_row, .activation = activation, .y = gate,
                           .y_stride = gate_stride, .x = up, .x_stride = up_stride, .n = n,
                           .width = width});
}

static void add_row(const row_run *run, int32_t row) {
  run->kernels->add(run->x + row * run->x_stride, run->width, run->y + row * run->y_stride);
}

void mb_add(mb_pool *pool, const float *x, ptrdiff_t x_stride, int32_t n, int32_t width, float *y,
            ptrdiff_t y_stride) {
  run_rows(pool, (row_run){.row = add_row, .x = x, .x_stride = x_stride, .y = y,
                           .y_stride = y_stride, .n = n, .width = width});
}

static void rotary_row(const row_run *run, int32_t row) {
  int32_t half = run->rotary / 2;
  for (int32_t head = 0; head < run->heads; head++)
    run->kernels->rotate(run->y + row * run->y_stride + (ptrdiff_t)head * run->head_dim, half,
                         run->cosines + (ptrdiff_t)row * half, run->sines + (ptrdiff_t)row * half);
}

void mb_rotary(mb_pool *pool, float *x, ptrdiff_t stride, int32_t n, int32_t heads,
               int32_t head_dim, int32_t rotary, const float *cosines, const float *sines) {
  run_rows(pool, (row_run){.row = rotary_row, .y = x, .y_stride = stride, .n = n,
                           .width = heads * rotary, .heads = heads, .head_dim = head_dim,
                           .rotary = rotary, .cosines = cosines, .sines = sines});
}

float mb_softmax(float *x, int32_t count) { return kernels()->softmax(x, count); }
