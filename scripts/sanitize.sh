#!/usr/bin/env bash
# Runs tests under a sanitizer, in a build of their own: scripts/sanitize.sh address|thread [FILTER].
# The tests of the command line are left out: they start the ordinary program.
set -euo pipefail
cd "$(dirname "$0")/.."

sanitizer=${1:?address or thread}
filter=${2:-MemoryTests|CorporaTests|IndexesTests|PipelinesTests}
build=.build/$sanitizer

# Worker processes come from the ordinary build: a sanitizer needs more memory than a worker may have.
swift build -c release --product r3mem
swift build -c release --build-tests --sanitize "$sanitizer" --scratch-path "$build"
export R3MEM_PROGRAM=$PWD/.build/release/r3mem

# No search for leaks: Foundation and the test runner have some.
export ASAN_OPTIONS=detect_leaks=0 TSAN_OPTIONS=exitcode=66
preload=()
if [[ $sanitizer == thread ]]; then
    clang -O1 -shared -fPIC -o "$build/mutex.so" Tests/Sanitizers/mutex.c -ldl
    preload=(LD_PRELOAD="$PWD/$build/mutex.so")
fi
env "${preload[@]}" "$build/release/r3memPackageTests.xctest" --testing-library swift-testing --no-parallel --filter "$filter"
