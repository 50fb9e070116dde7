// The steps of attention with AVX-512. Float32 and f16 caches take the common body; bf16 ones the dot
// products of pairs (vdpbf16ps), quantised keys those of bytes (vpdpbusd), quantised values become
// bf16, which holds them exactly, in registers.
#if defined(__x86_64__)
#include "attention_kernels.h"

#define MB_LANES 16
#pragma clang attribute push( \
    __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx512vnni,avx512bf16,avx2,fma,f16c"))), \
    apply_to = function)
#include "attention_vectors.h"
#include "attention_values.h"
#include "attention_pack.h"

// MARK: Queries

/// 32 dims of a query for quantised keys.
typedef struct byte_block {
  float scale;
  int32_t sum;  // what the offset of the keys' codes is multiplied by
  int8_t q[QUANT];
} byte_block;

static void prepare_bytes(const mb_panel *panel, const float *query, byte_block *blocks) {
  for (int32_t b = 0; b < panel->head_dim / QUANT; b++) {
    __m512 low = _mm512_loadu_ps(query + b * QUANT), high = _mm512_loadu_ps(query + b * QUANT + 16);
    float largest = max_lanes((vf)_mm512_max_ps(_mm512_abs_ps(low), _mm512_abs_ps(high)));
    __m512 inverse = _mm512_set1_ps(largest > 0 ? 127 / largest : 0);
    __m512i a = _mm512_cvtps_epi32(_mm512_mul_ps(low, inverse));
    __m512i c = _mm512_cvtps_epi32(_mm512_mul_ps(high, inverse));
    blocks[b].scale = largest / 127;
    blocks[b].sum = _mm512_reduce_add_epi32(_mm512_add_epi32(a, c));
    _mm_storeu_si128((__m128i *)blocks[b].q, _mm512_cvtsepi32_epi8(a));
    _mm_storeu_si128((__m128i *)(blocks[b].q + 16), _mm512_cvtsepi32_epi8(c));
  }
}

static void prepare_dots(const mb_panel *panel, const float *query, void *prepared) {
  if (panel->dtype == MB_Q8_0 || panel->dtype == MB_Q4_0)
    return prepare_bytes(panel, query, prepared);
  if (panel->dtype != MB_BF16) return prepare_wide(panel, query, prepared);
  int32_t dims = panel->head_dim;
  for (int32_t d = 0; d < dims; d += 16) {
    vf x = d + 16 <= dims ? load(query + d) : load_part(query + d, dims - d);
    _mm256_storeu_si256((__m256i *)((uint16_t *)prepared + d), (__m256i)_mm512_cvtneps_pbh(x));
  }
}

// MARK: Scores of a tile

MB_INLINE __m512i words_at(const void *at) { return _mm512_loadu_si512(at); }
MB_INLINE __m512i repeated(const void *word) {
  int32_t value;
  memcpy(&value, word, sizeof value);
  return _mm512_set1_epi32(value);
}

MB_INLINE void bf16_tile(const uint8_t *tile, int32_t dims, const uint8_t *queries, size_t stride,
                         int rows, float *scores) {
  __m512 sums[12][2];
  EVERY_ROW BOTH sums[r][c] = _mm512_setzero_ps();
  for (int32_t pair = 0; pair < (dims + 1) / 2; pair++) {
    __m512i key[2];
    BOTH key[c] = words_at(tile + pair * 128 + c * 64);
    EVERY_ROW {
      __m512bh q = (__m512bh)repeated(queries + r * stride + pair * 4);
      BOTH sums[r][c] = _mm512_dpbf16_ps(sums[r][c], (__m512bh)key[c], q);
    }
  }
  EVERY_ROW BOTH _mm512_storeu_ps(scores + r * MB_KV_BLOCK + c * 16, sums[r][c]);
}

