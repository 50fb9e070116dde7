// Where things lie in the packed layout of Q8_0 and Q4_0 weights.
//
// A matrix is tiles of 16 rows; a tile is blocks of 32 columns, two and two:
//
//   scales  [2 blocks][16 rows] f16                       64 bytes
//   block   Q8_0: [8 quads][16 rows][4 columns] q + 128   512 bytes, twice
//           Q4_0: [4 quads][16 rows][4 columns] nibbles   256 bytes, twice
//
// so one load of 64 bytes brings four columns of sixteen rows, and a tile streams from memory in one
// piece, aligned to cache lines. The low nibbles of quad i are columns 4i ..< 4i + 4 as q + 8, the high
// nibbles columns 16 + 4i ..< 20 + 4i. An odd last block stands alone after its 64 bytes of scales.
// Rows and columns beyond the matrix are zero (with a scale of zero).
#ifndef MB_PACKED_H
#define MB_PACKED_H

#include <stddef.h>
#include <stdint.h>

#include "CKernels.h"

enum { MB_TILE_ROWS = 16, MB_BLOCK = 32, MB_SCALES_BYTES = 64 };

static inline int32_t mb_blocks(int32_t columns) { return (int32_t)(((int64_t)columns + 31) / 32); }

static inline size_t mb_block_bytes(mb_dtype dtype) { return dtype == MB_Q8_0 ? 512 : 256; }

static inline size_t mb_tile_bytes(mb_dtype dtype, int32_t columns) {
  size_t blocks = (size_t)mb_blocks(columns);
  return (blocks + 1) / 2 * MB_SCALES_BYTES + blocks * mb_block_bytes(dtype);
}

/// Offset in a tile of the 16 f16 scales of a block.
static inline size_t mb_scales_offset(mb_dtype dtype, int32_t block) {
  size_t pair = MB_SCALES_BYTES + 2 * mb_block_bytes(dtype);
  return (size_t)(block / 2) * pair + (size_t)(block % 2) * 32;
}

/// Offset in a tile of the quads of a block.
static inline size_t mb_quads_offset(mb_dtype dtype, int32_t block) {
  size_t pair = MB_SCALES_BYTES + 2 * mb_block_bytes(dtype);
  return (size_t)(block / 2) * pair + MB_SCALES_BYTES +
         (size_t)(block % 2) * mb_block_bytes(dtype);
}

/// Offset in a block of the byte that holds (row of the tile, column of the block).
static inline size_t mb_byte_offset(mb_dtype dtype, int32_t row, int32_t column) {
  int32_t quad = column / 4 % (dtype == MB_Q8_0 ? 8 : 4);
  return (size_t)(quad * 64 + row * 4 + column % 4);
}

/// One quantised weight without its scale.
static inline int32_t mb_packed_value(mb_dtype dtype, const uint8_t *quads, int32_t row,
                                      int32_t column) {
  uint8_t byte = quads[mb_byte_offset(dtype, row, column)];
  if (dtype == MB_Q8_0) return (int32_t)byte - 128;
  return (int32_t)(column < 16 ? byte & 15 : byte >> 4) - 8;
}

#endif
