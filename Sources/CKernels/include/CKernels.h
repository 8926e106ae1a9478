#pragma once
#include <stddef.h>
#include <stdint.h>

// Integer products and deterministic float kernels of the coding path. Every function gives the same bits on every machine: integers are
// summed exactly, floats in 16 lanes folded in a fixed order, nothing is contracted or taken from libm. Callers allocate; nothing is kept.

/// Instruction sets that a kernel is compiled for.
enum { CK_PORTABLE = 0, CK_AVX2 = 1, CK_AVX512 = 2 };
/// The best instruction set of this machine, or the one forced.
int ck_isa(void);
/// For tests: use `isa` (at most the machine's best) from now on; -1 restores the best.
void ck_force_isa(int isa);

/// Fraction bits of the fixed-point streams.
enum { CK_FRACTION = 12 };

/// packed[n/64][k/4][64][4] <- w[n][k]; n % 64 == 0, k % 4 == 0.
void ck_pack_s8(const int8_t *_Nonnull w, ptrdiff_t n, ptrdiff_t k, int8_t *_Nonnull packed);
/// c[m][n] = sum over k of a[m][k] (u8) * w[n][k] (s8, packed). n % 64 == 0, k % 4 == 0.
void ck_gemm_u8s8(const uint8_t *_Nonnull a, const int8_t *_Nonnull packed, int32_t *_Nonnull c, ptrdiff_t m, ptrdiff_t n, ptrdiff_t k);
void ck_gemm_u8s8_reference(const uint8_t *_Nonnull a, const int8_t *_Nonnull w, int32_t *_Nonnull c, ptrdiff_t m, ptrdiff_t n, ptrdiff_t k);
/// c[i] = sum over k of a[k] (u8) * table[rows[i]][k] (s8).
void ck_dot_rows_u8s8(const uint8_t *_Nonnull a, const int8_t *_Nonnull table, const uint16_t *_Nonnull rows, int32_t *_Nonnull c, ptrdiff_t n,
                      ptrdiff_t k);

/// q[n] = round(127 x / max|x|) + 128 and the scale by which q - 128 gives x / rms(x), eps 1e-6.
void ck_norm_quantize(const int32_t *_Nonnull x, ptrdiff_t n, uint8_t *_Nonnull q, float *_Nonnull scale);
/// q[n] = round(127 x / max|x|) + 128 and the scale by which q - 128 gives x.
void ck_quantize(const float *_Nonnull x, ptrdiff_t n, uint8_t *_Nonnull q, float *_Nonnull scale);
/// q[n] = round(255 y / max y) of y = relu(x)^2, and the scale by which q gives y.
void ck_relu2_quantize(const float *_Nonnull x, ptrdiff_t n, uint8_t *_Nonnull q, float *_Nonnull scale);
/// out[n] = (float(acc - offset) * column_scale) * row_scale.
void ck_dequantize(const int32_t *_Nonnull acc, const int32_t *_Nonnull offset, const float *_Nonnull column_scale, float row_scale,
                   float *_Nonnull out, ptrdiff_t n);
/// x[n] += sign * round(4096 * dequantised acc); wraps, so that it is a bijection.
void ck_accumulate(int32_t *_Nonnull x, const int32_t *_Nonnull acc, const int32_t *_Nonnull offset, const float *_Nonnull column_scale,
                   float row_scale, ptrdiff_t n, int sign);
/// One head of a query or key (normalised and rotated; cosine and sine [d/2]) or of a value (cosine NULL: neither), quantised to s8.
void ck_head(const float *_Nonnull x, const float *_Nullable cosine, const float *_Nullable sine, ptrdiff_t d, int8_t *_Nonnull q,
             float *_Nonnull scale);
/// Puts the key of a position among keys in blocks of 16, [t/16][d/4][16][4].
void ck_place_key(const int8_t *_Nonnull key, ptrdiff_t position, ptrdiff_t d, int8_t *_Nonnull keys);
/// out[d] = attention of one query over t positions; keys are s8 in blocks (ck_place_key; room for a multiple of 16), values s8 [t][d], with a scale
/// each; weights is scratch [t]. d % 16 == 0.
void ck_attend(const int8_t *_Nonnull query, float query_scale, const int8_t *_Nonnull keys, const float *_Nonnull key_scales,
               const int8_t *_Nonnull values, const float *_Nonnull value_scales, ptrdiff_t t, ptrdiff_t d, float *_Nonnull weights,
               float *_Nonnull out);
/// frequency[n] = 1 + floor(2^20 exp(z - max z)); returns their sum.
uint64_t ck_frequencies(const float *_Nonnull z, ptrdiff_t n, uint32_t *_Nonnull frequency);
/// code[n] = round(7 tanh(x)).
void ck_fsq(const float *_Nonnull x, ptrdiff_t n, int8_t *_Nonnull code);
/// In place: exp(x), within 1e-7 of it for |x| <= 87.
void ck_exp(float *_Nonnull x, ptrdiff_t n);
