#!/usr/bin/env bash
# Installs the tools of `make lint` that are missing: clang-format and shellcheck from Debian, ruff from PyPI into .build/lint.
set -euo pipefail
cd "$(dirname "$0")/.."

ruff=0.17.6

packages=()
command -v clang-format >/dev/null || packages+=(clang-format)
command -v shellcheck >/dev/null || packages+=(shellcheck)
python3 -c 'import ensurepip, venv' 2>/dev/null || packages+=(python3-venv)

if ((${#packages[@]})); then
    echo "installing ${packages[*]}"
    as_root=()
    if ((EUID != 0)); then
        command -v sudo >/dev/null || { echo "setup-lint: not root and no sudo; install ${packages[*]} as root" >&2; exit 1; }
        as_root=(sudo)
    fi
    "${as_root[@]}" apt-get update -qq
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}"
fi

if [[ $(.build/lint/bin/ruff --version 2>/dev/null) != "ruff $ruff" ]]; then
    echo "installing ruff $ruff"
    python3 -m venv --clear .build/lint
    .build/lint/bin/pip install --quiet --disable-pip-version-check "ruff==$ruff"
fi
