"""Packs the documents that prepare.py would choose into shards that are small enough to carry to another machine.

    python -m corpus.pack SHARDS --out pack --megabytes 170
    python -m corpus.prepare pack --out data --megabytes 170 --tokenizer restored/tokenizer.json

The shards are compressed with xz instead of zstd.
"""

import argparse
import collections
import json
import lzma
import os
from concurrent.futures import ProcessPoolExecutor

from corpus.domains import DOMAIN, DOMAINS
from corpus.prepare import documents


def write(job):
    path, lines = job
    with lzma.open(path, "wb", preset=9 | lzma.PRESET_EXTREME) as f:
        f.write("\n".join(lines).encode())
    return path, os.path.getsize(path)


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("shards")
    p.add_argument("--out", default="pack")
    p.add_argument("--megabytes", type=float, default=170)
    p.add_argument("--seed", type=int, default=0)
    a = p.parse_args()
    os.makedirs(a.out, exist_ok=True)
    name = {v: k for k, v in reversed(DOMAIN.items())}  # one source stands for each domain
    lines = collections.defaultdict(list)
    for domain, identifier, text in documents(a.shards, a.megabytes, a.seed):
        lines[DOMAINS[domain]].append(json.dumps(dict(id=identifier, text=text), ensure_ascii=False))
    jobs = [(os.path.join(a.out, f"{name.get(d, d)}-000.jsonl.xz"), rows) for d, rows in sorted(lines.items())]
    with ProcessPoolExecutor() as pool:
        for path, size in pool.map(write, jobs):
            print(path, f"{size / 1e6:.1f} MB", flush=True)


if __name__ == "__main__":
    main()
