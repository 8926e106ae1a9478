"""Train the reader: does this passage answer this question, and with which words?

    python -m encoder.reader reading.npz MODEL --out reader --minutes 120 [--squad squad-open.json]

The backbone reads [CLS] question [SEP] title [SEP] passage [SEP]; a relevance score is read at [CLS], the ends of the answer at the passage's tokens.
Resumable: the same command continues. The tables of token vectors, positions and types and the first layers stay as they are: the encoder shares them."""

import argparse
import collections
import json
import os
import random
import re
import signal
import string
import time

import numpy as np
import torch
import torch.nn.functional as F
from safetensors import safe_open
from torch import nn

from encoder.backbone import Backbone, load_tokenizer
from runlog import log_to

CLS, SEP = 101, 102


class Reader(nn.Module):
    def __init__(self, backbone):
        super().__init__()
        self.backbone = backbone
        self.span = nn.Linear(backbone.words.weight.shape[1], 2)
        self.relevance = nn.Linear(backbone.words.weight.shape[1], 1)

    def forward(self, ids, mask, types):
        """-> relevance [B], logits of the answer's ends [B, T, 2], minus infinity outside the passage."""
        x = self.backbone(ids, mask, types).float()
        spans = self.span(x).masked_fill(~(mask & (types == 1))[..., None], -1e9)
        return self.relevance(x[:, 0]).squeeze(-1), spans


def unpacked(weight):
    """A matrix [outputs, inputs] of the tensor that `encoder.packed` made of it."""
    blocks, steps, rows, step = weight.shape
    return weight.permute(0, 2, 1, 3).reshape(blocks * rows, steps * step)


def take_layer(layer, f, name):
    """Take the weights of a layer from an open model file, as the program has them."""
    for part in ("qkv", "out", "up", "down"):
        scale, ease = f.get_tensor(f"{name}{part}.scale"), f.get_tensor(f"{name}{part}.multiplier")
        linear = getattr(layer, part)
        linear.weight.data = unpacked(f.get_tensor(f"{name}{part}.weight")).float() * scale[:, None] * ease
        linear.bias.data = f.get_tensor(f"{name}{part}.bias")
    for part in ("norm1", "norm2"):
        getattr(layer, part).load_state_dict({e: f.get_tensor(f"{name}{part}.{e}") for e in ("weight", "bias")})


def restore(model, path):
    """Take the reader's weights from a model file. Return how many layers it shares with the encoder."""
    with safe_open(path, "pt") as f:
        shared = int(f.metadata()["reader.shared"])
        for n, layer in enumerate(list(model.backbone.layers)[shared:]):
            take_layer(layer, f, f"reader.layers.{n}.")
        model.span.weight.data = f.get_tensor("reader.span.weight")
        model.relevance.weight.data = f.get_tensor("reader.relevance.weight")[None]
        model.relevance.bias.data = f.get_tensor("reader.relevance.bias")
    return shared


def tensors(rows):
    """[(question, title, passage ids)] -> ids, mask, types, first position of each passage."""
    sequences = [[CLS, *q, SEP, *t, SEP, *p, SEP] for q, t, p in rows]
    starts = [len(q) + len(t) + 3 for q, t, _ in rows]
    width = max(map(len, sequences))
    ids = torch.zeros(len(rows), width, dtype=torch.long)
    types = torch.zeros_like(ids)
    for r, (s, at, row) in enumerate(zip(sequences, starts, rows)):
        ids[r, : len(s)] = torch.tensor(s)
        types[r, at : at + len(row[2])] = 1
    return ids, torch.arange(width)[None] < torch.tensor([[len(s)] for s in sequences]), types, starts


def trainable(model, shared, rate):
    """(parameters that are trained, their optimiser). The tables and the first layers are the encoder's and stay."""
    backbone = model.backbone
    for part in (backbone.words, backbone.positions, backbone.types, backbone.norm, backbone.layers[:shared]):
        part.requires_grad_(False)
    trained = [q for q in model.parameters() if q.requires_grad]
    groups = [
        dict(params=[q for q in trained if q.ndim > 1], weight_decay=0.01),
        dict(params=[q for q in trained if q.ndim == 1], weight_decay=0),
    ]
    return trained, torch.optim.AdamW(groups, lr=rate, betas=(0.9, 0.98))


