// Matrix products: prepares the activations, cuts the work into parts, chooses the kernels.
#include "matmul.h"

#include "packed.h"
#include "pool.h"

enum {
  /// Activations prepared at a time: bounds the scratch, and costs nothing at this size.
  pass_bytes = 16 << 20,
  pass_tokens = 1024,
  /// Weights of a part: half of a core's second-level cache, where they stay for all tokens.
  part_bytes = 384 << 10,
  /// A decode step streams: long parts suit the prefetchers, short ones level out the threads.
  least_part_bytes = 64 << 10,
  parts_per_thread = 8,
  few_tokens = 8,
  many_tokens = 64,
};

static const mb_matmul_kernels *active_kernels(void) {
  switch (mb_isa_active()) {
#if defined(__x86_64__)
    case MB_ISA_AVX512:
      return &mb_matmul_avx512;
    case MB_ISA_AVX2:
      return &mb_matmul_avx2;
#elif defined(__aarch64__)
    case MB_ISA_NEON:
      return &mb_matmul_neon;
#endif
    default:
      return &mb_matmul_scalar;
  }
}

// MARK: Activations

typedef struct preparation {
  const mb_matmul_kernels *kernels;
  mb_input_kind kind;
  mb_input *input;
  const float *x;
  ptrdiff_t x_stride;
} preparation;

static void prepare_group(void *context, int group) {
  const preparation *p = context;
  const float *x = p->x + (ptrdiff_t)group * p->input->group * p->x_stride;
  p->kernels->prepare[p->kind](x, p->x_stride, mb_group_tokens(p->input, group),
                               p->input->columns, mb_group_data(p->input, group));
}

static int32_t groups_of(const mb_input *input) {
  return (input->tokens + input->group - 1) / input->group;
}

static void prepare(mb_pool *pool, preparation *p) {
  int32_t groups = groups_of(p->input);
  if ((int64_t)p->input->tokens * p->input->columns > 1 << 15) {
    mb_pool_run(pool, groups, prepare_group, p);
  } else {
    for (int32_t group = 0; group < groups; group++) prepare_group(p, group);
  }
}

static size_t token_bytes(mb_input_kind kind, int32_t columns) {
  size_t blocks = (size_t)mb_blocks(columns);
  if (kind == MB_INPUT_F32) return blocks * MB_BLOCK * sizeof(float);
  if (kind == MB_INPUT_BF16) return blocks * MB_BLOCK * sizeof(uint16_t);
  return blocks * (MB_BLOCK + sizeof(float) + sizeof(int32_t));
}

// MARK: Parts

static int32_t round_up(int64_t value, int32_t multiple) {
  return (int32_t)((value + multiple - 1) / multiple * multiple);
}

typedef struct job {
  const mb_matmul_kernels *kernels;
  const mb_matmul_output *outputs;
  int32_t count;
  int32_t tokens;
  int32_t first_token;
  bool accumulate;
  bool any_order;
  mb_input inputs[MB_INPUT_KINDS];
  uint8_t *scratch;
  int threads;
} job;

/// Whether the kernel of any order is to be used: its copy of the weights pays with many tokens only.
static bool in_any_order(const job *j, mb_dtype dtype) {
  return j->any_order && j->tokens >= many_tokens && j->kernels->multiply_any[dtype];
}

/// Rows of one part: whole tiles, enough parts for every thread.
static int32_t rows_of_part(const job *j, mb_matrix w) {
  int32_t tokens = j->tokens;
  if (in_any_order(j, w.dtype)) return j->kernels->any_rows;
  // Many tokens meet plain rows a chunk at a time.
  bool chunked = tokens > few_tokens && mb_input_of(w.dtype) != MB_INPUT_INT8;
  int32_t columns = chunked && w.columns > MB_CHUNK ? MB_CHUNK : w.columns;
  int64_t row_bytes = (int64_t)(mb_matrix_bytes(w.dtype, MB_TILE_ROWS, columns) / MB_TILE_ROWS) + 1;
  int64_t rows = part_bytes / row_bytes, fair = w.rows / ((int64_t)j->threads * parts_per_thread);
  if (rows > fair) rows = fair;
  int64_t least = least_part_bytes / row_bytes;
  if (tokens <= few_tokens && rows < least) rows = least;
  return round_up(rows < 1 ? 1 : rows, MB_TILE_ROWS);
}

static int32_t parts_of(const job *j, const mb_matmul_output *output) {
  int32_t rows = rows_of_part(j, output->w);
  return (int32_t)(((int64_t)output->w.rows + rows - 1) / rows);
}

