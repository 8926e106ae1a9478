// The float kernels. Their text is in float_body.inc, which is compiled once for each instruction set.
#include "CKernels.h"
#include <math.h>
#if defined(__x86_64__)
#include <immintrin.h>
#elif defined(__aarch64__)
#include <arm_neon.h>
#endif
#pragma STDC FP_CONTRACT OFF
#pragma clang diagnostic ignored "-Wpsabi"  // no vector is passed to a function that is not inlined

typedef float v16f __attribute__((vector_size(64)));
typedef int32_t v16i __attribute__((vector_size(64)));
typedef int16_t v16s __attribute__((vector_size(32)));
typedef int8_t v16c __attribute__((vector_size(16)));
typedef uint8_t v16b __attribute__((vector_size(16)));

#define FN(x) x##_portable
#define TARGET
#include "float_body.inc"
#undef FN
#undef TARGET
#if defined(__x86_64__)
#define FN(x) x##_avx2
#define TARGET __attribute__((target("avx2,fma")))
#define BLOCK_DOTS block_dots_avx2
#define PAIR_SUMS pair_sums_madd
// Each register holds the sums of four keys, with two partial sums for each key.
TARGET static inline __attribute__((always_inline)) void block_dots_avx2(const int8_t *query, const uint8_t *keys, ptrdiff_t d, int32_t lift,
                                                                         int32_t *dots) {
  __m256i sums[4] = {_mm256_setzero_si256(), _mm256_setzero_si256(), _mm256_setzero_si256(), _mm256_setzero_si256()};
  for (ptrdiff_t i = 0; i < d; i += 4, keys += 64) {
    int32_t four;
    __builtin_memcpy(&four, query + i, 4);
    __m256i q = _mm256_broadcastq_epi64(_mm_cvtepi8_epi16(_mm_cvtsi32_si128(four)));
#pragma unroll
    for (int g = 0; g < 4; g++) {
      __m256i k = _mm256_cvtepu8_epi16(_mm_loadu_si128((const __m128i *)(keys + 16 * g)));
      sums[g] = _mm256_add_epi32(sums[g], _mm256_madd_epi16(q, k));
    }
  }
  for (int g = 0; g < 4; g += 2) {
    __m256i h = _mm256_permute4x64_epi64(_mm256_hadd_epi32(sums[g], sums[g + 1]), 0xd8);
    _mm256_storeu_si256((__m256i *)(dots + 4 * g), _mm256_sub_epi32(h, _mm256_set1_epi32(lift)));
  }
}
// The sums of 8 `parts` entries, in registers of eight.
TARGET static inline __attribute__((always_inline)) void pair_block_madd(int parts, const int16_t *weights, const int8_t *values, ptrdiff_t pairs,
                                                                         ptrdiff_t d, int32_t *sums) {
  __m256i acc[4];
#pragma unroll
  for (int b = 0; b < parts; b++) acc[b] = _mm256_setzero_si256();
  for (ptrdiff_t p = 0; p < pairs; p++, values += 2 * d) {
    int32_t two;
    __builtin_memcpy(&two, weights + 2 * p, 4);
    __m256i w = _mm256_set1_epi32(two);
#pragma unroll
    for (int b = 0; b < parts; b++)
      acc[b] = _mm256_add_epi32(acc[b], _mm256_madd_epi16(w, _mm256_cvtepi8_epi16(_mm_loadu_si128((const __m128i *)(values + 16 * b)))));
  }
#pragma unroll
  for (int b = 0; b < parts; b++) _mm256_storeu_si256((__m256i *)(sums + 8 * b), acc[b]);
}
TARGET static inline __attribute__((always_inline)) void pair_sums_madd(const int16_t *weights, const int8_t *values, ptrdiff_t pairs, ptrdiff_t d,
                                                                        int32_t *sums) {
  ptrdiff_t c = 0;
  for (; c + 32 <= d; c += 32) pair_block_madd(4, weights, values + 2 * c, pairs, d, sums + c);
  for (; c < d; c += 16) pair_block_madd(2, weights, values + 2 * c, pairs, d, sums + c);
}
#include "float_body.inc"
#undef BLOCK_DOTS
#undef PAIR_SUMS
#undef FN
#undef TARGET
#define FN(x) x##_avx512
#define TARGET __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx512vnni")))
#define BLOCK_DOTS block_dots_vnni
#define PAIR_SUMS pair_sums_vnni
// Four sums at a time, so that none waits for another.
TARGET static inline __attribute__((always_inline)) void block_dots_vnni(const int8_t *query, const uint8_t *keys, ptrdiff_t d, int32_t lift,
                                                                         int32_t *dots) {
  __m512i sums[4] = {_mm512_set1_epi32(-lift), _mm512_setzero_si512(), _mm512_setzero_si512(), _mm512_setzero_si512()};
  for (ptrdiff_t i = 0; i < d; i += 16, keys += 256) {
#pragma unroll
    for (int g = 0; g < 4; g++) {
      int32_t four;
      __builtin_memcpy(&four, query + i + 4 * g, 4);
      sums[g] = _mm512_dpbusd_epi32(sums[g], _mm512_loadu_si512(keys + 64 * g), _mm512_set1_epi32(four));
    }
  }
  _mm512_storeu_si512(dots, _mm512_add_epi32(_mm512_add_epi32(sums[0], sums[1]), _mm512_add_epi32(sums[2], sums[3])));
}
// The sums of 16 `parts` entries, in registers of sixteen.
TARGET static inline __attribute__((always_inline)) void pair_block_vnni(int parts, const int16_t *weights, const int8_t *values, ptrdiff_t pairs,
                                                                         ptrdiff_t d, int32_t *sums) {
  __m512i acc[4];
#pragma unroll
  for (int b = 0; b < parts; b++) acc[b] = _mm512_setzero_si512();
  for (ptrdiff_t p = 0; p < pairs; p++, values += 2 * d) {
    int32_t two;
    __builtin_memcpy(&two, weights + 2 * p, 4);
    __m512i w = _mm512_set1_epi32(two);
#pragma unroll
    for (int b = 0; b < parts; b++)
      acc[b] = _mm512_dpwssd_epi32(acc[b], w, _mm512_cvtepi8_epi16(_mm256_loadu_si256((const __m256i *)(values + 32 * b))));
  }
#pragma unroll
  for (int b = 0; b < parts; b++) _mm512_storeu_si512(sums + 16 * b, acc[b]);
}
TARGET static inline __attribute__((always_inline)) void pair_sums_vnni(const int16_t *weights, const int8_t *values, ptrdiff_t pairs, ptrdiff_t d,
                                                                        int32_t *sums) {
  ptrdiff_t c = 0;
  for (; c + 64 <= d; c += 64) pair_block_vnni(4, weights, values + 2 * c, pairs, d, sums + c);
  for (; c < d; c += 16) pair_block_vnni(1, weights, values + 2 * c, pairs, d, sums + c);
}
#include "float_body.inc"
#undef BLOCK_DOTS
#undef PAIR_SUMS
#undef FN
#undef TARGET
#define PICK(f, ...) \
  switch (ck_isa()) { \
    case CK_AVX512: return f##_avx512(__VA_ARGS__); \
    case CK_AVXVNNI: \
    case CK_AVX2: return f##_avx2(__VA_ARGS__); \
    default: return f##_portable(__VA_ARGS__); \
  }
