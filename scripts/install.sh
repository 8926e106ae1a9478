#!/usr/bin/env bash
# Installs the program, the model, completions and the manual: scripts/install.sh DESTDIR PREFIX [PROGRAM].
set -euo pipefail
cd "$(dirname "$0")/.."

target=$1${2:?the prefix}
program=${3:-.build/release/r3mem}

install -D -m 755 "$program" "$target/bin/r3mem"
install -D -m 644 models/default.safetensors "$target/share/r3mem/default.safetensors"
install -D -m 644 LICENSE "$target/share/doc/r3mem/LICENSE"
install -D -m 644 NOTICE "$target/share/doc/r3mem/NOTICE"

made=$(mktemp -d)
trap 'rm -rf "$made"' EXIT
scripts/manual.py "$program" > "$made/r3mem.1"
for shell in bash zsh fish; do "$program" --generate-completion-script "$shell" > "$made/$shell"; done
install -D -m 644 "$made/r3mem.1" "$target/share/man/man1/r3mem.1"
install -D -m 644 "$made/bash" "$target/share/bash-completion/completions/r3mem"
install -D -m 644 "$made/zsh" "$target/share/zsh/site-functions/_r3mem"
install -D -m 644 "$made/fish" "$target/share/fish/vendor_completions.d/r3mem.fish"
