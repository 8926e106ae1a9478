// Runs every kernel on numbers that are the same everywhere, and prints a hash of the bits for each. scripts/arm.sh compares the
// lines of this machine with those of a program for AArch64.
#include "CKernels.h"
#include <stdio.h>
#include <stdlib.h>
#pragma STDC FP_CONTRACT OFF

static uint64_t state = 1;
static uint32_t next(void) {
  state = state * 6364136223846793005u + 1442695040888963407u;
  return (uint32_t)(state >> 33);
}
static float real(float scale) { return ((float)(next() % 2000001) / 1000000.0f - 1.0f) * scale; }

static void report(const char *name, int a, int b, int c, const void *bytes, size_t count) {
  uint64_t hash = 1469598103934665603u;
  for (size_t i = 0; i < count; i++) hash = (hash ^ ((const uint8_t *)bytes)[i]) * 1099511628211u;
  printf("%s %d %d %d %016llx\n", name, a, b, c, (unsigned long long)hash);
}

#define ROOM(type, name, count) type *name = calloc((size_t)(count) + 64, sizeof(type))
#define FILL(name, count, value) \
  for (long f = 0; f < (long)(count); f++) name[f] = (value);

static void products(int m, int n, int k) {
  ROOM(uint8_t, a, m * k);
  ROOM(int8_t, w, n * k);
  ROOM(int8_t, packed, n * k);
  ROOM(int32_t, c, m * n);
  ROOM(uint16_t, rows, 50);
  FILL(a, m * k, next() % 7 == 0 ? 255 : (uint8_t)next());
  FILL(w, n * k, next() % 7 == 0 ? -128 : (int8_t)next());
  FILL(rows, 50, (uint16_t)(next() % (unsigned)n));
  ck_pack_s8(w, n, k, packed);
  ck_gemm_u8s8(a, packed, c, m, n, k, ck_top_s8(packed, n * k));
  report("gemm", m, n, k, c, sizeof *c * (size_t)(m * n));
  ROOM(int32_t, exact, m * n);
  ck_gemm_u8s8_reference(a, w, exact, m, n, k);
  report("gemm", m, n, k, exact, sizeof *exact * (size_t)(m * n));
  ck_dot_rows_u8s8(a, w, rows, c, 50, k);
  report("dot_rows", m, n, k, c, sizeof *c * 50);
  free(a), free(w), free(packed), free(c), free(exact), free(rows);
}

static void streams(int n) {
  ROOM(int32_t, x, n);
  ROOM(float, y, n);
  ROOM(uint8_t, q, n);
  ROOM(int32_t, acc, n);
  ROOM(int32_t, offset, n);
  ROOM(float, column, n);
  ROOM(float, out, n);
  ROOM(uint32_t, frequency, n);
  ROOM(int8_t, code, n);
  float scale;
  FILL(x, n, (int32_t)next() % 100000 - 50000);
  FILL(y, n, real(8));
  FILL(acc, n, (int32_t)next() % 2000000 - 1000000);
  FILL(offset, n, (int32_t)next() % 2000 - 1000);
  FILL(column, n, real(0.01f));
  ck_norm_quantize(x, n, q, &scale), report("norm_quantize", n, 0, 0, q, (size_t)n), report("scale", n, 0, 0, &scale, 4);
  ck_quantize(y, n, q, &scale), report("quantize", n, 0, 0, q, (size_t)n), report("scale", n, 0, 0, &scale, 4);
  ck_relu2_quantize(y, n, q, &scale), report("relu2", n, 0, 0, q, (size_t)n), report("scale", n, 0, 0, &scale, 4);
  ck_dequantize(acc, offset, column, 0.37f, out, n), report("dequantize", n, 0, 0, out, 4 * (size_t)n);
  ck_accumulate(x, acc, offset, column, 0.011f, n, -1), report("accumulate", n, 0, 0, x, 4 * (size_t)n);
  uint64_t total = ck_frequencies(y, n, frequency);
  report("frequencies", n, 0, 0, frequency, 4 * (size_t)n), report("total", n, 0, 0, &total, 8);
  ck_fsq(y, n, 7, code), report("fsq", n, 0, 0, code, (size_t)n);
  float dot = ck_dot(y, column, n);
  report("dot", n, 0, 0, &dot, 4);
  free(x), free(y), free(q), free(acc), free(offset), free(column), free(out), free(frequency), free(code);
}

