// BF16 weights on many tokens in any order of summation (MB_ORDER_ANY): panels of 32 rows, copied so
// that a vector holds a pair of columns of 16 rows, meet pairs of 12 tokens broadcast from memory. No
// sum is spread over lanes, so nothing is left to add at the end of a tile.
#if defined(__x86_64__)
#include <immintrin.h>
#include <string.h>

#include "matmul_avx512.h"
#include "packed.h"

#define TARGET __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx512bf16,f16c,fma")))
#define INLINE static inline __attribute__((always_inline)) TARGET
#define UNROLL _Pragma("clang loop unroll(full)")

enum {
  lanes = 16,
  panel_rows = 2 * lanes,
  panels = MB_AVX512_PANEL_ROWS / panel_rows,
  group = MB_AVX512_PLAIN_GROUP,
  max_tokens = 2 * group,
  step_columns = 32,
  step_pairs = step_columns / 2,
  pair_bytes = 2 * 64,  // of a panel
  step_bytes = step_pairs * pair_bytes,
};

// MARK: Panels

/// One step of columns of 16 rows: each row's pairs go to one lane. `to` is 128 bytes from pair to pair.
INLINE void pack_lanes(const uint8_t *rows, size_t row_bytes, uint8_t *to) {
  __m512i at = _mm512_mullo_epi32(
      _mm512_set_epi32(15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0),
      _mm512_set1_epi32((int32_t)row_bytes));
  UNROLL for (int32_t pair = 0; pair < step_pairs; pair++)
    _mm512_store_si512(to + pair * pair_bytes, _mm512_i32gather_epi32(at, rows + pair * 4, 1));
}

/// The same at the edges of the matrix, with zeros beyond them.
INLINE void pack_edge(const uint8_t *rows, size_t row_bytes, int32_t count, int32_t columns,
                      uint8_t *to) {
  uint16_t copy[lanes][step_columns] = {{0}};
  for (int32_t row = 0; row < count && row < lanes; row++)
    memcpy(copy[row], rows + (size_t)row * row_bytes, (size_t)columns * sizeof copy[0][0]);
  pack_lanes((const uint8_t *)copy, sizeof copy[0], to);
}

/// `rows` rows from `row` on, columns of one chunk, as panels one after the other.
INLINE void pack_panels(const mb_product *p, int32_t row, int32_t rows, int32_t chunk,
                        int32_t columns, uint8_t *to) {
  size_t row_bytes = (size_t)p->w.columns * 2;
  for (int32_t half = 0; half * lanes < (rows + panel_rows - 1) / panel_rows * panel_rows; half++) {
    const uint8_t *from = (const uint8_t *)p->w.data + (size_t)chunk * 2 +
                          (size_t)(row + half * lanes) * row_bytes;
    uint8_t *panel = to + (size_t)(half / 2) * (size_t)mb_blocks(columns) * step_bytes;
    int32_t count = rows - half * lanes;
    for (int32_t column = 0; column < columns; column += step_columns) {
      uint8_t *step = panel + (size_t)(column / step_columns) * step_bytes + half % 2 * 64;
      if (count >= lanes && columns - column >= step_columns && row_bytes < 1 << 26) {
        pack_lanes(from + (size_t)column * 2, row_bytes, step);
      } else {
        int32_t left = columns - column < step_columns ? columns - column : step_columns;
        pack_edge(from + (size_t)column * 2, row_bytes, count, left, step);
      }
    }
  }
}

// MARK: Products

INLINE __m512bh broadcast_pair(const uint8_t *x) {
  int32_t pair;
  memcpy(&pair, x, sizeof pair);
  return (__m512bh)_mm512_set1_epi32(pair);
}

