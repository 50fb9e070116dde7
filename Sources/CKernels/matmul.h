// What the driver of matrix products and the files of the instruction sets agree on.
//
// The order of every sum, for each instruction set alike:
//
//   F32, F16, BF16   Columns are cut into chunks of MB_CHUNK. Within one, lane i of sixteen sums
//                    columns i, i + 16, ... (BF16: 2i + 1, 2i, 2i + 33, 2i + 32, ...) with one rounding a
//                    product; lanes are added 8 apart, then 4, 2, 1; chunks are added in order.
//   Q8_0, Q4_0       Blocks of 32 in order: sum = fma(int32 of the block, weight's scale x input's
//                    scale, sum).
//
// Each begins with (y where it accumulates, else 0) + bias. So a result does not depend on how rows,
// tokens and threads are blocked, and except BF16's subnormals, which AVX-512 flushes, not on the machine.
#ifndef MB_MATMUL_H
#define MB_MATMUL_H

#include "CKernels.h"

enum { MB_CHUNK = 2048 };

/// How activations are stored for a product. Columns are padded to 32 with zeros; the rows (tokens) of
/// a group of T are interleaved, so that a kernel walks one pointer:
/// F32 [columns / 16][T][16], BF16 [columns / 32][T][32],
/// INT8 [blocks][T][32] int8, then scales [blocks][T] f32, then -128 x (sum of the block's 32 values)
/// [blocks][T] int32.
typedef enum mb_input_kind { MB_INPUT_F32, MB_INPUT_BF16, MB_INPUT_INT8, MB_INPUT_KINDS } mb_input_kind;

static inline mb_input_kind mb_input_of(mb_dtype weights) {
  if (weights == MB_BF16) return MB_INPUT_BF16;
  return weights == MB_Q8_0 || weights == MB_Q4_0 ? MB_INPUT_INT8 : MB_INPUT_F32;
}

typedef struct mb_input {
  int32_t tokens;
  int32_t group;  // tokens in each group but the last
  int32_t columns;
  size_t token_bytes;  // a group of T takes T times this
  uint8_t *data;
} mb_input;

static inline int32_t mb_group_tokens(const mb_input *input, int32_t group) {
  int32_t left = input->tokens - group * input->group;
  return left < input->group ? left : input->group;
}

static inline uint8_t *mb_group_data(const mb_input *input, int32_t group) {
  return input->data + (size_t)group * (size_t)input->group * input->token_bytes;
}

/// A block of one product: rows of the weights by groups of tokens.
typedef struct mb_product {
  mb_matrix w;
  const float *bias;
  bool accumulate;
  float *y;
  ptrdiff_t y_stride;
  const mb_input *input;
  int32_t first_row, end_row;  // first_row is a multiple of 16
  int32_t first_group, end_group;
  uint8_t *scratch;  // of this thread, where the order of the sums is free
} mb_product;

typedef struct mb_matmul_kernels {
  int32_t group[MB_INPUT_KINDS];
  /// Stores `tokens` rows of x as one group.
  void (*prepare[MB_INPUT_KINDS])(const float *x, ptrdiff_t x_stride, int32_t tokens,
                                  int32_t columns, uint8_t *group);
  void (*multiply[5])(const mb_product *product);  // by mb_dtype
  /// Of many tokens where the order of the sums is free; NULL where nothing is gained. They work on
  /// `any_rows` rows at a time and take `any_scratch_bytes` of each thread.
  void (*multiply_any[5])(const mb_product *product);
  int32_t any_rows;
  size_t any_scratch_bytes;
} mb_matmul_kernels;

extern const mb_matmul_kernels mb_matmul_scalar;
#if defined(__x86_64__)
extern const mb_matmul_kernels mb_matmul_avx2;
extern const mb_matmul_kernels mb_matmul_avx512;
#elif defined(__aarch64__)
extern const mb_matmul_kernels mb_matmul_neon;
#endif

void mb_prepare_f32(const float *x, ptrdiff_t x_stride, int32_t tokens, int32_t columns,
                    uint8_t *group);
void mb_prepare_bf16(const float *x, ptrdiff_t x_stride, int32_t tokens, int32_t columns,
                     uint8_t *group);
void mb_prepare_int8(const float *x, ptrdiff_t x_stride, int32_t tokens, int32_t columns,
                     uint8_t *group);

/// What a sum begins with.
static inline float mb_sum_start(const mb_product *p, int32_t token, int32_t row) {
  float start = p->accumulate ? p->y[token * p->y_stride + row] : 0;
  return p->bias ? start + p->bias[row] : start;
}

#endif