static void attention(int t, int d) {
  int positions = (t + 15) / 16 * 16;
  ROOM(float, x, d);
  ROOM(float, cosine, d);
  ROOM(float, sine, d);
  ROOM(int8_t, head, d);
  ROOM(int8_t, value, d);
  ROOM(uint8_t, keys, positions * d);
  ROOM(int8_t, values, positions * d);
  ROOM(float, key_scales, positions);
  ROOM(float, value_scales, t);
  ROOM(float, weights, positions);
  ROOM(float, out, d);
  float scale = 0;
  for (int p = 0; p < t; p++) {
    FILL(x, d, real(3));
    FILL(cosine, d / 2, real(1));
    FILL(sine, d / 2, real(1));
    ck_head(x, cosine, sine, d, head, &key_scales[p]), ck_place_key(head, p, d, keys);
    ck_head(x, NULL, NULL, d, value, &value_scales[p]), ck_place_value(value, p, d, values);
  }
  FILL(x, d, real(3));
  ck_head(x, cosine, sine, d, head, &scale);
  ck_attend(head, scale, keys, key_scales, values, value_scales, t, d, weights, out);
  report("attend", t, d, 0, out, 4 * (size_t)d);
  ROOM(float, all, 3 * t * d);
  ROOM(float, result, t *d);
  ROOM(int32_t, room, ck_attend_rows_room(t, d));
  FILL(all, 3 * t * d, real(2));
  ck_attend_rows(all, all + d, all + 2 * d, 3 * d, t, d, room, result, d);
  report("attend_rows", t, d, 0, result, 4 * (size_t)(t * d));
  free(x), free(cosine), free(sine), free(head), free(value), free(keys), free(values), free(key_scales), free(value_scales), free(weights),
      free(out);
  free(all), free(result), free(room);
}

static void encoder(int m, int n) {
  ROOM(float, x, m *n);
  ROOM(int32_t, acc, m * n);
  ROOM(int32_t, sums, n);
  ROOM(float, scales, n);
  ROOM(float, bias, n);
  ROOM(float, weight, n);
  ROOM(float, multiplier, n);
  ROOM(float, out, m *n);
  ROOM(uint8_t, q, m * n);
  ROOM(ck_affine, rows, m);
  FILL(x, m * n, real(4));
  FILL(acc, m * n, (int32_t)next() % 200000 - 100000);
  FILL(sums, n, (int32_t)next() % 500 - 250);
  FILL(scales, n, real(0.001f));
  FILL(bias, n, real(1));
  FILL(weight, n, real(2));
  FILL(multiplier, n, 0.5f + real(0.4f));
  for (int i = 0; i < m; i++) rows[i] = (ck_affine){0.01f + (float)i * 0.003f, 100 + i % 50};
  ck_outputs outputs = {sums, scales, bias};
  ck_dequantize_affine(acc, outputs, rows, m, n, out), report("dequantize_affine", m, n, 0, out, 4 * (size_t)(m * n));
  ck_gelu_quantize_affine(acc, outputs, multiplier, m, n, out, q, rows), report("gelu", m, n, 0, q, (size_t)(m * n));
  report("affine", m, n, 0, rows, sizeof *rows * (size_t)m);
  ck_norm_quantize_affine(x, acc, outputs, weight, bias, 1e-12f, multiplier, m, n, q, rows);
  report("norm_affine", m, n, 0, q, (size_t)(m * n)), report("affine", m, n, 0, rows, sizeof *rows * (size_t)m);
  ck_quantize_affine(x, multiplier, m, n, q, rows), report("quantize_affine", m, n, 0, q, (size_t)(m * n));
  free(x), free(acc), free(sums), free(scales), free(bias), free(weight), free(multiplier), free(out), free(q), free(rows);
}

int main(void) {
  fprintf(stderr, "instruction set %d\n", ck_isa());
  for (int isa = 0; isa <= 1; isa++) {  // the portable kernels, then the best ones
    state = 1;
    ck_force_isa(isa ? -1 : 0);
    int sizes[][3] = {{1, 64, 4}, {2, 64, 36}, {3, 128, 256}, {5, 64, 1024}, {7, 192, 384}, {23, 1152, 384}, {4, 64, 8}};
    for (unsigned i = 0; i < sizeof sizes / sizeof *sizes; i++) products(sizes[i][0], sizes[i][1], sizes[i][2]);
    for (int n = 16; n <= 1024; n *= 4) streams(n), streams(n - 3);
    int heads[][2] = {{1, 16}, {17, 64}, {40, 32}, {130, 64}, {256, 64}};
    for (unsigned i = 0; i < sizeof heads / sizeof *heads; i++) attention(heads[i][0], heads[i][1]);
    encoder(1, 64), encoder(5, 384), encoder(9, 1536);
  }
  return 0;
}
