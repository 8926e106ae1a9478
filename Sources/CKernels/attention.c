// Attention of the rows of a text over each other, in integers. Its text is in attention_body.inc, which is compiled once for
// each instruction set. The sets differ in the products, whose sums are exact, and in how wide queries and keys stand in memory.
#include "CKernels.h"
#if defined(__x86_64__)
#include <immintrin.h>
#endif
#pragma STDC FP_CONTRACT OFF
#pragma clang diagnostic ignored "-Wpsabi"  // no vector is passed to a function that is not inlined

typedef float v16f __attribute__((ext_vector_type(16)));
typedef int32_t v16i __attribute__((ext_vector_type(16)));
typedef uint32_t v16u __attribute__((ext_vector_type(16)));
typedef int16_t v16s __attribute__((ext_vector_type(16)));
typedef int8_t v16c __attribute__((ext_vector_type(16)));

// The rows of a tile of a product.
enum { TILE = 6 };
// The largest magnitudes of queries and keys, of values, and of the weights of a row. The products of 512 values with the
// largest weights are a sum of 32 bits.
enum { HEAD_TOP = 127, VALUE_TOP = 255, WEIGHT_TOP = 16383 };

static inline ptrdiff_t up_to(ptrdiff_t n, ptrdiff_t step) { return (n + step - 1) / step * step; }

// The integers stand in words of 32 bits: weights and values of 16 bits, queries and keys of 16 or of 8, as PARTS says. Each tile
// multiplies TILE rows of k words by `blocks` blocks of 16 columns, [k][16]. `bytes` says that they are bytes; those of b, the
// keys, are unsigned.
static inline __attribute__((always_inline)) void tile_portable(int blocks, int bytes, const int32_t *a, const int32_t *b, ptrdiff_t k, int32_t *c,
                                                                ptrdiff_t n) {
  (void)blocks, (void)bytes;
  for (int i = 0; i < TILE; i++) {
    const int16_t *row = (const int16_t *)(a + i * k), *pair = (const int16_t *)b;
    int32_t sums[16] = {0};
    for (ptrdiff_t q = 0; q < 2 * k; q += 2, pair += 32)
      for (int l = 0; l < 16; l++) sums[l] += row[q] * pair[2 * l] + row[q + 1] * pair[2 * l + 1];
    __builtin_memcpy(c + i * n, sums, sizeof sums);
  }
}
#define FN(x) x##_portable
#define TARGET
#define PARTS 2
#include "attention_body.inc"
#undef FN
#undef TARGET
#undef PARTS
#if defined(__x86_64__)
#define FN(x) x##_avx2
#define TARGET __attribute__((target("avx2,fma")))
#define PARTS 2
TARGET static inline __attribute__((always_inline)) void tile_avx2(int blocks, int bytes, const int32_t *a, const int32_t *b, ptrdiff_t k, int32_t *c,
                                                                   ptrdiff_t n) {
  (void)blocks, (void)bytes;
  __m256i sums[TILE][2];
#pragma unroll
  for (int i = 0; i < TILE; i++) sums[i][0] = sums[i][1] = _mm256_setzero_si256();
  for (ptrdiff_t q = 0; q < k; q++, b += 16) {
    __m256i b0 = _mm256_loadu_si256((const __m256i *)b), b1 = _mm256_loadu_si256((const __m256i *)(b + 8));
#pragma unroll
    for (int i = 0; i < TILE; i++) {
      __m256i x = _mm256_set1_epi32(a[i * k + q]);
      sums[i][0] = _mm256_add_epi32(sums[i][0], _mm256_madd_epi16(x, b0));
      sums[i][1] = _mm256_add_epi32(sums[i][1], _mm256_madd_epi16(x, b1));
    }
  }
#pragma unroll
  for (int i = 0; i < TILE; i++) {
    _mm256_storeu_si256((__m256i *)(c + i * n), sums[i][0]);
    _mm256_storeu_si256((__m256i *)(c + i * n + 8), sums[i][1]);
  }
}
#include "attention_body.inc"
#undef FN
#undef TARGET
#undef PARTS
#define FN(x) x##_avx512
#define TARGET __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx512vnni")))
#define PARTS 4
TARGET static inline __attribute__((always_inline)) void tile_avx512(int blocks, int bytes, const int32_t *a, const int32_t *b, ptrdiff_t k,
                                                                     int32_t *c, ptrdiff_t n) {
  __m512i sums[TILE][4];
#pragma unroll
  for (int i = 0; i < TILE; i++)
#pragma unroll
    for (int j = 0; j < blocks; j++) sums[i][j] = _mm512_setzero_si512();
  for (ptrdiff_t q = 0; q < k; q++, b += 16) {
    __m512i columns[4];
#pragma unroll
    for (int j = 0; j < blocks; j++) columns[j] = _mm512_loadu_si512(b + 16 * k * j);
#pragma unroll
    for (int i = 0; i < TILE; i++) {
      __m512i x = _mm512_set1_epi32(a[i * k + q]);
#pragma unroll
      for (int j = 0; j < blocks; j++)
        sums[i][j] = bytes ? _mm512_dpbusd_epi32(sums[i][j], columns[j], x) : _mm512_dpwssd_epi32(sums[i][j], columns[j], x);
    }
  }
#pragma unroll
  for (int i = 0; i < TILE; i++)
#pragma unroll
    for (int j = 0; j < blocks; j++) _mm512_storeu_si512(c + i * n + 16 * j, sums[i][j]);
}
#include "attention_body.inc"
#undef FN
#undef TARGET
#undef PARTS
#endif

ptrdiff_t ck_attend_rows_room(ptrdiff_t t, ptrdiff_t d) {
  ptrdiff_t positions = up_to(t, 16);
  // Scores or sums of a tile; then weights of a tile, queries, keys and values, two to a word.
  return TILE * (positions > d ? positions : d) + (TILE * positions + up_to(t, TILE) * d + 2 * positions * d) / 2;
}

void ck_attend_rows(const float *query, const float *key, const float *value, ptrdiff_t stride, ptrdiff_t t, ptrdiff_t d, int32_t *room, float *out,
                    ptrdiff_t out_stride) {
#if defined(__x86_64__)
  switch (ck_isa()) {
    case CK_AVX512: attend_rows_avx512(query, key, value, stride, t, d, room, out, out_stride); return;
    case CK_AVXVNNI:
    case CK_AVX2: attend_rows_avx2(query, key, value, stride, t, d, room, out, out_stride); return;
  }
#endif
  attend_rows_portable(query, key, value, stride, t, d, room, out, out_stride);
}
