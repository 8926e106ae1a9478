#!/usr/bin/env bash
# Records the golden index anew: indexes the files of indexes/golden/corpus with the program and the model of this checkout.
set -euo pipefail
cd "$(dirname "$0")/.."
program=${R3MEM_PROGRAM:-.build/release/r3mem}
golden=indexes/golden
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The index names its root by an absolute path: one that is the same on every machine.
root=/tmp/r3mem-golden
rm -rf "$root"
mkdir "$root"
trap 'rm -rf "$work" "$root"' EXIT
cp -r "$golden/corpus" "$root/corpus"
"$program" index "$root/corpus" --to "$work/format-3.r3" --quiet || true  # one file of the corpus cannot be read
"$program" verify "$work/format-3.r3" --quiet
"$program" export "$work/format-3.r3" --to "$work/export" --quiet
rm -rf "$golden/export"
mv "$work/export" "$golden/export"
mv "$work/format-3.r3" "$golden/format-3.r3"
ls -l "$golden/format-3.r3"
