// Products of unsigned by signed bytes. The sums are exact in 32 bits as long as k * 255 * 128 < 2^31.
#include "CKernels.h"
#include "isa.h"
#include <string.h>
#if defined(__x86_64__)
#include <immintrin.h>
#elif defined(__aarch64__)
#include <arm_neon.h>
#endif

#define INLINE static inline __attribute__((always_inline))

void ck_pack_s8(const int8_t *w, ptrdiff_t n, ptrdiff_t k, int8_t *p) {
  for (ptrdiff_t b = 0; b < n; b += 64)
    for (ptrdiff_t q = 0; q < k; q += 4)
      for (ptrdiff_t j = 0; j < 64; j++)
        for (ptrdiff_t r = 0; r < 4; r++) *p++ = w[(b + j) * k + q + r];
}

void ck_gemm_u8s8_reference(const uint8_t *a, const int8_t *w, int32_t *c, ptrdiff_t m, ptrdiff_t n, ptrdiff_t k) {
  for (ptrdiff_t i = 0; i < m; i++)
    for (ptrdiff_t j = 0; j < n; j++) {
      int32_t sum = 0;
      for (ptrdiff_t q = 0; q < k; q++) sum += a[i * k + q] * w[j * k + q];
      c[i * n + j] = sum;
    }
}

static void gemm_portable(const uint8_t *a, const int8_t *p, int32_t *c, ptrdiff_t m, ptrdiff_t n, ptrdiff_t k) {
  for (ptrdiff_t b = 0; b < n; b += 64)
    for (ptrdiff_t i = 0; i < m; i++) {
      int32_t acc[64] = {0};
      const int8_t *w = p + b * k;
      for (ptrdiff_t q = 0; q < k; q += 4, w += 256) {
        int x0 = a[i * k + q], x1 = a[i * k + q + 1], x2 = a[i * k + q + 2], x3 = a[i * k + q + 3];
        for (int j = 0; j < 64; j++) acc[j] += x0 * w[4 * j] + x1 * w[4 * j + 1] + x2 * w[4 * j + 2] + x3 * w[4 * j + 3];
      }
      memcpy(c + i * n + b, acc, sizeof acc);
    }
}

static void dot_rows_portable(const uint8_t *a, const int8_t *table, const uint16_t *rows, int32_t *c, ptrdiff_t n, ptrdiff_t k) {
  for (ptrdiff_t i = 0; i < n; i++) {
    const int8_t *w = table + (ptrdiff_t)rows[i] * k;
    int32_t sum = 0;
    for (ptrdiff_t q = 0; q < k; q++) sum += a[q] * w[q];
    c[i] = sum;
  }
}

#if defined(__x86_64__)
#define T512 __attribute__((target("avx512f,avx512bw,avx512vl,avx512vnni")))
#define T2 __attribute__((target("avx2,fma")))

// Multiplies `rows` rows of a by 64 columns, in rows x 4 accumulators of 16 columns.
T512 INLINE void block_avx512(int rows, const uint8_t *a, const int8_t *b, int32_t *c, ptrdiff_t n, ptrdiff_t k) {
  __m512i acc[6][4];
#pragma unroll
  for (int i = 0; i < rows; i++)
#pragma unroll
    for (int j = 0; j < 4; j++) acc[i][j] = _mm512_setzero_si512();
  for (ptrdiff_t q = 0; q < k; q += 4, b += 256) {
    __m512i b0 = _mm512_loadu_si512(b), b1 = _mm512_loadu_si512(b + 64), b2 = _mm512_loadu_si512(b + 128), b3 = _mm512_loadu_si512(b + 192);
#pragma unroll
    for (int i = 0; i < rows; i++) {
      int32_t v;
      memcpy(&v, a + i * k + q, 4);
      __m512i x = _mm512_set1_epi32(v);
      acc[i][0] = _mm512_dpbusd_epi32(acc[i][0], x, b0);
      acc[i][1] = _mm512_dpbusd_epi32(acc[i][1], x, b1);
      acc[i][2] = _mm512_dpbusd_epi32(acc[i][2], x, b2);
      acc[i][3] = _mm512_dpbusd_epi32(acc[i][3], x, b3);
    }
  }
#pragma unroll
  for (int i = 0; i < rows; i++)
#pragma unroll
    for (int j = 0; j < 4; j++) _mm512_storeu_si512(c + i * n + 16 * j, acc[i][j]);
}

