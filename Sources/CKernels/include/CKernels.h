#pragma once
#include <stddef.h>
#include <stdint.h>

// The integer products and float kernels of the coding path.
//
// Every function gives the same bits on every machine. Sums of integers are exact. Sums of floats run in 16 lanes, which are
// added in a fixed order. No multiplication and addition are contracted, and no function comes from libm. A kernel rounds to
// the nearest integer, ties away from zero.
//
// The caller allocates all memory. The functions keep no state but the instruction set.

/// The instruction sets that each kernel is compiled for.
///
/// CK_AVXVNNI is AVX2 with the products of bytes of AVX-VNNI, or with the same ones of AVX-512 in 256 bits; all other kernels are
/// those of CK_AVX2.
/// CK_NEON is NEON with the products of bytes of ARMv8.2 (dot product).
enum { CK_PORTABLE = 0, CK_AVX2 = 1, CK_AVXVNNI = 2, CK_AVX512 = 3, CK_NEON = 1 };
/// The instruction set in use: the best one of this machine, a lesser one that R3MEM_KERNELS names, or one that a test forced.
int ck_isa(void);
/// Forces the instruction set, for tests. It is never better than the one in use. -1 takes the force back.
void ck_force_isa(int isa);

/// The number of fraction bits in the fixed-point streams.
enum { CK_FRACTION = 12 };

/// packed[n/64][k/4][64][4] <- w[n][k]; n % 64 == 0, k % 4 == 0.
void ck_pack_s8(const int8_t *_Nonnull w, ptrdiff_t n, ptrdiff_t k, int8_t *_Nonnull packed);
/// The largest magnitude of n weights.
int ck_top_s8(const int8_t *_Nonnull w, ptrdiff_t n);
/// c[m][n] = sum over k of a[m][k] (u8) * w[n][k] (s8, packed). n % 64 == 0, k % 4 == 0. No weight is larger than `top`: AVX2 is
/// faster where `top` is at most 64, and faster still where it is at most 32.
void ck_gemm_u8s8(const uint8_t *_Nonnull a, const int8_t *_Nonnull packed, int32_t *_Nonnull c, ptrdiff_t m, ptrdiff_t n, ptrdiff_t k, int top);
/// The product of ck_gemm_u8s8 with weights that are not packed. Tests compare ck_gemm_u8s8 with it.
void ck_gemm_u8s8_reference(const uint8_t *_Nonnull a, const int8_t *_Nonnull w, int32_t *_Nonnull c, ptrdiff_t m, ptrdiff_t n, ptrdiff_t k);
/// c[i] = sum over k of a[k] (u8) * table[rows[i]][k] (s8).
void ck_dot_rows_u8s8(const uint8_t *_Nonnull a, const int8_t *_Nonnull table, const uint16_t *_Nonnull rows, int32_t *_Nonnull c, ptrdiff_t n,
                      ptrdiff_t k);

/// q[n] = round(127 x / max|x|) + 128; (q - 128) * scale = x / rms(x). The real values are x / 2^CK_FRACTION, and 1e-6 is
/// added to their mean square.
void ck_norm_quantize(const int32_t *_Nonnull x, ptrdiff_t n, uint8_t *_Nonnull q, float *_Nonnull scale);
/// q[n] = round(127 x / max|x|) + 128; (q - 128) * scale = x.
void ck_quantize(const float *_Nonnull x, ptrdiff_t n, uint8_t *_Nonnull q, float *_Nonnull scale);
/// q[n] = round(255 y / max y) of y = relu(x)^2; q * scale = y.
void ck_relu2_quantize(const float *_Nonnull x, ptrdiff_t n, uint8_t *_Nonnull q, float *_Nonnull scale);
/// out[n] = (float(acc - offset) * column_scale) * row_scale.
void ck_dequantize(const int32_t *_Nonnull acc, const int32_t *_Nonnull offset, const float *_Nonnull column_scale, float row_scale,
                   float *_Nonnull out, ptrdiff_t n);
/// x[n] += sign * round((float(acc - offset) * column_scale) * (row_scale * 2^CK_FRACTION)). Sums wrap around, so that
/// subtracting undoes adding.
void ck_accumulate(int32_t *_Nonnull x, const int32_t *_Nonnull acc, const int32_t *_Nonnull offset, const float *_Nonnull column_scale,
                   float row_scale, ptrdiff_t n, int sign);
/// Quantises one attention head to s8 by its largest magnitude. d is even and at most 256.
///
/// For a query or key, cosine and sine have d/2 elements. The head is first divided by its root mean square (eps 1e-6) and
/// then rotated: element i with element i + d/2. For a value, both are NULL, and the head is only quantised.
void ck_head(const float *_Nonnull x, const float *_Nullable cosine, const float *_Nullable sine, ptrdiff_t d, int8_t *_Nonnull q,
             float *_Nonnull scale);
