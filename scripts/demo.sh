#!/usr/bin/env bash
# Shows r3mem on the sample corpus and checks what it shows. Run it with `make demo`.
set -euo pipefail
cd "$(dirname "$0")/.."

r3mem=.build/release/r3mem
corpus=corpora/handbook
index=indexes/handbook.r3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

heading() { printf '\n== %s\n' "$1"; }
fail() { echo "demo: $1" >&2; exit 1; }

# Prints a command as a user types it, then runs it.
try() {
    local word line='$ r3mem'
    for word; do
        [[ $word == *" "* ]] && word="\"$word\""
        line+=" $word"
    done
    echo "$line"
    "$r3mem" "$@"
}

heading "1. One folder becomes one file"
rm -f "$index" "$index"-*
try index "$corpus" --to "$index"

heading "2. Where its bytes go"
try stats "$index"

heading "3. Questions, answered with checked quotations"
try ask "$index" "Who edits this handbook?"
try ask "$index" "What is the budget for bought parts of an apprentice's final project?"
try ask "$index" "At which capacity are batteries of leased bikes exchanged?"
echo "The handbook does not answer this one. r3mem says so, and exits with code 3:"
code=0
try ask "$index" "What is the Wi-Fi password for guests in the ice house?" || code=$?
[[ $code -eq 3 ]] || fail "a question without an answer ended with code $code"

heading "4. Every document comes back"
try export "$index" --to "$work/out"
exact=0 extracted=0
while IFS= read -r -d '' file; do
    path=${file#"$corpus"/}
    case $path in
        *.md | *.txt)
            a=$(sha256sum <"$file") b=$(sha256sum <"$work/out/$path")
            [[ $a == "$b" ]] || fail "$path came back different"
            exact=$((exact + 1))
            ;;
        *)
            # HTML and PDF come back as text: `export` and `show` must give the same.
            a=$("$r3mem" show "$index" "$path" | sha256sum) b=$(sha256sum <"$work/out/$path.txt")
            [[ $a == "$b" ]] || fail "$path.txt is not what 'show' prints"
            extracted=$((extracted + 1))
            ;;
    esac
done < <(find "$corpus" -type f -print0)
echo "SHA-256: $exact text and Markdown files came back byte for byte; $extracted HTML and PDF files came back as the text that 'show' prints"

heading "5. A corpus changes; the index follows"
cp -r "$corpus" "$work/handbook"
try index "$work/handbook" --to "$work/handbook.r3" --quiet
echo '  (one document gets a sentence, another one is deleted)'
printf '\nThe cargo tricycle Quillfeather is lent out on Thursdays only.\n' >>"$work/handbook/history.md"
rm "$work/handbook/people/canteen.txt"
try refresh "$work/handbook.r3"
try ask "$work/handbook.r3" "When is the tricycle Quillfeather lent out?" | tee "$work/answer"
grep -q 'Thursdays only' "$work/answer" || fail "the new sentence was not found"
if "$r3mem" show "$work/handbook.r3" people/canteen.txt >/dev/null 2>"$work/gone"; then fail "a deleted document is still there"; fi
echo "the deleted document: $(cat "$work/gone")"
try compact "$work/handbook.r3"

heading "6. Nothing is taken on trust"
try verify "$index"
try verify "$work/handbook.r3"

heading "Where to go next"
cat <<END
  $r3mem index YOUR-FOLDER --to yours.r3   index a folder of your own
  $r3mem ask yours.r3 "A QUESTION"         ask it something
  $r3mem run pipelines/handbook.yaml       ask 60 questions with known answers
  $r3mem help                              list all commands
  docs/README.md                                         read how it works
END