T512 static void gemm_avx512(const uint8_t *a, const int8_t *p, int32_t *c, ptrdiff_t m, ptrdiff_t n, ptrdiff_t k) {
  for (ptrdiff_t b = 0; b < n; b += 64) {
    const int8_t *w = p + b * k;
    ptrdiff_t i = 0;
    for (; i + 6 <= m; i += 6) block_avx512(6, a + i * k, w, c + i * n + b, n, k);
    switch (m - i) {
      case 5: block_avx512(5, a + i * k, w, c + i * n + b, n, k); break;
      case 4: block_avx512(4, a + i * k, w, c + i * n + b, n, k); break;
      case 3: block_avx512(3, a + i * k, w, c + i * n + b, n, k); break;
      case 2: block_avx512(2, a + i * k, w, c + i * n + b, n, k); break;
      case 1: block_avx512(1, a + i * k, w, c + i * n + b, n, k); break;
    }
  }
}

T512 static void dot_rows_avx512(const uint8_t *a, const int8_t *table, const uint16_t *rows, int32_t *c, ptrdiff_t n, ptrdiff_t k) {
  for (ptrdiff_t i = 0; i < n; i++) {
    const int8_t *w = table + (ptrdiff_t)rows[i] * k;
    __m512i sum = _mm512_setzero_si512();
    ptrdiff_t q = 0;
    for (; q + 64 <= k; q += 64) sum = _mm512_dpbusd_epi32(sum, _mm512_loadu_si512(a + q), _mm512_loadu_si512(w + q));
    int32_t s = _mm512_reduce_add_epi32(sum);
    for (; q < k; q++) s += a[q] * w[q];
    c[i] = s;
  }
}

// Multiplies `rows` rows of a by 8 columns, with two partial sums for each column. All bytes are widened to 16 bits, so that
// no intermediate result saturates. The caller has widened `a`.
T2 INLINE void block_wide_avx2(int rows, const int16_t *a, const int8_t *b, int32_t *c, ptrdiff_t n, ptrdiff_t k) {
  __m256i acc[6][2];
#pragma unroll
  for (int i = 0; i < rows; i++) acc[i][0] = acc[i][1] = _mm256_setzero_si256();
  for (ptrdiff_t q = 0; q < k; q += 4, b += 256) {
    __m256i b0 = _mm256_cvtepi8_epi16(_mm_loadu_si128((const __m128i *)b));
    __m256i b1 = _mm256_cvtepi8_epi16(_mm_loadu_si128((const __m128i *)(b + 16)));
#pragma unroll
    for (int i = 0; i < rows; i++) {
      int64_t v;
      memcpy(&v, a + i * k + q, 8);
      __m256i x = _mm256_set1_epi64x(v);
      acc[i][0] = _mm256_add_epi32(acc[i][0], _mm256_madd_epi16(x, b0));
      acc[i][1] = _mm256_add_epi32(acc[i][1], _mm256_madd_epi16(x, b1));
    }
  }
#pragma unroll
  for (int i = 0; i < rows; i++) {
    __m256i h = _mm256_permute4x64_epi64(_mm256_hadd_epi32(acc[i][0], acc[i][1]), 0xd8);
    _mm256_storeu_si256((__m256i *)(c + i * n), h);
  }
}

