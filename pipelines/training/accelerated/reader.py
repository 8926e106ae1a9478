"""Trains the reader on an accelerator, from the reader of a model file, whose encoder is the backbone.

    python -m accelerated.reader reading.npz MODEL_FILE --out reader --seconds 300 [--cloze cloze.npz] [--squad squad-open.json --tokenizer FOLDER]

The data lies on the device; batches are put together there. OUT/reader.pt holds the trained tensors in half precision, by their names in
`encoder.reader.Reader`; `python -m accelerated.reader OUT/reader.pt MODEL --checkpoint checkpoint.pt` makes what `encoder.encoder` reads of it.
`modelfile.mean` makes one of several."""

import argparse
import os
import random
import time

import numpy as np
import torch
import torch.nn.functional as F
from safetensors import safe_open
from torch import _dynamo

from encoder.backbone import Backbone, load_tokenizer
from encoder.reader import CLS, SEP, Reader, evaluate, restore, take_layer, trainable
from runlog import log_to

WINDOWS = (104, 176)  # tokens of a passage
LONGEST = 40 + 16 + 4  # tokens beside the passage
# How many items of a set an epoch has, where it has more. One sentence teaches less than a passage, other languages are for a few.
WORTH = {
    "qamr": 9000,
    "qasrl_gs": 1500,
    "squad_it_test": 3000,
    "turkish": 1500,
    "tydiqa_other": 2500,
    "norquad": 3000,
    "arcd_ar": 300,
    "kazqad_kk": 200,
    "cmrc2018_zh": 300,
    "friendsqa": 1500,
    "molweni": 800,
    "of-another": 9000,
    "pairs-fever": 3000,
    "pairs-qmsum": 400,
    "pairs-product_qa": 1500,
    "pairs-medquad": 1500,
    "pairs-squad_sentences": 5000,
    "pairs-fairytaleqa": 1500,
}
WORTH_TWICE = ("squad_part", "squad2_dev_part", "tydiqa_en", "clapnq_dev", "tatqa")


