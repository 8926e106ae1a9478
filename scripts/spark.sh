#!/usr/bin/env bash
# Indexes the sample corpus in shards under Apache Spark, on two executors with a Java machine each, and compares the merged
# index with one that was made in one run. R3MEM_PROGRAM names another build, SPARK_MASTER another cluster, CORPUS another folder.
set -euo pipefail
cd "$(dirname "$0")/.."

program=${R3MEM_PROGRAM:-$PWD/.build/release/r3mem}
venv=.build/spark
if ! command -v java >/dev/null; then
    echo "installing default-jre-headless"
    as_root=()
    if ((EUID != 0)); then as_root=(sudo); fi
    "${as_root[@]}" apt-get update -qq
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends default-jre-headless
fi
[[ -x $venv/bin/spark-submit ]] || python3 -m venv "$venv"
"$venv/bin/pip" --quiet install "pyspark==4.3.0"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export PYSPARK_PYTHON=$PWD/$venv/bin/python SPARK_LOCAL_IP=127.0.0.1
cp -r "${CORPUS:-corpora/handbook}" "$work/handbook"
"$venv/bin/spark-submit" --master "${SPARK_MASTER:-local-cluster[2,1,1024]}" --conf spark.ui.enabled=false \
    pipelines/spark/shards.py "$work/handbook" --to "$work/spark.r3" --shards 4 --program "$program" 2> "$work/log" ||
    { cat "$work/log" >&2; exit 1; }
"$program" index "$work/handbook" --to "$work/one.r3" --quiet

# Both indexes hold the same documents and give the same results.
for index in spark one; do
    "$program" export "$work/$index.r3" --to "$work/$index" --quiet
    "$program" verify "$work/$index.r3" --quiet
    "$program" stats "$work/$index.r3" --json | python3 -c '
import json, sys
stats = json.load(sys.stdin)
print([stats.get(key) for key in ("documents", "passages", "files", "fileStates", "textBytes", "roots", "shards", "leftOut")])
' > "$work/$index.stats"
    for query in "key of the workshop" "Who edits this handbook?" "battery capacity of leased bikes"; do
        "$program" search "$work/$index.r3" --json --top 10 "$query"
        "$program" ask "$work/$index.r3" --json "$query" || [[ $? -eq 3 ]]
    done | sed 's/"seconds":[^,}]*//' > "$work/$index.answers"
done
diff -r "$work/spark" "$work/one"
diff "$work/spark.stats" "$work/one.stats"
diff "$work/spark.answers" "$work/one.answers"
"$program" refresh "$work/spark.r3" --json --quiet > "$work/report"
python3 -c 'import json, sys; r = json.load(open(sys.argv[1])); sys.exit(r["textBytes"] + r["added"] + r["removed"] != 0)' "$work/report"
echo "spark: the merged index has the documents, results and answers of one run; a refresh finds nothing to do"