T2 static void gemm_avx2(const uint8_t *a, const int8_t *p, int32_t *c, ptrdiff_t m, ptrdiff_t n, ptrdiff_t k) {
  // Each step multiplies as many widened rows as the nearer caches hold by all columns. The portable loop multiplies rows
  // longer than 4,096 bytes.
  enum { STEP = 6, LONGEST = 4096, ROOM = 2 * STEP * LONGEST };
  int16_t wide[ROOM];
  if (k > LONGEST) {
    gemm_portable(a, p, c, m, n, k);
    return;
  }
  ptrdiff_t most = ROOM / k / STEP * STEP;
  for (ptrdiff_t first = 0; first < m; first += most) {
    ptrdiff_t rows = m - first < most ? m - first : most;
    for (ptrdiff_t q = 0; q < rows * k; q++) wide[q] = a[first * k + q];
    for (ptrdiff_t b = 0; b < n; b += 8) {
      const int8_t *w = p + b / 64 * 64 * k + b % 64 * 4;
      int32_t *out = c + first * n + b;
      ptrdiff_t i = 0;
      for (; i + STEP <= rows; i += STEP) block_wide_avx2(STEP, wide + i * k, w, out + i * n, n, k);
      switch (rows - i) {
        case 5: block_wide_avx2(5, wide + i * k, w, out + i * n, n, k); break;
        case 4: block_wide_avx2(4, wide + i * k, w, out + i * n, n, k); break;
        case 3: block_wide_avx2(3, wide + i * k, w, out + i * n, n, k); break;
        case 2: block_wide_avx2(2, wide + i * k, w, out + i * n, n, k); break;
        case 1: block_wide_avx2(1, wide + i * k, w, out + i * n, n, k); break;
      }
    }
  }
}

T2 INLINE __m256i broadcast_avx2(const uint8_t *a) {
  int32_t v;
  memcpy(&v, a, 4);
  return _mm256_set1_epi32(v);
}

// Multiplies `rows` rows of a by 16 columns. The product of two bytes by weights up to 64 fits 16 bits, that of four bytes by
// weights up to 32 does too: 2 * 255 * 64 = 4 * 255 * 32 < 2^15. With `four`, two products are added before they are widened.
T2 INLINE void block_narrow_avx2(int rows, int four, const uint8_t *a, const int8_t *b, int32_t *c, ptrdiff_t n, ptrdiff_t k) {
  __m256i acc[4][2];
  const __m256i ones = _mm256_set1_epi16(1);
#pragma unroll
  for (int i = 0; i < rows; i++) acc[i][0] = acc[i][1] = _mm256_setzero_si256();
  ptrdiff_t q = 0;
  for (; four && q + 8 <= k; q += 8, b += 512) {
    __m256i b0 = _mm256_loadu_si256((const __m256i *)b), b1 = _mm256_loadu_si256((const __m256i *)(b + 32));
    __m256i b2 = _mm256_loadu_si256((const __m256i *)(b + 256)), b3 = _mm256_loadu_si256((const __m256i *)(b + 288));
#pragma unroll
    for (int i = 0; i < rows; i++) {
      __m256i x = broadcast_avx2(a + i * k + q), y = broadcast_avx2(a + i * k + q + 4);
      __m256i s0 = _mm256_add_epi16(_mm256_maddubs_epi16(x, b0), _mm256_maddubs_epi16(y, b2));
      __m256i s1 = _mm256_add_epi16(_mm256_maddubs_epi16(x, b1), _mm256_maddubs_epi16(y, b3));
      acc[i][0] = _mm256_add_epi32(acc[i][0], _mm256_madd_epi16(s0, ones));
      acc[i][1] = _mm256_add_epi32(acc[i][1], _mm256_madd_epi16(s1, ones));
    }
  }
  for (; q < k; q += 4, b += 256) {
    __m256i b0 = _mm256_loadu_si256((const __m256i *)b), b1 = _mm256_loadu_si256((const __m256i *)(b + 32));
#pragma unroll
    for (int i = 0; i < rows; i++) {
      __m256i x = broadcast_avx2(a + i * k + q);
      acc[i][0] = _mm256_add_epi32(acc[i][0], _mm256_madd_epi16(_mm256_maddubs_epi16(x, b0), ones));
      acc[i][1] = _mm256_add_epi32(acc[i][1], _mm256_madd_epi16(_mm256_maddubs_epi16(x, b1), ones));
    }
  }
#pragma unroll
  for (int i = 0; i < rows; i++) {
    _mm256_storeu_si256((__m256i *)(c + i * n), acc[i][0]);
    _mm256_storeu_si256((__m256i *)(c + i * n + 8), acc[i][1]);
  }
}

