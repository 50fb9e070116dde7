// Rows of an image laid out as keys and values, on vectors. Included after attention_vectors.h.

/// A row's words of 32 bits: floats, or pairs of bf16.
MB_INLINE void words_of(mb_dtype dtype, const float *row, size_t dims, uint32_t *words) {
  if (dtype == MB_F32) {
    memcpy(words, row, dims * sizeof *row);
    return;
  }
  for (size_t d = 0; d < dims; d += MB_LANES) {
    vf x = d + MB_LANES <= dims ? load(row + d) : load_part(row + d, (int32_t)(dims - d));
    vh halves = __builtin_convertvector((vu)rounded_to_bf16(x) >> 16, vh);
    memcpy((uint16_t *)words + d, &halves, sizeof halves);
  }
}

/// Words [32 slots][words] to [words][32 slots], eight slots at a time to stay within a line.
MB_INLINE void transpose(const uint32_t *from, size_t words, size_t stride, uint32_t *to) {
  for (size_t first = 0; first < MB_KV_TILE; first += 8)
    for (size_t w = 0; w < words; w++)
      for (size_t slot = first; slot < first + 8; slot++)
        to[w * MB_KV_TILE + slot] = from[slot * stride + w];
}

enum { widest_packed = 512 };

static void pack_narrow(const mb_panel *panel, const float *keys, const float *values,
                        ptrdiff_t stride, int count, uint8_t *key_tile, uint8_t *value_block,
                        int slot) {
  bool half = panel->dtype == MB_BF16;
  size_t dims = (size_t)panel->head_dim, padded = mb_kv_padded(panel->head_dim);
  size_t words = half ? padded / 2 : padded;
  uint32_t rows[MB_KV_TILE * (widest_packed + 1)];  // one more, or every row begins in one cache set
  memset(rows, 0, (words + 1) * MB_KV_TILE * sizeof *rows);
  for (int i = 0; i < count; i++)
    words_of(panel->dtype, keys + i * stride, dims, rows + (size_t)i * (words + 1));
  transpose(rows, words, words + 1, (uint32_t *)key_tile);

  memset(rows, 0, (words + 1) * MB_KV_TILE * sizeof *rows);
  for (int i = 0; i < count; i++)
    words_of(panel->dtype, values + i * stride, dims, rows + (size_t)i * (words + 1));
  for (size_t group = 0; group < padded / MB_KV_GROUP; group++) {
    if (half) {
      uint32_t *to = (uint32_t *)value_block + (group * MB_KV_BLOCK + (size_t)slot) * 8;
      for (size_t pair = 0; pair < MB_KV_TILE / 2; pair++, to += MB_KV_GROUP) {
        const uint16_t *even = (uint16_t *)(rows + 2 * pair * (words + 1)) + group * MB_KV_GROUP;
        const uint16_t *odd = even + 2 * (words + 1);
        for (size_t lane = 0; lane < MB_KV_GROUP; lane++)
          to[lane] = even[lane] | (uint32_t)odd[lane] << 16;
      }
    } else {
      uint32_t *to = (uint32_t *)value_block + (group * MB_KV_BLOCK + (size_t)slot) * MB_KV_GROUP;
      for (size_t i = 0; i < MB_KV_TILE; i++)
        memcpy(to + i * MB_KV_GROUP, rows + i * (words + 1) + group * MB_KV_GROUP,
               MB_KV_GROUP * sizeof *to);
    }
  }
}

static void pack(const mb_panel *panel, const float *keys, const float *values, ptrdiff_t stride,
                 int count, uint8_t *key_tile, uint8_t *value_block, int slot) {
  if (panel->head_dim > widest_packed)
    mb_attention_scalar.pack(panel, keys, values, stride, count, key_tile, value_block, slot);
  else
    pack_narrow(panel, keys, values, stride, count, key_tile, value_block, slot);
}
