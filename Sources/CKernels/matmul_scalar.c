// Matrix products by definition: what every instruction set must agree with.
#include <math.h>
#include <string.h>

#include "matmul.h"
#include "numbers.h"
#include "packed.h"

// MARK: Activations

void mb_prepare_f32(const float *x, ptrdiff_t x_stride, int32_t tokens, int32_t columns,
                    uint8_t *group) {
  float *out = (float *)group;
  for (int32_t step = 0; step < mb_blocks(columns) * 2; step++)
    for (int32_t token = 0; token < tokens; token++)
      for (int32_t lane = 0; lane < 16; lane++) {
        int32_t column = step * 16 + lane;
        *out++ = column < columns ? x[token * x_stride + column] : 0;
      }
}

void mb_prepare_bf16(const float *x, ptrdiff_t x_stride, int32_t tokens, int32_t columns,
                     uint8_t *group) {
  uint16_t *out = (uint16_t *)group;
  for (int32_t step = 0; step < mb_blocks(columns); step++)
    for (int32_t token = 0; token < tokens; token++)
      for (int32_t lane = 0; lane < 32; lane++) {
        int32_t column = step * 32 + lane;
        *out++ = column < columns ? mb_to_bf16(x[token * x_stride + column]) : 0;
      }
}

/// Quantises one block; returns its scale, which carries on what is not finite.
static float quantize_block(const float *x, int32_t count, int8_t *out, int32_t *sum) {
  float largest = 0;
  bool finite = true;
  for (int32_t i = 0; i < count; i++) {
    largest = fmaxf(largest, fabsf(x[i]));
    finite &= isfinite(x[i]) != 0;
  }
  // Below this the inverse would overflow; the products could not be told from zero.
  float inverse = finite && largest > 0x1p-120f ? 127 / largest : 0;
  *sum = 0;
  for (int32_t i = 0; i < MB_BLOCK; i++) {
    out[i] = finite && i < count ? (int8_t)lrintf(x[i] * inverse) : 0;
    *sum += out[i];
  }
  return finite ? largest / 127 : NAN;
}

void mb_prepare_int8(const float *x, ptrdiff_t x_stride, int32_t tokens, int32_t columns,
                     uint8_t *group) {
  int32_t blocks = mb_blocks(columns);
  int8_t *values = (int8_t *)group;
  float *scales = (float *)(values + (size_t)blocks * tokens * MB_BLOCK);
  int32_t *sums = (int32_t *)(scales + (size_t)blocks * tokens);
  for (int32_t block = 0; block < blocks; block++)
    for (int32_t token = 0; token < tokens; token++) {
      const float *from = x + token * x_stride + block * MB_BLOCK;
      int32_t count = columns - block * MB_BLOCK, sum;
      *scales++ = quantize_block(from, count < MB_BLOCK ? count : MB_BLOCK, values, &sum);
      *sums++ = -128 * sum;
      values += MB_BLOCK;
    }
}

// MARK: Plain rows

/// Weight `column` of a row, as float32; rows are element-aligned only.
static inline float plain(mb_dtype dtype, const uint8_t *row, int32_t column) {
  if (dtype == MB_F32) {
    float value;
    memcpy(&value, row + (size_t)column * 4, sizeof value);
    return value;
  }
  uint16_t value;
  memcpy(&value, row + (size_t)column * 2, sizeof value);
  return dtype == MB_F16 ? mb_from_f16(value) : mb_from_bf16(value);
}

/// The activation that meets `column` of a token.
static inline float activation(mb_dtype dtype, const uint8_t *group, int32_t tokens, int32_t token,
                               int32_t column) {
  if (dtype == MB_BF16) {
    size_t at = ((size_t)(column / 32) * tokens + token) * 32 + column % 32;
    return mb_from_bf16(((const uint16_t *)group)[at]);
  }
  size_t at = ((size_t)(column / 16) * tokens + token) * 16 + column % 16;
  return ((const float *)group)[at];
}

static inline float add_lanes(float lanes[16]) {
  for (int32_t apart = 8; apart > 0; apart /= 2)
    for (int32_t lane = 0; lane < apart; lane++) lanes[lane] += lanes[lane + apart];
  return lanes[0];
}