class Data:
    def __init__(self, path, device, held_share=50):
        z = np.load(path)
        self.ids = torch.tensor(z["ids"].astype(np.int32), device=device)
        self.bounds = torch.tensor(z["bounds"], device=device)
        items = z["items"]
        passage = np.where(items[:, 2] >= 0, items[:, 2], items[:, 5])
        held = (passage.astype(np.int64) * 2654435761 >> 7) % held_share == 0
        weight = np.ones(len(items))
        self.names, self.sources = None, None
        if "names" in z:
            self.names, self.sources = z["names"].tolist(), z["sources"]
            for n, name in enumerate(self.names):
                of = self.sources == n
                weight[of] = min(1, WORTH.get(name, 1 << 30) / max(1, of.sum())) * (2 if name in WORTH_TWICE else 1)
        self.held = torch.tensor(items[held], device=device)
        self.held_sources = self.sources[held] if self.sources is not None else None
        self.items = torch.tensor(items[~held], device=device)
        self.weight = torch.tensor(weight[~held], device=device, dtype=torch.float)
        self.waiting = torch.zeros(0, dtype=torch.long, device=device)

    def take(self, n):
        """Items of the next batch: an epoch has every item as often as it is worth, by chance where that is no whole number."""
        while len(self.waiting) < n:
            count = self.weight.floor() + (torch.rand_like(self.weight) < self.weight - self.weight.floor())
            epoch = torch.repeat_interleave(torch.arange(len(count), device=count.device), count.long())
            self.waiting = torch.cat((self.waiting, epoch[torch.randperm(len(epoch), device=epoch.device)]))
        taken, self.waiting = self.waiting[:n], self.waiting[n:]
        return self.items[taken]

    def length(self, n):
        return torch.where(n >= 0, self.bounds[n.clamp_min(0) + 1] - self.bounds[n.clamp_min(0)], 0)

    def sequences(self, question, title, passage, start, count, width):
        """ids, mask, types [R, width] and the place of each passage; a title of -1 is none."""
        at = torch.arange(width, device=self.ids.device)[None]
        q, t = self.length(question)[:, None], self.length(title)[:, None]
        place = 3 + q + t
        from_question = self.bounds[question][:, None] + at - 1
        from_title = self.bounds[title.clamp_min(0)][:, None] + at - 2 - q
        from_passage = self.bounds[passage][:, None] + start[:, None] + at - place
        in_question, in_title = (at >= 1) & (at < 1 + q), (at >= 2 + q) & (at < 2 + q + t)
        in_passage = (at >= place) & (at < place + count[:, None])
        source = torch.where(in_question, from_question, torch.where(in_title, from_title, from_passage))
        inside = in_question | in_title | in_passage
        ids = torch.where(inside, self.ids[source.clamp(0, len(self.ids) - 1)].long(), SEP)
        ids[:, 0] = CLS
        mask = at <= place + count[:, None]
        return torch.where(mask, ids, 0), mask, in_passage.long(), place[:, 0]

    def window(self, passage, first, last, size):
        """(start, length) of a run of `size` tokens by chance that holds the span; -1 is no span."""
        n = self.length(passage)
        low = torch.where(first >= 0, (last + 1 - size).clamp_min(0), 0)
        high = torch.where(first >= 0, torch.minimum(first, n - size), n - size)
        start = low + (torch.rand(len(n), device=n.device) * (high - low + 1).clamp_min(1)).long()
        return torch.where(n <= size, 0, start), torch.minimum(n, torch.tensor(size, device=n.device))

    def both(self, question, title, title_below, positive, negative, first, last, size):
        """`sequences` of windows of the passages that answer, and behind them of those that do not; and where the first windows start."""
        start, count = self.window(positive.clamp_min(0), first, last, size)
        none = torch.full_like(first, -1)
        below, below_count = self.window(negative.clamp_min(0), none, none, size)
        made = self.sequences(
            torch.cat((question, question)),
            torch.cat((title, title_below)),
            torch.cat((positive, negative)).clamp_min(0),
            torch.cat((start, below)),
            torch.cat((count, below_count)),
            LONGEST + size,
        )
        return *made, start


def loss_of(model, data, items, size):
    """Both rows of each item, the passage that answers and one that does not; a row that an item lacks weighs nothing."""
    device, n = items.device, len(items)
    question, title, positive, first, last, negatives = *items[:, :5].T, items[:, 5:]
    title = torch.where(torch.rand(n, device=device) < 0.7, title, -1)
    known = (negatives >= 0).sum(1)
    picked = (torch.rand(n, device=device) * known.clamp_min(1)).long()
    negative = negatives.gather(1, picked[:, None]).squeeze(1)
    # Items without a negative take the passage of another item.
    other = positive.roll(1)
    strange = (known == 0) & (other >= 0) & (other != positive)
    negative = torch.where(strange, other, negative)
    has_positive, has_negative = positive >= 0, negative >= 0
    title_below = torch.where(torch.rand(n, device=device) < 0.5, title, -1)
    ids, mask, types, place, start = data.both(question, title, title_below, positive, negative, first, last, size)
    with torch.autocast(device.type, dtype=torch.bfloat16):
        relevance, ends = model(ids, mask, types)
    up, down = relevance[:n], relevance[n:]
    both = (has_positive & has_negative).float()
    rows = has_positive.sum() + has_negative.sum()
    judged = (F.softplus(-up) * has_positive + F.softplus(down) * has_negative).sum() / rows
    order = (F.softplus(down - up) * both).sum() / both.sum().clamp_min(1)
    spanned = has_positive & (first >= 0)
    target = torch.stack((place[:n] + first - start, place[:n] + last - start), 1).clamp(0, LONGEST + size - 1)
    nll = F.cross_entropy(ends[:n].transpose(1, 2).reshape(2 * n, -1), target.flatten(), reduction="none").view(n, 2)
    span = (nll.sum(1) * spanned).sum() / (2 * spanned.sum().clamp_min(1))
    return judged + order + span, torch.stack((judged, order, span)).detach()


