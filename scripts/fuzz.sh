#!/usr/bin/env bash
# Fuzzes the readers with libFuzzer under Address Sanitizer: scripts/fuzz.sh SECONDS [READER…]. Exits with 1 where one traps; the input is left in .build/fuzz-found.
set -euo pipefail
cd "$(dirname "$0")/.."

seconds=${1:?seconds for each reader}
shift
readers=("$@")
[[ ${#readers[@]} -gt 0 ]] || readers=(segment database coders residual tokenizer html pdf markdown text yaml safetensors frame
    csv json eml mbox mhtml docx xlsx pptx odt ods odp epub rtf srt ipynb tex doc ppt xls msg ics vcf)

export R3MEM_FUZZ=1 R3MEM_MODEL=$PWD/models/default.safetensors
# The compiler heeds the last of its -sanitize options alone: both in one, or the Swift modules count no coverage and the fuzzer goes blind.
swift build -c release --sanitize fuzzer --sanitize address -Xswiftc -sanitize=address,fuzzer --scratch-path .build/fuzz --product fuzz

# Puts sample files beside what was found in earlier runs.
samples() {
    find corpora -type f -name "$1" -size -"$2"k -exec cp -t "$corpus" {} +
}

# The model stays mapped to the end; Address Sanitizer does not see the pointer that Foundation keeps it by.
echo "leak:MappedFile" > .build/fuzz-suppressions
export LSAN_OPTIONS=suppressions=$PWD/.build/fuzz-suppressions:print_suppressions=0

failed=0
for reader in "${readers[@]}"; do
    corpus=.build/fuzz-corpus/$reader
    mkdir -p "$corpus" .build/fuzz-found
    longest=4096
    case $reader in
        html) samples '*.html' 64; longest=65536 ;;
        pdf) samples '*.pdf' 64; longest=65536 ;;
        markdown) samples '*.md' 16; longest=16384 ;;
        text | tokenizer) samples '*.txt' 16; longest=16384 ;;
        coders) longest=512 ;;
        yaml) cp pipelines/*.yaml "$corpus" ;;
        docx | xlsx | pptx | odt | ods | odp | epub | eml | mbox | mhtml | rtf | csv | json | srt | ipynb | tex)
            samples "*.$reader" 64
            longest=65536
            ;;
        doc | ppt | xls | msg) samples "*.$reader" 128; longest=131072 ;;
        ics | vcf) longest=16384 ;;
        database) cp indexes/golden/*.r3 "$corpus"; longest=65536 ;;
    esac
    echo "== $reader, $seconds s"
    said=$(R3MEM_FUZZ_TARGET=$reader R3MEM_FUZZ_SEEDS=$corpus .build/fuzz/release/fuzz "$corpus" -max_total_time="$seconds" -max_len="$longest" \
        -timeout=20 -rss_limit_mb=3000 -artifact_prefix=".build/fuzz-found/$reader-" -print_final_stats=1 2>&1 \
        | grep -E '^(#[0-9]+\s+DONE|stat::|==|SUMMARY|Fatal|.*Precondition|artifact|Test unit)' || true)
    echo "$said"
    if [[ $said == *DONE* && $said != *" cov: "* ]]; then
        echo "fuzz: $reader: no coverage was counted, so inputs changed blindly; check that the modules are built with -sanitize=fuzzer" >&2
        failed=1
    fi
    compgen -G ".build/fuzz-found/$reader-*" >/dev/null && failed=1
done
exit $failed
