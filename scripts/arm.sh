#!/usr/bin/env bash
# Compiles the kernels for AArch64 and compares their bits with those of this machine, in an emulator. Installs what it needs.
set -euo pipefail
cd "$(dirname "$0")/.."

if ! command -v qemu-aarch64 >/dev/null || ! command -v aarch64-linux-gnu-gcc >/dev/null; then
    scripts/setup.sh gcc-aarch64-linux-gnu libc6-dev-arm64-cross qemu-user
fi
clang=$(dirname "$(readlink -f "$(command -v swift)")")/clang
[[ -x $clang ]] || clang=clang
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
flags=(-O2 -std=gnu17 -Wall -ISources/CKernels/include -ISources/CKernels)
gcc=$(dirname "$(aarch64-linux-gnu-gcc -print-libgcc-file-name)")

"$clang" "${flags[@]}" Tests/Arm/bits.c Sources/CKernels/*.c -lm -o "$work/here"
"$clang" "${flags[@]}" --target=aarch64-linux-gnu -isystem /usr/aarch64-linux-gnu/include -c Tests/Arm/bits.c -o "$work/bits.o"
for file in Sources/CKernels/*.c; do
    "$clang" "${flags[@]}" --target=aarch64-linux-gnu -isystem /usr/aarch64-linux-gnu/include -c "$file" \
        -o "$work/$(basename "$file").o"
done
aarch64-linux-gnu-gcc -static "$work"/*.o -L"$gcc" -lm -o "$work/arm"

"$work/here" > "$work/here.txt"
# The first processor has the products of bytes, the second lacks them.
for cpu in max cortex-a53; do
    qemu-aarch64 -cpu "$cpu" "$work/arm" > "$work/$cpu.txt"
    diff "$work/here.txt" "$work/$cpu.txt"
done
echo "the kernels for AArch64 give the bits of this machine: $(wc -l < "$work/here.txt") hashes"
