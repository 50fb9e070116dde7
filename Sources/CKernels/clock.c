#include <pthread.h>
#include <time.h>

#include "CKernels.h"

#if defined(__x86_64__)
#include <cpuid.h>
#include <x86intrin.h>
#endif

static int64_t monotonic(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

#if defined(__x86_64__)

/// Whether the time-stamp counter runs evenly whatever the core's frequency (Intel SDM 3B, section 18.17).
static bool counts_evenly(void) {
  unsigned a, b, c, d;
  return __get_cpuid(0x80000007, &a, &b, &c, &d) && (d & 1 << 8);
}

static pthread_once_t once = PTHREAD_ONCE_INIT;
static bool is_even;
static uint64_t first_ticks;
static int64_t first_time;
/// Nanoseconds a tick, 32 bits of fraction.
static uint64_t tick;

/// Two readings of both clocks, 5 ms apart: a reading's 100 ns are then 20 millionths.
static void calibrate(void) {
  is_even = counts_evenly();
  if (!is_even) return;
  first_time = monotonic();
  first_ticks = __rdtsc();
  int64_t time;
  while ((time = monotonic()) - first_time < 5000000) {}
  uint64_t ticks = __rdtsc() - first_ticks;
  is_even = ticks > 0;
  if (is_even) tick = (uint64_t)(((unsigned __int128)(time - first_time) << 32) / ticks);
}

int64_t mb_clock(void) {
  pthread_once(&once, calibrate);
  if (!is_even) return monotonic();
  // Signed: another core's counter may be a little behind the first reading's.
  int64_t ticks = (int64_t)(__rdtsc() - first_ticks);
  return first_time + (int64_t)(((__int128)ticks * tick) >> 32);
}

#else

int64_t mb_clock(void) { return monotonic(); }

#endif