/// Stores the key of a position in `keys`. Their layout is in blocks of 16 positions, [t/16][d/4][16][4], and 128 is added to each
/// entry.
void ck_place_key(const int8_t *_Nonnull key, ptrdiff_t position, ptrdiff_t d, uint8_t *_Nonnull keys);
/// Stores the value of a position in `values`. Their layout is in pairs of positions, [t/2][d][2].
void ck_place_value(const int8_t *_Nonnull value, ptrdiff_t position, ptrdiff_t d, int8_t *_Nonnull values);
/// out[d] = attention of one query over t positions. d % 16 == 0, d <= 256.
///
/// Keys are in the blocks of ck_place_key, with room for a multiple of 16 positions, values in the pairs of ck_place_value, with
/// room for an even number. Each position has one scale for its key and one for its value. `weights` is scratch memory for t
/// floats. A weight times the scale of its value is rounded to 16383 steps of the largest one, fewer for more than 1,032 positions.
void ck_attend(const int8_t *_Nonnull query, float query_scale, const uint8_t *_Nonnull keys, const float *_Nonnull key_scales,
               const int8_t *_Nonnull values, const float *_Nonnull value_scales, ptrdiff_t t, ptrdiff_t d, float *_Nonnull weights,
               float *_Nonnull out);
/// frequency[n] = 1 + floor(2^20 exp(z - max z)). Returns the sum of the frequencies.
uint64_t ck_frequencies(const float *_Nonnull z, ptrdiff_t n, uint32_t *_Nonnull frequency);
/// code[n] = round(half * tanh(x)).
void ck_fsq(const float *_Nonnull x, ptrdiff_t n, float half, int8_t *_Nonnull code);

// The kernels of the sentence encoder.

/// How a row of real values was quantised: its values are scale * (q - zero), with q in 0...255.
typedef struct {
  float scale;
  int32_t zero;
} ck_affine;
/// What makes real values of a product with n outputs: the sum of the weights of each output, its scale, and its bias.
typedef struct {
  const int32_t *_Nullable sums;
  const float *_Nullable scales;
  const float *_Nullable bias;
} ck_outputs;

/// x[m][n] = (float(acc - zero * sum) * output_scale) * scale + bias, with the scale and the zero of each row. n % 16 == 0.
void ck_dequantize_affine(const int32_t *_Nonnull acc, ck_outputs outputs, const ck_affine *_Nonnull rows, ptrdiff_t m, ptrdiff_t n,
                          float *_Nonnull x);
/// q[m][n] = round(y / scale) + zero, in 0...255, with y = x * multiplier. Sets scale and zero of each row so that
/// scale * (q - zero) = y. n % 16 == 0. Rounds ties to even.
void ck_quantize_affine(const float *_Nonnull x, const float *_Nonnull multiplier, ptrdiff_t m, ptrdiff_t n, uint8_t *_Nonnull q,
                        ck_affine *_Nonnull rows);
/// x[m][n] = layer norm of x, or of x + y with the y of ck_dequantize_affine; then q as ck_quantize_affine makes it of x.
/// n % 16 == 0.
///
/// Without acc nothing is added, and without a multiplier nothing is quantised. `rows` are the scales and zeros of acc, and
/// become those of q. Layer norm is (x - mean) / sqrt(variance + epsilon) * weight + bias.
void ck_norm_quantize_affine(float *_Nonnull x, const int32_t *_Nullable acc, ck_outputs outputs, const float *_Nonnull weight,
                             const float *_Nonnull bias, float epsilon, const float *_Nullable multiplier, ptrdiff_t m, ptrdiff_t n,
                             uint8_t *_Nullable q, ck_affine *_Nonnull rows);
/// q[m][n] as ck_quantize_affine makes it of GELU(y), with the y of ck_dequantize_affine. n % 16 == 0. `rows` are the scales
/// and zeros of acc, and become those of q. `real` is scratch memory for n floats.
///
/// GELU(y) is y times the normal distribution function of y, within 1.4e-4.
void ck_gelu_quantize_affine(const int32_t *_Nonnull acc, ck_outputs outputs, const float *_Nonnull multiplier, ptrdiff_t m, ptrdiff_t n,
                             float *_Nonnull real, uint8_t *_Nonnull q, ck_affine *_Nonnull rows);
/// out[t][d] = attention of t rows over each other, of one head: softmax(query * key / sqrt(d)) * value. d % 16 == 0, d <= 256,
/// t <= 4096. The rows of query, key and value are `stride` floats apart, those of out `out_stride`.
///
/// Queries and keys are rounded to 127 steps of their largest magnitude in the text, values to 255, weights to 16383 steps of the
/// largest weight of a row. `room` is scratch memory of ck_attend_rows_room(t, d) integers.
void ck_attend_rows(const float *_Nonnull query, const float *_Nonnull key, const float *_Nonnull value, ptrdiff_t stride, ptrdiff_t t, ptrdiff_t d,
                    int32_t *_Nonnull room, float *_Nonnull out, ptrdiff_t out_stride);
ptrdiff_t ck_attend_rows_room(ptrdiff_t t, ptrdiff_t d);
/// The sum over i of x[i] * y[i].
float ck_dot(const float *_Nonnull x, const float *_Nonnull y, ptrdiff_t n);
