"""Writes the float model's answers on a few texts, for the test that compares the integer engine with them.

    python reference.py run/checkpoint.pt data --out ../../Tests/Support/Fixtures/parity.json

A record has the text, its tokens, its memory code, and the bits of its residual given that code and a document code of
zeros, with int8 weights and activations as in training. The texts were written for this purpose.
"""

import argparse
import json
import math
import os
import random
import re

import numpy as np
import torch

from batches import Batch
from lexical import Lexicon
from losses import constrained
from model import Linear, R3Mem
from words import MEM, WORD_PATTERN, term

TEXTS = [
    "The cargo bike came back on 12 March because its left brake lever had cracked; the workshop replaced it within two days and sent no invoice.",
    "# Storage\n\nKeep the battery at about half of its charge. Below five degrees it ages faster, above thirty it may swell.\n\n- Check it every month.\n- Write the date on the label.\n",
    "In 1962 the town council voted for a new bridge over the river. Work began three years later, and the first train crossed it in October 1968.",
    "When she had read the letter twice, Margaret folded it, laid it upon the table, and said nothing at all until the lamp was brought in.",
    "Call getAllocator() before the first request; it returns a McPool object whose size is 4096 bytes unless the PoolSize option says otherwise.",
    "A cell divides in two steps: first the nucleus, then the body of the cell. Each daughter holds the same number of chromosomes as its parent.",
    "tank 1: level 40, valve open, pump running\ntank 2: level 45, valve open, pump running\ntank 3: level 12, valve closed, pump running\n"
    "tank 4: level 40, valve closed, pump stopped\ntank 5: level 45, valve open, pump running\n",
]


class Texts:
    """The fixture's texts in the form that batches are made of."""

    def __init__(self, data):
        from tokenizers import Tokenizer

        self.tokenizer = Tokenizer.from_file(os.path.join(data, "tokenizer.json"))
        function = json.load(open(os.path.join(data, "words.json")))["function"]
        sets = [sorted({term(w) for w in re.findall(WORD_PATTERN, t)} - set(function)) for t in TEXTS]
        names = function + sorted({w for s in sets for w in s})
        self.lexicon = Lexicon(self.tokenizer, names, len(function))
        self.sets = [[names.index(w) for w in s] for s in sets]
        self.bytes = np.array([len(t.encode()) for t in TEXTS])
        self.domain = np.zeros(len(TEXTS), int)

    def ids(self, i):
        return self.tokenizer.encode(TEXTS[i], add_special_tokens=False).ids

    def set(self, i):
        return self.sets[i]


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("checkpoint")
    p.add_argument("data")
    p.add_argument("--out", required=True)
    a = p.parse_args()
    c = torch.load(a.checkpoint, map_location="cpu", weights_only=False)
    model = R3Mem(**c["shape"])
    model.load_state_dict(c["model"])
    model.eval()
    data, Linear.quantised, out = Texts(a.data), True, []
    V = c["shape"]["vocabulary"]
    shared = torch.tensor(data.lexicon.shared)
    letter = torch.zeros(V, dtype=torch.bool)
    letter[list(data.lexicon.letter_first)] = True
    slot = torch.full((V,), -1)
    slot[shared] = torch.arange(len(shared))
    model.letter_first = letter
    with torch.no_grad():
        for i, text in enumerate(TEXTS):
            batch = Batch(data, [[i]], None, random.Random(0))
            code, _ = model.compress(batch.whole, batch.lengths, torch.tensor([MEM]))
            h = model.expand(batch.ids, torch.zeros_like(code), code, batch.pieces, batch.piece_offsets)
            bits = constrained(model, (shared, letter[shared], slot), batch, h).item() / math.log(2)
            out.append(dict(text=text, tokens=data.ids(i), code=[int(x) for x in code[0].round()], bits=round(bits, 3)))
    json.dump(out, open(a.out, "w"), ensure_ascii=False, indent=1)
    print(len(out), "texts,", round(sum(o["bits"] for o in out), 1), "bits")


if __name__ == "__main__":
    main()
