// Matrix products in vectors of sixteen lanes that the compiler cuts to the machine's width: AVX2 and
// NEON include this file, having defined TARGET and
//
//   INLINE void dot_quad(mb_dtype dtype, const uint8_t *quads, int32_t quad, int32_t x, ints *sums)
//
// which adds the four products of each of a tile's sixteen rows; then they name the table.
#include "matmul.h"
#include "numbers.h"
#include "packed.h"

// Vectors wider than a register would be passed in memory, were these functions not all inlined.
#pragma clang diagnostic ignored "-Wpsabi"

#define UNROLL _Pragma("clang loop unroll(full)")

enum { tile_rows = 2, plain_tokens = 3, packed_tokens = 2 };

INLINE floats fused(floats a, floats b, floats sum) { return __builtin_elementwise_fma(a, b, sum); }

INLINE floats load_floats(const void *from) {
  floats v;
  memcpy(&v, from, sizeof v);
  return v;
}

INLINE ints load_ints(const void *from) {
  ints v;
  memcpy(&v, from, sizeof v);
  return v;
}

INLINE float add_lanes(floats v) {
  __auto_type eight = v.lo + v.hi;
  __auto_type four = eight.lo + eight.hi;
  __auto_type two = four.lo + four.hi;
  return two.x + two.y;
}

// MARK: Activations

/// Sixteen columns of a row; zeros beyond its end.
INLINE floats load_columns(const float *row, int32_t column, int32_t columns) {
  if (columns - column >= 16) return load_floats(row + column);
  floats v = 0;
  if (columns > column) memcpy(&v, row + column, (size_t)(columns - column) * sizeof *row);
  return v;
}

TARGET static void prepare_f32(const float *x, ptrdiff_t x_stride, int32_t tokens, int32_t columns,
                               uint8_t *group) {
  for (int32_t token = 0; token < tokens; token++)
    for (int32_t step = 0; step < mb_blocks(columns) * 2; step++) {
      floats v = load_columns(x + token * x_stride, step * 16, columns);
      memcpy(group + ((size_t)step * tokens + token) * sizeof v, &v, sizeof v);
    }
}

TARGET static void prepare_bf16(const float *x, ptrdiff_t x_stride, int32_t tokens,
                                int32_t columns, uint8_t *group) {
  for (int32_t token = 0; token < tokens; token++)
    for (int32_t step = 0; step < mb_blocks(columns) * 2; step++) {
      floats v = load_columns(x + token * x_stride, step * 16, columns);
      uint16_t *to = (uint16_t *)group + ((size_t)(step / 2) * tokens + token) * 32 + step % 2 * 16;
      for (int32_t i = 0; i < 16; i++) to[i] = mb_to_bf16(v[i]);
    }
}

/// Whether any of the lanes is an infinity or not a number.
INLINE bool any_nonfinite(floats v) {
  ints exponents = load_ints(&v) & 0x7f800000;
  return __builtin_reduce_max(exponents) == 0x7f800000;
}

TARGET static void prepare_int8(const float *x, ptrdiff_t x_stride, int32_t tokens,
                                int32_t columns, uint8_t *group) {
  int32_t blocks = mb_blocks(columns);
  float *scales = (float *)(group + (size_t)blocks * tokens * MB_BLOCK);
  int32_t *sums = (int32_t *)(scales + (size_t)blocks * tokens);
  for (int32_t token = 0; token < tokens; token++)
    for (int32_t block = 0; block < blocks; block++) {
      size_t at = (size_t)block * tokens + token;
      floats v[2];
      float largest = 0;
      bool finite = true;
      UNROLL for (int32_t half = 0; half < 2; half++) {
        v[half] = load_columns(x + token * x_stride, block * MB_BLOCK + half * 16, columns);
        finite &= !any_nonfinite(v[half]);
        float most = __builtin_reduce_max(__builtin_elementwise_abs(v[half]));
        if (most > largest) largest = most;
      }
      float inverse = finite && largest > 0x1p-120f ? 127 / largest : 0;
      sums[at] = 0;
      UNROLL for (int32_t half = 0; half < 2; half++) {
        floats scaled = finite ? __builtin_elementwise_roundeven(v[half] * inverse) : 0;
        ints q = __builtin_convertvector(scaled, ints);
        bytes narrow = __builtin_convertvector(q, bytes);
        memcpy(group + at * MB_BLOCK + half * 16, &narrow, sizeof narrow);
        sums[at] -= 128 * __builtin_reduce_add(q);
      }
      scales[at] = finite ? largest / 127 : mb_float(0x7fc00000);
    }
}

