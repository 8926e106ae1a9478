#!/usr/bin/env bash
# Makes .build/dist/r3mem-VERSION-linux-x86_64.tar.gz: the program with the Swift runtime inside, the model, completions and
# the manual. It runs on Debian 12 without Swift; its file DEPENDS names the packages of Debian that it needs.
# With --try the tarball is unpacked and run in a bare Debian made by debootstrap (as root).
set -euo pipefail
cd "$(dirname "$0")/.."

# The libraries of another system have other versions, and its packages other names.
# shellcheck source=/dev/null
system=$(. /etc/os-release && echo "$ID $VERSION_ID")
[[ $system == "debian 12" ]] || { echo "dist: made on Debian 12 only, this is $system" >&2; exit 1; }

# Foundation as a static library leaves curl to the linker.
scripts/setup.sh libcurl4-openssl-dev
scratch=.build/static
swift build -c release --static-swift-stdlib --product r3mem --scratch-path "$scratch"
program=$scratch/release/r3mem
version=$("$program" --version)
name=r3mem-$version-linux-x86_64
rm -rf ".build/dist/$name"
mkdir -p .build/dist
scripts/install.sh "$PWD/.build/dist" "/$name" "$program"
strip "$PWD/.build/dist/$name/bin/r3mem"

# The packages that hold the libraries; poppler-data and wamerican are read by the reader of PDF files.
libraries=$(readelf -d "$program" | sed -n 's/.*NEEDED.*\[\(.*\)\]/\1/p')
for library in $libraries; do
    path=$(ldconfig -p | awk -v name="$library" '$1 == name && /x86-64/ {print $NF; exit}')
    # dpkg knows a library by one of two paths, and fails for the other.
    package=$({ dpkg -S "$(realpath "$path")" "$path" 2>/dev/null || true; } | cut -d: -f1)
    [[ -n $package ]] || { echo "dist: no package of Debian holds $library" >&2; exit 1; }
    echo "$package"
done | sort -u > ".build/dist/$name/DEPENDS"
printf '%s\n' poppler-data wamerican >> ".build/dist/$name/DEPENDS"

cat > ".build/dist/$name/README" << 'TEXT'
r3mem for Debian 12 on x86-64. No Swift is needed.

    sudo apt-get install --no-install-recommends $(cat DEPENDS)
    sudo cp -r bin share /usr/local/
    r3mem help

The program also runs from this folder: bin/r3mem.
TEXT
tar -C .build/dist --owner=0 --group=0 --numeric-owner --sort=name -czf ".build/dist/$name.tar.gz" "$name"
ls -l ".build/dist/$name.tar.gz"

[[ ${1:-} == --try ]] || exit 0
bare=.build/bare
# debootstrap leaves its folder where it fails.
if [[ ! -d $bare/etc || -d $bare/debootstrap ]]; then
    rm -rf "$bare"
    # The mirror of this machine, in either form of its lists; without one debootstrap takes its own.
    mirror=$({ cat /etc/apt/sources.list /etc/apt/sources.list.d/*.sources 2>/dev/null || true; } \
        | sed -n 's/^deb \(\[[^]]*\] \)\?\([^ ]*\) bookworm main.*/\2/p; s/^URIs: *\([^ ]*\/debian\)\/\?$/\1/p' | head -1)
    debootstrap --variant=minbase bookworm "$bare" ${mirror:+"$mirror"}
fi
rm -rf "$bare/opt/r3mem" "$bare/opt/handbook"
mkdir -p "$bare/opt/r3mem"
tar -C "$bare/opt/r3mem" --strip-components=1 -xzf ".build/dist/$name.tar.gz"
cp -r corpora/handbook "$bare/opt/handbook"
mount --bind /proc "$bare/proc"
trap 'umount "$bare/proc"' EXIT
# shellcheck disable=SC2016 # expanded in the chroot
chroot "$bare" /bin/bash -euc '
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(cat /opt/r3mem/DEPENDS)
    cd /opt
    if command -v swift; then exit 1; fi
    rm -f handbook.r3
    r3mem/bin/r3mem index handbook --to handbook.r3 --quiet
    r3mem/bin/r3mem ask handbook.r3 "Who edits this handbook?" | grep "Wiebke Janssen"
    r3mem/bin/r3mem verify handbook.r3
    echo "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}" | r3mem/bin/r3mem mcp handbook.r3 \
        | grep -F "\"result\":{}"'
echo "dist: runs in a bare Debian 12"