T2 INLINE void columns_narrow_avx2(int four, const uint8_t *a, const int8_t *p, int32_t *c, ptrdiff_t m, ptrdiff_t n, ptrdiff_t k) {
  for (ptrdiff_t b = 0; b < n; b += 16) {
    const int8_t *w = p + b / 64 * 64 * k + b % 64 * 4;
    ptrdiff_t i = 0;
    for (; i + 4 <= m; i += 4) block_narrow_avx2(4, four, a + i * k, w, c + i * n + b, n, k);
    switch (m - i) {
      case 3: block_narrow_avx2(3, four, a + i * k, w, c + i * n + b, n, k); break;
      case 2: block_narrow_avx2(2, four, a + i * k, w, c + i * n + b, n, k); break;
      case 1: block_narrow_avx2(1, four, a + i * k, w, c + i * n + b, n, k); break;
    }
  }
}

T2 static void gemm_narrow_avx2(const uint8_t *a, const int8_t *p, int32_t *c, ptrdiff_t m, ptrdiff_t n, ptrdiff_t k, int top) {
  if (top <= 32)
    columns_narrow_avx2(1, a, p, c, m, n, k);
  else
    columns_narrow_avx2(0, a, p, c, m, n, k);
}

T2 static void dot_rows_avx2(const uint8_t *a, const int8_t *table, const uint16_t *rows, int32_t *c, ptrdiff_t n, ptrdiff_t k) {
  for (ptrdiff_t i = 0; i < n; i++) {
    const int8_t *w = table + (ptrdiff_t)rows[i] * k;
    __m256i sum = _mm256_setzero_si256();
    ptrdiff_t q = 0;
    for (; q + 16 <= k; q += 16)
      sum = _mm256_add_epi32(sum, _mm256_madd_epi16(_mm256_cvtepu8_epi16(_mm_loadu_si128((const __m128i *)(a + q))),
                                                    _mm256_cvtepi8_epi16(_mm_loadu_si128((const __m128i *)(w + q)))));
    int32_t lanes[8], s = 0;
    _mm256_storeu_si256((__m256i *)lanes, sum);
    for (int j = 0; j < 8; j++) s += lanes[j];
    for (; q < k; q++) s += a[q] * w[q];
    c[i] = s;
  }
}

// VNNI in 256 bits, encoded as processors without AVX-512 have it, and as those with AVX-512 do. Both are one text.
#define FN(x) x##_avxvnni
#define TARGET __attribute__((target("avx2,fma,avxvnni")))
#define DOT _mm256_dpbusd_avx_epi32
#include "gemm_vnni.inc"
#undef FN
#undef TARGET
#undef DOT
#define FN(x) x##_evexvnni
#define TARGET __attribute__((target("avx2,fma,avx512f,avx512vl,avx512vnni")))
#define DOT _mm256_dpbusd_epi32
#include "gemm_vnni.inc"
#undef FN
#undef TARGET
#undef DOT
#elif defined(__aarch64__)
#define TN __attribute__((target("dotprod")))

// Multiplies `rows` rows of a by 16 columns. The instruction multiplies signed bytes, so 128 is taken off each byte of a, and
// comes back as 128 times the sum of the weights, which the rows share.
TN INLINE void block_neon(int rows, const uint8_t *a, const int8_t *b, int32_t *c, ptrdiff_t n, ptrdiff_t k) {
  int32x4_t acc[4][4], sums[4];
  const int8x16_t ones = vdupq_n_s8(1);
#pragma unroll
  for (int j = 0; j < 4; j++) {
    sums[j] = vdupq_n_s32(0);
#pragma unroll
    for (int i = 0; i < rows; i++) acc[i][j] = vdupq_n_s32(0);
  }
  for (ptrdiff_t q = 0; q < k; q += 4, b += 256) {
    int8x16_t w[4];
#pragma unroll
    for (int j = 0; j < 4; j++) {
      w[j] = vld1q_s8(b + 16 * j);
      sums[j] = vdotq_s32(sums[j], w[j], ones);
    }
#pragma unroll
    for (int i = 0; i < rows; i++) {
      uint32_t v;
      memcpy(&v, a + i * k + q, 4);
      int8x16_t x = vreinterpretq_s8_u32(vdupq_n_u32(v ^ 0x80808080u));
#pragma unroll
      for (int j = 0; j < 4; j++) acc[i][j] = vdotq_s32(acc[i][j], w[j], x);
    }
  }
#pragma unroll
  for (int i = 0; i < rows; i++)
#pragma unroll
    for (int j = 0; j < 4; j++) vst1q_s32(c + i * n + 4 * j, vaddq_s32(acc[i][j], vshlq_n_s32(sums[j], 7)));
}

