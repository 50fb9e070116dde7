// Attention over the cache. Few rows (decoding) meet every block of slots on their own, so that
// threads share a long cache, and whoever ends a head last merges its blocks in order. Many rows
// (prefill) walk through the blocks together, merging as they go. Either way a row sees the same
// operations in the same order, and so gets the same bits.
#include <math.h>
#include <stdatomic.h>
#include <string.h>

#include "attention_kernels.h"
#include "pool.h"

const mb_attention_kernels *mb_attention_active(void) {
  switch (mb_isa_active()) {
#if defined(__x86_64__)
    case MB_ISA_AVX512:
      return &mb_attention_avx512;
    case MB_ISA_AVX2:
      return &mb_attention_avx2;
#elif defined(__aarch64__)
    case MB_ISA_NEON:
      return &mb_attention_neon;
#endif
    default:
      return &mb_attention_scalar;
  }
}

void mb_attention_block(const mb_attention_rows *work, size_t block, const void *prepared,
                        int rows, const int32_t *visible, float *sums, mb_softmax_state *states) {
  int slots = 0;
  for (int row = 0; row < rows; row++) slots = visible[row] > slots ? visible[row] : slots;
  work->kernels->scores(&work->panel, block, slots, prepared, rows, work->scores);
  for (int row = 0; row < rows; row++)
    work->kernels->weigh(work->scores + row * MB_KV_BLOCK, visible[row], slots, work->scale,
                         &states[row].max, &states[row].sum);
  work->kernels->values(&work->panel, block, slots, work->scores, rows, sums);
}

void mb_attention_merge(const mb_attention_rows *work, bool first, mb_softmax_state *total,
                        float *output, mb_softmax_state state, const float *sums) {
  size_t padded = mb_kv_padded(work->panel.head_dim);
  if (first) {
    *total = state;
    memcpy(output, sums, padded * sizeof *sums);
    return;
  }
  float max = fmaxf(total->max, state.max);
  float before = total->max < max ? expf((total->max - max) * work->scale) : 1;
  float now = state.max < max ? expf((state.max - max) * work->scale) : 1;
  *total = (mb_softmax_state){max, total->sum * before + state.sum * now};
  work->kernels->blend(output, before, sums, now, padded);
}

// MARK: What is to be done

enum {
  narrow_rows = 2 * MB_ATTENTION_ROWS,  // up to here threads share blocks, not rows
  wide_rows = 8 * MB_ATTENTION_ROWS,    // rows that walk together, while a block stays in the cache
};

/// One head of keys of one sequence, or some rows of it.
typedef struct attend_task {
  const mb_attention *sequence;
  int32_t kv_head;
  int32_t first_part;   // of the run
  int32_t parts;        // blocks of a narrow task, row tiles of a wide one
  size_t partials;      // of a narrow task: offset in floats
  atomic_int unfinished;
} attend_task;

typedef struct attend_run {
  const mb_attention_kernels *kernels;
  attend_task *tasks;
  int32_t count;
  int32_t heads;
  float scale;
  float *partials;
  uint8_t *threads;  // scratch of every thread
  size_t thread_bytes;
} attend_run;

static int32_t group_of(const attend_run *run, const mb_attention *s) {
  return run->heads / s->kv->kv_heads;
}
static int32_t rows_of(const attend_run *run, const mb_attention *s) {
  return s->n * group_of(run, s);
}
static bool is_narrow(const attend_run *run, const mb_attention *s) {
  return rows_of(run, s) <= narrow_rows;
}
static int32_t blocks_of(const mb_attention *s) {
  return (s->first + s->n + MB_KV_BLOCK - 1) / MB_KV_BLOCK;
}
static mb_panel panel_of(const attend_task *task) {
  const mb_kv *kv = task->sequence->kv;
  size_t at = (size_t)task->kv_head * mb_kv_head_bytes(kv->dtype, kv->head_dim, kv->capacity);
  return (mb_panel){kv->dtype, kv->head_dim, (const uint8_t *)kv->keys + at,
                    (const uint8_t *)kv->values + at};
}

/// Where row r of a task stands in [n, heads * head_dim]: query r / group, head r % group of it.
static ptrdiff_t place_of(const attend_run *run, const attend_task *task, int32_t row,
                          ptrdiff_t stride) {
  int32_t group = group_of(run, task->sequence);
  int32_t head = task->kv_head * group + row % group;
  return row / group * stride + (ptrdiff_t)head * task->sequence->kv->head_dim;
}

/// Slots of a block that a row sees.
static int32_t visible_in(const attend_run *run, const attend_task *task, int32_t row,
                          size_t block) {
  int32_t last = task->sequence->first + row / group_of(run, task->sequence);
  int32_t slots = last + 1 - (int32_t)block * MB_KV_BLOCK;
  return slots < 0 ? 0 : slots > MB_KV_BLOCK ? MB_KV_BLOCK : slots;
}