// MARK: Plain rows

INLINE size_t element_of(mb_dtype dtype) { return dtype == MB_F32 ? 4 : 2; }
INLINE int32_t step_of(mb_dtype dtype) { return dtype == MB_BF16 ? 32 : 16; }

INLINE floats from_bits(ints bits) { return load_floats(&bits); }

/// Adds one step of columns. Of a BF16 pair the odd column comes first, as the definition has it.
INLINE floats multiply_step(mb_dtype dtype, const uint8_t *w, const uint8_t *x, floats sum) {
  if (dtype == MB_F32) return fused(load_floats(w), load_floats(x), sum);
  if (dtype == MB_F16) {
    halves h;
    memcpy(&h, w, sizeof h);
    return fused(__builtin_convertvector(h, floats), load_floats(x), sum);
  }
  ints a = load_ints(w), b = load_ints(x), odd = (int32_t)0xffff0000;
  sum = fused(from_bits(a & odd), from_bits(b & odd), sum);
  return fused(from_bits(a << 16), from_bits(b << 16), sum);
}

/// A chunk of columns of `rows` rows and `tokens` tokens.
INLINE void multiply_tile(mb_dtype dtype, const uint8_t *weights, size_t row_bytes,
                          const uint8_t *x, int32_t columns, int32_t rows, int32_t tokens,
                          float totals[plain_tokens][tile_rows]) {
  const int32_t step = step_of(dtype), steps = columns / step;
  const size_t step_bytes = (size_t)step * element_of(dtype), x_bytes = 64;
  floats sums[plain_tokens][tile_rows];
  UNROLL for (int32_t t = 0; t < tokens; t++)
    UNROLL for (int32_t r = 0; r < rows; r++) sums[t][r] = 0;
  for (int32_t i = 0; i < steps; i++, x += (size_t)tokens * x_bytes)
    UNROLL for (int32_t t = 0; t < tokens; t++)
      UNROLL for (int32_t r = 0; r < rows; r++)
        sums[t][r] = multiply_step(dtype, weights + (size_t)r * row_bytes + (size_t)i * step_bytes,
                                   x + (size_t)t * x_bytes, sums[t][r]);
  if (columns % step > 0)
    for (int32_t r = 0; r < rows; r++) {
      uint8_t rest[64] = {0};
      memcpy(rest, weights + (size_t)r * row_bytes + (size_t)steps * step_bytes,
             (size_t)(columns % step) * element_of(dtype));
      for (int32_t t = 0; t < tokens; t++)
        sums[t][r] = multiply_step(dtype, rest, x + (size_t)t * x_bytes, sums[t][r]);
    }
  UNROLL for (int32_t t = 0; t < tokens; t++)
    UNROLL for (int32_t r = 0; r < rows; r++) totals[t][r] += add_lanes(sums[t][r]);
}

INLINE void multiply_rows(mb_dtype dtype, const mb_product *p, int32_t group, int32_t row,
                          int32_t rows, int32_t tokens) {
  size_t element = element_of(dtype), row_bytes = (size_t)p->w.columns * element;
  const uint8_t *weights = (const uint8_t *)p->w.data + (size_t)row * row_bytes;
  const uint8_t *x = mb_group_data(p->input, group);
  int32_t first = group * p->input->group;
  float totals[plain_tokens][tile_rows];
  for (int32_t t = 0; t < tokens; t++)
    for (int32_t r = 0; r < rows; r++) totals[t][r] = mb_sum_start(p, first + t, row + r);
  for (int32_t chunk = 0; chunk < p->w.columns; chunk += MB_CHUNK) {
    int32_t left = p->w.columns - chunk;
    size_t x_offset = (size_t)(chunk / step_of(dtype)) * (size_t)tokens * 64;
    multiply_tile(dtype, weights + (size_t)chunk * element, row_bytes, x + x_offset,
                  left < MB_CHUNK ? left : MB_CHUNK, rows, tokens, totals);
  }
  for (int32_t t = 0; t < tokens; t++)
    for (int32_t r = 0; r < rows; r++) p->y[(first + t) * p->y_stride + row + r] = totals[t][r];
}

