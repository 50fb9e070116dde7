// Attention of an image: every row of a segment sees all of it. Keys and values of one head are laid
// out as a cache lays them out, and the steps of attention over the cache do the rest.
#include "attention_kernels.h"
#include "pool.h"

enum {
  /// Rows that walk through the blocks together.
  walking_rows = 8 * MB_ATTENTION_ROWS,
  /// Segments up to here are one part a head, packed by the thread that attends.
  short_segment = 1024,
};

typedef struct segment_run {
  const mb_attention_kernels *kernels;
  const float *q, *k, *v;
  ptrdiff_t stride;
  const int32_t *bounds;
  int32_t heads, head_dim;
  float scale;
  mb_dtype dtype;
  float *output;
  ptrdiff_t output_stride;
  uint8_t *threads;
  size_t thread_bytes;
  size_t panel_bytes;  // of the keys, and of the values, of the longest segment that threads pack
  // Of the long segment that all threads share.
  int32_t segment, head;
  uint8_t *shared_keys, *shared_values;
} segment_run;

// MARK: Packing

/// Tile `tile` of the keys and values of a segment's head.
static void pack_tile(const segment_run *run, int32_t segment, int32_t head, int32_t tile,
                      uint8_t *keys, uint8_t *values) {
  int32_t start = run->bounds[segment] + tile * MB_KV_TILE;
  int32_t count = run->bounds[segment + 1] - start;
  if (count > MB_KV_TILE) count = MB_KV_TILE;
  size_t bytes = mb_kv_tile_bytes(run->dtype, run->head_dim);
  int32_t tiles = MB_KV_BLOCK / MB_KV_TILE;
  ptrdiff_t at = start * run->stride + (ptrdiff_t)head * run->head_dim;
  mb_panel panel = {run->dtype, run->head_dim, NULL, NULL};
  run->kernels->pack(&panel, run->k + at, run->v + at, run->stride, count,
                     keys + (size_t)tile * bytes, values + (size_t)(tile / tiles * tiles) * bytes,
                     tile % tiles * MB_KV_TILE);
}

// MARK: Attending

typedef struct segment_scratch {
  mb_attention_rows rows;
  uint8_t *prepared;
  float *outputs;
  uint8_t *keys, *values;
} segment_scratch;

static size_t scratch_bytes(int32_t head_dim, size_t panel_bytes) {
  return (walking_rows + MB_ATTENTION_ROWS) * mb_kv_padded(head_dim) * sizeof(float) +
         walking_rows * mb_query_bytes(head_dim) +
         MB_ATTENTION_ROWS * MB_KV_BLOCK * sizeof(float) + 2 * panel_bytes;
}

static segment_scratch scratch_of(const segment_run *run) {
  uint8_t *at = run->threads + (size_t)mb_pool_thread() * run->thread_bytes;
  size_t padded = mb_kv_padded(run->head_dim);
  segment_scratch s = {.rows = {.kernels = run->kernels, .scale = run->scale}};
  s.rows.panel = (mb_panel){run->dtype, run->head_dim, NULL, NULL};
  s.keys = at;
  s.values = at + run->panel_bytes;
  at += 2 * run->panel_bytes;
  s.rows.scores = (float *)at;
  at += MB_ATTENTION_ROWS * MB_KV_BLOCK * sizeof(float);
  s.rows.sums = (float *)at;
  at += MB_ATTENTION_ROWS * padded * sizeof(float);
  s.outputs = (float *)at;
  at += walking_rows * padded * sizeof(float);
  s.prepared = at;
  return s;
}