@torch.no_grad()
def held_out(model, data, size=176):
    """On the items that are held out: how often both ends of the span are right, by set, and how often the negative is told from the positive."""
    model.eval()
    exact, told = {}, []
    for at in range(0, len(data.held), 256):
        items = data.held[at : at + 256]
        question, title, positive, first, last, negative = *items[:, :5].T, items[:, 5]
        n = len(items)
        ids, mask, types, place, start = data.both(question, title, title, positive, negative, first, last, size)
        with torch.autocast(ids.device.type, dtype=torch.bfloat16):
            relevance, ends = model(ids, mask, types)
        ends = ends[:n].argmax(1)
        right = (ends[:, 0] == place[:n] + first - start) & (ends[:, 1] == place[:n] + last - start)
        for i in range(n):
            if first[i] >= 0 and positive[i] >= 0:
                exact.setdefault(int(data.held_sources[at + i]), []).append(float(right[i]))
        both = (positive >= 0) & (negative >= 0)
        told += (relevance[:n] > relevance[n:])[both].tolist()
    model.train()
    every = [x for xs in exact.values() for x in xs]
    parts = " ".join(f"{data.names[k]} {np.mean(v):.3f}" for k, v in sorted(exact.items()) if len(v) >= 60)
    return f"held out: exact {np.mean(every):.3f} told {np.mean(told):.3f} ({len(every)}, {len(told)}) {parts}"


def encoder_of(path):
    """The encoder of a model file as a backbone, its weights as the program has them."""
    with safe_open(path, "pt") as f:
        meta = f.metadata()
        width, layers, heads, inner = (int(meta["encoder." + k]) for k in ("width", "layers", "heads", "inner"))
        words = f.get_tensor("encoder.words.weight").float() * f.get_tensor("encoder.words.scale")[:, None]
        types, positions = f.get_tensor("encoder.types"), f.get_tensor("encoder.positions")
        model = Backbone(
            len(words), width, layers, heads, inner, len(positions), len(types), float(meta["encoder.epsilon"])
        )
        model.words.weight.data, model.types.weight.data, model.positions.weight.data = words, types, positions
        model.norm.load_state_dict({e: f.get_tensor(f"encoder.norm.{e}") for e in ("weight", "bias")})
        for n, layer in enumerate(model.layers):
            take_layer(layer, f, f"encoder.layers.{n}.")
    return model


