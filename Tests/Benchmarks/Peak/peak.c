// The peak of the machine: products of bytes in registers, without memory.
#include "CPeak.h"
#include "CKernels.h"
#if defined(__x86_64__)
#include <immintrin.h>

// A function with twelve sums that do not wait for one another. The empty assembly keeps the compiler from leaving any out.
#define PEAK(name, features, type, zero, three, five, step, products) \
  __attribute__((target(features))) static int64_t name(int64_t rounds) { \
    type x = three, y = five, s[12]; \
    for (int i = 0; i < 12; i++) s[i] = zero; \
    for (int64_t r = 0; r < rounds; r++) { \
      _Pragma("unroll") for (int i = 0; i < 12; i++) { \
        __asm__ volatile("" : "+v"(x)); \
        s[i] = step; \
        __asm__ volatile("" : "+v"(s[i])); \
      } \
    } \
    return rounds * 12 * products; \
  }

PEAK(peak_avx512, "avx512f,avx512vnni", __m512i, _mm512_setzero_si512(), _mm512_set1_epi8(3), _mm512_set1_epi8(5), _mm512_dpbusd_epi32(s[i], x, y),
     64)
PEAK(peak_vnni256, "avx2,avx512f,avx512vl,avx512vnni", __m256i, _mm256_setzero_si256(), _mm256_set1_epi8(3), _mm256_set1_epi8(5),
     _mm256_dpbusd_epi32(s[i], x, y), 32)
// Without VNNI, two products of four bytes are added in 16 bits, which weights up to 32 allow, and then widened.
PEAK(peak_avx2, "avx2", __m256i, _mm256_setzero_si256(), _mm256_set1_epi8(3), _mm256_set1_epi8(5),
     _mm256_add_epi32(s[i], _mm256_madd_epi16(_mm256_add_epi16(_mm256_maddubs_epi16(x, y), _mm256_maddubs_epi16(y, x)), y)), 64)
#endif

int64_t peak_products(int isa, int64_t rounds) {
#if defined(__x86_64__)
  int vnni = __builtin_cpu_supports("avx512vnni") && __builtin_cpu_supports("avx512vl");
  if (isa == CK_AVX512 && vnni) return peak_avx512(rounds);
  if (isa == CK_AVXVNNI && vnni) return peak_vnni256(rounds);
  if (isa == CK_AVX2 && __builtin_cpu_supports("avx2")) return peak_avx2(rounds);
#endif
  (void)isa, (void)rounds;
  return 0;
}
