// Sums of weighted bf16 and quantised values with AVX-512: two registers of 16 dims, pairs of slots.
// A part of attention_avx512.c.

#define PAIR(number, dot, values_of_c)                                    \
  {                                                                       \
    __m512i value[2];                                                     \
    COLUMNS value[c] = (values_of_c);                                     \
    EVERY_ROW {                                                           \
      __m512i w = repeated(weights + r * MB_KV_BLOCK + 2 * (number));     \
      COLUMNS sums[r][c] = dot(sums[r][c], value[c], w);                  \
    }                                                                     \
  }

MB_INLINE __m512 dot_bf16(__m512 sum, __m512i value, __m512i weight) {
  return _mm512_dpbf16_ps(sum, (__m512bh)value, (__m512bh)weight);
}

/// Sums of 16 or 32 dims; `weights` [rows, 256] are bf16. An odd last slot leaves its neighbour out,
/// which may hold anything.
MB_INLINE void bf16_values(const uint8_t *base, int slots, const uint16_t *weights, int rows,
                           int columns, float *to, size_t stride, ahead next, size_t offset) {
  __m512 sums[12][2];
  EVERY_ROW COLUMNS sums[r][c] = _mm512_setzero_ps();
  for (int pair = 0; pair < slots / 2; pair++) {
    COLUMNS fetch(next, offset + ((size_t)pair * (size_t)columns + (size_t)c) * 64);
    PAIR(pair, dot_bf16, words_at(base + c * 8192 + pair * 64))
  }
  if (slots % 2 == 1)
    PAIR(slots / 2, dot_bf16,
         _mm512_and_si512(words_at(base + c * 8192 + slots / 2 * 64), _mm512_set1_epi32(0xFFFF)))
  EVERY_ROW COLUMNS _mm512_storeu_ps(to + (size_t)r * stride + c * 16, sums[r][c]);
}

static void bf16_weights(const float *weights, int slots, int rows, uint16_t *narrow) {
  for (int r = 0; r < rows; r++)
    for (int slot = r * MB_KV_BLOCK; slot < r * MB_KV_BLOCK + slots; slot += 16)
      _mm256_storeu_si256((__m256i *)(narrow + slot),
                          (__m256i)_mm512_cvtneps_pbh(_mm512_loadu_ps(weights + slot)));
}

/// Sums of 32 dims; `weights` [rows, 256] are 16-bit whole numbers, zero beyond the last slot.
MB_INLINE void quantised_values(bool bytes, const uint8_t *base, int slots,
                                const uint16_t *weights, const float *factors, int rows, float *to,
                                size_t stride, ahead next, size_t offset) {
  enum { columns = 2 };
  __m512i sums[12][2];
  EVERY_ROW COLUMNS sums[r][c] = _mm512_setzero_si512();
  if (bytes) {
    for (int pair = 0; pair < (slots + 1) / 2; pair++) {
      fetch(next, offset + (size_t)pair * 64);
      PAIR(pair, _mm512_dpwssd_epi32,
           _mm512_cvtepi8_epi16(
               _mm256_loadu_si256((const __m256i *)(base + c * 4096 + pair * 32))))
    }
  } else {
    // -8 ... 7, twice: the lookup reads five bits, and the fifth is the next nibble's.
    const __m512i table = _mm512_broadcast_i64x4(
        _mm256_setr_epi16(-8, -7, -6, -5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5, 6, 7));
    for (int pair = 0; pair < (slots + 1) / 2; pair += 4) {
      __m512i word[2];
      COLUMNS fetch(next, offset + (size_t)pair * 32 + c * 64);
      COLUMNS word[c] = words_at(base + c * 2048 + pair * 16);
      UNROLLED for (int k = 0; k < 4; k++)
        PAIR(pair + k, _mm512_dpwssd_epi32,
             _mm512_permutexvar_epi16(_mm512_srli_epi16(word[c], (unsigned)(4 * k)), table))
    }
  }
  EVERY_ROW COLUMNS _mm512_storeu_ps(
      to + (size_t)r * stride + c * 16,
      _mm512_mul_ps(_mm512_cvtepi32_ps(sums[r][c]), _mm512_set1_ps(factors[r])));
}

