// How keys and values lie in memory: for the loops of attention, not for people. Keys stand in tiles
// of 32 slots, values in blocks of 256, so that either streams past in the order in which it is read
// and no sum runs across the lanes of a register.
//
//   D = head_dim rounded up to 16, e = place in a block of 32 dims (Q8_0 and Q4_0)
//   keys, a tile of 32 slots                 values, a block of 256 slots
//   F32, F16  [D][32 slots]                  [D / 16][256 slots][16]
//   BF16      [D / 2][32 slots][2]           [D / 16][128 pairs of slots][16][2 slots]
//   Q8_0      [D / 32]{f16 scale [32 slots], [D / 32]{f16 scale [256 slots],
//              u8 q + 128 [8][32 slots][4]}   i8 q [2][128 pairs][16][2 slots]}
//   Q4_0      [D / 32]{f16 scale [32 slots], [D / 32]{f16 scale [256 slots],
//              [4][32 slots][4] bytes: quad    [2][32][16][2 slots] words of 16 bits: four
//              of dims 2i low, 2i + 1 high}    pairs of slots, the first lowest}
#ifndef MB_KV_LAYOUT_H
#define MB_KV_LAYOUT_H

#include "CKernels.h"

enum {
  MB_KV_TILE = 32,
  MB_KV_BLOCK = 256,
  MB_KV_GROUP = 16,
  MB_KV_QUANT = 32,
  MB_KV_Q8_KEYS = 64 + 1024,      // bytes of 32 dims of a tile of keys
  MB_KV_Q4_KEYS = 64 + 512,
  MB_KV_Q8_VALUES = 512 + 8192,   // bytes of 32 dims of a block of values
  MB_KV_Q4_VALUES = 512 + 4096,
};

static inline size_t mb_kv_padded(int32_t head_dim) {
  return ((size_t)head_dim + MB_KV_GROUP - 1) / MB_KV_GROUP * MB_KV_GROUP;
}

/// Bytes of 32 slots of keys, and the same of values.
static inline size_t mb_kv_tile_bytes(mb_dtype dtype, int32_t head_dim) {
  size_t padded = mb_kv_padded(head_dim);
  switch (dtype) {
    case MB_F32:
      return padded * MB_KV_TILE * 4;
    case MB_F16:
    case MB_BF16:
      return padded * MB_KV_TILE * 2;
    case MB_Q8_0:
      return (size_t)head_dim / MB_KV_QUANT * MB_KV_Q8_KEYS;
    case MB_Q4_0:
      return (size_t)head_dim / MB_KV_QUANT * MB_KV_Q4_KEYS;
  }
  __builtin_unreachable();
}

/// Bytes of one head.
static inline size_t mb_kv_head_bytes(mb_dtype dtype, int32_t head_dim, int32_t capacity) {
  size_t blocks = ((size_t)capacity + MB_KV_BLOCK - 1) / MB_KV_BLOCK;
  return blocks * (MB_KV_BLOCK / MB_KV_TILE) * mb_kv_tile_bytes(dtype, head_dim);
}

// Elements from the start of a tile or block (F32, F16, BF16).

static inline size_t mb_key_place(mb_dtype dtype, size_t slot, size_t dim) {
  if (dtype == MB_BF16) return dim / 2 * 64 + slot * 2 + dim % 2;
  return dim * MB_KV_TILE + slot;
}

static inline size_t mb_value_place(mb_dtype dtype, size_t slot, size_t dim) {
  size_t group = dim / MB_KV_GROUP * (MB_KV_GROUP * MB_KV_BLOCK), lane = dim % MB_KV_GROUP;
  if (dtype == MB_BF16) return group + slot / 2 * 32 + lane * 2 + slot % 2;
  return group + slot * MB_KV_GROUP + lane;
}

// Bytes from the start of a quantised block's codes.

static inline size_t mb_q8_key_place(size_t slot, size_t e) {
  return e / 4 * 128 + slot * 4 + e % 4;
}
static inline size_t mb_q8_value_place(size_t slot, size_t e) {
  return e / 16 * 4096 + slot / 2 * 32 + e % 16 * 2 + slot % 2;
}
/// A byte, and the shift of the nibble in it.
typedef struct mb_nibble {
  size_t byte;
  int shift;
} mb_nibble;
static inline mb_nibble mb_q4_key_place(size_t slot, size_t e) {
  return (mb_nibble){e / 8 * 128 + slot * 4 + e % 4, e / 4 % 2 ? 4 : 0};
}
static inline mb_nibble mb_q4_value_place(size_t slot, size_t e) {
  size_t pair = slot / 2;
  size_t word = e / 16 * 1024 + pair / 4 * 32 + e % 16 * 2 + slot % 2;
  return (mb_nibble){word * 2 + pair % 4 / 2, pair % 2 ? 4 : 0};
}

#endif
