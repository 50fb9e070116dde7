// Q8_0 and Q4_0 weights in AVX-512 VNNI: a tile of 16 rows by up to 12 tokens holds 12 vectors of int32
// sums and 12 of f32 sums, so a load of weights meets 12 tokens and every other operand is a
// broadcast from memory.
#if defined(__x86_64__)
#include <immintrin.h>
#include <string.h>

#include "matmul_avx512.h"
#include "packed.h"

#define TARGET __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx512vnni,f16c,fma")))
#define INLINE static inline __attribute__((always_inline)) TARGET
#define UNROLL _Pragma("clang loop unroll(full)")

enum { max_tokens = MB_AVX512_INT8_GROUP };

/// Quad `quad` of a block as unsigned bytes: q + 128, or 16 (q + 8) for Q4_0. Either is 128 more than
/// the weight's (sixteenfold) value, so both need the same correction.
INLINE __m512i load_quad(mb_dtype dtype, const uint8_t *quads, int32_t quad) {
  if (dtype == MB_Q8_0) return _mm512_load_si512(quads + quad * 64);
  __m512i both = _mm512_load_si512(quads + quad % 4 * 64);
  if (quad < 4) both = _mm512_slli_epi16(both, 4);
  return _mm512_and_si512(both, _mm512_set1_epi8((char)0xf0));
}

/// The scales of a block's rows; those of Q4_0 take the sixteenfold back, which rounds nothing.
INLINE __m512 load_scales(mb_dtype dtype, const uint8_t *scales) {
  __m512 s = _mm512_cvtph_ps(_mm256_load_si256((const __m256i *)scales));
  return dtype == MB_Q8_0 ? s : _mm512_mul_ps(s, _mm512_set1_ps(0.0625f));
}

INLINE __m512i broadcast_quad(const uint8_t *x) {
  int32_t quad;
  memcpy(&quad, x, sizeof quad);
  return _mm512_set1_epi32(quad);
}

/// What walks along the blocks of a tile and a group.
typedef struct cursor {
  const uint8_t *x;
  const float *x_scales;
  const int32_t *corrections;
} cursor;

INLINE void multiply_block(mb_dtype dtype, const uint8_t *quads, const uint8_t *scales, cursor *c,
                           int32_t tokens, __m512 sums[max_tokens]) {
  __m512i products[max_tokens];
  UNROLL for (int32_t t = 0; t < tokens; t++) products[t] = _mm512_set1_epi32(c->corrections[t]);
  UNROLL for (int32_t quad = 0; quad < 8; quad++) {
    __m512i w = load_quad(dtype, quads, quad);
    UNROLL for (int32_t t = 0; t < tokens; t++)
      products[t] =
          _mm512_dpbusd_epi32(products[t], w, broadcast_quad(c->x + t * MB_BLOCK + quad * 4));
  }
  __m512 s = load_scales(dtype, scales);
  UNROLL for (int32_t t = 0; t < tokens; t++)
    sums[t] = _mm512_fmadd_ps(_mm512_cvtepi32_ps(products[t]),
                              _mm512_mul_ps(s, _mm512_set1_ps(c->x_scales[t])), sums[t]);
  c->x += tokens * MB_BLOCK;
  c->x_scales += tokens;
  c->corrections += tokens;
}

INLINE void multiply_tile(mb_dtype dtype, const mb_product *p, const uint8_t *tile, int32_t row,
                          int32_t group, int32_t tokens) {
  const int32_t blocks = mb_blocks(p->w.columns);
  const size_t block_bytes = mb_block_bytes(dtype);
  cursor c = {.x = mb_group_data(p->input, group)};
  c.x_scales = (const float *)(c.x + (size_t)blocks * (size_t)tokens * MB_BLOCK);
  c.corrections = (const int32_t *)(c.x_scales + (size_t)blocks * (size_t)tokens);

  float *y = p->y + (ptrdiff_t)group * p->input->group * p->y_stride + row;
  int32_t rows = p->end_row - row;
  __mmask16 mask = rows < MB_TILE_ROWS ? (__mmask16)((1u << rows) - 1) : 0xffff;
  __m512 bias = p->bias ? _mm512_maskz_loadu_ps(mask, p->bias + row) : _mm512_setzero_ps();
  __m512 sums[max_tokens];
  UNROLL for (int32_t t = 0; t < tokens; t++) {
    sums[t] = p->accumulate ? _mm512_maskz_loadu_ps(mask, y + t * p->y_stride)
                            : _mm512_setzero_ps();
    if (p->bias) sums[t] = _mm512_add_ps(sums[t], bias);
  }
  int32_t block = 0;
  for (; block + 1 < blocks; block += 2) {
    const uint8_t *quads = tile + MB_SCALES_BYTES;
    multiply_block(dtype, quads, tile, &c, tokens, sums);
    multiply_block(dtype, quads + block_bytes, tile + 32, &c, tokens, sums);
    tile += MB_SCALES_BYTES + 2 * block_bytes;
  }
  if (block < blocks) multiply_block(dtype, tile + MB_SCALES_BYTES, tile, &c, tokens, sums);
  UNROLL for (int32_t t = 0; t < tokens; t++)
    _mm512_mask_storeu_ps(y + t * p->y_stride, mask, sums[t]);
}

INLINE void multiply_tiles(mb_dtype dtype, const mb_product *p, int32_t group, int32_t tokens) {
  size_t tile_bytes = mb_tile_bytes(dtype, p->w.columns);
  const uint8_t *tile =
      (const uint8_t *)p->w.data + (size_t)(p->first_row / MB_TILE_ROWS) * tile_bytes;
  for (int32_t row = p->first_row; row < p->end_row; row += MB_TILE_ROWS, tile += tile_bytes)
    multiply_tile(dtype, p, tile, row, group, tokens);
}

INLINE void multiply(mb_dtype dtype, const mb_product *p) {
  for (int32_t group = p->first_group; group < p->end_group; group++)
    switch (mb_group_tokens(p->input, group)) {
      case 1: multiply_tiles(dtype, p, group, 1); break;
      case 2: multiply_tiles(dtype, p, group, 2); break;
      case 3: multiply_tiles(dtype, p, group, 3); break;
      case 4: multiply_tiles(dtype, p, group, 4); break;
      case 5: multiply_tiles(dtype, p, group, 5); break;
      case 6: multiply_tiles(dtype, p, group, 6); break;
      case 7: multiply_tiles(dtype, p, group, 7); break;
      case 8: multiply_tiles(dtype, p, group, 8); break;
      case 9: multiply_tiles(dtype, p, group, 9); break;
      case 10: multiply_tiles(dtype, p, group, 10); break;
      case 11: multiply_tiles(dtype, p, group, 11); break;
      default: multiply_tiles(dtype, p, group, 12); break;
    }
}

TARGET void mb_avx512_q8_0(const mb_product *product) { multiply(MB_Q8_0, product); }
TARGET void mb_avx512_q4_0(const mb_product *product) { multiply(MB_Q4_0, product); }
#endif