class Data:
    def __init__(self, path):
        z = np.load(path)
        self.ids, self.bounds, self.items = z["ids"], z["bounds"], z["items"]

    def text(self, n):
        return self.ids[self.bounds[n] : self.bounds[n + 1]].tolist()

    def batches(self, size, seed, skip):
        """Endless batches of item rows; of like length, so that little is padding."""
        epoch = 0
        while True:
            rng = random.Random(seed + epoch)
            order = list(range(len(self.items)))
            rng.shuffle(order)
            pools = [order[i : i + size * 64] for i in range(0, len(order), size * 64)]
            for pool in pools:
                pool.sort(key=lambda i: self.bounds[self.items[i][2] + 1] - self.bounds[self.items[i][2]])
                groups = [pool[i : i + size] for i in range(0, len(pool), size)]
                rng.shuffle(groups)
                for group in groups:
                    if skip > 0:
                        skip -= 1
                    else:
                        yield group, rng
            epoch += 1


def window(ids, first, last, size, rng):
    """Return a run of `size` ids and the place of the span in it. The run holds `first` to `last`; where these are negative, it is any run."""
    if len(ids) <= size:
        return ids, first, last
    low, high = (max(0, last + 1 - size), min(first, len(ids) - size)) if first >= 0 else (0, len(ids) - size)
    at = rng.randint(low, max(low, high))
    return ids[at : at + size], first - at, last - at


def loss_of(model, data, group, rng):
    rows, pairs, spans = [], [], []
    size = rng.randint(72, 176)  # the same for all, so that little is padding
    for i in group:
        question, title, positive, first, last, *negatives = data.items[i].tolist()
        q, t = data.text(question), data.text(title) if rng.random() < 0.7 else []
        negatives = [n for n in negatives if n >= 0]
        p = n = None
        if positive >= 0:
            p = len(rows)
            passage, start, end = window(data.text(positive), first, last, size, rng)
            rows.append((q, t, passage))
            if first >= 0:
                spans.append((p, start, end))
        if negatives and (positive < 0 or rng.random() < 0.45):
            n = len(rows)
            rows.append(
                (q, t if rng.random() < 0.5 else [], window(data.text(rng.choice(negatives)), -1, -1, size, rng)[0])
            )
        pairs.append((p, n))
    ids, mask, types, starts = tensors(rows)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        relevance, ends = model(ids, mask, types)
    positive = torch.tensor([p for p, _ in pairs if p is not None], dtype=torch.long)
    negative = torch.tensor([n for _, n in pairs if n is not None], dtype=torch.long)
    both = [(p, n) for p, n in pairs if p is not None and n is not None]
    judged = F.softplus(-relevance[positive]).sum() + F.softplus(relevance[negative]).sum()
    parts = dict(relevance=judged / len(rows))
    if both:
        p, n = torch.tensor(both).T
        parts["order"] = F.softplus(relevance[n] - relevance[p]).mean()
    if spans:
        r = torch.tensor([s[0] for s in spans])
        target = torch.tensor([[starts[s[0]] + s[1], starts[s[0]] + s[2]] for s in spans])
        parts["span"] = F.cross_entropy(ends[r].transpose(1, 2).reshape(-1, ends.shape[1]), target.flatten())
    return parts, len(rows)


def best_span(ends, start, count, longest=40):
    """(first, last, score) among `count` passage tokens from `start`."""
    a, b = ends[start : start + count, 0], ends[start : start + count, 1]
    both = a[:, None] + b[None, :]
    both = both.masked_fill(~torch.ones_like(both).triu().bool() | torch.ones_like(both).triu(longest).bool(), -1e9)
    k = int(both.argmax())
    return k // count, k % count, float(both.max())


def normal(text):
    text = "".join(c for c in text.lower() if c not in string.punctuation)
    return re.sub(r"\b(a|an|the)\b", " ", text).split()


def f1(said, gold):
    common = sum((collections.Counter(normal(said)) & collections.Counter(normal(gold))).values())
    return 0.0 if not common else 2 * common / (len(normal(said)) + len(normal(gold)))


