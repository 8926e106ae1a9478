#include "isa.h"
#include "CKernels.h"
#include <stdlib.h>
#include <string.h>
#if defined(__x86_64__)
#include <cpuid.h>
#elif defined(__aarch64__) && defined(__linux__)
#include <sys/auxv.h>
#endif

static int forced = -1;

// Asking the processor takes microseconds on a virtual machine, so the answer is kept.
int ck_has_avxvnni(void) {
#if defined(__x86_64__)
  static _Atomic int known = -1;
  int has = known;
  if (has < 0) {
    unsigned a, b, c, d;
    known = has = __builtin_cpu_supports("avx2") && __get_cpuid_count(7, 1, &a, &b, &c, &d) && (a >> 4 & 1);
  }
  return has;
#else
  return 0;
#endif
}

static int best(void) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
      __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vnni"))
    return CK_AVX512;
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return ck_has_avxvnni() ? CK_AVXVNNI : CK_AVX2;
#elif defined(__aarch64__) && defined(__APPLE__)
  return CK_NEON;
#elif defined(__aarch64__) && defined(__linux__)
  if (getauxval(AT_HWCAP) & 1 << 20) return CK_NEON;  // HWCAP_ASIMDDP
#endif
  return CK_PORTABLE;
}

// The best instruction set, or what R3MEM_KERNELS names where that is less.
static int chosen(void) {
#if defined(__aarch64__)
  static const char *const names[] = {"portable", "neon"};
#else
  static const char *const names[] = {"portable", "avx2", "avxvnni", "avx512"};
#endif
  static _Atomic int known = -1;
  int isa = known;
  if (isa < 0) {
    int b = best();
    const char *name = getenv("R3MEM_KERNELS");
    for (int i = 0; name && i < b; i++)
      if (!strcmp(name, names[i])) b = i;
    known = isa = b;
  }
  return isa;
}

int ck_isa(void) {
  int b = chosen();
  return forced >= 0 && forced < b ? forced : b;
}
void ck_force_isa(int isa) { forced = isa; }
