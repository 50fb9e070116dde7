// The inner steps of attention, one table of them an instruction set. A block is 256 slots of one
// head; rows are queries of heads that share those keys and values, at most 12 at a time.
//
// A row's result has the same bits whatever the other rows and however many there are: its sums
// run over dims, over slots of a block and over blocks in a fixed order.
#ifndef MB_ATTENTION_KERNELS_H
#define MB_ATTENTION_KERNELS_H

#include "kv_layout.h"

enum { MB_ATTENTION_ROWS = 12 };

/// A head's keys and values.
typedef struct mb_panel {
  mb_dtype dtype;
  int32_t head_dim;
  const uint8_t *keys;
  const uint8_t *values;
} mb_panel;

typedef struct mb_attention_kernels {
  /// Rounds a query as its keys ask: not for F32 and F16, to bf16 for BF16, to blocks of 32 whole
  /// numbers round(x / scale), scale = amax / 127, for Q8_0 and Q4_0. How it lies is the set's own
  /// affair, in mb_query_bytes, 64-byte aligned.
  void (*prepare)(const mb_panel *panel, const float *query, void *prepared);
  /// scores[row * 256 + slot] = query · key for the slots 0 ..< slots of a block, and what comes
  /// after up to a multiple of 32 without meaning. Prepared rows lie mb_query_bytes apart.
  void (*scores)(const mb_panel *panel, size_t block, int slots, const void *prepared, int rows,
                 float *scores);
  /// One row of scores to weights exp(scale (score - max)) of the slots 0 ..< visible, zeros up to
  /// a multiple of 32 beyond `slots`. Gives max and the sum of the weights.
  void (*weigh)(float *scores, int visible, int slots, float scale, float *max, float *sum);
  /// sums[row * padded dim + dim] = Σ weight · value over the slots 0 ..< slots of a block. Weights
  /// may be rounded to bf16 in place for BF16, Q8_0 and Q4_0.
  void (*values)(const mb_panel *panel, size_t block, int slots, float *weights, int rows,
                 float *sums);
  /// Lays out `count` <= 32 float32 rows (head_dim values each, `stride` apart) as a tile of keys and
  /// as slots slot ..< slot + count of a block of values; F32 and BF16 only, slot a multiple of 32.
  void (*pack)(const mb_panel *panel, const float *keys, const float *values, ptrdiff_t stride,
               int count, uint8_t *key_tile, uint8_t *value_block, int slot);
  /// y = a y + b x
  void (*blend)(float *y, float a, const float *x, float b, size_t count);
} mb_attention_kernels;

extern const mb_attention_kernels mb_attention_scalar, mb_attention_avx2, mb_attention_avx512,
    mb_attention_neon;

/// Those of the active instruction set.
const mb_attention_kernels *mb_attention_active(void);

/// Bytes from one prepared query to the next: room for a float a dim and two a block of 32.
static inline size_t mb_query_bytes(int32_t head_dim) {
  size_t padded = mb_kv_padded(head_dim);
  return (padded * 4 + padded / MB_KV_QUANT * 8 + 63) / 64 * 64;
}

static inline const uint8_t *mb_panel_keys(const mb_panel *panel, size_t block) {
  return panel->keys +
         block * (MB_KV_BLOCK / MB_KV_TILE) * mb_kv_tile_bytes(panel->dtype, panel->head_dim);
}
static inline const uint8_t *mb_panel_values(const mb_panel *panel, size_t block) {
  return panel->values +
         block * (MB_KV_BLOCK / MB_KV_TILE) * mb_kv_tile_bytes(panel->dtype, panel->head_dim);
}

/// The softmax of one row so far: blocks are merged in order.
typedef struct mb_softmax_state {
  float max;
  float sum;
} mb_softmax_state;

/// Rows against the blocks of a panel: prepared queries, per-row states and outputs [rows, padded].
typedef struct mb_attention_rows {
  const mb_attention_kernels *kernels;
  mb_panel panel;
  float scale;
  float *scores;  // [12, 256]
  float *sums;    // [12, padded dim]
} mb_attention_rows;

/// Meets up to 12 rows with one block: weights' sums to `sums`, max and sum to `states`. visible[row]
/// slots of the block count; a row with none keeps sums without meaning.
void mb_attention_block(const mb_attention_rows *work, size_t block, const void *prepared,
                        int rows, const int32_t *visible, float *sums, mb_softmax_state *states);

/// Merges a block's result into what came before it, or starts with it.
void mb_attention_merge(const mb_attention_rows *work, bool first, mb_softmax_state *total,
                        float *output, mb_softmax_state state, const float *sums);

#endif
