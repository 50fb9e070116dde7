// The roofline's measured ceiling.
#include <stdatomic.h>
#include <string.h>
#include <time.h>

#include "pool.h"

typedef struct reading {
  const uint8_t *data;
  size_t bytes, per_part;
  _Atomic uint64_t sum;
} reading;

enum { line = 64, parts_per_thread = 8 };

/// Eight streams of additions: more than one core can fetch, in any instruction set.
static void read_part(void *context, int part) {
  reading *r = context;
  size_t first = (size_t)part * r->per_part;
  if (first >= r->bytes) return;
  size_t left = r->bytes - first, count = (left < r->per_part ? left : r->per_part) / line;
  const uint8_t *data = r->data + first;
  uint64_t sums[8] = {0};
  for (size_t i = 0; i < count; i++, data += line) {
    uint64_t words[8];
    memcpy(words, data, sizeof words);
    for (int lane = 0; lane < 8; lane++) sums[lane] += words[lane];
  }
  uint64_t sum = 0;
  for (int lane = 0; lane < 8; lane++) sum += sums[lane];
  atomic_fetch_add_explicit(&r->sum, sum, memory_order_relaxed);
}

static double seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

double mb_read_bandwidth(mb_pool *pool, const void *data, size_t bytes) {
  int parts = mb_pool_threads(pool) * parts_per_thread;
  size_t per_part = (bytes / (size_t)parts + line) / line * line;
  reading r = {data, bytes, per_part, 0};
  double start = seconds();
  mb_pool_run(pool, parts, read_part, &r);
  double took = seconds() - start;
  return took > 0 ? (double)bytes / took : 0;
}