TN static void gemm_neon(const uint8_t *a, const int8_t *p, int32_t *c, ptrdiff_t m, ptrdiff_t n, ptrdiff_t k) {
  for (ptrdiff_t b = 0; b < n; b += 16) {
    const int8_t *w = p + b / 64 * 64 * k + b % 64 * 4;
    ptrdiff_t i = 0;
    for (; i + 4 <= m; i += 4) block_neon(4, a + i * k, w, c + i * n + b, n, k);
    switch (m - i) {
      case 3: block_neon(3, a + i * k, w, c + i * n + b, n, k); break;
      case 2: block_neon(2, a + i * k, w, c + i * n + b, n, k); break;
      case 1: block_neon(1, a + i * k, w, c + i * n + b, n, k); break;
    }
  }
}

TN static void dot_rows_neon(const uint8_t *a, const int8_t *table, const uint16_t *rows, int32_t *c, ptrdiff_t n, ptrdiff_t k) {
  const int8x16_t ones = vdupq_n_s8(1);
  const uint8x16_t flip = vdupq_n_u8(128);
  for (ptrdiff_t i = 0; i < n; i++) {
    const int8_t *w = table + (ptrdiff_t)rows[i] * k;
    int32x4_t sum = vdupq_n_s32(0), weights = sum;
    ptrdiff_t q = 0;
    for (; q + 16 <= k; q += 16) {
      int8x16_t y = vld1q_s8(w + q);
      sum = vdotq_s32(sum, y, vreinterpretq_s8_u8(veorq_u8(vld1q_u8(a + q), flip)));
      weights = vdotq_s32(weights, y, ones);
    }
    int32_t s = vaddvq_s32(vaddq_s32(sum, vshlq_n_s32(weights, 7)));
    for (; q < k; q++) s += a[q] * w[q];
    c[i] = s;
  }
}
#endif

int ck_top_s8(const int8_t *w, ptrdiff_t n) {
  int8_t low = 0, high = 0;
  for (ptrdiff_t i = 0; i < n; i++) {
    low = w[i] < low ? w[i] : low;
    high = w[i] > high ? w[i] : high;
  }
  return -low > high ? -low : high;
}

#if defined(__x86_64__)
#define PICK(f, ...) \
  switch (ck_isa()) { \
    case CK_AVX512: f##_avx512(__VA_ARGS__); return; \
    case CK_AVXVNNI: \
      if (ck_has_avxvnni()) \
        f##_avxvnni(__VA_ARGS__); \
      else \
        f##_evexvnni(__VA_ARGS__); \
      return; \
    case CK_AVX2: f##_avx2(__VA_ARGS__); return; \
    default: f##_portable(__VA_ARGS__); return; \
  }
#elif defined(__aarch64__)
#define PICK(f, ...) \
  if (ck_isa() == CK_NEON) \
    f##_neon(__VA_ARGS__); \
  else \
    f##_portable(__VA_ARGS__);
#else
#define PICK(f, ...) f##_portable(__VA_ARGS__);
#endif

void ck_gemm_u8s8(const uint8_t *a, const int8_t *p, int32_t *c, ptrdiff_t m, ptrdiff_t n, ptrdiff_t k, int top) {
#if defined(__x86_64__)
  if (ck_isa() == CK_AVX2 && top <= 64) {
    gemm_narrow_avx2(a, p, c, m, n, k, top);
    return;
  }
#endif
  (void)top;
  PICK(gemm, a, p, c, m, n, k)
}

void ck_dot_rows_u8s8(const uint8_t *a, const int8_t *table, const uint16_t *rows, int32_t *c, ptrdiff_t n, ptrdiff_t k) {
  PICK(dot_rows, a, table, rows, c, n, k)
}
