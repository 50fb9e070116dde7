// What kernels ask of the pool beyond the public header.
#ifndef MB_POOL_H
#define MB_POOL_H

#include "CKernels.h"

/// Scratch of at least `bytes`, 64-byte aligned, kept by the pool: valid until the next call with the
/// same `slot`, not initialised. Only the caller of mb_pool_run may ask, outside of a run. Traps
/// where memory is short, as any allocation of the Swift side does.
enum { MB_SCRATCH_MATMUL = 0, MB_SCRATCH_ATTENTION = 1, MB_SCRATCH_SLOTS = 2 };
void *mb_pool_scratch(mb_pool *pool, int slot, size_t bytes);

/// Inside a body: which of the pool's threads runs it, 0 ..< mb_pool_threads. One thread runs one
/// part at a time, so scratch can be cut by thread.
int mb_pool_thread(void);

#endif
