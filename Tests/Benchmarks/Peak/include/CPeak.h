#pragma once
#include <stdint.h>

/// Runs the fastest instructions of an instruction set of `CKernels` that multiply bytes and add, on registers alone, some
/// `rounds` times. Returns the multiplications. 0 for a set that the machine does not have in this form.
int64_t peak_products(int isa, int64_t rounds);
