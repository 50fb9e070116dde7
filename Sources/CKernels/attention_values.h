// Sums of weighted values on vectors: two registers of dims, up to ROWS_AT_ONCE rows. Included after
// attention_vectors.h.

#define SLOT(slot_, values_of_c)                            \
  {                                                         \
    vf value[2];                                            \
    COLUMNS value[c] = (values_of_c);                       \
    EVERY_ROW COLUMNS sums[r][c] =                          \
        fma_((vf)weights[r * MB_KV_BLOCK + (slot_)], value[c], sums[r][c]); \
  }
#define COLUMNS UNROLLED for (int c = 0; c < columns; c++)

/// Bytes from the start of a block's values (codes) to the first of dim `d`, at slot or pair 0.
MB_INLINE size_t dim_bytes(mb_dtype dtype, size_t d) {
  size_t group = d / MB_KV_GROUP, lane = d % MB_KV_GROUP;
  switch (dtype) {
    case MB_F32:
      return group * 16384 + lane * 4;
    case MB_F16:
      return group * 8192 + lane * 2;
    case MB_BF16:
      return group * 8192 + lane * 4;
    case MB_Q8_0:
      return group * 4096 + lane * 2;
    case MB_Q4_0:
      return group * 2048 + lane * 4;
  }
  __builtin_unreachable();
}

/// What a pair of slots beyond the last may hold is nobody's: it must not meet a weight of zero.
MB_INLINE void values_at(mb_dtype dtype, const uint8_t *base, size_t dim, int slots,
                         const float *weights, int rows, int columns, float *to, size_t stride) {
  vf sums[12][2];
  const uint8_t *at[2];
  EVERY_ROW COLUMNS sums[r][c] = (vf)0;
  COLUMNS at[c] = base + dim_bytes(dtype, dim + (size_t)c * MB_LANES);
  if (dtype == MB_F32) {
    for (int slot = 0; slot < slots; slot++)
      SLOT(slot, load((const float *)(at[c] + slot * 64)))
  } else if (dtype == MB_F16) {
    for (int slot = 0; slot < slots; slot++)
      SLOT(slot, load_f16((const uint16_t *)(at[c] + slot * 32)))
  } else if (dtype == MB_BF16) {
    for (int slot = 0; slot < slots; slot += 2) {
      vu pair[2];
      COLUMNS pair[c] = load_u32(at[c] + slot / 2 * 64);
      SLOT(slot, (vf)(pair[c] << 16))
      if (slot + 1 < slots) SLOT(slot + 1, (vf)(pair[c] & 0xFFFF0000))
    }
  } else if (dtype == MB_Q8_0) {
    for (int slot = 0; slot < slots; slot += 2) {
      vi pair[2];
      COLUMNS {
        vh bytes;
        memcpy(&bytes, at[c] + slot / 2 * 32, sizeof bytes);
        pair[c] = __builtin_convertvector(bytes, vi);
      }
      SLOT(slot, __builtin_convertvector(pair[c] << 24 >> 24, vf))
      SLOT(slot + 1, __builtin_convertvector(pair[c] << 16 >> 24, vf))
    }
  } else {
    for (int slot = 0; slot < slots; slot += 8) {
      vu word[2];
      COLUMNS word[c] = load_u32(at[c] + slot / 8 * 64);
      UNROLLED for (int k = 0; k < 4; k++) {
        SLOT(slot + 2 * k, __builtin_convertvector((vi)(word[c] >> (4 * k) & 15) - 8, vf))
        SLOT(slot + 2 * k + 1, __builtin_convertvector((vi)(word[c] >> (16 + 4 * k) & 15) - 8, vf))
      }
    }
  }
  EVERY_ROW COLUMNS store(to + (size_t)r * stride + c * MB_LANES, sums[r][c]);
}

/// All dims first ..< end with the same weights.
MB_INLINE void values_of(mb_dtype dtype, const uint8_t *base, size_t first, size_t end, int slots,
                         const float *weights, int rows, float *sums, size_t stride) {
  for (int row = 0; row < rows; row += ROWS_AT_ONCE) {
    int count = rows - row < ROWS_AT_ONCE ? rows - row : ROWS_AT_ONCE;
    const float *w = weights + row * MB_KV_BLOCK;
    float *to = sums + (size_t)row * stride;
    size_t d = first;
    for (; d + 2 * MB_LANES <= end; d += 2 * MB_LANES) {
#define VALUES_2(constant) values_at(dtype, base, d, slots, w, constant, 2, to + d, stride)
      WITH_CONSTANT_ROWS(count, VALUES_2)
    }
    for (; d < end; d += MB_LANES) {
#define VALUES_1(constant) values_at(dtype, base, d, slots, w, constant, 1, to + d, stride)
      WITH_CONSTANT_ROWS(count, VALUES_1)
    }
  }
}

/// The weights of a block of 32 dims: times the slots' scales, rounded to bf16, zeros after them.
MB_INLINE void scale_weights(const float *weights, const uint16_t *scales, int slots, int rows,
                             float *scaled) {
  int whole = slots / MB_LANES * MB_LANES, end = (slots + MB_KV_TILE - 1) / MB_KV_TILE * MB_KV_TILE;
  for (int r = 0; r < rows; r++) {
    const float *from = weights + r * MB_KV_BLOCK;
    float *to = scaled + r * MB_KV_BLOCK;
    for (int slot = 0; slot < whole; slot += MB_LANES)
      store(to + slot, rounded_to_bf16(load(from + slot) * load_f16(scales + slot)));
    for (int slot = whole; slot < end; slot += MB_LANES) {
      uint16_t some[MB_LANES] = {0};
      for (int i = 0; i < MB_LANES && slot + i < slots; i++) some[i] = scales[slot + i];
      store(to + slot, rounded_to_bf16(load(from + slot) * load_f16(some)));
    }
  }
}

static void values(const mb_panel *panel, size_t block, int slots, float *weights, int rows,
                   float *sums) {
  size_t padded = mb_kv_padded(panel->head_dim);
  const uint8_t *base = mb_panel_values(panel, block);
  switch (panel->dtype) {
    case MB_F32: return values_of(MB_F32, base, 0, padded, slots, weights, rows, sums, padded);
    case MB_F16: return values_of(MB_F16, base, 0, padded, slots, weights, rows, sums, padded);
    case MB_BF16:
      for (int r = 0; r < rows; r++)
        for (int slot = 0; slot < slots; slot += MB_LANES) {
          float *at = weights + r * MB_KV_BLOCK + slot;
          store(at, rounded_to_bf16(load(at)));
        }
      return values_of(MB_BF16, base, 0, padded, slots, weights, rows, sums, padded);
    case MB_Q8_0:
    case MB_Q4_0: {
      bool bytes = panel->dtype == MB_Q8_0;
      float scaled[MB_ATTENTION_ROWS * MB_KV_BLOCK];
      for (size_t d = 0; d < padded; d += QUANT) {
        const uint8_t *at = base + d / QUANT * (bytes ? MB_KV_Q8_VALUES : MB_KV_Q4_VALUES);
        scale_weights(weights, (const uint16_t *)at, slots, rows, scaled);
        if (bytes)
          values_of(MB_Q8_0, at + MB_KV_BLOCK * 2, 0, QUANT, slots, scaled, rows, sums + d, padded);
        else
          values_of(MB_Q4_0, at + MB_KV_BLOCK * 2, 0, QUANT, slots, scaled, rows, sums + d, padded);
      }
      return;
    }
  }
}
