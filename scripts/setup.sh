#!/usr/bin/env bash
# Installs the missing system packages that the build needs, on Debian 12, and those that are named. Swift 6.3 must be
# installed already.
set -euo pipefail

packages=(libxml2-dev libpoppler-dev libpoppler-private-dev libarchive-dev libgmime-3.0-dev poppler-data wamerican libsqlite3-dev nettle-dev libseccomp-dev
    libstemmer-dev pkg-config python3 make git "$@")

missing=()
for package in "${packages[@]}"; do
    case $package in
        libxml2-dev) pkg-config --exists libxml-2.0 2>/dev/null || missing+=("$package") ;;
        libarchive-dev) pkg-config --exists libarchive 2>/dev/null || missing+=("$package") ;;
        libgmime-3.0-dev) pkg-config --exists gmime-3.0 2>/dev/null || missing+=("$package") ;;
        libpoppler-dev) pkg-config --exists poppler 2>/dev/null || missing+=("$package") ;;
        libpoppler-private-dev) [[ -e $(pkg-config --variable=includedir poppler 2>/dev/null)/poppler/OutputDev.h ]] || missing+=("$package") ;;
        # Read at run time: the letters of CJK fonts that a PDF file does not carry, and the words that decide on hyphens.
        poppler-data) [[ -d /usr/share/poppler/cMap ]] || missing+=("$package") ;;
        wamerican) [[ -e /usr/share/dict/american-english ]] || missing+=("$package") ;;
        nettle-dev) pkg-config --exists nettle 2>/dev/null || missing+=("$package") ;;
        libseccomp-dev) pkg-config --exists libseccomp 2>/dev/null || missing+=("$package") ;;
        libstemmer-dev) [[ -e /usr/include/libstemmer.h ]] || missing+=("$package") ;; # has no .pc file
        libcurl4-openssl-dev) pkg-config --exists libcurl 2>/dev/null || missing+=("$package") ;;
        libsqlite3-dev) pkg-config --exists sqlite3 2>/dev/null || missing+=("$package") ;;
        *) command -v "$package" >/dev/null || missing+=("$package") ;;
    esac
done

if ((${#missing[@]})); then
    echo "installing ${missing[*]}"
    as_root=()
    if ((EUID != 0)); then
        command -v sudo >/dev/null || { echo "setup: not root and no sudo; install ${missing[*]} as root" >&2; exit 1; }
        as_root=(sudo)
    fi
    "${as_root[@]}" apt-get update -qq
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"
fi

command -v swift >/dev/null || { echo "setup: no swift found; install Swift 6.3 from https://www.swift.org/install" >&2; exit 1; }
