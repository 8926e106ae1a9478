// The float kernels, compiled from one text for each instruction set.
#include "CKernels.h"
#include <math.h>
#pragma STDC FP_CONTRACT OFF
#pragma clang diagnostic ignored "-Wpsabi"  // the vectors never cross a real call

typedef float v16f __attribute__((vector_size(64)));
typedef int32_t v16i __attribute__((vector_size(64)));
typedef int8_t v16c __attribute__((vector_size(16)));

#define FN(x) x##_portable
#define TARGET
#include "float_body.inc"
#undef FN
#undef TARGET
#if defined(__x86_64__)
#define FN(x) x##_avx2
#define TARGET __attribute__((target("avx2,fma")))
#include "float_body.inc"
#undef FN
#undef TARGET
#define FN(x) x##_avx512
#define TARGET __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq")))
#include "float_body.inc"
#undef FN
#undef TARGET
#define PICK(f, ...) \
  switch (ck_isa()) { \
    case CK_AVX512: return f##_avx512(__VA_ARGS__); \
    case CK_AVX2: return f##_avx2(__VA_ARGS__); \
    default: return f##_portable(__VA_ARGS__); \
  }
#else
#define PICK(f, ...) return f##_portable(__VA_ARGS__);
#endif

void ck_exp(float *x, ptrdiff_t n) { PICK(exp, x, n) }
void ck_norm_quantize(const int32_t *x, ptrdiff_t n, uint8_t *q, float *scale) { PICK(norm_quantize, x, n, q, scale) }
void ck_quantize(const float *x, ptrdiff_t n, uint8_t *q, float *scale) { PICK(quantize, x, n, q, scale) }
void ck_relu2_quantize(const float *x, ptrdiff_t n, uint8_t *q, float *scale) { PICK(relu2_quantize, x, n, q, scale) }
void ck_dequantize(const int32_t *acc, const int32_t *offset, const float *column, float row, float *out, ptrdiff_t n) {
  PICK(dequantize, acc, offset, column, row, out, n)
}
void ck_accumulate(int32_t *x, const int32_t *acc, const int32_t *offset, const float *column, float row, ptrdiff_t n, int sign) {
  PICK(accumulate, x, acc, offset, column, row, n, sign)
}
void ck_head(const float *x, const float *cosine, const float *sine, ptrdiff_t d, int8_t *q, float *scale) { PICK(head, x, cosine, sine, d, q, scale) }
void ck_attend(const int8_t *query, float query_scale, const int8_t *keys, const float *key_scales, const int8_t *values,
               const float *value_scales, ptrdiff_t t, ptrdiff_t d, float *weights, float *out) {
  PICK(attend, query, query_scale, keys, key_scales, values, value_scales, t, d, weights, out)
}
uint64_t ck_frequencies(const float *z, ptrdiff_t n, uint32_t *frequency) { PICK(frequencies, z, n, frequency) }
void ck_fsq(const float *x, ptrdiff_t n, int8_t *code) { PICK(fsq, x, n, code) }