INLINE void multiply_group(mb_dtype dtype, const mb_product *p, int32_t group, int32_t tokens) {
  int32_t row = p->first_row;
  for (; row + tile_rows <= p->end_row; row += tile_rows)
    multiply_rows(dtype, p, group, row, tile_rows, tokens);
  for (; row < p->end_row; row++) multiply_rows(dtype, p, group, row, 1, tokens);
}

INLINE void multiply_plain(mb_dtype dtype, const mb_product *p) {
  for (int32_t group = p->first_group; group < p->end_group; group++) {
    int32_t tokens = mb_group_tokens(p->input, group);
    if (tokens == 1) multiply_group(dtype, p, group, 1);
    if (tokens == 2) multiply_group(dtype, p, group, 2);
    if (tokens == 3) multiply_group(dtype, p, group, 3);
  }
}

TARGET static void multiply_f32(const mb_product *p) { multiply_plain(MB_F32, p); }
TARGET static void multiply_f16(const mb_product *p) { multiply_plain(MB_F16, p); }
TARGET static void multiply_bf16(const mb_product *p) { multiply_plain(MB_BF16, p); }

// MARK: Packed rows

INLINE void multiply_packed_tile(mb_dtype dtype, const mb_product *p, const uint8_t *tile,
                                 int32_t row, int32_t group, int32_t tokens) {
  const int32_t blocks = mb_blocks(p->w.columns), first = group * p->input->group;
  const uint8_t *x = mb_group_data(p->input, group);
  const float *x_scales = (const float *)(x + (size_t)blocks * (size_t)tokens * MB_BLOCK);
  int32_t rows = p->end_row - row < MB_TILE_ROWS ? p->end_row - row : MB_TILE_ROWS;
  floats sums[packed_tokens];
  for (int32_t t = 0; t < tokens; t++) {
    sums[t] = 0;
    for (int32_t r = 0; r < rows; r++) sums[t][r] = mb_sum_start(p, first + t, row + r);
  }
  for (int32_t block = 0; block < blocks; block++, x += tokens * MB_BLOCK, x_scales += tokens) {
    const uint8_t *quads = tile + mb_quads_offset(dtype, block);
    ints products[packed_tokens];
    UNROLL for (int32_t t = 0; t < tokens; t++) products[t] = 0;
    UNROLL for (int32_t quad = 0; quad < 8; quad++)
      UNROLL for (int32_t t = 0; t < tokens; t++) {
        int32_t four;
        memcpy(&four, x + t * MB_BLOCK + quad * 4, sizeof four);
        dot_quad(dtype, quads, quad, four, &products[t]);
      }
    halves h;
    memcpy(&h, tile + mb_scales_offset(dtype, block), sizeof h);
    floats scales = __builtin_convertvector(h, floats);
    UNROLL for (int32_t t = 0; t < tokens; t++)
      sums[t] = fused(__builtin_convertvector(products[t], floats), scales * x_scales[t], sums[t]);
  }
  for (int32_t t = 0; t < tokens; t++)
    memcpy(p->y + (first + t) * p->y_stride + row, &sums[t], (size_t)rows * sizeof(float));
}

INLINE void multiply_packed(mb_dtype dtype, const mb_product *p) {
  size_t tile_bytes = mb_tile_bytes(dtype, p->w.columns);
  for (int32_t group = p->first_group; group < p->end_group; group++)
    for (int32_t row = p->first_row; row < p->end_row; row += MB_TILE_ROWS) {
      const uint8_t *tile = (const uint8_t *)p->w.data + (size_t)(row / MB_TILE_ROWS) * tile_bytes;
      if (mb_group_tokens(p->input, group) == 1) {
        multiply_packed_tile(dtype, p, tile, row, group, 1);
      } else {
        multiply_packed_tile(dtype, p, tile, row, group, 2);
      }
    }
}

TARGET static void multiply_q8_0(const mb_product *p) { multiply_packed(MB_Q8_0, p); }
TARGET static void multiply_q4_0(const mb_product *p) { multiply_packed(MB_Q4_0, p); }

#define MB_VECTOR_KERNELS                                                                   \
  {                                                                                         \
    .group = {plain_tokens, plain_tokens, packed_tokens},                                   \
    .prepare = {prepare_f32, prepare_bf16, prepare_int8},                                   \
    .multiply = {multiply_f32, multiply_f16, multiply_bf16, multiply_q8_0, multiply_q4_0}, \
  }
