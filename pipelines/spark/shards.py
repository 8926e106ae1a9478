"""Indexes a folder in shards under Apache Spark, then merges the shards into one index.

    spark-submit pipelines/spark/shards.py FOLDER --to all.r3 --shards 8

Every task runs `r3mem index --shard I/N` as a process of its own and writes one index file below WORK. The folder, WORK, the
program and its model must have the same paths on all machines. A task that fails is tried again by Spark, and goes on where
it was stopped. The driver merges the shards, which codes nothing again.
"""

import argparse
import json
import pathlib
import shlex
import subprocess
import sys

from pyspark.sql import SparkSession


def parsed():
    about, details = __doc__.split("\n\n", 1)
    parser = argparse.ArgumentParser(
        description=about, epilog=details, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=pathlib.Path, help="the folder to index")
    parser.add_argument("--to", type=pathlib.Path, required=True, help="the index file to write; it must not exist yet")
    parser.add_argument("--shards", type=int, default=8, help="number of shards, a task each (default: 8)")
    parser.add_argument(
        "--work", type=pathlib.Path, help="folder for the shards (default: the index file with .shards)"
    )
    parser.add_argument("--program", default="r3mem", help="the program (default: r3mem)")
    parser.add_argument(
        "--threads", type=int, default=1, help="threads of a task, as many as spark.task.cpus (default: 1)"
    )
    parser.add_argument(
        "--options",
        default="",
        help="further options of `r3mem index`, quoted as in a shell: --options='--exclude=drafts'",
    )
    arguments = parser.parse_args()
    if arguments.shards < 2:
        parser.error("--shards: one shard is not merged; give 2 or more, or run `r3mem index`")
    return arguments


def run(command):
    """Runs r3mem and returns what it prints as JSON. Its error becomes that of the task."""
    done = subprocess.run([*command, "--json", "--quiet"], capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(command)}: status {done.returncode}: {done.stderr.strip()}")
    return json.loads(done.stdout)


def index(number, arguments):
    """Makes one shard, or goes on with it, and returns the number of its files and bytes of text."""
    command = [arguments.program, "index", str(arguments.folder), "--to", shard(number, arguments)]
    command += ["--shard", f"{number}/{arguments.shards}", "--threads", str(arguments.threads)]
    report = run(command + shlex.split(arguments.options))
    return report["added"] + report["duplicates"] + report["unchanged"], report["textBytes"]


def shard(number, arguments):
    return str(arguments.work / f"{number}-of-{arguments.shards}.r3")


def main():
    arguments = parsed()
    # The roots that an index keeps are absolute.
    arguments.folder = arguments.folder.resolve()
    arguments.work = (arguments.work or pathlib.Path(f"{arguments.to}.shards")).resolve()
    arguments.work.mkdir(parents=True, exist_ok=True)
    if arguments.to.exists():
        sys.exit(f"{arguments.to}: exists already; refresh it, or remove it first")

    # Two attempts at one shard would write one file: the second one is turned away.
    spark = SparkSession.builder.appName("r3mem").config("spark.speculation", "false").getOrCreate()
    numbers = spark.sparkContext.parallelize(range(1, arguments.shards + 1), arguments.shards)
    made = numbers.map(lambda number: index(number, arguments)).collect()
    spark.stop()
    for number, (files, text) in enumerate(made, 1):
        print(f"shard {number}/{arguments.shards}: {files} files, {text} bytes of text coded")

    merged = run([arguments.program, "merge", *(shard(i, arguments) for i in range(1, arguments.shards + 1)),
                  "--to", str(arguments.to)])  # fmt: skip
    print(
        f"{arguments.to}: {merged['documents']} documents, {merged['indexBytes']} bytes, merged in {merged['seconds']:.1f} s"
    )


if __name__ == "__main__":
    main()
