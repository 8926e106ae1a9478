"""Put a sentence encoder into a model file.

    python -m encoder.encoder HF_FOLDER DATA --into default.safetensors --out new.safetensors
    python -m encoder.encoder HF_FOLDER DATA --into default.safetensors --out new.safetensors --reader reader/checkpoint.pt --reading reading.npz
    python -m encoder.encoder HF_FOLDER --keep-encoder --into default.safetensors --out new.safetensors --reader … --reading …

HF_FOLDER holds config.json, model.safetensors and tokenizer.json of a BERT-type encoder (WordPiece, mean pooling); DATA is what prepare.py wrote: some of
its passages show what the activations are. Weights become bytes with a scale a row (`rounding`). Inputs of a product are multiplied by numbers of their own first,
so that inputs and weights are equally hard to round (SmoothQuant, arXiv 2211.10438). docs/model-format.md describes the tensors."""

import argparse
import os
import random

import numpy as np
import torch
import torch.nn.functional as F
from safetensors import safe_open
from safetensors.numpy import save_file

from corpus.scripts_of_the_world import random_text
from encoder import rounding
from encoder.backbone import Backbone, load_tokenizer
from encoder.reader import Data, Reader
from encoder.reader import tensors as tensors_of_pairs
from network.batches import Passages

LETTER, DROPPED, SPACE, ALONE = range(4)
HANGUL = range(0xAC00, 0xD7A4)


def character_table(tokenizer):
    """(kinds [n, 3], replacements [m, 8]) as Sources/Memory/Encoder/CharacterTable.swift reads them."""
    normal, split = tokenizer.normalizer, tokenizer.pre_tokenizer

    def kind(c):
        text = normal.normalize_str(f"a{c}a")
        if text == "aa":
            return DROPPED
        parts = split.pre_tokenize_str(text)
        return SPACE if len(parts) == 2 else ALONE if len(parts) == 3 and len(text.replace(" ", "")) == 3 else LETTER

    kinds, replacements, last = [], [], None
    for c in range(0x110000):
        if 0xD800 <= c < 0xE000:
            continue
        now = kind(chr(c))
        text = normal.normalize_str(f"a{chr(c)}a")[1:-1].strip(" ")
        if text not in ("", chr(c)) and c not in HANGUL:
            units = np.frombuffer(text.encode("utf-16-le"), np.uint16)
            if len(units) > 6:
                raise ValueError(f"U+{c:04X} becomes {len(units)} units")
            replacements.append([c >> 16, c & 0xFFFF, *units, *[0] * (6 - len(units))])
            # The kinds of what it becomes are looked up; its own is never asked.
            now = last if last is not None else LETTER
        if now != last:
            kinds.append([c >> 16, c & 0xFFFF, now])
            last = now
    return np.array(kinds, np.uint16), np.array(replacements, np.uint16)


def samples(data, count=96):
    """Texts of some held-out passages, first sentences of them, and texts in other scripts: rare tokens have large activations of their own."""
    rng = random.Random(3)
    held = np.flatnonzero(data.held).tolist()
    passages = [data.tokenizer.decode(data.ids(i)) for i in rng.sample(held, min(count, len(held)))]
    return passages + [p.split(". ")[0][:80] for p in passages] + [random_text(rng) for _ in range(count)]


def activations(model, inputs):
    """What products get, over some inputs: (ids, types) of one text each. {(layer, product): (the largest magnitude of each column, the second moments)}."""
    seen = {}

    def see(key, x):
        largest, moments = x.abs().amax(0), x.double().T @ x.double()
        if key in seen:
            largest, moments = torch.maximum(seen[key][0], largest), seen[key][1] + moments
        seen[key] = largest, moments

    with torch.no_grad():
        for ids, types in inputs:
            x = model.norm(model.words.weight[ids] + model.positions.weight[: len(ids)] + model.types.weight[types])
            for n, layer in enumerate(model.layers):
                see((n, "qkv"), x)
                q, k, v = layer.qkv(x).view(len(ids), 3, layer.heads, -1).permute(1, 2, 0, 3)
                a = F.scaled_dot_product_attention(q[None], k[None], v[None])[0].transpose(0, 1).reshape(len(ids), -1)
                see((n, "out"), a)
                x = layer.norm1(x + layer.out(a))
                see((n, "up"), x)
                g = F.gelu(layer.up(x))
                see((n, "down"), g)
                x = layer.norm2(x + layer.down(g))
    return seen


