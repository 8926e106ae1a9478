#!/usr/bin/env bash
# Builds the package in Examples/Ask, which uses the library product R3Mem, from source, and compares its answer with that of
# .build/release/r3mem.
set -euo pipefail
cd "$(dirname "$0")/.."

program=.build/release/r3mem
question="Who edits this handbook?"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

swift build -c release --package-path Examples/Ask --scratch-path .build/example
"$program" index corpora/handbook --to "$work/handbook.r3" --quiet

export R3MEM_MODEL=$PWD/models/default.safetensors
ask=.build/example/release/Ask
"$ask" "$work/handbook.r3" "$question" | tee "$work/answer"
grep -qx "Wiebke Janssen" "$work/answer"
"$program" ask "$work/handbook.r3" "$question" | grep '^“' | diff - <(grep '^“' "$work/answer")

code=0
"$ask" "$work/none.r3" "$question" 2> "$work/error" || code=$?
[[ $code == 1 ]] && grep -q "none.r3" "$work/error"
echo "library: fine"