/// A panel by `tokens` tokens: those of one group, or of two whole ones.
INLINE void multiply_tile(const mb_product *p, const uint8_t *panel, const uint8_t *x,
                          size_t next_group, int32_t columns, int32_t row, int32_t token,
                          int32_t tokens, bool first_chunk) {
  int32_t in_group = tokens < group ? tokens : group, rows = p->end_row - row;
  uint32_t all = rows < panel_rows ? (1u << rows) - 1 : 0xffffffff;
  __mmask16 masks[2] = {(__mmask16)all, (__mmask16)(all >> lanes)};
  float *y = p->y + token * p->y_stride + row;
  __m512 sums[max_tokens][2];
  UNROLL for (int32_t t = 0; t < tokens; t++)
    UNROLL for (int32_t h = 0; h < 2; h++) {
      sums[t][h] = p->accumulate || !first_chunk
                       ? _mm512_maskz_loadu_ps(masks[h], y + t * p->y_stride + h * lanes)
                       : _mm512_setzero_ps();
      if (first_chunk && p->bias)
        sums[t][h] = _mm512_add_ps(
            sums[t][h], _mm512_maskz_loadu_ps(masks[h], p->bias + row + h * lanes));
    }
  for (int32_t step = 0; step < mb_blocks(columns); step++, x += in_group * 64)
    for (int32_t pair = 0; pair < step_pairs; pair++, panel += pair_bytes) {
      __m512bh w[2] = {(__m512bh)_mm512_load_si512(panel), (__m512bh)_mm512_load_si512(panel + 64)};
      UNROLL for (int32_t t = 0; t < tokens; t++) {
        size_t at = t < group ? (size_t)t * 64 : next_group + (size_t)(t - group) * 64;
        __m512bh a = broadcast_pair(x + at + pair * 4);
        UNROLL for (int32_t h = 0; h < 2; h++)
          sums[t][h] = _mm512_dpbf16_ps(sums[t][h], w[h], a);
      }
    }
  UNROLL for (int32_t t = 0; t < tokens; t++)
    UNROLL for (int32_t h = 0; h < 2; h++)
      _mm512_mask_storeu_ps(y + t * p->y_stride + h * lanes, masks[h], sums[t][h]);
}

INLINE void multiply_panels(const mb_product *p, const uint8_t *packed, int32_t row, int32_t rows,
                            int32_t chunk, int32_t columns, int32_t first_group, int32_t tokens) {
  int32_t in_group = tokens < group ? tokens : group;
  const uint8_t *x = mb_group_data(p->input, first_group) +
                     (size_t)(chunk / step_columns) * (size_t)in_group * 64;
  for (int32_t panel = 0; panel * panel_rows < rows; panel++)
    multiply_tile(p, packed + (size_t)panel * (size_t)mb_blocks(columns) * step_bytes, x,
                  group * p->input->token_bytes, columns, row + panel * panel_rows,
                  first_group * group, tokens, chunk == 0);
}

TARGET void mb_avx512_bf16_panels(const mb_product *p) {
  for (int32_t row = p->first_row; row < p->end_row; row += panels * panel_rows)
    for (int32_t chunk = 0; chunk < p->w.columns; chunk += MB_CHUNK) {
      int32_t left = p->w.columns - chunk, columns = left < MB_CHUNK ? left : MB_CHUNK;
      int32_t rows = p->end_row - row;
      if (rows > panels * panel_rows) rows = panels * panel_rows;
      pack_panels(p, row, rows, chunk, columns, p->scratch);
      for (int32_t g = p->first_group; g < p->end_group;) {
        int32_t tokens = mb_group_tokens(p->input, g);
        if (g + 1 < p->end_group) tokens += mb_group_tokens(p->input, g + 1);
        if (tokens < max_tokens) tokens = mb_group_tokens(p->input, g);
        switch (tokens) {
          case 1: multiply_panels(p, p->scratch, row, rows, chunk, columns, g, 1); break;
          case 2: multiply_panels(p, p->scratch, row, rows, chunk, columns, g, 2); break;
          case 3: multiply_panels(p, p->scratch, row, rows, chunk, columns, g, 3); break;
          case 4: multiply_panels(p, p->scratch, row, rows, chunk, columns, g, 4); break;
          case 5: multiply_panels(p, p->scratch, row, rows, chunk, columns, g, 5); break;
          case 6: multiply_panels(p, p->scratch, row, rows, chunk, columns, g, 6); break;
          default: multiply_panels(p, p->scratch, row, rows, chunk, columns, g, 12); break;
        }
        g += tokens == max_tokens ? 2 : 1;
      }
    }
}
#endif
