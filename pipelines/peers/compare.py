"""r3mem beside BM25, an encoder in float and their fusion, on the same passages and questions.

    python compare.py --squad squad.json --limit 500
    python compare.py --beir scifact --r3mem ../../.build/release/r3mem

All arguments but --r3mem, --encoder and --weight go to `r3mem eval`.
"""

import argparse
import collections
import json
import os
import subprocess
import tempfile

import numpy as np

from bm25 import BM25
from encoder import Encoder, installed
from measures import DEPTH, interval, measures


def read(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def ranking(scores, units):
    """The units with the best passages, the best first, each once."""
    ranked = {}
    for i in np.argsort(-scores, kind="stable"):
        ranked.setdefault(units[i])
        if len(ranked) == DEPTH:
            break
    return list(ranked)


def compare(folder, encoder_folder, weight):
    passages = read(os.path.join(folder, "passages.jsonl"))
    questions = [
        q for q in read(os.path.join(folder, "results.jsonl")) if q["answerable"] and (q["gold"] or q["missed"])
    ]
    texts = [p["text"] for p in passages]
    units = {"passage": [p["id"] for p in passages], "document": [p["document"] for p in passages]}
    bm25 = BM25(texts)
    encoder = Encoder(encoder_folder)
    vectors = encoder.vectors(texts)
    asked = encoder.vectors([q["question"] for q in questions])
    values = collections.defaultdict(lambda: collections.defaultdict(list))
    for question, vector in zip(questions, asked):
        words = bm25.scores(question["question"])
        cosines = vectors @ vector
        fused = words / max(1e-9, words.max()) + weight * cosines
        rankings = {"r3mem": question["r3mem"]}
        for name, scores in [("BM25", words), ("encoder", cosines), ("fusion", fused)]:
            rankings[name] = ranking(scores, units[question["unit"]])
        for system, ranked in rankings.items():
            for measure, value in measures(ranked, question).items():
                values[system][measure].append(value)
    return len(passages), len(questions), values


def main():
    p = argparse.ArgumentParser(usage="compare.py [options] [options of r3mem eval]", allow_abbrev=False)
    p.add_argument("--r3mem", default="../../.build/release/r3mem", help="the program")
    p.add_argument("--encoder", help="folder of another encoder in the Hugging Face form")
    p.add_argument("--weight", type=float, default=2, help="weight of the cosine in the fusion")
    p.add_argument("--results", help="a folder that r3mem eval --write wrote before; nothing is run")
    a, rest = p.parse_known_args()
    with tempfile.TemporaryDirectory() as folder:
        if not a.results:
            subprocess.run([a.r3mem, "eval", *rest, "--write", folder], check=True)
        passages, questions, values = compare(a.results or folder, a.encoder or installed(), a.weight)
    print(f"{questions} questions with known documents or answers over {passages} passages")
    names = list(values["r3mem"])
    print("".join([f"{'':10}"] + [f"{name:>22}" for name in names]))
    for system, measured in values.items():
        cells = ["{:.3f} ({:.3f}-{:.3f})".format(*interval(measured[name])) for name in names]
        print("".join([f"{system:10}"] + [f"{cell:>22}" for cell in cells]))


if __name__ == "__main__":
    main()