def texts_as_inputs(tokenizer, texts):
    ids = [torch.tensor(tokenizer.encode(text).ids[:256]) for text in texts]
    return [(i, torch.zeros_like(i)) for i in ids]


def packed(weight):
    """A matrix [outputs, inputs] as the program's product reads it: [outputs / 64, inputs / 4, 64, 4]."""
    outputs, inputs = weight.shape
    return np.ascontiguousarray(weight.reshape(outputs // 64, 64, inputs // 4, 4).transpose(0, 2, 1, 3))


def tensors(model, seen, wide_layers):
    out = {}
    out["encoder.words.weight"], out["encoder.words.scale"] = rounding.wide(model.words.weight.data)
    out["encoder.positions"], out["encoder.types"] = (
        model.positions.weight.data.numpy(),
        model.types.weight.data.numpy(),
    )
    if len(out["encoder.types"]) < 2:
        out["encoder.types"] = np.repeat(out["encoder.types"], 2, 0)

    out |= norm("encoder.norm", model.norm)
    for n, layer in enumerate(model.layers):
        out |= layer_tensors(f"encoder.layers.{n}.", layer, n, seen, is_narrow=n >= wide_layers)
    return out


def norm(name, layer):
    return {name + ".weight": layer.weight.data.numpy(), name + ".bias": layer.bias.data.numpy()}


def layer_tensors(name, layer, n, seen, is_narrow=False):
    """The tensors of layer `n`, whose inputs are as `activations` saw them."""
    out = norm(name + "norm1", layer.norm1) | norm(name + "norm2", layer.norm2)
    for part in ("qkv", "out", "up", "down"):
        linear = getattr(layer, part)
        largest, moments = seen[n, part]
        ease = (largest.clamp_min(1e-5) / linear.weight.data.abs().amax(0).clamp_min(1e-5)).sqrt()
        eased = linear.weight.data * ease
        weight, out[name + part + ".scale"] = (
            rounding.narrow(eased, moments / torch.outer(ease, ease)) if is_narrow else rounding.wide(eased)
        )
        out[name + part + ".weight"] = packed(weight)
        out[name + part + ".bias"] = linear.bias.data.numpy()
        out[name + part + ".multiplier"] = (1 / ease).numpy()
    return out


def encoder_tensors(folder, texts, name, wide_layers=0):
    """(tensors, metadata) of the encoder in a Hugging Face folder; the texts show what its activations are."""
    tokenizer, model = load_tokenizer(folder), Backbone.load(folder)
    out = tensors(model, activations(model, texts_as_inputs(tokenizer, texts)), wide_layers)
    out["encoder.kinds"], out["encoder.replacements"] = character_table(tokenizer)
    pieces = [piece for piece, _ in sorted(tokenizer.get_vocab().items(), key=lambda x: x[1])]
    out["encoder.pieces"] = np.frombuffer("".join(piece + "\n" for piece in pieces).encode(), np.uint8)
    width, block = model.words.weight.shape[1], model.layers[0]
    metadata = dict(
        name=name,
        width=width,
        layers=len(model.layers),
        heads=block.heads,
        inner=block.up.weight.shape[0],
        positions=len(model.positions.weight),
        epsilon=block.norm1.eps,
    )
    return {k: np.ascontiguousarray(v) for k, v in out.items()}, {"encoder." + k: str(v) for k, v in metadata.items()}


def reader_tensors(checkpoint, backbone, data, count=64):
    """(tensors, metadata) of a reader that reader.py trained from `backbone`; layers that did not change stay those of the encoder."""
    state = torch.load(checkpoint, weights_only=False)["model"]
    model = Reader(backbone)
    before = [{k: v.clone() for k, v in layer.state_dict().items()} for layer in model.backbone.layers]
    model.load_state_dict(state)
    shared = 0
    for layer, old in zip(model.backbone.layers, before):
        if any(not torch.equal(v, old[k]) for k, v in layer.state_dict().items()):
            break
        shared += 1
    rng = random.Random(4)
    inputs = []
    for i in rng.sample(range(len(data.items)), count):
        question, title, positive, _, _, *negatives = data.items[i].tolist()
        passage = positive if positive >= 0 else negatives[0]
        ids, _, types, _ = tensors_of_pairs([(data.text(question), data.text(title), data.text(passage))])
        inputs.append((ids[0], types[0]))
    seen = activations(model.backbone, inputs)
    out = {}
    for n, layer in enumerate(list(model.backbone.layers)[shared:]):
        out |= layer_tensors(f"reader.layers.{n}.", layer, n + shared, seen)
    out["reader.span.weight"] = model.span.weight.data.numpy()
    out["reader.relevance.weight"] = model.relevance.weight.data[0].numpy()
    out["reader.relevance.bias"] = model.relevance.bias.data.numpy()
    return out, {"reader.layers": str(len(before) - shared), "reader.shared": str(shared)}


def narrowed(tensors, width):
    """The word vectors of a model file along their first principal axes."""
    name = "lexicon.vectors"
    vectors = tensors[name + ".weight"].astype(np.float32) * tensors[name + ".scale"][:, None]
    axes = np.linalg.svd(vectors.T @ vectors)[0][:, :width]
    weight, scale = rounding.wide(torch.tensor(vectors @ axes))
    return {name + ".weight": weight, name + ".scale": scale}


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("encoder", help="Hugging Face folder")
    p.add_argument("data", nargs="?", help="folder of prepare.py; not needed with --keep-encoder")
    p.add_argument(
        "--keep-encoder",
        action="store_true",
        help="the encoder and the codes stay as they are in the model file: only the reader is new",
    )
    p.add_argument("--into", required=True, help="model file that gets the encoder; one that it has is replaced")
    p.add_argument("--out", required=True)
    p.add_argument("--name", help="name and origin of the encoder, for the metadata")
    p.add_argument("--model-name", help="new name of the model")
    p.add_argument(
        "--axes", help="principal axes of sentence vectors, by codes.py: with them an index has memory codes"
    )
    p.add_argument(
        "--wide-layers",
        type=int,
        default=0,
        help="first layers whose weights keep all bits: the reader shares them, and its answers change with them",
    )
    p.add_argument("--word-vectors", type=int, help="entries that word vectors keep")
    p.add_argument("--reader", help="checkpoint of reader.py, trained from the same encoder")
    p.add_argument("--reading", help="what reading.py wrote; needed with --reader")
    a = p.parse_args()
    if not (a.data or a.keep_encoder):
        p.error("DATA is needed, or --keep-encoder")
    if a.keep_encoder and (not a.reader or a.axes):
        p.error("--keep-encoder needs --reader, and takes no --axes")
    replaced = ("reader.",) if a.keep_encoder else ("encoder.", "reader.", "codes.")
    with safe_open(a.into, "np") as f:
        metadata = {k: v for k, v in f.metadata().items() if not k.startswith(replaced)}
        kept = {k: f.get_tensor(k) for k in f.keys() if not k.startswith(replaced)}
    added, described = {}, {}
    if not a.keep_encoder:
        name = a.name or os.path.basename(os.path.normpath(a.encoder))
        added, described = encoder_tensors(a.encoder, samples(Passages(a.data)), name, a.wide_layers)
    if a.word_vectors:
        kept |= narrowed(kept, a.word_vectors)
    if a.axes:
        added["codes.axes"] = np.ascontiguousarray(np.load(a.axes).astype(np.float32))
        described["codes.axes"] = str(len(added["codes.axes"]))
    if a.reader:
        tensors, more = reader_tensors(a.reader, Backbone.load(a.encoder), Data(a.reading))
        added |= {k: np.ascontiguousarray(v) for k, v in tensors.items()}
        described |= more
    if a.model_name:
        described["name"] = a.model_name
    save_file({k: np.ascontiguousarray(v) for k, v in kept.items()} | added, a.out, metadata | described)
    print(a.out, os.path.getsize(a.out) / 1e6, "MB,", sum(v.nbytes for v in added.values()) / 1e6, "of it new")


if __name__ == "__main__":
    main()