/// Weights times the slots' scales as 16-bit whole numbers, zeros up to a multiple of 32.
static void whole_weights(const float *weights, const uint16_t *scales, int slots, int rows,
                          uint16_t *narrow, float *factors) {
  __m512 scale[MB_KV_BLOCK / 16], scaled[MB_KV_BLOCK / 16];
  int count = (slots + MB_KV_TILE - 1) / MB_KV_TILE * 2;
  for (int i = 0; i < count; i++) {
    int there = slots - i * 16;
    __mmask16 mask = (__mmask16)(there >= 16 ? 0xFFFF : there <= 0 ? 0 : (1 << there) - 1);
    scale[i] = _mm512_cvtph_ps(_mm256_maskz_loadu_epi16(mask, scales + i * 16));
  }
  for (int r = 0; r < rows; r++) {
    __m512 most = _mm512_setzero_ps();
    for (int i = 0; i < count; i++) {
      scaled[i] = _mm512_mul_ps(_mm512_loadu_ps(weights + r * MB_KV_BLOCK + i * 16), scale[i]);
      most = _mm512_max_ps(most, _mm512_abs_ps(scaled[i]));
    }
    float largest = max_lanes((vf)most);
    __m512 inverse = _mm512_set1_ps(largest > 0 ? 32767 / largest : 0);
    for (int i = 0; i < count; i++)
      _mm256_storeu_si256(
          (__m256i *)(narrow + r * MB_KV_BLOCK + i * 16),
          _mm512_cvtsepi32_epi16(_mm512_cvtps_epi32(_mm512_mul_ps(scaled[i], inverse))));
    factors[r] = largest / 32767;
  }
}

static void dot_values(const mb_panel *panel, size_t block, int slots, float *weights, int rows,
                       float *sums) {
  if (panel->dtype == MB_F32 || panel->dtype == MB_F16)
    return values(panel, block, slots, weights, rows, sums);
  size_t padded = mb_kv_padded(panel->head_dim);
  const uint8_t *base = mb_panel_values(panel, block);
  ahead next = keys_ahead(panel, block, slots);
  uint16_t narrow[MB_ATTENTION_ROWS * MB_KV_BLOCK];
  if (panel->dtype == MB_BF16) {
    bf16_weights(weights, slots, rows, narrow);
    size_t d = 0;
    for (; d + 32 <= padded; d += 32) {
#define BF16_32(constant) \
  bf16_values(base + d * 512, slots, narrow, constant, 2, sums + d, padded, next, d * 512)
      WITH_CONSTANT_ROWS(rows, BF16_32)
    }
    if (d < padded) {
#define BF16_16(constant) \
  bf16_values(base + d * 512, slots, narrow, constant, 1, sums + d, padded, next, d * 512)
      WITH_CONSTANT_ROWS(rows, BF16_16)
    }
    return;
  }
  bool bytes = panel->dtype == MB_Q8_0;
  size_t size = bytes ? MB_KV_Q8_VALUES : MB_KV_Q4_VALUES;
  float factors[MB_ATTENTION_ROWS];
  for (size_t d = 0, at = 0; d < padded; d += QUANT, at += size) {
    for (size_t line = 0; line < 8; line++) fetch(next, at + size - 512 + line * 64);
    whole_weights(weights, (const uint16_t *)(base + at), slots, rows, narrow, factors);
    const uint8_t *codes = base + at + MB_KV_BLOCK * 2;
#define QUANTISED(constant)                                                                    \
  if (bytes)                                                                                   \
    quantised_values(true, codes, slots, narrow, factors, constant, sums + d, padded, next, at); \
  else                                                                                         \
    quantised_values(false, codes, slots, narrow, factors, constant, sums + d, padded, next, at)
    WITH_CONSTANT_ROWS(rows, QUANTISED)
  }
}