def to_checkpoint(path, folder, out, temperature):
    """What `encoder.encoder` reads of a reader that was trained here: the backbone of the Hugging Face folder with the trained layers."""
    model = Reader(Backbone.load(folder))
    state = {k: v.float() for k, v in torch.load(path, map_location="cpu", weights_only=True).items()}
    for part in ("relevance.weight", "relevance.bias"):
        state[part] /= temperature
    missing, unknown = model.load_state_dict(state, strict=False)
    if unknown:
        raise SystemExit(f"{path} has tensors that the reader does not know: {', '.join(unknown)}")
    torch.save(dict(model=model.state_dict()), out)
    print(len(state), "tensors trained,", len(missing), "of the backbone")


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("data")
    p.add_argument("model", help="model file; with --checkpoint the Hugging Face folder of its encoder")
    p.add_argument("--checkpoint", help="make this of a trained reader, and end")
    p.add_argument(
        "--temperature",
        type=float,
        default=1.0,
        help="with --checkpoint: what the relevance is divided by (arXiv 1706.04599)",
    )
    p.add_argument("--cloze", help="questions of encoder.cloze")
    p.add_argument("--cloze-share", type=float, default=0.6, help="share of them at first")
    p.add_argument(
        "--cloze-until",
        type=float,
        default=0.55,
        help="part of the time after which there are none; the share falls until then",
    )
    p.add_argument("--out", default="reader")
    p.add_argument("--seconds", type=float, default=300)
    p.add_argument("--batch", type=int, default=64, help="items a step")
    p.add_argument("--rate", type=float, default=2e-4)
    p.add_argument("--decay-from", type=float, default=0.2)
    p.add_argument("--dropout", type=float, default=0.1)
    p.add_argument("--squad", help="file to measure on")
    p.add_argument("--questions", type=int, default=960, help="of that file")
    p.add_argument("--tokenizer", help="folder with tokenizer.json; needed with --squad")
    p.add_argument("--seed", type=int, default=0)
    p.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    p.add_argument("--plain", action="store_true", help="without torch.compile")
    a = p.parse_args()
    if a.checkpoint:
        return to_checkpoint(a.data, a.model, a.checkpoint, a.temperature)
    torch.manual_seed(a.seed)
    random.seed(a.seed)
    torch.set_float32_matmul_precision("high")
    _dynamo.config.suppress_errors = True  # what cannot be compiled runs as it is
    os.makedirs(a.out, exist_ok=True)
    say = log_to(a.out)

    begun = time.time()
    model = Reader(encoder_of(a.model))
    shared = restore(model, a.model)
    model = model.to(a.device).train()
    trained, optimiser = trainable(model, shared, a.rate)
    for layer in model.backbone.layers[shared:]:
        layer.dropout = a.dropout
    names = [n for n, q in model.named_parameters() if q.requires_grad]
    data = Data(a.data, a.device)
    cloze = Data(a.cloze, a.device) if a.cloze else None
    tokenizer = load_tokenizer(a.tokenizer) if a.tokenizer else None
    say(
        f"{sum(q.numel() for q in trained) / 1e6:.2f} M trained, {len(data.items)} items, an epoch {float(data.weight.sum()):.0f}",
        *([len(cloze.items), "cloze"] if cloze else []),
        f"{time.time() - begun:.0f} s",
    )

    def measure():
        say(held_out(model, data))
        if a.squad:
            say(evaluate(model, tokenizer, a.squad, a.questions))

    measure()
    plain = [layer.forward for layer in model.backbone.layers]
    if not a.plain:
        for layer in model.backbone.layers:
            layer.forward = torch.compile(layer.forward, dynamic=False)
    step, seen, average, begun, next_measure = 0, 0, None, time.time(), 0.5
    while (done := (time.time() - begun) / a.seconds) < 1:
        warm = min(1, (step + 1) / 200)
        rate = a.rate * warm * (1 if done < a.decay_from else max(0.005, (1 - done) / (1 - a.decay_from)))
        for g in optimiser.param_groups:
            g["lr"] = rate
        share = a.cloze_share * max(0, 1 - done / a.cloze_until) if cloze else 0
        of = cloze if random.random() < share else data
        loss, parts = loss_of(model, of, of.take(a.batch), random.choice(WINDOWS))
        loss.backward()
        torch.nn.utils.clip_grad_norm_(trained, 1.0)
        optimiser.step()
        optimiser.zero_grad(set_to_none=True)
        step += 1
        seen += a.batch if of is data else 0
        if of is data:
            average = parts if average is None else 0.99 * average + 0.01 * parts
        if step % 500 == 0 or step in (1, 20, 100):
            r, o, s = average.tolist() if average is not None else (0, 0, 0)
            say(
                f"step {step} epochs {seen / float(data.weight.sum()):.2f} seconds {time.time() - begun:.0f} relevance {r:.3f} order {o:.3f} span {s:.3f}"
            )
        if done > next_measure and a.seconds > 60:
            next_measure = 2
            paused = time.time()
            measure()
            begun += time.time() - paused
    for layer, forward in zip(model.backbone.layers, plain):
        layer.forward = forward
    state = {n: q.detach().half().cpu() for n, q in zip(names, trained)}
    torch.save(state, os.path.join(a.out, "reader.pt"))
    measure()


if __name__ == "__main__":
    main()