static inline float dot(mb_dtype dtype, const uint8_t *row, const uint8_t *group, int32_t tokens,
                        int32_t token, int32_t columns, float sum) {
  for (int32_t chunk = 0; chunk < columns; chunk += MB_CHUNK) {
    int32_t end = columns - chunk < MB_CHUNK ? columns : chunk + MB_CHUNK;
    float lanes[16] = {0};
    for (int32_t i = chunk; i < end; i++) {
      // Of a BF16 pair the odd column comes first, as in VDPBF16PS; a last one may have no partner.
      int32_t column = dtype == MB_BF16 && (i ^ 1) < end ? i ^ 1 : i;
      float *lane = &lanes[dtype == MB_BF16 ? column % 32 / 2 : column % 16];
      *lane = fmaf(plain(dtype, row, column), activation(dtype, group, tokens, token, column),
                   *lane);
    }
    sum += add_lanes(lanes);
  }
  return sum;
}

static inline void multiply_plain(const mb_product *p, mb_dtype dtype) {
  size_t row_bytes = mb_matrix_bytes(dtype, 1, p->w.columns);
  for (int32_t group = p->first_group; group < p->end_group; group++) {
    int32_t tokens = mb_group_tokens(p->input, group), first = group * p->input->group;
    const uint8_t *x = mb_group_data(p->input, group);
    for (int32_t row = p->first_row; row < p->end_row; row++) {
      const uint8_t *weights = (const uint8_t *)p->w.data + (size_t)row * row_bytes;
      for (int32_t token = 0; token < tokens; token++) {
        float start = mb_sum_start(p, first + token, row);
        p->y[(first + token) * p->y_stride + row] =
            dot(dtype, weights, x, tokens, token, p->w.columns, start);
      }
    }
  }
}

static void multiply_f32(const mb_product *p) { multiply_plain(p, MB_F32); }
static void multiply_f16(const mb_product *p) { multiply_plain(p, MB_F16); }
static void multiply_bf16(const mb_product *p) { multiply_plain(p, MB_BF16); }

// MARK: Packed rows

static inline float dot_packed(mb_dtype dtype, const uint8_t *tile, int32_t row,
                               const uint8_t *group, int32_t tokens, int32_t token, int32_t blocks,
                               float sum) {
  const int8_t *values = (const int8_t *)group + (size_t)token * MB_BLOCK;
  const float *scales = (const float *)(group + (size_t)blocks * tokens * MB_BLOCK) + token;
  for (int32_t block = 0; block < blocks; block++) {
    const uint8_t *quads = tile + mb_quads_offset(dtype, block);
    const int8_t *x = values + (size_t)block * tokens * MB_BLOCK;
    int32_t products = 0;
    for (int32_t i = 0; i < MB_BLOCK; i++) products += mb_packed_value(dtype, quads, row, i) * x[i];
    const uint16_t *row_scales = (const uint16_t *)(tile + mb_scales_offset(dtype, block));
    float scale = mb_from_f16(row_scales[row]) * scales[(size_t)block * tokens];
    sum = fmaf((float)products, scale, sum);
  }
  return sum;
}

static inline void multiply_packed(const mb_product *p, mb_dtype dtype) {
  int32_t blocks = mb_blocks(p->w.columns);
  size_t tile_bytes = mb_tile_bytes(dtype, p->w.columns);
  for (int32_t group = p->first_group; group < p->end_group; group++) {
    int32_t tokens = mb_group_tokens(p->input, group), first = group * p->input->group;
    const uint8_t *x = mb_group_data(p->input, group);
    for (int32_t row = p->first_row; row < p->end_row; row++) {
      const uint8_t *tile =
          (const uint8_t *)p->w.data + (size_t)(row / MB_TILE_ROWS) * tile_bytes;
      for (int32_t token = 0; token < tokens; token++) {
        float start = mb_sum_start(p, first + token, row);
        p->y[(first + token) * p->y_stride + row] =
            dot_packed(dtype, tile, row % MB_TILE_ROWS, x, tokens, token, blocks, start);
      }
    }
  }
}

static void multiply_q8_0(const mb_product *p) { multiply_packed(p, MB_Q8_0); }
static void multiply_q4_0(const mb_product *p) { multiply_packed(p, MB_Q4_0); }

const mb_matmul_kernels mb_matmul_scalar = {
    .group = {1, 1, 1},
    .prepare = {mb_prepare_f32, mb_prepare_bf16, mb_prepare_int8},
    .multiply = {multiply_f32, multiply_f16, multiply_bf16, multiply_q8_0, multiply_q4_0},
};
