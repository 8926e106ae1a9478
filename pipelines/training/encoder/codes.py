"""Principal axes of sentence vectors: the signs along them are the memory codes of an index.

    python -m encoder.codes HF_FOLDER reading.npz --out axes.npy

The vectors are those of the passages of reading.npz, without their mean direction."""

import argparse
import random

import numpy as np
import torch

from encoder.backbone import Backbone
from encoder.reader import CLS, SEP, Data

AXES = 128  # MemoryCodes.sectionBytes * 8
TOKENS = 256


def sentence_vectors(model, sequences, batch=32):
    """[n, width] of token sequences, in their order; sequences of like length run together."""
    order = sorted(range(len(sequences)), key=lambda i: len(sequences[i]))
    out = torch.zeros(len(sequences), model.words.weight.shape[1])
    with torch.no_grad():
        for at in range(0, len(order), batch):
            group = order[at : at + batch]
            width = max(len(sequences[i]) for i in group)
            ids = torch.zeros(len(group), width, dtype=torch.long)
            for row, i in enumerate(group):
                ids[row, : len(sequences[i])] = torch.tensor(sequences[i])
            mask = torch.arange(width)[None] < torch.tensor([[len(sequences[i])] for i in group])
            out[group] = model.sentence(ids, mask)
    return out


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("model", help="Hugging Face folder of the encoder")
    p.add_argument("data", help="what reading.py wrote")
    p.add_argument("--passages", type=int, default=30000)
    p.add_argument("--out", default="axes.npy")
    a = p.parse_args()
    data, model = Data(a.data), Backbone.load(a.model).eval().to(torch.bfloat16)
    texts = sorted({int(i) for i in data.items[:, 2] if i >= 0})
    random.Random(5).shuffle(texts)
    passages = [[CLS, *data.text(i)[: TOKENS - 2], SEP] for i in texts[: a.passages]]
    vectors = sentence_vectors(model, passages)
    # The first axis is the mean direction: all passages have one sign along it.
    axes = torch.linalg.svd(vectors.T @ vectors)[0][:, 1 : AXES + 1].T
    np.save(a.out, axes.contiguous().numpy())
    kept = (vectors @ axes[:64].T).pow(2).sum(1).mean()
    print(a.out, len(passages), f"passages; 64 axes hold {float(kept):.3f} of the squared length")


if __name__ == "__main__":
    main()
