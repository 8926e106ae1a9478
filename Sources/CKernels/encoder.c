// The kernels of the sentence encoder for whole rows: what stands between two products, in one pass over memory. Their text
// is in encoder_body.inc, which is compiled once for each instruction set.
#include "CKernels.h"
#pragma STDC FP_CONTRACT OFF
#pragma clang diagnostic ignored "-Wpsabi"  // no vector is passed to a function that is not inlined

typedef float v16f __attribute__((ext_vector_type(16)));
typedef float v8f __attribute__((ext_vector_type(8)));
typedef float v4f __attribute__((ext_vector_type(4)));
typedef float v2f __attribute__((ext_vector_type(2)));
typedef int32_t v16i __attribute__((ext_vector_type(16)));
typedef uint8_t v16b __attribute__((ext_vector_type(16)));

#define FN(x) x##_portable
#define TARGET
#include "encoder_body.inc"
#undef FN
#undef TARGET
#if defined(__x86_64__)
#define FN(x) x##_avx2
#define TARGET __attribute__((target("avx2,fma")))
#include "encoder_body.inc"
#undef FN
#undef TARGET
#define FN(x) x##_avx512
#define TARGET __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx512vnni")))
#include "encoder_body.inc"
#undef FN
#undef TARGET
#define PICK(f, ...) \
  switch (ck_isa()) { \
    case CK_AVX512: f##_avx512(__VA_ARGS__); return; \
    case CK_AVXVNNI: \
    case CK_AVX2: f##_avx2(__VA_ARGS__); return; \
    default: f##_portable(__VA_ARGS__); return; \
  }
#else
#define PICK(f, ...) f##_portable(__VA_ARGS__);
#endif

void ck_dequantize_affine(const int32_t *acc, ck_outputs outputs, const ck_affine *rows, ptrdiff_t m, ptrdiff_t n, float *x) {
  PICK(dequantize_affine, acc, outputs, rows, m, n, x)
}
void ck_quantize_affine(const float *x, const float *multiplier, ptrdiff_t m, ptrdiff_t n, uint8_t *q, ck_affine *rows) {
  PICK(quantize_affine, x, multiplier, m, n, q, rows)
}
void ck_norm_quantize_affine(float *x, const int32_t *acc, ck_outputs outputs, const float *weight, const float *bias, float epsilon,
                             const float *multiplier, ptrdiff_t m, ptrdiff_t n, uint8_t *q, ck_affine *rows) {
  PICK(norm_quantize_affine, x, acc, outputs, weight, bias, epsilon, multiplier, m, n, q, rows)
}
void ck_gelu_quantize_affine(const int32_t *acc, ck_outputs outputs, const float *multiplier, ptrdiff_t m, ptrdiff_t n, float *real, uint8_t *q,
                             ck_affine *rows) {
  PICK(gelu_quantize_affine, acc, outputs, multiplier, m, n, real, q, rows)
}