@torch.no_grad()
def evaluate(model, tokenizer, path, count):
    """Exact match and F1 of the answer, the passage being given, and how often it is told from the passage before it; SQuAD form."""
    questions = []
    for article in json.load(open(path))["data"]:
        texts = [p["context"] for p in article["paragraphs"]]
        for k, p in enumerate(article["paragraphs"]):
            questions += [(q["question"], texts[k], texts[k - 1], [x["text"] for x in q["answers"]]) for q in p["qas"]]
    random.Random(3).shuffle(questions)
    exact = score = told = 0
    device = next(model.parameters()).device
    model.eval()
    for at in range(0, count, 16):
        part = questions[at : at + 16]
        encoded = [
            (
                tokenizer.encode(q, add_special_tokens=False).ids[:40],
                tokenizer.encode(c, add_special_tokens=False),
                tokenizer.encode(o, add_special_tokens=False),
            )
            for q, c, o, _ in part
        ]
        ids, mask, types, starts = tensors(
            [(q, [], c.ids[:400]) for q, c, _ in encoded] + [(q, [], o.ids[:400]) for q, _, o in encoded]
        )
        with torch.autocast(device.type, dtype=torch.bfloat16):
            relevance, ends = model(*(x.to(device) for x in (ids, mask, types)))
        told += int((relevance[: len(part)] > relevance[len(part) :]).sum())
        for r, (question, encoding) in enumerate(zip(part, encoded)):
            first, last, _ = best_span(ends[r].float().cpu(), starts[r], min(400, len(encoding[1].ids)))
            said = question[1][encoding[1].offsets[first][0] : encoding[1].offsets[last][1]]
            exact += max(normal(said) == normal(g) for g in question[3])
            score += max(f1(said, g) for g in question[3])
    model.train()
    return f"given passage: exact {exact / count:.3f} F1 {score / count:.3f} told from its neighbour {told / count:.3f}"


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("data")
    p.add_argument("model", help="Hugging Face folder of the backbone")
    p.add_argument("--out", default="reader")
    p.add_argument("--minutes", type=float, required=True, help="time of the whole run")
    p.add_argument("--batch", type=int, default=16, help="questions a step")
    p.add_argument("--rate", type=float, default=1e-4)
    p.add_argument("--decay-from", type=float, default=0.5)
    p.add_argument("--shared", type=int, default=2, help="first layers that stay those of the encoder")
    p.add_argument("--restore", help="model file whose reader a new run begins with")
    p.add_argument("--squad", help="file to measure on")
    p.add_argument("--seed", type=int, default=0)
    a = p.parse_args()
    torch.manual_seed(a.seed)
    random.seed(a.seed)
    os.makedirs(a.out, exist_ok=True)
    data = Data(a.data)
    tokenizer = load_tokenizer(a.model)
    model = Reader(Backbone.load(a.model)).train()
    if a.restore and restore(model, a.restore) != a.shared:
        raise SystemExit(f"{a.restore}: its reader shares another number of layers than --shared {a.shared}")
    trained, optimiser = trainable(model, a.shared, a.rate)
    step, elapsed, average = 0, 0.0, {}
    checkpoint = os.path.join(a.out, "checkpoint.pt")
    if os.path.exists(checkpoint):
        c = torch.load(checkpoint, weights_only=False)
        model.load_state_dict(c["model"])
        optimiser.load_state_dict(c["optimiser"])
        step, elapsed = c["step"], c["elapsed"]
    say = log_to(a.out)

    def save():
        state = dict(model=model.state_dict(), optimiser=optimiser.state_dict(), step=step, elapsed=elapsed)
        torch.save(state, checkpoint + ".new")
        os.replace(checkpoint + ".new", checkpoint)

    stop = []
    for s in (signal.SIGINT, signal.SIGTERM):
        signal.signal(s, lambda *_: stop.append(1))
    say(f"{sum(q.numel() for q in trained) / 1e6:.2f} M trained parameters, {len(data.items)} items")
    clock, saved, sequences = time.time(), time.time(), 0
    for group, rng in data.batches(a.batch, a.seed, step):
        done = elapsed / 60 / a.minutes
        if stop or done >= 1:
            break
        rate = (
            a.rate
            * min(1, (step + 1) / 200)
            * (1 if done < a.decay_from else max(0.01, (1 - done) / (1 - a.decay_from)))
        )
        for g in optimiser.param_groups:
            g["lr"] = rate
        parts, count = loss_of(model, data, group, rng)
        (parts["relevance"] + parts.get("order", 0) + parts.get("span", 0)).backward()
        torch.nn.utils.clip_grad_norm_(trained, 1.0)
        optimiser.step()
        optimiser.zero_grad(set_to_none=True)
        step += 1
        sequences += count
        elapsed += time.time() - clock
        clock = time.time()
        for k, v in parts.items():
            average[k] = v.item() if k not in average else 0.98 * average[k] + 0.02 * v.item()
        if step % 50 == 0:
            say(f"step {step} minutes {elapsed / 60:.1f} " + " ".join(f"{k} {v:.3f}" for k, v in average.items()))
        if a.squad and step % 1000 == 0:
            say(evaluate(model, tokenizer, a.squad, 320))
            clock = time.time()
        if time.time() - saved > 240:
            save()
            saved = clock = time.time()
    save()
    if a.squad:
        say(evaluate(model, tokenizer, a.squad, 960))


if __name__ == "__main__":
    main()
