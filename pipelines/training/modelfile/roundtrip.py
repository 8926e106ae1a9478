"""Checks that a model file which is restored and exported again is the same file.

python -m modelfile.roundtrip ../../models/default.safetensors

Every tensor must be equal but the rows of the n-gram tables and their projection: the export chooses the step of a table
anew, so these may differ by one step of int8.
"""

import argparse
import os
import subprocess
import sys
import tempfile

import numpy as np
from safetensors import safe_open

LOOSE = ("ngrams.",)
FREE = ("training",)


def read(path):
    with safe_open(path, "np") as f:
        return f.metadata(), {name: f.get_tensor(name) for name in f.keys()}


def run(module, *arguments):
    subprocess.run([sys.executable, "-m", module, *arguments], check=True, stdout=subprocess.DEVNULL)


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("model")
    a = p.parse_args()
    metadata, tensors = read(a.model)
    with tempfile.TemporaryDirectory() as folder:
        run("modelfile.restore", a.model, "--out", folder)
        options = ["--name", metadata["name"], "--limit", metadata["passage_limit"]]
        if metadata["codes"] == "unused":
            options.append("--no-codes")
        if "lexicon.vectors.weight" in tensors:
            options += ["--vectors", os.path.join(folder, "vectors.npz")]
        checkpoint, out = os.path.join(folder, "checkpoint.pt"), os.path.join(folder, "again.safetensors")
        run("modelfile.export", checkpoint, folder, "--out", out, *options)
        metadata_again, again = read(out)
    # An encoder is put into a model file after the export.
    tensors = {name: t for name, t in tensors.items() if not name.startswith("encoder.")}
    wrong = sorted(set(tensors) ^ set(again))
    for name in set(tensors) & set(again):
        one, other = tensors[name], again[name]
        if one.shape != other.shape or one.dtype != other.dtype:
            wrong.append(name)
        elif name.startswith(LOOSE):
            if one.dtype == np.int8 and np.abs(one.astype(int) - other).max() > 1:
                wrong.append(name)
        elif one.dtype == np.int8 or one.dtype.kind in "ui":
            if not np.array_equal(one, other):
                wrong.append(name)
        elif not np.allclose(one, other, rtol=1e-6):
            wrong.append(name)
    wrong += sorted(
        key
        for key in set(metadata) - set(FREE)
        if not key.startswith("encoder") and metadata[key] != metadata_again.get(key)
    )
    if wrong:
        sys.exit(f"{a.model}: not the same again: {', '.join(wrong)}")
    print(f"{a.model}: {len(tensors)} tensors are the same again")


if __name__ == "__main__":
    main()
