"""Trains the network on an accelerator: the expand loss alone, int8-aware in the last part. On one H100 1.15 million tokens a second.

    python -m accelerated.features data --out features --workers 12 &
    python -m accelerated.train data features --weights restored/checkpoint.pt --out run --seconds 200

The script begins with the first chunks of features and takes in the others as they come. OUT/checkpoint.pt is what network.train writes, without the state
of the optimisers. `--layers` above the number of the weights puts layers in between that change nothing at first. `--check N` compares the loss of N groups of
passages with that of network.train instead.
"""

import argparse
import glob
import math
import os
import queue
import random
import threading
import time

import numpy as np
import torch
from torch import _dynamo

from accelerated.batches import Batch, Store, constrained, read
from accelerated.features import chunk, start
from corpus.domains import DOMAINS
from network.batches import Batch as PlainBatch
from network.batches import Passages
from network.losses import Memories
from network.model import Linear, R3Mem, precision
from network.train import autocast, expanded, lexicon_tensors, optimisers
from runlog import log_to

CHUNKS = 16  # that are taken in at a time


def grown(state, layers):
    """The weights of a network with more layers that computes the same: what the new layers add is zero."""
    old = 1 + max(int(k.split(".")[1]) for k in state if k.startswith("F."))
    places = sorted(round((k + 0.5) * old / (layers - old)) for k in range(layers - old))
    source = sorted([(i, 0, i) for i in range(old)] + [(p - 0.5, 1, None) for p in places])
    out = {k: v for k, v in state.items() if not k.startswith(("F.", "G."))}
    for new, (_, _, i) in enumerate(source):
        for part in ("F.{}.qkv", "F.{}.out", "G.{}.up", "G.{}.down"):
            like = state[part.format(i or 0) + ".weight"]
            added = (
                torch.zeros_like(like)
                if part.endswith(("out", "down"))
                else torch.randn_like(like) * like.shape[1] ** -0.5
            )
            out[part.format(new) + ".weight"] = added if i is None else like
    return out


class Incoming:
    """Chunks of features as they are written, read on a thread of their own."""

    def __init__(self, folder):
        self.folder, self.seen, self.read = folder, set(), queue.Queue(maxsize=4)
        threading.Thread(target=self.run, daemon=True).start()

    def run(self):
        while True:
            last = os.path.exists(os.path.join(self.folder, "all"))
            paths = {p for p in glob.glob(os.path.join(self.folder, "*.npz")) if ".new" not in p} - self.seen
            for name in ("held", "train"):
                new = sorted(p for p in paths if os.path.basename(p).startswith(name))
                for at in range(0, len(new), CHUNKS):
                    self.read.put((name, [read(p) for p in new[at : at + CHUNKS]]))
            self.seen |= paths
            if last:
                return
            time.sleep(0.5)


class Sampler:
    """Passages in an order by chance: those that no batch had yet come first, then all again."""

    def __init__(self, seed):
        self.rng, self.fresh, self.again, self.count = (
            np.random.default_rng(seed),
            np.zeros(0, int),
            np.zeros(0, int),
            0,
        )

    def add(self, count):
        self.fresh = self.rng.permutation(np.concatenate((self.fresh, np.arange(self.count, self.count + count))))
        self.count += count

    def take(self, n):
        if len(self.fresh) >= n:
            taken, self.fresh = self.fresh[:n], self.fresh[n:]
            return taken
        if len(self.again) < n:
            self.again = self.rng.permutation(self.count)
        taken, self.again = self.again[:n], self.again[n:]
        return taken


def nats(model, tensors, batch):
    device = batch.ids.device
    none = torch.zeros(len(batch.ids), model.shape["code"], device=device)
    with autocast(device.type):
        h = model.expand(batch.ids, none, none, batch.pieces, batch.piece_offsets)
        return constrained(model, tensors, batch, h.to(precision(device)))


@torch.no_grad()
def evaluate(model, tensors, held):
    """Bits a byte of all passages held out and of each domain, with products as the program rounds them."""
    before, Linear.quantised = Linear.quantised, True
    found, size = {}, {}
    for at in range(0, len(held), 128):
        some = np.arange(at, min(at + 128, len(held)))
        for i, value in zip(some, nats(model, tensors, Batch(held, some)).tolist()):
            for key in ("all", DOMAINS[held.domain[i]]):
                found[key], size[key] = found.get(key, 0) + value, size.get(key, 0) + held.bytes[i]
    Linear.quantised = before
    return " ".join(f"{k} {found[k] / math.log(2) / size[k]:.4f}" for k in sorted(found))