static void multiply_part(void *context, int part) {
  const job *j = context;
  const mb_matmul_output *output = j->outputs;
  for (int32_t parts; part >= (parts = parts_of(j, output)); output++) part -= parts;
  const mb_input *input = &j->inputs[mb_input_of(output->w.dtype)];
  int32_t rows = rows_of_part(j, output->w);
  int32_t first = part * rows, left = output->w.rows - first;
  mb_product product = {
      .w = output->w,
      .bias = output->bias,
      .accumulate = j->accumulate,
      .y = output->y + (ptrdiff_t)j->first_token * output->y_stride,
      .y_stride = output->y_stride,
      .input = input,
      .first_row = first,
      .end_row = first + (left < rows ? left : rows),
      .first_group = 0,
      .end_group = groups_of(input),
      .scratch = j->scratch + (size_t)mb_pool_thread() * j->kernels->any_scratch_bytes,
  };
  if (in_any_order(j, output->w.dtype)) {
    j->kernels->multiply_any[output->w.dtype](&product);
  } else {
    j->kernels->multiply[output->w.dtype](&product);
  }
}

// MARK: The product

/// Tokens of one pass over the weights: as many as the scratch is meant to hold.
static int32_t tokens_of_pass(const mb_matmul_kernels *kernels, mb_input_kind kind,
                              int32_t columns) {
  int64_t tokens = (int64_t)(pass_bytes / token_bytes(kind, columns));
  if (tokens > pass_tokens) tokens = pass_tokens;
  int32_t group = kernels->group[kind];
  return tokens <= group ? group : (int32_t)tokens / group * group;
}

static void multiply_pass(mb_pool *pool, job *j, const bool needed[MB_INPUT_KINDS], const float *x,
                          ptrdiff_t x_stride, int32_t columns) {
  size_t offsets[MB_INPUT_KINDS], bytes = 0;
  for (int kind = 0; kind < MB_INPUT_KINDS; kind++) {
    offsets[kind] = bytes;
    if (needed[kind]) bytes += (size_t)j->tokens * token_bytes(kind, columns) + 63;
    bytes = bytes / 64 * 64;
  }
  size_t of_threads = 0;
  for (int32_t i = 0; i < j->count; i++)
    if (in_any_order(j, j->outputs[i].w.dtype))
      of_threads = j->kernels->any_scratch_bytes * (size_t)j->threads;
  uint8_t *scratch = mb_pool_scratch(pool, MB_SCRATCH_MATMUL, bytes + of_threads);
  j->scratch = scratch + bytes;
  for (int kind = 0; kind < MB_INPUT_KINDS; kind++) {
    j->inputs[kind] = (mb_input){.tokens = j->tokens,
                                 .group = j->kernels->group[kind],
                                 .columns = columns,
                                 .token_bytes = token_bytes(kind, columns),
                                 .data = scratch + offsets[kind]};
    preparation p = {j->kernels, kind, &j->inputs[kind], x, x_stride};
    if (needed[kind]) prepare(pool, &p);
  }
  int64_t parts = 0;
  for (int32_t i = 0; i < j->count; i++) parts += parts_of(j, &j->outputs[i]);
  mb_pool_run(pool, (int)parts, multiply_part, j);
}

static void multiply(mb_pool *pool, const mb_matmul_output *outputs, int32_t count, const float *x,
                     ptrdiff_t x_stride, int32_t n, bool accumulate, mb_matmul_order order) {
  if (count == 0) return;
  const mb_matmul_kernels *kernels = active_kernels();
  int32_t columns = outputs[0].w.columns, pass = pass_tokens;
  bool needed[MB_INPUT_KINDS] = {false};
  for (int32_t i = 0; i < count; i++) {
    mb_input_kind kind = mb_input_of(outputs[i].w.dtype);
    needed[kind] = true;
    int32_t tokens = tokens_of_pass(kernels, kind, columns);
    if (tokens < pass) pass = tokens;
  }
  for (int32_t first = 0; first < n; first += pass) {
    job j = {.kernels = kernels,
             .outputs = outputs,
             .count = count,
             .tokens = n - first < pass ? n - first : pass,
             .first_token = first,
             .accumulate = accumulate,
             .any_order = order == MB_ORDER_ANY,
             .threads = mb_pool_threads(pool)};
    multiply_pass(pool, &j, needed, x + (ptrdiff_t)first * x_stride, x_stride, columns);
  }
}

void mb_matmul_many(mb_pool *pool, const mb_matmul_output *outputs, int32_t count, const float *x,
                    ptrdiff_t x_stride, int32_t n, mb_matmul_order order) {
  multiply(pool, outputs, count, x, x_stride, n, false, order);
}

void mb_matmul(mb_pool *pool, mb_matrix w, const float *x, ptrdiff_t x_stride, int32_t n,
               const float *bias, bool accumulate, float *y, ptrdiff_t y_stride,
               mb_matmul_order order) {
  mb_matmul_output output = {w, bias, y, y_stride};
  multiply(pool, &output, 1, x, x_stride, n, accumulate, order);
}