static void finish(const attend_run *run, const attend_task *task, int32_t row,
                   mb_softmax_state state, const float *output) {
  const mb_attention *s = task->sequence;
  float *to = s->output + place_of(run, task, row, s->output_stride);
  for (int32_t d = 0; d < s->kv->head_dim; d++) to[d] = output[d] / state.sum;
}

// MARK: A thread's scratch

typedef struct attend_scratch {
  mb_attention_rows rows;
  uint8_t *prepared;         // [wide rows] queries
  float *outputs;            // [wide rows, padded]
  mb_softmax_state *states;  // [wide rows]
} attend_scratch;

static size_t thread_bytes(int32_t head_dim) {
  return (wide_rows + MB_ATTENTION_ROWS) * mb_kv_padded(head_dim) * sizeof(float) +
         wide_rows * (mb_query_bytes(head_dim) + sizeof(mb_softmax_state)) +
         MB_ATTENTION_ROWS * MB_KV_BLOCK * sizeof(float);
}

static attend_scratch scratch_of(const attend_run *run, const attend_task *task) {
  uint8_t *at = run->threads + (size_t)mb_pool_thread() * run->thread_bytes;
  mb_panel panel = panel_of(task);
  size_t padded = mb_kv_padded(panel.head_dim);
  attend_scratch s = {.rows = {run->kernels, panel, run->scale, NULL, NULL}};
  s.rows.scores = (float *)at;
  at += MB_ATTENTION_ROWS * MB_KV_BLOCK * sizeof(float);
  s.rows.sums = (float *)at;
  at += MB_ATTENTION_ROWS * padded * sizeof(float);
  s.outputs = (float *)at;
  at += wide_rows * padded * sizeof(float);
  s.prepared = at;
  at += wide_rows * mb_query_bytes(panel.head_dim);
  s.states = (mb_softmax_state *)at;
  return s;
}

static void prepare_rows(const attend_run *run, const attend_task *task, attend_scratch *s,
                         int32_t first, int32_t count) {
  for (int32_t row = 0; row < count; row++) {
    const float *query = task->sequence->queries +
                         place_of(run, task, first + row, task->sequence->query_stride);
    run->kernels->prepare(&s->rows.panel, query,
                          s->prepared + (size_t)row * mb_query_bytes(s->rows.panel.head_dim));
  }
}

// MARK: Few rows

/// Partial results of a narrow task: [blocks, rows] of sums [padded], then of states.
static float *partial_sums(const attend_run *run, const attend_task *task, size_t block) {
  size_t rows = (size_t)rows_of(run, task->sequence);
  return run->partials + task->partials + block * rows * mb_kv_padded(task->sequence->kv->head_dim);
}
static mb_softmax_state *partial_states(const attend_run *run, const attend_task *task,
                                        size_t block) {
  float *end = partial_sums(run, task, (size_t)blocks_of(task->sequence));
  return (mb_softmax_state *)end + block * (size_t)rows_of(run, task->sequence);
}

static void merge_blocks(const attend_run *run, const attend_task *task, attend_scratch *s) {
  size_t padded = mb_kv_padded(s->rows.panel.head_dim);
  for (int32_t row = 0; row < rows_of(run, task->sequence); row++) {
    for (size_t block = 0; block < (size_t)blocks_of(task->sequence); block++) {
      if (visible_in(run, task, row, block) == 0) break;
      mb_attention_merge(&s->rows, block == 0, s->states, s->outputs,
                         partial_states(run, task, block)[row],
                         partial_sums(run, task, block) + (size_t)row * padded);
    }
    finish(run, task, row, s->states[0], s->outputs);
  }
}

static void attend_narrow(const attend_run *run, attend_task *task, size_t block) {
  attend_scratch s = scratch_of(run, task);
  size_t padded = mb_kv_padded(s.rows.panel.head_dim), query = mb_query_bytes(s.rows.panel.head_dim);
  int32_t rows = rows_of(run, task->sequence);
  prepare_rows(run, task, &s, 0, rows);
  for (int32_t row = 0; row < rows; row += MB_ATTENTION_ROWS) {
    int32_t count = rows - row < MB_ATTENTION_ROWS ? rows - row : MB_ATTENTION_ROWS;
    int32_t visible[MB_ATTENTION_ROWS];
    for (int32_t i = 0; i < count; i++) visible[i] = visible_in(run, task, row + i, block);
    mb_attention_block(&s.rows, block, s.prepared + (size_t)row * query, count, visible,
                       partial_sums(run, task, block) + (size_t)row * padded,
                       partial_states(run, task, block) + row);
  }
  if (atomic_fetch_sub(&task->unfinished, 1) == 1) merge_blocks(run, task, &s);
}

