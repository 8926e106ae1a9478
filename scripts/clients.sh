#!/usr/bin/env bash
# Runs real clients against .build/release/r3mem: mcp, openai and schemathesis from PyPI, malformed and slow requests, many
# clients at a time, clients beside refreshes, and Chromium where chromedriver is installed.
# R3MEM_PROGRAM names another build. MALFORMED and EXAMPLES say how many requests the fuzzers send (EXAMPLES=1200 makes
# some 10,000), LOAD how many seconds the load lasts, REFRESHES how many refreshes run beside the clients. The goals of the
# project: MALFORMED=10000 EXAMPLES=1200 LOAD=60 REFRESHES=50. With ONLY=load only that one runs, on an idle machine.
set -euo pipefail
cd "$(dirname "$0")/.."

program=${R3MEM_PROGRAM:-$PWD/.build/release/r3mem}
venv=$PWD/.build/clients
python3 -c "import ensurepip, venv" 2>/dev/null || scripts/setup.sh python3-venv
[[ -x $venv/bin/pip ]] || python3 -m venv "$venv"
"$venv/bin/pip" --quiet install "mcp>=2.3" openai schemathesis selenium axe-selenium-python

work=$(mktemp -d)
trap '[[ -z ${server:-} ]] || kill "$server" 2>/dev/null || true; rm -rf "$work"' EXIT
"$program" index corpora/handbook --to "$work/handbook.r3" --quiet
"$program" serve "$work/handbook.r3" --port 0 --allow-refresh 2> "$work/log" &
server=$!
until grep -q "serving" "$work/log"; do
    kill -0 "$server" 2>/dev/null || { cat "$work/log" >&2; exit 1; }
    sleep 0.05
done
url=$(sed -n 's|.* at \(http://[^/]*\)/|\1|p' "$work/log")

if [[ ${ONLY:-} == load ]]; then
    "$venv/bin/python" Tests/Clients/load.py "$url" "$server" corpora/handbook.questions.json --seconds "${LOAD:-60}"
    exit
fi
"$venv/bin/python" Tests/Clients/agents.py "$program" "$work/handbook.r3" "$url/mcp"
"$venv/bin/python" Tests/Clients/chat.py "$url" handbook
"$venv/bin/python" Tests/Clients/malformed.py "$url" "${MALFORMED:-10000}"
# schemathesis leaves its findings in the working folder.
(cd "$work" && "$venv/bin/schemathesis" run "$url/openapi.json" --url "$url" --max-examples "${EXAMPLES:-100}" --checks all \
    --exclude-checks positive_data_acceptance,unsupported_method --request-timeout 120 --suppress-health-check all \
    --exclude-path /v1/refresh)
"$venv/bin/python" Tests/Clients/slow.py "$program"
"$venv/bin/python" Tests/Clients/refresh.py "$program" "${REFRESHES:-12}" request
"$venv/bin/python" Tests/Clients/refresh.py "$program" "$((${REFRESHES:-12} / 2))" watch
"$venv/bin/python" Tests/Clients/load.py "$url" "$server" corpora/handbook.questions.json --seconds "${LOAD:-12}"
if command -v chromedriver >/dev/null; then
    "$venv/bin/python" Tests/Clients/browser.py "$url" "${SCREENSHOTS:-$work}"
else
    echo "browser: left out, chromedriver is not installed"
fi

kill "$server"
wait "$server"
grep -v "serving" "$work/log" && exit 1
echo "all clients: fine"