@torch.no_grad()
def check(model, tensors, folder, features, groups, device):
    """Prints the nats of some passages by this loss and by that of network.train."""
    data = Passages(folder)
    picked = random.Random(1).sample(data.groups(True), groups)
    start(folder)
    path = os.path.join(features, "check")
    chunk((path, [i for g in picked for i in g]))
    store = Store(device)
    store.add([read(path + ".npz")])
    os.remove(path + ".npz")
    plain = PlainBatch(data, picked, 0).to(device)
    with autocast(device):
        expected = expanded(model, tensors, plain, Memories(model, plain), False)
    found = nats(model, tensors, Batch(store, np.arange(len(store))))
    print(f"{len(found)} passages: {float(found.sum()):.2f} nats here, {float(expected.sum()):.2f} by network.train")
    print(f"largest difference {float((found - expected).abs().max()):.3f}")


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("data", help="folder of prepare.py")
    p.add_argument("features", help="folder that features.py writes")
    p.add_argument("--weights", required=True)
    p.add_argument("--out", default="run")
    p.add_argument("--seconds", type=float, default=600)
    p.add_argument("--layers", type=int, help="those of the weights, if nothing is said")
    p.add_argument("--batch", type=int, default=256)
    p.add_argument("--rate", type=float, default=1.0, help="factor on all learning rates")
    p.add_argument("--decay-from", type=float, default=0.45)
    p.add_argument("--quantise-from", type=float, default=0.88)
    p.add_argument("--seed", type=int, default=0)
    p.add_argument("--check", type=int, help="compare this many groups with network.train, and end")
    p.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    a = p.parse_args()
    torch.manual_seed(a.seed)
    torch.set_float32_matmul_precision("high")
    for folder in (a.out, a.features):
        os.makedirs(folder, exist_ok=True)
    data = Passages(a.data)
    c = torch.load(a.weights, map_location="cpu", weights_only=False)
    shape = c["shape"] | dict(layers=a.layers or c["shape"]["layers"])
    model = R3Mem(**shape)
    model.load_state_dict(grown(c["model"], shape["layers"]))
    model = model.to(a.device)
    tensors, model.letter_first = lexicon_tensors(data.lexicon, shape["vocabulary"], a.device)
    if a.check:
        return check(model, tensors, a.data, a.features, a.check, a.device)
    opts = optimisers(model)
    rates = [[g["lr"] * a.rate for g in o.param_groups] for o in opts]
    _dynamo.config.suppress_errors = True  # what cannot be compiled runs as it is
    plain, compiled = model.run, torch.compile(model.run, dynamic=False)
    model.run = lambda x, backward: (
        compiled if torch.is_grad_enabled() and len(x) == a.batch and not Linear.quantised else plain
    )(x, backward)

    store, held, sampler, incoming = Store(a.device), Store(a.device), Sampler(a.seed), Incoming(a.features)
    say = log_to(a.out)

    def take_in():
        while not incoming.read.empty():
            name, chunks = incoming.read.get()
            (held if name == "held" else store).add(chunks)
            sampler.add(len(store) - sampler.count)

    def save():
        state = {k: v.cpu() for k, v in model.state_dict().items()}
        path = os.path.join(a.out, "checkpoint.pt")
        torch.save(dict(model=state, shape=shape, seen=seen, step=step, elapsed=time.time() - begun), path + ".new")
        os.replace(path + ".new", path)

    while len(store) < CHUNKS * a.batch or len(held) < 512:
        take_in()
        time.sleep(0.2)
    say(
        f"{sum(q.numel() for q in model.parameters()) / 1e6:.2f} M parameters, held out {evaluate(model, tensors, held)}"
    )
    begun = saved = measured = time.time()
    seen = step = 0
    losses = []
    while (done := (time.time() - begun) / a.seconds) < 1:
        decay = 1 if done < a.decay_from else max(0.02, (1 - done) / (1 - a.decay_from))
        for o, r in zip(opts, rates):
            for g, base in zip(o.param_groups, r):
                g["lr"] = base * decay * min(1, step / 100 + 0.02)
        Linear.quantised = done >= a.quantise_from
        if step % 8 == 0:
            take_in()
        batch = Batch(store, sampler.take(a.batch))
        loss = nats(model, tensors, batch).sum() / batch.tokens
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        for o in opts:
            o.step()
            o.zero_grad(set_to_none=True)
        step += 1
        seen += batch.tokens
        losses.append(loss.detach())
        if step % 200 == 0:
            mean, losses = torch.stack(losses).mean().item(), []
            say(
                f"step {step} tokens {seen / 1e6:.1f}M of {len(store)} passages, {done:.2f} of the time, expand {mean:.4f}"
            )
        if time.time() - measured > 60:
            say(f"held out {evaluate(model, tensors, held)}")
            measured = time.time()
        if time.time() - saved > 90:
            save()
            saved = time.time()
    save()
    say(f"end: tokens {seen / 1e6:.1f}M, held out {evaluate(model, tensors, held)}")


if __name__ == "__main__":
    main()
