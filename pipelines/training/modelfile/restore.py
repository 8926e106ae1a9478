"""Turns the model file back into what training starts from: a checkpoint, the tokenizer, the words and their vectors.

python -m modelfile.restore ../../models/default.safetensors --out restored
python -m corpus.prepare SHARDS --out data --tokenizer restored/tokenizer.json
python -m network.train data --out run --weights restored/checkpoint.pt --minutes 60 --rate 0.3
python -m modelfile.export run/checkpoint.pt data --out model.safetensors --name NAME --vectors restored/vectors.npz
"""

import argparse
import json
import os

import numpy as np
import torch
from safetensors import safe_open
from tokenizers import models

from corpus.words import SPECIAL, byte_alphabet, new_tokenizer
from network.model import R3Mem


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("model")
    p.add_argument("--out", required=True)
    a = p.parse_args()
    os.makedirs(a.out, exist_ok=True)
    with safe_open(a.model, "np") as f:
        meta, t = f.metadata(), {k: f.get_tensor(k) for k in f.keys()}
    shape = {
        k: int(meta[k])
        for k in ("vocabulary", "width", "layers", "heads", "ratio", "code", "slots", "slot_width", "context")
    }
    model = R3Mem(**shape)

    def matrix(name):
        return torch.from_numpy(t[name + ".weight"].astype(np.float32) * t[name + ".scale"][:, None])

    state = model.state_dict()
    state["embedding.weight"] = matrix("embedding")
    for i in range(shape["layers"]):
        state[f"F.{i}.qkv.weight"], state[f"F.{i}.out.weight"] = matrix(f"layers.{i}.qkv"), matrix(f"layers.{i}.out")
        state[f"G.{i}.up.weight"], state[f"G.{i}.down.weight"] = matrix(f"layers.{i}.up"), matrix(f"layers.{i}.down")
    for i, order in enumerate((2, 3, 4)):
        # The export folded the scales of the tables into the projection: give the rows their usual size again.
        state[f"ngrams.tables.{i}.weight"] = torch.from_numpy(t[f"ngrams.{order}"].astype(np.float32)) / 127
    state["ngrams.project.weight"] = matrix("ngrams.project") * 127
    for name in ("words", "to_code", "from_code", "bias"):
        state[name + ".weight"] = matrix(name)
    state["bias0"] = torch.from_numpy(t["bias.offset"])
    state["scale"] = torch.tensor(float(meta["output_scale"]))
    model.load_state_dict(state)
    torch.save(
        dict(model=model.state_dict(), shape=shape, seen=0, step=0, elapsed=0.0), os.path.join(a.out, "checkpoint.pt")
    )
    alphabet, at, names = byte_alphabet(), 0, list(SPECIAL)
    for i, n in enumerate(t["tokenizer.lengths"].tolist()):
        piece = t["tokenizer.bytes"][at : at + n]
        at += n
        if i >= len(SPECIAL):
            names.append("".join(alphabet[int(b)] for b in piece))
    tokenizer = new_tokenizer()
    tokenizer.model = models.BPE(
        vocab={n: i for i, n in enumerate(names)},
        merges=[(names[l], names[r]) for l, r, _ in t["tokenizer.merges"].tolist()],
    )
    tokenizer.save(os.path.join(a.out, "tokenizer.json"))

    def lines(key):
        return bytes(t[key]).decode().split("\n")[:-1]

    words = dict(
        function=lines("lexicon.function"),
        lexicon=[[w, int(f)] for w, f in zip(lines("lexicon.words"), t["lexicon.frequency"])],
    )
    json.dump(words, open(os.path.join(a.out, "words.json"), "w"), ensure_ascii=False)
    if "lexicon.vectors.weight" in t:
        np.savez(
            os.path.join(a.out, "vectors.npz"),
            words=np.array(words["function"] + [w for w, _ in words["lexicon"]]),
            vectors=t["lexicon.vectors.weight"].astype(np.float32) * t["lexicon.vectors.scale"][:, None],
        )
    print("restored", sum(q.numel() for q in model.parameters()) / 1e6, "M parameters")


if __name__ == "__main__":
    main()