// MARK: Many rows

static void attend_wide(const attend_run *run, attend_task *task, int32_t first) {
  attend_scratch s = scratch_of(run, task);
  size_t padded = mb_kv_padded(s.rows.panel.head_dim), query = mb_query_bytes(s.rows.panel.head_dim);
  int32_t rows = rows_of(run, task->sequence) - first;
  if (rows > wide_rows) rows = wide_rows;
  prepare_rows(run, task, &s, first, rows);

  for (size_t block = 0; visible_in(run, task, first + rows - 1, block) > 0; block++)
    for (int32_t row = 0; row < rows; row += MB_ATTENTION_ROWS) {
      int32_t count = rows - row < MB_ATTENTION_ROWS ? rows - row : MB_ATTENTION_ROWS;
      int32_t visible[MB_ATTENTION_ROWS];
      for (int32_t i = 0; i < count; i++)
        visible[i] = visible_in(run, task, first + row + i, block);
      if (visible[count - 1] == 0) continue;
      mb_softmax_state states[MB_ATTENTION_ROWS];
      mb_attention_block(&s.rows, block, s.prepared + (size_t)row * query, count, visible,
                         s.rows.sums, states);
      for (int32_t i = 0; i < count; i++)
        if (visible[i] > 0)
          mb_attention_merge(&s.rows, block == 0, &s.states[row + i],
                             s.outputs + (size_t)(row + i) * padded, states[i],
                             s.rows.sums + (size_t)i * padded);
    }
  for (int32_t row = 0; row < rows; row++)
    finish(run, task, first + row, s.states[row], s.outputs + (size_t)row * padded);
}

// MARK: The run

static void attend_part(void *context, int part) {
  const attend_run *run = context;
  int32_t low = 0, high = run->count - 1;  // the last task that begins at or before the part
  while (low < high) {
    int32_t middle = low + (high - low + 1) / 2;
    if (run->tasks[middle].first_part <= part)
      low = middle;
    else
      high = middle - 1;
  }
  attend_task *task = &run->tasks[low];
  int32_t index = part - task->first_part;
  if (is_narrow(run, task->sequence))
    attend_narrow(run, task, (size_t)index);
  else
    attend_wide(run, task, (task->parts - 1 - index) * wide_rows);  // the longest rows first
}

static size_t aligned(size_t bytes) { return (bytes + 63) / 64 * 64; }

void mb_attend(mb_pool *pool, const mb_attention *sequences, int32_t count, int32_t heads,
               float scale) {
  attend_run run = {.kernels = mb_attention_active(), .heads = heads, .scale = scale};
  size_t tasks = 0, partials = 0;
  for (int32_t i = 0; i < count; i++) {
    const mb_attention *s = &sequences[i];
    if (s->n <= 0) continue;
    tasks += (size_t)s->kv->kv_heads;
    size_t bytes = aligned(thread_bytes(s->kv->head_dim));
    if (bytes > run.thread_bytes) run.thread_bytes = bytes;
    if (is_narrow(&run, s))
      partials += (size_t)s->kv->kv_heads * (size_t)blocks_of(s) * (size_t)rows_of(&run, s) *
                  (mb_kv_padded(s->kv->head_dim) + 2);
  }
  if (tasks == 0) return;

  size_t threads = (size_t)mb_pool_threads(pool) * run.thread_bytes;
  uint8_t *memory = mb_pool_scratch(
      pool, MB_SCRATCH_ATTENTION,
      threads + aligned(tasks * sizeof(attend_task)) + partials * sizeof(float));
  run.threads = memory;
  run.tasks = (attend_task *)(memory + threads);
  run.partials = (float *)(memory + threads + aligned(tasks * sizeof(attend_task)));

  int32_t parts = 0;
  partials = 0;
  for (int32_t i = 0; i < count; i++) {
    const mb_attention *s = &sequences[i];
    if (s->n <= 0) continue;
    for (int32_t head = 0; head < s->kv->kv_heads; head++) {
      attend_task *task = &run.tasks[run.count++];
      task->sequence = s;
      task->kv_head = head;
      task->first_part = parts;
      task->partials = partials;
      task->parts = is_narrow(&run, s) ? blocks_of(s)
                                       : (rows_of(&run, s) + wide_rows - 1) / wide_rows;
      atomic_init(&task->unfinished, task->parts);
      parts += task->parts;
      if (is_narrow(&run, s))
        partials += (size_t)blocks_of(s) * (size_t)rows_of(&run, s) *
                    (mb_kv_padded(s->kv->head_dim) + 2);
    }
  }
  mb_pool_run(pool, parts, attend_part, &run);
}
