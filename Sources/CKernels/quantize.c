// Stored weights: their sizes, reading rows back, quantising plain rows into the packed layout.
#include <math.h>
#include <stdatomic.h>
#include <string.h>

#include "numbers.h"
#include "packed.h"
#include "pool.h"

static size_t plain_bytes(mb_dtype dtype) { return dtype == MB_F32 ? 4 : 2; }

static bool is_packed(mb_dtype dtype) { return dtype == MB_Q8_0 || dtype == MB_Q4_0; }

size_t mb_matrix_bytes(mb_dtype dtype, int32_t rows, int32_t columns) {
  if (!is_packed(dtype)) return (size_t)rows * (size_t)columns * plain_bytes(dtype);
  size_t tiles = ((size_t)rows + MB_TILE_ROWS - 1) / MB_TILE_ROWS;
  return tiles * mb_tile_bytes(dtype, columns);
}

// MARK: Reading rows

static void plain_values(mb_dtype dtype, const uint8_t *from, int32_t count, float *to) {
  if (dtype == MB_F32) {
    memcpy(to, from, (size_t)count * sizeof *to);
    return;
  }
  for (int32_t i = 0; i < count; i++) {
    uint16_t value;
    memcpy(&value, from + (size_t)i * 2, sizeof value);
    to[i] = dtype == MB_F16 ? mb_from_f16(value) : mb_from_bf16(value);
  }
}

static void packed_row(mb_matrix matrix, int32_t row, float *to) {
  const uint8_t *tile = (const uint8_t *)matrix.data +
                        (size_t)(row / MB_TILE_ROWS) * mb_tile_bytes(matrix.dtype, matrix.columns);
  for (int32_t column = 0; column < matrix.columns; column++) {
    int32_t block = column / MB_BLOCK;
    const uint16_t *scales = (const uint16_t *)(tile + mb_scales_offset(matrix.dtype, block));
    const uint8_t *quads = tile + mb_quads_offset(matrix.dtype, block);
    int32_t value =
        mb_packed_value(matrix.dtype, quads, row % MB_TILE_ROWS, column % MB_BLOCK);
    to[column] = mb_from_f16(scales[row % MB_TILE_ROWS]) * (float)value;
  }
}

void mb_matrix_rows(mb_matrix matrix, int32_t first, int32_t count, float *destination) {
  size_t row_bytes = (size_t)matrix.columns * plain_bytes(matrix.dtype);
  for (int32_t i = 0; i < count; i++, destination += matrix.columns) {
    if (is_packed(matrix.dtype)) {
      packed_row(matrix, first + i, destination);
    } else {
      const uint8_t *row = (const uint8_t *)matrix.data + (size_t)(first + i) * row_bytes;
      plain_values(matrix.dtype, row, matrix.columns, destination);
    }
  }
}

// MARK: Quantising

/// A block's scale as f16; false where that is not finite.
static bool store_scale(float scale, uint16_t *to, float *inverse) {
  *to = mb_to_f16(scale);
  // A scale that rounds to zero makes zeros of the block, whose inverse may not even be finite.
  *inverse = (*to & 0x7fff) ? 1 / scale : 0;
  return (*to & 0x7c00) != 0x7c00;
}

/// roundf, half away from zero, without a call for each weight.
static inline int32_t rounded(float value) {
  int32_t whole = (int32_t)value;
  float rest = value - (float)whole;
  return whole + (rest >= 0.5f) - (rest <= -0.5f);
}

static bool quantize_q8_0(const float *x, int32_t row, uint16_t *scale, uint8_t *quads) {
  float largest = 0, inverse;
  for (int32_t i = 0; i < MB_BLOCK; i++)
    if (fabsf(x[i]) > largest) largest = fabsf(x[i]);
  if (!store_scale(largest / 127, scale, &inverse)) return false;
  for (int32_t i = 0; i < MB_BLOCK; i++)
    quads[mb_byte_offset(MB_Q8_0, row, i)] = (uint8_t)(rounded(x[i] * inverse) + 128);
  return true;
}

static bool quantize_q4_0(const float *x, int32_t row, uint16_t *scale, uint8_t *quads) {
  float largest = 0, inverse;
  for (int32_t i = 0; i < MB_BLOCK; i++)
    if (fabsf(x[i]) > fabsf(largest)) largest = x[i];
  if (!store_scale(largest / -8, scale, &inverse)) return false;
  for (int32_t i = 0; i < MB_BLOCK; i++) {
    int32_t q = (int32_t)(x[i] * inverse + 8.5f);
    uint8_t nibble = (uint8_t)(q < 15 ? q : 15);
    uint8_t *byte = &quads[mb_byte_offset(MB_Q4_0, row, i)];
    *byte = i < 16 ? nibble : (uint8_t)(*byte | nibble << 4);
  }
  return true;
}

