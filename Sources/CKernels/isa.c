#include "CKernels.h"

static int forced = -1;

static int best(void) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
      __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vnni"))
    return CK_AVX512;
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return CK_AVX2;
#endif
  return CK_PORTABLE;
}

int ck_isa(void) {
  int b = best();
  return forced >= 0 && forced < b ? forced : b;
}
void ck_force_isa(int isa) { forced = isa; }
