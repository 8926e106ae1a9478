"""Puts the network of one model file into another, which keeps all else.

    python -m modelfile.export run/checkpoint.pt data --out network.safetensors --name NAME --no-codes
    python -m modelfile.network network.safetensors ../../models/default.safetensors --out new.safetensors --name r3mem-8

Both files must have the same tokenizer. The words of the second file stay: the network sees words only as tokens.
"""

import argparse

import numpy as np
from safetensors import safe_open
from safetensors.numpy import save_file

KEPT = ("encoder.", "reader.", "codes.", "terms.", "lexicon.")
SAME = ("tokenizer.",)


def read(path: str) -> tuple[dict[str, str], dict[str, np.ndarray]]:
    with safe_open(path, "np") as file:
        return dict(file.metadata()), {key: file.get_tensor(key) for key in file.keys()}


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("network")
    p.add_argument("model")
    p.add_argument("--out", required=True)
    p.add_argument("--name", required=True, help="the name of the new model")
    a = p.parse_args()
    metadata, tensors = read(a.network)
    old_metadata, old = read(a.model)
    for name in sorted(set(tensors) | set(old)):
        if name.startswith(SAME) and not (name in tensors and name in old and np.array_equal(tensors[name], old[name])):
            raise SystemExit(
                f"{a.network}: '{name}' is another one than in {a.model}; prepare the data with its tokenizer and words"
            )
    tensors = {k: v for k, v in tensors.items() if not k.startswith(KEPT)}
    tensors |= {k: v for k, v in old.items() if k.startswith(KEPT)}
    lost = set(old) - set(tensors)
    if lost:
        raise SystemExit(f"{a.network}: lacks {', '.join(sorted(lost))}")
    # A network that was restored and rounded anew has not been trained.
    if metadata["training"].startswith("0 tokens"):
        del metadata["training"]
    metadata = old_metadata | metadata | {k: v for k, v in old_metadata.items() if k.startswith(KEPT) or k == "codes"}
    metadata["name"] = a.name
    save_file(tensors, a.out, metadata)


if __name__ == "__main__":
    main()
