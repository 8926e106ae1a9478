"""Known answers for the sentence encoder, by transformers: tokens and sentence vectors of texts in many scripts.

    python encoder_fixtures.py FOLDER                    # small random encoders and their answers, for Tests/MemoryTests
    python encoder_fixtures.py FOLDER --encoder HF_FOLDER  # answers of a real encoder
    python encoder_fixtures.py FOLDER --encoder HF_FOLDER --texts 10000  # its tokens alone, of many texts

Each NAME.json has `texts`, `tokens` (without start and end) and `vectors` (mean of the last states, of length one)."""

import argparse
import json
import os
import random
import tempfile

import torch
from safetensors.numpy import save_file
from transformers import BertConfig, BertModel, BertTokenizerFast

from encoder import encoder_tensors, load_tokenizer
from scripts_of_the_world import TEXTS, random_text

PIECES = "the of and in a to for is on how long day days period month months refund window store credit see ##s ##ing ##ed ##er".split()


def small_encoder(folder, seed, **shape):
    """A random encoder in a Hugging Face folder, with letters, digits and a few words as pieces."""
    rng = random.Random(seed)
    letters = [
        chr(c)
        for r in (
            (0x21, 0x7F),
            (0x3B1, 0x3CA),
            (0x430, 0x450),
            (0x5D0, 0x5EB),
            (0x627, 0x64B),
            (0x1100, 0x1113),
            (0x1161, 0x1176),
            (0x11A8, 0x11C3),
        )
        for c in range(*r)
        if not chr(c).isupper()
    ] + list("漢字中文€→ßſ")
    pieces = (
        ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"] + letters + ["##" + c for c in letters if c.isalnum()] + PIECES
    )
    pieces = list(dict.fromkeys(pieces))
    rng.shuffle(pieces)
    with open(os.path.join(folder, "vocab.txt"), "w") as f:
        f.write("\n".join(pieces) + "\n")
    BertTokenizerFast(vocab=os.path.join(folder, "vocab.txt"), do_lower_case=True).save_pretrained(folder)
    torch.manual_seed(seed)
    config = BertConfig(vocab_size=len(pieces), initializer_range=0.2, **shape)
    BertModel(config, add_pooling_layer=False).save_pretrained(folder)


def answers(folder, texts, vectors=True):
    tokenizer = load_tokenizer(folder)
    ids = [tokenizer.encode(t).ids for t in texts]
    out = dict(texts=texts, tokens=[x[1:-1] for x in ids])
    if vectors:
        model = BertModel.from_pretrained(folder).eval()
        out["vectors"] = []
        with torch.no_grad():
            for x in ids:
                v = model(torch.tensor([x[: model.config.max_position_embeddings]])).last_hidden_state[0].mean(0)
                out["vectors"].append([round(float(y), 6) for y in v / v.norm()])
    return out


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("folder")
    p.add_argument("--encoder")
    p.add_argument("--texts", type=int, default=0)
    a = p.parse_args()
    rng = random.Random(5)
    texts = TEXTS + [random_text(rng) for _ in range(a.texts or 40)]

    def write(name, data):
        with open(os.path.join(a.folder, name), "w") as f:
            json.dump(data, f, ensure_ascii=True)

    if a.encoder:
        name = "encoder-tokens.json" if a.texts else "encoder-default.json"
        write(name, answers(a.encoder, texts, vectors=not a.texts))
        return
    shapes = [
        dict(
            hidden_size=64,
            num_hidden_layers=2,
            num_attention_heads=4,
            intermediate_size=128,
            max_position_embeddings=160,
        ),
        dict(
            hidden_size=128,
            num_hidden_layers=1,
            num_attention_heads=2,
            intermediate_size=192,
            max_position_embeddings=130,
            layer_norm_eps=1e-5,
        ),
    ]
    for n, shape in enumerate(shapes):
        with tempfile.TemporaryDirectory() as folder:
            small_encoder(folder, n, **shape)
            added, described = encoder_tensors(folder, [random_text(rng) for _ in range(40)], f"random-{n}")
            save_file(
                added, os.path.join(a.folder, f"encoder-{n}.safetensors"), {"format": "r3mem-model-1"} | described
            )
            write(f"encoder-{n}.json", answers(folder, texts))


if __name__ == "__main__":
    main()
