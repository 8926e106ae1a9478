"""Puts term statistics into a model file.

    r3mem train-terms TEXTS... --to terms.bin
    python -m modelfile.terms ../../models/default.safetensors terms.bin --out new.safetensors --name r3mem-7

The statistics (how terms are spelled, and how they return within a text) are the bytes of the tensor "terms.statistics".
"""

import argparse

import numpy as np
from safetensors import safe_open
from safetensors.numpy import save_file


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("model")
    p.add_argument("statistics")
    p.add_argument("--out", required=True)
    p.add_argument("--name", help="the name of the new model")
    a = p.parse_args()
    with safe_open(a.model, "np") as file:
        metadata = dict(file.metadata())
        tensors = {key: file.get_tensor(key) for key in file.keys()}
    tensors["terms.statistics"] = np.fromfile(a.statistics, np.uint8)
    if a.name:
        metadata["name"] = a.name
    save_file(tensors, a.out, metadata)


if __name__ == "__main__":
    main()
