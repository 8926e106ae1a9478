#!/usr/bin/env bash
# Runs real clients against .build/release/r3mem: mcp, openai and schemathesis from PyPI, and Chromium where chromedriver is installed.
# R3MEM_PROGRAM names another build.
set -euo pipefail
cd "$(dirname "$0")/.."

program=${R3MEM_PROGRAM:-$PWD/.build/release/r3mem}
venv=.build/clients
[[ -x $venv/bin/python ]] || python3 -m venv "$venv"
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

"$venv/bin/python" Tests/Clients/agents.py "$program" "$work/handbook.r3" "$url/mcp"
"$venv/bin/python" Tests/Clients/chat.py "$url" handbook
"$venv/bin/python" Tests/Clients/malformed.py "$url" "${MALFORMED:-10000}"
"$venv/bin/schemathesis" run "$url/openapi.json" --url "$url" --max-examples "${EXAMPLES:-100}" --checks all \
    --exclude-checks positive_data_acceptance,unsupported_method --suppress-health-check all --exclude-path /v1/refresh
if command -v chromedriver >/dev/null; then
    "$venv/bin/python" Tests/Clients/browser.py "$url" "${SCREENSHOTS:-$work}"
else
    echo "browser: left out, chromedriver is not installed"
fi

kill "$server"
wait "$server"
grep -v "serving" "$work/log" && exit 1
echo "all clients: fine"
