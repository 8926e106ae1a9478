// The peak of the machine: products of bytes in registers, without memory.
#include "CPeak.h"
#if defined(__x86_64__)
#include <immintrin.h>

// Each has twelve sums that do not wait for one another. The empty assembly keeps the compiler from leaving any out.

__attribute__((target("avx512f,avx512vnni"))) static int64_t peak_avx512(int64_t rounds) {
  __m512i x = _mm512_set1_epi8(3), y = _mm512_set1_epi8(5);
  __m512i s[12];
  for (int i = 0; i < 12; i++) s[i] = _mm512_setzero_si512();
  for (int64_t r = 0; r < rounds; r++) {
#pragma unroll
    for (int i = 0; i < 12; i++) {
      s[i] = _mm512_dpbusd_epi32(s[i], x, y);
      __asm__ volatile("" : "+v"(s[i]));
    }
  }
  return rounds * 12 * 64;
}

__attribute__((target("avx2,avx512f,avx512vl,avx512vnni"))) static int64_t peak_vnni256(int64_t rounds) {
  __m256i x = _mm256_set1_epi8(3), y = _mm256_set1_epi8(5);
  __m256i s[12];
  for (int i = 0; i < 12; i++) s[i] = _mm256_setzero_si256();
  for (int64_t r = 0; r < rounds; r++) {
#pragma unroll
    for (int i = 0; i < 12; i++) {
      s[i] = _mm256_dpbusd_epi32(s[i], x, y);
      __asm__ volatile("" : "+v"(s[i]));
    }
  }
  return rounds * 12 * 32;
}

// Without VNNI, products that never saturate are made of integers of 16 bits.
__attribute__((target("avx2"))) static int64_t peak_avx2(int64_t rounds) {
  __m256i x = _mm256_set1_epi16(3), y = _mm256_set1_epi16(5);
  __m256i s[12];
  for (int i = 0; i < 12; i++) s[i] = _mm256_setzero_si256();
  for (int64_t r = 0; r < rounds; r++) {
#pragma unroll
    for (int i = 0; i < 12; i++) {
      __asm__ volatile("" : "+x"(x));
      s[i] = _mm256_add_epi32(s[i], _mm256_madd_epi16(x, y));
      __asm__ volatile("" : "+x"(s[i]));
    }
  }
  return rounds * 12 * 16;
}
#endif

int64_t peak_products(int isa, int64_t rounds) {
#if defined(__x86_64__)
  int vnni = __builtin_cpu_supports("avx512vnni") && __builtin_cpu_supports("avx512vl");
  if (isa == 3 && vnni) return peak_avx512(rounds);
  if (isa == 2 && vnni) return peak_vnni256(rounds);
  if (isa == 1 && __builtin_cpu_supports("avx2")) return peak_avx2(rounds);
#endif
  (void)isa, (void)rounds;
  return 0;
}