typedef struct quantization {
  mb_matrix source;
  mb_dtype dtype;
  uint8_t *destination;
  atomic_bool failed;
} quantization;

/// One block of one row; false where a weight or the scale is not finite.
static bool quantize_block(const quantization *q, int32_t row, int32_t block, uint8_t *tile) {
  float x[MB_BLOCK] = {0};
  int32_t first = block * MB_BLOCK, count = q->source.columns - first;
  if (count > MB_BLOCK) count = MB_BLOCK;
  if (row < q->source.rows) {
    size_t at = (size_t)row * (size_t)q->source.columns + (size_t)first;
    plain_values(q->source.dtype,
                 (const uint8_t *)q->source.data + at * plain_bytes(q->source.dtype), count, x);
  }
  for (int32_t i = 0; i < count; i++)
    if (!isfinite(x[i])) return false;
  int32_t lane = row % MB_TILE_ROWS;
  uint16_t *scale = (uint16_t *)(tile + mb_scales_offset(q->dtype, block)) + lane;
  uint8_t *quads = tile + mb_quads_offset(q->dtype, block);
  return q->dtype == MB_Q8_0 ? quantize_q8_0(x, lane, scale, quads)
                             : quantize_q4_0(x, lane, scale, quads);
}

static void quantize_tile(void *context, int part) {
  quantization *q = context;
  if (atomic_load_explicit(&q->failed, memory_order_relaxed)) return;
  size_t tile_bytes = mb_tile_bytes(q->dtype, q->source.columns);
  uint8_t *tile = q->destination + (size_t)part * tile_bytes;
  int32_t blocks = mb_blocks(q->source.columns);
  // The half of the scales that an odd last block leaves unused: files of packed weights repeat.
  if (blocks % 2) memset(tile + mb_scales_offset(q->dtype, blocks - 1), 0, MB_SCALES_BYTES);
  for (int32_t lane = 0; lane < MB_TILE_ROWS; lane++)
    for (int32_t block = 0; block < blocks; block++)
      if (!quantize_block(q, part * MB_TILE_ROWS + lane, block, tile)) {
        atomic_store(&q->failed, true);
        return;
      }
}

bool mb_quantize(mb_pool *pool, mb_matrix source, mb_dtype dtype, void *destination) {
  quantization q = {source, dtype, destination, false};
  int tiles = (int)(((int64_t)source.rows + MB_TILE_ROWS - 1) / MB_TILE_ROWS);
  mb_pool_run(pool, tiles, quantize_tile, &q);
  return !atomic_load(&q.failed);
}

// MARK: Finite or not

typedef struct finiteness {
  mb_matrix matrix;
  size_t elements, per_part;
  atomic_bool failed;
} finiteness;

/// An exponent of ones in any element. No branch, so that the compiler makes vectors of it.
static bool has_nonfinite(mb_dtype dtype, const uint8_t *data, size_t count) {
  uint32_t found = 0;
  if (dtype == MB_F32) {
    for (size_t i = 0; i < count; i++) {
      uint32_t bits;
      memcpy(&bits, data + i * 4, sizeof bits);
      found |= (bits & 0x7f800000) == 0x7f800000;
    }
    return found;
  }
  uint16_t exponent = dtype == MB_F16 ? 0x7c00 : 0x7f80;
  for (size_t i = 0; i < count; i++) {
    uint16_t bits;
    memcpy(&bits, data + i * 2, sizeof bits);
    found |= (bits & exponent) == exponent;
  }
  return found;
}

static void check_part(void *context, int part) {
  finiteness *f = context;
  size_t first = (size_t)part * f->per_part, left = f->elements - first;
  const uint8_t *data = (const uint8_t *)f->matrix.data + first * plain_bytes(f->matrix.dtype);
  if (has_nonfinite(f->matrix.dtype, data, left < f->per_part ? left : f->per_part))
    atomic_store(&f->failed, true);
}

bool mb_all_finite(mb_pool *pool, mb_matrix matrix) {
  size_t elements = (size_t)matrix.rows * (size_t)matrix.columns, per_part = 1 << 16;
  // Even the largest matrix of int32 sides stays within an int of parts.
  while (elements / per_part >= 1 << 20) per_part *= 2;
  finiteness f = {matrix, elements, per_part, false};
  mb_pool_run(pool, (int)((elements + per_part - 1) / per_part), check_part, &f);
  return !atomic_load(&f.failed);
}