MB_INLINE void byte_tile(bool bytes, const uint8_t *tile, int32_t dims, const uint8_t *queries,
                         size_t stride, int rows, float *scores) {
  const __m512i nibble = _mm512_set1_epi8(15);
  for (int32_t b = 0; b < dims / QUANT; b++) {
    const uint8_t *base = tile + b * (bytes ? MB_KV_Q8_KEYS : MB_KV_Q4_KEYS), *codes = base + 64;
    const uint8_t *query = queries + (size_t)b * sizeof(byte_block);
    __m512i sums[12][2];
    EVERY_ROW {
      const byte_block *q = (const byte_block *)(query + r * stride);
      BOTH sums[r][c] = _mm512_set1_epi32(q->sum * (bytes ? -128 : -8));
    }
    const uint8_t *quads = query + offsetof(byte_block, q);
    for (int i = 0; i < (bytes ? 8 : 4); i++) {
      __m512i word[2], key[2];
      BOTH word[c] = words_at(codes + i * 128 + c * 64);
      BOTH key[c] = bytes ? word[c] : _mm512_and_si512(word[c], nibble);
      EVERY_ROW {
        __m512i q = repeated(quads + r * stride + (bytes ? i : 2 * i) * 4);
        BOTH sums[r][c] = _mm512_dpbusd_epi32(sums[r][c], key[c], q);
      }
      if (bytes) continue;
      BOTH key[c] = _mm512_and_si512(_mm512_srli_epi16(word[c], 4), nibble);
      EVERY_ROW {
        __m512i q = repeated(quads + r * stride + (2 * i + 1) * 4);
        BOTH sums[r][c] = _mm512_dpbusd_epi32(sums[r][c], key[c], q);
      }
    }
    __m512 scale[2];
    BOTH scale[c] = _mm512_cvtph_ps(_mm256_loadu_si256((const __m256i *)base + c));
    EVERY_ROW {
      const byte_block *q = (const byte_block *)(query + r * stride);
      BOTH {
        float *to = scores + r * MB_KV_BLOCK + c * 16;
        __m512 before = b == 0 ? _mm512_setzero_ps() : _mm512_loadu_ps(to);
        __m512 factor = _mm512_mul_ps(scale[c], _mm512_set1_ps(q->scale));
        _mm512_storeu_ps(to, _mm512_fmadd_ps(_mm512_cvtepi32_ps(sums[r][c]), factor, before));
      }
    }
  }
}

MB_INLINE void dot_scores_of(mb_dtype dtype, const mb_panel *panel, size_t block, int slots,
                             const uint8_t *queries, int rows, float *result) {
  size_t bytes = mb_kv_tile_bytes(dtype, panel->head_dim), stride = mb_query_bytes(panel->head_dim);
  const uint8_t *tile = mb_panel_keys(panel, block);
  for (int slot = 0; slot < slots; slot += MB_KV_TILE, tile += bytes) {
#define TILE_SCORES(constant)                                                               \
  if (dtype == MB_BF16)                                                                     \
    bf16_tile(tile, panel->head_dim, queries, stride, constant, result + slot);             \
  else                                                                                      \
    byte_tile(dtype == MB_Q8_0, tile, panel->head_dim, queries, stride, constant, result + slot)
    WITH_CONSTANT_ROWS(rows, TILE_SCORES)
  }
}

static void dot_scores(const mb_panel *panel, size_t block, int slots, const void *prepared,
                       int rows, float *result) {
  switch (panel->dtype) {
    case MB_BF16: return dot_scores_of(MB_BF16, panel, block, slots, prepared, rows, result);
    case MB_Q8_0: return dot_scores_of(MB_Q8_0, panel, block, slots, prepared, rows, result);
    case MB_Q4_0: return dot_scores_of(MB_Q4_0, panel, block, slots, prepared, rows, result);
    default: return scores(panel, block, slots, prepared, rows, result);
  }
}

// MARK: Values

/// Pairs of slots of 16 dims as bf16: an odd last slot leaves its neighbour out.
MB_INLINE __m512bh wide_bytes(const uint8_t *at) {
  __m512 low = _mm512_cvtepi32_ps(_mm512_cvtepi8_epi32(_mm_loadu_si128((const __m128i *)at)));
  __m512 high = _mm512_cvtepi32_ps(_mm512_cvtepi8_epi32(_mm_loadu_si128((const __m128i *)at + 1)));
  return _mm512_cvtne2ps_pbh(high, low);
}

#define PAIR(pair_, values_of_c)                                                      \
  {                                                                                   \
    __m512bh value[2];                                                                \
    COLUMNS value[c] = (values_of_c);                                                 \
    EVERY_ROW {                                                                       \
      __m512bh w = (__m512bh)repeated(weights + r * MB_KV_BLOCK + 2 * (pair_));       \
      COLUMNS sums[r][c] = _mm512_dpbf16_ps(sums[r][c], value[c], w);                 \
    }                                                                                 \
  }