#elif defined(__aarch64__)
#define FN(x) x##_neon
#define TARGET __attribute__((target("dotprod")))
#define BLOCK_DOTS block_dots_neon
TARGET static inline __attribute__((always_inline)) void block_dots_neon(const int8_t *query, const uint8_t *keys, ptrdiff_t d, int32_t lift,
                                                                         int32_t *dots) {
  (void)lift;  // the instruction multiplies signed bytes
  int32x4_t sums[4] = {vdupq_n_s32(0), vdupq_n_s32(0), vdupq_n_s32(0), vdupq_n_s32(0)};
  for (ptrdiff_t i = 0; i < d; i += 4, keys += 64) {
    int32_t four;
    __builtin_memcpy(&four, query + i, 4);
    int8x16_t q = vreinterpretq_s8_s32(vdupq_n_s32(four));
#pragma unroll
    for (int g = 0; g < 4; g++) sums[g] = vdotq_s32(sums[g], vreinterpretq_s8_u8(veorq_u8(vld1q_u8(keys + 16 * g), vdupq_n_u8(128))), q);
  }
  for (int g = 0; g < 4; g++) vst1q_s32(dots + 4 * g, sums[g]);
}
#include "float_body.inc"
#undef BLOCK_DOTS
#undef FN
#undef TARGET
#define PICK(f, ...) \
  if (ck_isa() == CK_NEON) return f##_neon(__VA_ARGS__); \
  return f##_portable(__VA_ARGS__);
#else
#define PICK(f, ...) return f##_portable(__VA_ARGS__);
#endif

void ck_norm_quantize(const int32_t *x, ptrdiff_t n, uint8_t *q, float *scale) { PICK(norm_quantize, x, n, q, scale) }
void ck_quantize(const float *x, ptrdiff_t n, uint8_t *q, float *scale) { PICK(quantize, x, n, q, scale) }
void ck_relu2_quantize(const float *x, ptrdiff_t n, uint8_t *q, float *scale) { PICK(relu2_quantize, x, n, q, scale) }
void ck_dequantize(const int32_t *acc, const int32_t *offset, const float *column, float row, float *out, ptrdiff_t n) {
  PICK(dequantize, acc, offset, column, row, out, n)
}
void ck_accumulate(int32_t *x, const int32_t *acc, const int32_t *offset, const float *column, float row, ptrdiff_t n, int sign) {
  PICK(accumulate, x, acc, offset, column, row, n, sign)
}
void ck_head(const float *x, const float *cosine, const float *sine, ptrdiff_t d, int8_t *q, float *scale) {
  PICK(head, x, cosine, sine, d, q, scale)
}
void ck_attend(const int8_t *query, float query_scale, const uint8_t *keys, const float *key_scales, const int8_t *values, const float *value_scales,
               ptrdiff_t t, ptrdiff_t d, float *weights, float *out) {
  PICK(attend, query, query_scale, keys, key_scales, values, value_scales, t, d, weights, out)
}
uint64_t ck_frequencies(const float *z, ptrdiff_t n, uint32_t *frequency) { PICK(frequencies, z, n, frequency) }
void ck_fsq(const float *x, ptrdiff_t n, float half, int8_t *code) { PICK(fsq, x, n, half, code) }

void ck_place_key(const int8_t *key, ptrdiff_t position, ptrdiff_t d, uint8_t *keys) {
  uint8_t *lane = keys + position / 16 * 16 * d + position % 16 * 4;
  for (ptrdiff_t i = 0; i < d; i += 4) {
    uint32_t four;
    __builtin_memcpy(&four, key + i, 4);
    four ^= 0x80808080u;
    __builtin_memcpy(lane + i * 16, &four, 4);
  }
}
void ck_place_value(const int8_t *value, ptrdiff_t position, ptrdiff_t d, int8_t *values) {
  int8_t *lane = values + position / 2 * 2 * d + position % 2;
  for (ptrdiff_t i = 0; i < d; i++) lane[2 * i] = value[i];
}
float ck_dot(const float *x, const float *y, ptrdiff_t n) { PICK(dot, x, y, n) }
