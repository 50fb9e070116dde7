// A persistent pool: workers take parts from one 64-bit ticket, so that a run costs no lock and a
// sleepy worker holds nobody up.
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "pool.h"

#include <limits.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#if defined(__linux__)
#include <linux/futex.h>
#include <sched.h>
#include <sys/syscall.h>
#endif

enum {
  cache_line = 64,
  /// Tens of microseconds: longer than the gaps between the operations of a forward pass.
  spins = 2000,
};

/// What each thread did, while somebody asks.
typedef struct trace {
  int threads;
  struct {
    _Alignas(cache_line) size_t count;
    mb_span *spans;
  } of[];
} trace;

struct mb_pool {
  /// Runs begun << 32 | parts not yet taken.
  _Alignas(cache_line) _Atomic uint64_t ticket;
  // Written only while no part is left to take, read only between a load of the ticket and the
  // exchange that proves it unchanged.
  _Atomic(void (*)(void *, int)) body;
  _Atomic(void *) context;
  _Atomic int parts;

  _Alignas(cache_line) _Atomic int done;  // parts finished
  _Atomic int caller_sleeps;

  _Alignas(cache_line) _Atomic int wakes;
  _Atomic int sleepers;
  _Atomic int ends;

  /// Set while no run is under way.
  _Atomic(trace *) trace;
  int threads;
  pthread_t *workers;
  struct {
    void *memory;
    size_t bytes;
  } scratch[MB_SCRATCH_SLOTS];
};

static _Thread_local int thread_index = 0;
int mb_pool_thread(void) { return thread_index; }

// MARK: Sleeping

#if defined(__linux__)
static void sleep_while(_Atomic int *word, int value) {
  syscall(SYS_futex, word, FUTEX_WAIT_PRIVATE, value, NULL, NULL, 0);
}
static void wake_all(_Atomic int *word) {
  syscall(SYS_futex, word, FUTEX_WAKE_PRIVATE, INT_MAX, NULL, NULL, 0);
}
#else
static pthread_mutex_t sleep_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t sleep_condition = PTHREAD_COND_INITIALIZER;
static void sleep_while(_Atomic int *word, int value) {
  pthread_mutex_lock(&sleep_lock);
  while (atomic_load(word) == value) pthread_cond_wait(&sleep_condition, &sleep_lock);
  pthread_mutex_unlock(&sleep_lock);
}
static void wake_all(_Atomic int *word) {
  (void)word;
  pthread_mutex_lock(&sleep_lock);
  pthread_cond_broadcast(&sleep_condition);
  pthread_mutex_unlock(&sleep_lock);
}
#endif

static inline void pause_briefly(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("isb");
#endif
}

// MARK: Working

static inline uint32_t untaken(uint64_t ticket) { return (uint32_t)ticket; }

/// A span that grows with each part; NULL where nobody asks or the log is full.
static mb_span *new_span(trace *log) {
  if (!log || log->of[thread_index].count >= MB_TRACE_SPANS) return NULL;
  mb_span *span = &log->of[thread_index].spans[log->of[thread_index].count++];
  span->start = span->end = mb_clock();
  return span;
}

/// Takes parts until none is left.
static void take_parts(mb_pool *pool) {
  trace *log = atomic_load_explicit(&pool->trace, memory_order_acquire);
  mb_span *span = NULL;
  uint64_t ticket = atomic_load_explicit(&pool->ticket, memory_order_acquire);
  while (untaken(ticket) > 0) {
    void (*body)(void *, int) = atomic_load_explicit(&pool->body, memory_order_relaxed);
    void *context = atomic_load_explicit(&pool->context, memory_order_relaxed);
    int parts = atomic_load_explicit(&pool->parts, memory_order_relaxed);
    if (!atomic_compare_exchange_weak_explicit(&pool->ticket, &ticket, ticket - 1,
                                               memory_order_acq_rel, memory_order_acquire))
      continue;
    if (log && !span) span = new_span(log);
    body(context, parts - (int)untaken(ticket));
    // Before the part counts as done: whoever waits for it may read the log then.
    if (span) span->end = mb_clock();
    int done = atomic_fetch_add(&pool->done, 1) + 1;
    if (done == parts && atomic_load(&pool->caller_sleeps)) wake_all(&pool->done);
    ticket = atomic_load_explicit(&pool->ticket, memory_order_acquire);
  }
}

static bool idle(mb_pool *pool) {
  return untaken(atomic_load(&pool->ticket)) == 0 && !atomic_load(&pool->ends);
}

/// Returns when there may be something to do.
static void await_run(mb_pool *pool) {
  for (int i = 0; i < spins; i++) {
    if (!idle(pool)) return;
    pause_briefly();
  }
  int wakes = atomic_load(&pool->wakes);
  // Announced before the last look: a run that begins after the look sees the sleeper.
  atomic_fetch_add(&pool->sleepers, 1);
  if (idle(pool)) sleep_while(&pool->wakes, wakes);
  atomic_fetch_sub(&pool->sleepers, 1);
}

static void wake_workers(mb_pool *pool) {
  if (atomic_load(&pool->sleepers) == 0) return;
  atomic_fetch_add(&pool->wakes, 1);
  wake_all(&pool->wakes);
}

typedef struct worker_start {
  mb_pool *pool;
  int index;
} worker_start;

static void *work(void *argument) {
  worker_start start = *(worker_start *)argument;
  free(argument);
  thread_index = start.index;
  while (!atomic_load(&start.pool->ends)) {
    take_parts(start.pool);
    await_run(start.pool);
  }
  return NULL;
}

