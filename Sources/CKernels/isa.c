// Which instruction set the kernels use: the best of the machine, unless narrowed.
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "CKernels.h"

static const char *const names[] = {
    [MB_ISA_SCALAR] = "scalar",
    [MB_ISA_AVX2] = "avx2",
    [MB_ISA_AVX512] = "avx512",
    [MB_ISA_NEON] = "neon",
};

const char *mb_isa_name(mb_isa isa) { return isa <= MB_ISA_NEON ? names[isa] : "unknown"; }

/// The builtins also ask the operating system whether it saves the wide registers.
static bool runs(mb_isa isa) {
  switch (isa) {
    case MB_ISA_SCALAR:
      return true;
#if defined(__x86_64__)
    case MB_ISA_AVX2:
      return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") &&
             __builtin_cpu_supports("f16c");
    case MB_ISA_AVX512:
      return runs(MB_ISA_AVX2) && __builtin_cpu_supports("avx512f") &&
             __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
             __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vnni") &&
             __builtin_cpu_supports("avx512bf16");
#elif defined(__aarch64__)
    case MB_ISA_NEON:
      return true;
#endif
    default:
      return false;
  }
}

static mb_isa best(void) {
  const char *wanted = getenv("MEDBENCH_ISA");
  for (mb_isa isa = MB_ISA_SCALAR; wanted && isa <= MB_ISA_NEON; isa++)
    if (strcmp(wanted, names[isa]) == 0 && runs(isa)) return isa;
  if (runs(MB_ISA_AVX512)) return MB_ISA_AVX512;
  if (runs(MB_ISA_AVX2)) return MB_ISA_AVX2;
  return runs(MB_ISA_NEON) ? MB_ISA_NEON : MB_ISA_SCALAR;
}

static atomic_int active = -1;
static _Thread_local int forced = -1;

mb_isa mb_isa_active(void) {
  if (forced >= 0) return (mb_isa)forced;
  int isa = atomic_load_explicit(&active, memory_order_relaxed);
  if (isa >= 0) return (mb_isa)isa;
  // Several first callers find the same answer.
  mb_isa found = best();
  atomic_store_explicit(&active, (int)found, memory_order_relaxed);
  return found;
}

bool mb_isa_force(mb_isa isa) {
  if (!runs(isa)) return false;
  forced = (int)isa;
  return true;
}
