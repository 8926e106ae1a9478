"""Writes the model file of a checkpoint, as docs/model-format.md describes it.

python -m modelfile.export run/checkpoint.pt data --out model.safetensors --name NAME [--vectors vectors.npz]
"""

import argparse
import json
import math
import os

import numpy as np
import torch
from safetensors.numpy import save_file
from tokenizers import Tokenizer

from corpus.words import byte_alphabet
from network.model import LEVELS, WEIGHT_LEVELS, R3Mem


def rows(weight, top):
    """int8 rows with weights up to `top`, and their scales."""
    w = weight.detach().float().numpy()
    scale = np.maximum(np.abs(w).max(1), 1e-20) / top
    return np.round(w / scale[:, None]).astype(np.int8), scale.astype(np.float32)


def lines(words):
    assert not any("\n" in w or not w for w in words)
    return np.frombuffer("".join(w + "\n" for w in words).encode(), np.uint8)


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("checkpoint")
    p.add_argument("data", help="folder of prepare.py or restore.py, for its tokenizer.json and words.json")
    p.add_argument("--out", required=True)
    p.add_argument("--name", required=True)
    p.add_argument("--limit", type=int, default=256, help="tokens of a passage, at most")
    p.add_argument(
        "--no-codes", action="store_true", help="for a model that was trained with --remembered 0: no memory codes"
    )
    p.add_argument("--vectors", help="npz that distil.py wrote")
    a = p.parse_args()
    c = torch.load(a.checkpoint, map_location="cpu", weights_only=False)
    model = R3Mem(**c["shape"])
    model.load_state_dict(c["model"])
    tokenizer = Tokenizer.from_file(os.path.join(a.data, "tokenizer.json"))
    with open(os.path.join(a.data, "words.json")) as f:
        known = json.load(f)
    function, lexicon = known["function"], known["lexicon"]
    out = {}

    def matrix(name, weight, top=WEIGHT_LEVELS):
        out[name + ".weight"], out[name + ".scale"] = rows(weight, top)

    matrix("embedding", model.embedding.weight, 127)
    for i, (f, g) in enumerate(zip(model.F, model.G)):
        matrix(f"layers.{i}.qkv", f.qkv.weight)
        matrix(f"layers.{i}.out", f.out.weight)
        matrix(f"layers.{i}.up", g.up.weight)
        matrix(f"layers.{i}.down", g.down.weight)
    if model.ngrams is not None:
        project = model.ngrams.project.weight.detach().clone()
        width = c["shape"]["slot_width"]
        for j, (order, table) in enumerate(zip(model.ngrams.orders, model.ngrams.tables)):
            t = table.weight.detach()
            step = float(t.abs().flatten().kthvalue(int(t.numel() * 0.9999))[0]) / 127
            out[f"ngrams.{order}"] = (t / step).round().clamp(-127, 127).to(torch.int8).numpy()
            project[:, j * width : (j + 1) * width] *= step
        matrix("ngrams.project", project)
    matrix("words", model.words.weight)
    matrix("to_code", model.to_code.weight)
    matrix("from_code", model.from_code.weight)
    matrix("bias", model.bias.weight, 127)
    out["bias.offset"] = model.bias0.detach().numpy().astype(np.float32)
    d = c["shape"]["width"] // c["shape"]["heads"]
    angle = 1 / (10000 ** (np.arange(0, d, 2) / d))
    out["rotary"] = np.stack([np.cos(angle), np.sin(angle)]).astype(np.float64)
    out["log_half"] = np.array([math.log(i + 0.5) for i in range(513)], np.float32)
    byte_of = {c: b for b, c in byte_alphabet().items()}
    vocabulary = sorted(tokenizer.get_vocab().items(), key=lambda p: p[1])
    pieces = [b"" if i < 4 else bytes(byte_of[ch] for ch in piece) for piece, i in vocabulary]
    out["tokenizer.bytes"] = np.frombuffer(b"".join(pieces), np.uint8)
    out["tokenizer.lengths"] = np.array([len(p) for p in pieces], np.uint8)
    number = dict(vocabulary)
    merges = json.loads(tokenizer.to_str())["model"]["merges"]
    merges = [m.split(" ") if isinstance(m, str) else m for m in merges]
    out["tokenizer.merges"] = np.array([[number[l], number[r], number[l + r]] for l, r in merges], np.uint16)
    out["lexicon.function"] = lines(function)
    out["lexicon.words"] = lines([w for w, _ in lexicon])
    out["lexicon.frequency"] = np.array([min(65535, f) for _, f in lexicon], np.uint16)
    if a.vectors:
        v = np.load(a.vectors)
        known = v["words"].tolist()
        row = {w: i for i, w in enumerate(known)}
        words = function + [w for w, _ in lexicon]
        missing = [w for w in words if w not in row]
        assert not missing, f"no vectors for {len(missing)} words of the lexicon, such as {missing[:3]}"
        vectors = np.concatenate([v["vectors"][[row[w] for w in words]], v["vectors"][len(known) :]])
        matrix("lexicon.vectors", torch.from_numpy(vectors), 127)
    metadata = {k: str(v) for k, v in c["shape"].items()} | dict(
        format="r3mem-model-2",
        name=a.name,
        levels=str(LEVELS),
        codes="unused" if a.no_codes else "used",
        passage_limit=str(a.limit),
        output_scale=repr(model.scale.item()),
        training=f"{c['seen']} tokens, {c['step']} steps, {c['elapsed'] / 60:.0f} minutes",
    )
    os.makedirs(os.path.dirname(os.path.abspath(a.out)), exist_ok=True)
    save_file({k: np.ascontiguousarray(v) for k, v in out.items()}, a.out, metadata)
    print(a.out, os.path.getsize(a.out), "bytes")


if __name__ == "__main__":
    main()