void mb_pool_run(mb_pool *pool, int parts, void (*body)(void *context, int part), void *context) {
  if (parts <= 0) return;
  if (parts == 1 || pool->threads == 1) {
    mb_span *span = new_span(atomic_load_explicit(&pool->trace, memory_order_acquire));
    for (int part = 0; part < parts; part++) body(context, part);
    if (span) span->end = mb_clock();
    return;
  }
  atomic_store_explicit(&pool->body, body, memory_order_relaxed);
  atomic_store_explicit(&pool->context, context, memory_order_relaxed);
  atomic_store_explicit(&pool->parts, parts, memory_order_relaxed);
  atomic_store(&pool->done, 0);
  uint64_t run = (atomic_load(&pool->ticket) >> 32) + 1;
  atomic_store(&pool->ticket, run << 32 | (uint32_t)parts);
  wake_workers(pool);
  take_parts(pool);

  for (int i = 0; i < spins; i++) {
    if (atomic_load_explicit(&pool->done, memory_order_acquire) == parts) return;
    pause_briefly();
  }
  atomic_store(&pool->caller_sleeps, 1);
  for (int done; (done = atomic_load(&pool->done)) != parts;) sleep_while(&pool->done, done);
  atomic_store(&pool->caller_sleeps, 0);
}

// MARK: Life

/// CPUs that this process may use, which in a container are fewer than the machine has.
static int available_cpus(void) {
#if defined(__linux__)
  cpu_set_t set;
  if (sched_getaffinity(0, sizeof set, &set) == 0 && CPU_COUNT(&set) > 0) return CPU_COUNT(&set);
#endif
  long online = sysconf(_SC_NPROCESSORS_ONLN);
  return online > 0 && online < INT_MAX ? (int)online : 1;
}

static bool start_worker(mb_pool *pool, int index) {
  worker_start *start = malloc(sizeof *start);
  if (!start) return false;
  *start = (worker_start){pool, index};
  if (pthread_create(&pool->workers[index - 1], NULL, work, start) == 0) return true;
  free(start);
  return false;
}

mb_pool *mb_pool_create(int threads) {
  int cpus = available_cpus();
  int wanted = threads <= 0 || threads > cpus ? cpus : threads;
  mb_pool *pool = aligned_alloc(cache_line, sizeof *pool);
  if (!pool) return NULL;
  *pool = (mb_pool){.threads = 1};
  pool->workers = calloc((size_t)wanted, sizeof *pool->workers);
  if (!pool->workers) {
    free(pool);
    return NULL;
  }
  // A system that refuses a thread leaves a smaller pool.
  int started = 1;
  while (started < wanted && start_worker(pool, started)) started++;
  pool->threads = started;
  return pool;
}

void mb_pool_destroy(mb_pool *pool) {
  if (!pool) return;
  atomic_store(&pool->ends, 1);
  wake_workers(pool);
  for (int i = 1; i < pool->threads; i++) pthread_join(pool->workers[i - 1], NULL);
  mb_pool_trace_end(pool);
  for (int slot = 0; slot < MB_SCRATCH_SLOTS; slot++) free(pool->scratch[slot].memory);
  free(pool->workers);
  free(pool);
}

int mb_pool_threads(const mb_pool *pool) { return pool->threads; }

// MARK: Tracing

bool mb_pool_trace_begin(mb_pool *pool) {
  mb_pool_trace_end(pool);
  // Its first call is slow.
  mb_clock();
  trace *log = aligned_alloc(
      cache_line, (sizeof *log + (size_t)pool->threads * sizeof log->of[0] + cache_line - 1) /
                      cache_line * cache_line);
  if (!log) return false;
  log->threads = 0;
  for (int thread = 0; thread < pool->threads; thread++) {
    log->of[thread].count = 0;
    log->of[thread].spans = malloc(MB_TRACE_SPANS * sizeof(mb_span));
    if (!log->of[thread].spans) {
      for (int i = 0; i < thread; i++) free(log->of[i].spans);
      free(log);
      return false;
    }
    // Touched now: a page's first write takes longer than many an operation that will be timed.
    memset(log->of[thread].spans, 0, MB_TRACE_SPANS * sizeof(mb_span));
    log->threads++;
  }
  atomic_store(&pool->trace, log);
  return true;
}

size_t mb_pool_trace_spans(const mb_pool *pool, int thread, const mb_span **spans) {
  trace *log = atomic_load(&((mb_pool *)pool)->trace);
  if (!log || thread < 0 || thread >= log->threads) return 0;
  *spans = log->of[thread].spans;
  return log->of[thread].count;
}

void mb_pool_trace_end(mb_pool *pool) {
  trace *log = atomic_exchange(&pool->trace, NULL);
  if (!log) return;
  for (int thread = 0; thread < log->threads; thread++) free(log->of[thread].spans);
  free(log);
}

// MARK: Scratch

void *mb_pool_scratch(mb_pool *pool, int slot, size_t bytes) {
  if (bytes > pool->scratch[slot].bytes) {
    free(pool->scratch[slot].memory);
    size_t rounded = (bytes + 4095) / 4096 * 4096;
    pool->scratch[slot].memory = aligned_alloc(4096, rounded);
    if (!pool->scratch[slot].memory) abort();
    pool->scratch[slot].bytes = rounded;
  }
  return pool->scratch[slot].memory;
}

size_t mb_pool_scratch_bytes(const mb_pool *pool) {
  size_t bytes = 0;
  for (int slot = 0; slot < MB_SCRATCH_SLOTS; slot++) bytes += pool->scratch[slot].bytes;
  return bytes;
}