/// Rows first ..< first + rows of the segment against all of it.
static void attend_rows(const segment_run *run, segment_scratch *s, int32_t segment, int32_t head,
                        int32_t first, int32_t rows) {
  size_t padded = mb_kv_padded(run->head_dim), query = mb_query_bytes(s->rows.panel.head_dim);
  int32_t start = run->bounds[segment], length = run->bounds[segment + 1] - start;
  ptrdiff_t column = (ptrdiff_t)head * run->head_dim;
  mb_softmax_state totals[walking_rows], states[MB_ATTENTION_ROWS];
  for (int32_t row = 0; row < rows; row++)
    run->kernels->prepare(&s->rows.panel, run->q + (start + first + row) * run->stride + column,
                          s->prepared + (size_t)row * query);

  for (int32_t slot = 0; slot < length; slot += MB_KV_BLOCK)
    for (int32_t row = 0; row < rows; row += MB_ATTENTION_ROWS) {
      int32_t count = rows - row < MB_ATTENTION_ROWS ? rows - row : MB_ATTENTION_ROWS;
      int32_t visible[MB_ATTENTION_ROWS];
      for (int32_t i = 0; i < count; i++)
        visible[i] = length - slot < MB_KV_BLOCK ? length - slot : MB_KV_BLOCK;
      mb_attention_block(&s->rows, (size_t)slot / MB_KV_BLOCK, s->prepared + (size_t)row * query,
                         count, visible, s->rows.sums, states);
      for (int32_t i = 0; i < count; i++)
        mb_attention_merge(&s->rows, slot == 0, &totals[row + i],
                           s->outputs + (size_t)(row + i) * padded, states[i],
                           s->rows.sums + (size_t)i * padded);
    }
  for (int32_t row = 0; row < rows; row++) {
    float *to = run->output + (start + first + row) * run->output_stride + column;
    for (int32_t d = 0; d < run->head_dim; d++)
      to[d] = s->outputs[(size_t)row * padded + (size_t)d] / totals[row].sum;
  }
}

static void attend_short(void *context, int part) {
  const segment_run *run = context;
  int32_t segment = part / run->heads, head = part % run->heads;
  int32_t length = run->bounds[segment + 1] - run->bounds[segment];
  if (length <= 0 || length > short_segment) return;
  segment_scratch s = scratch_of(run);
  for (int32_t tile = 0; tile * MB_KV_TILE < length; tile++)
    pack_tile(run, segment, head, tile, s.keys, s.values);
  s.rows.panel.keys = s.keys;
  s.rows.panel.values = s.values;
  for (int32_t row = 0; row < length; row += walking_rows)
    attend_rows(run, &s, segment, head, row,
                length - row < walking_rows ? length - row : walking_rows);
}

static void pack_shared(void *context, int part) {
  const segment_run *run = context;
  pack_tile(run, run->segment, run->head, part, run->shared_keys, run->shared_values);
}

static void attend_shared(void *context, int part) {
  const segment_run *run = context;
  segment_scratch s = scratch_of(run);
  s.rows.panel.keys = run->shared_keys;
  s.rows.panel.values = run->shared_values;
  int32_t length = run->bounds[run->segment + 1] - run->bounds[run->segment];
  int32_t first = part * walking_rows;
  attend_rows(run, &s, run->segment, run->head, first,
              length - first < walking_rows ? length - first : walking_rows);
}

// MARK: The run

void mb_segment_attend(mb_pool *pool, const float *q, const float *k, const float *v,
                       ptrdiff_t stride, const int32_t *bounds, int32_t segments, int32_t heads,
                       int32_t head_dim, float scale, mb_dtype dtype, float *output,
                       ptrdiff_t output_stride) {
  int32_t longest_short = 0, longest = 0;
  for (int32_t s = 0; s < segments; s++) {
    int32_t length = bounds[s + 1] - bounds[s];
    if (length > longest) longest = length;
    if (length <= short_segment && length > longest_short) longest_short = length;
  }
  segment_run run = {.kernels = mb_attention_active(), .q = q, .k = k, .v = v, .stride = stride,
                     .bounds = bounds, .heads = heads, .head_dim = head_dim, .scale = scale,
                     .dtype = dtype, .output = output, .output_stride = output_stride};
  run.panel_bytes = mb_kv_head_bytes(dtype, head_dim, longest_short);
  run.thread_bytes = (scratch_bytes(head_dim, run.panel_bytes) + 63) / 64 * 64;
  size_t shared = longest > short_segment ? mb_kv_head_bytes(dtype, head_dim, longest) : 0;
  size_t threads = (size_t)mb_pool_threads(pool) * run.thread_bytes;
  run.threads = mb_pool_scratch(pool, MB_SCRATCH_ATTENTION, threads + 2 * shared);
  run.shared_keys = run.threads + threads;
  run.shared_values = run.shared_keys + shared;

  if (longest_short > 0) mb_pool_run(pool, segments * heads, attend_short, &run);
  for (run.segment = 0; run.segment < segments; run.segment++) {
    int32_t length = bounds[run.segment + 1] - bounds[run.segment];
    if (length <= short_segment) continue;
    for (run.head = 0; run.head < heads; run.head++) {
      mb_pool_run(pool, (length + MB_KV_TILE - 1) / MB_KV_TILE, pack_shared, &run);
      mb_pool_run(pool, (length + walking_rows - 1) / walking_rows, attend_shared, &run);
    }
  }
}