/// Sums of 16 or 32 dims; `weights` [rows, 256] are bf16.
MB_INLINE void pair_values(mb_dtype dtype, const uint8_t *base, int slots, const uint16_t *weights,
                           int rows, int columns, float *to, size_t stride) {
  __m512 sums[12][2];
  EVERY_ROW COLUMNS sums[r][c] = _mm512_setzero_ps();
  if (dtype == MB_BF16) {
    for (int pair = 0; pair < slots / 2; pair++)
      PAIR(pair, (__m512bh)words_at(base + c * 8192 + pair * 64))
    if (slots % 2 == 1)
      PAIR(slots / 2, (__m512bh)_mm512_and_si512(words_at(base + c * 8192 + slots / 2 * 64),
                                                 _mm512_set1_epi32(0xFFFF)))
  } else if (dtype == MB_Q8_0) {
    for (int pair = 0; pair < (slots + 1) / 2; pair++)
      PAIR(pair, wide_bytes(base + c * 4096 + pair * 32))
  } else {
    // bf16 of -8 ... 7, twice: the lookup reads five bits, and the fifth is the next nibble's.
    const __m512i table = _mm512_broadcast_i64x4(_mm256_setr_epi16(
        (short)0xC100, (short)0xC0E0, (short)0xC0C0, (short)0xC0A0, (short)0xC080, (short)0xC040,
        (short)0xC000, (short)0xBF80, 0, 0x3F80, 0x4000, 0x4040, 0x4080, 0x40A0, 0x40C0, 0x40E0));
    for (int pair = 0; pair < (slots + 1) / 2; pair += 4) {
      __m512i word[2];
      COLUMNS word[c] = words_at(base + c * 2048 + pair * 16);
      UNROLLED for (int k = 0; k < 4; k++)
        PAIR(pair + k, (__m512bh)_mm512_permutexvar_epi16(
                           _mm512_srli_epi16(word[c], (unsigned)(4 * k)), table))
    }
  }
  EVERY_ROW COLUMNS _mm512_storeu_ps(to + (size_t)r * stride + c * 16, sums[r][c]);
}

/// Weights to bf16, times the scales [slots] where there are some, zeros up to a multiple of 32.
MB_INLINE void narrow_weights(const float *weights, const uint16_t *scales, int slots, int rows,
                              uint16_t *narrow) {
  for (int slot = 0; slot < slots; slot += 16) {
    __mmask16 there = (__mmask16)(slots - slot < 16 ? (1 << (slots - slot)) - 1 : 0xFFFF);
    __m512 scale = _mm512_set1_ps(1);
    if (scales) {
      __m256i some = _mm256_maskz_loadu_epi16(there, scales + slot);
      scale = _mm512_cvtph_ps(some);
    }
    for (int r = 0; r < rows; r++) {
      __m512 w = _mm512_mul_ps(_mm512_loadu_ps(weights + r * MB_KV_BLOCK + slot), scale);
      _mm256_storeu_si256((__m256i *)(narrow + r * MB_KV_BLOCK + slot),
                          (__m256i)_mm512_cvtneps_pbh(w));
    }
  }
}

static void dot_values(const mb_panel *panel, size_t block, int slots, float *weights, int rows,
                       float *sums) {
  if (panel->dtype == MB_F32 || panel->dtype == MB_F16)
    return values(panel, block, slots, weights, rows, sums);
  size_t padded = mb_kv_padded(panel->head_dim);
  const uint8_t *base = mb_panel_values(panel, block);
  uint16_t narrow[MB_ATTENTION_ROWS * MB_KV_BLOCK];
  if (panel->dtype == MB_BF16) {
    narrow_weights(weights, NULL, slots, rows, narrow);
    size_t d = 0;
    for (; d + 32 <= padded; d += 32) {
#define BF16_32(constant) \
  pair_values(MB_BF16, base + d * 512, slots, narrow, constant, 2, sums + d, padded)
      WITH_CONSTANT_ROWS(rows, BF16_32)
    }
    if (d < padded) {
#define BF16_16(constant) \
  pair_values(MB_BF16, base + d * 512, slots, narrow, constant, 1, sums + d, padded)
      WITH_CONSTANT_ROWS(rows, BF16_16)
    }
    return;
  }
  for (size_t d = 0; d < padded; d += QUANT) {
    bool bytes = panel->dtype == MB_Q8_0;
    const uint8_t *at = base + d / QUANT * (bytes ? MB_KV_Q8_VALUES : MB_KV_Q4_VALUES);
    const uint8_t *codes = at + MB_KV_BLOCK * 2;
    memset(narrow, 0, (size_t)rows * MB_KV_BLOCK * sizeof *narrow);
    narrow_weights(weights, (const uint16_t *)at, slots, rows, narrow);
#define QUANTISED(constant)                                                                \
  if (bytes)                                                                               \
    pair_values(MB_Q8_0, codes, slots, narrow, constant, 2, sums + d, padded);             \
  else                                                                                     \
    pair_values(MB_Q4_0, codes, slots, narrow, constant, 2, sums + d, padded)
    WITH_CONSTANT_ROWS(rows, QUANTISED)
  }
}
#pragma clang attribute pop

const mb_attention_kernels mb_attention_avx512 = {prepare_dots, dot_scores, weigh,
                                                  dot_values,   pack,       blend};
#endif
