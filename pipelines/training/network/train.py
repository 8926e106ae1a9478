"""Trains the model: the expand, forward, cycle and retrieval losses; int8-aware in the last part; on CPU or CUDA.

    python -m network.train data --out run --minutes 90

`accelerated.train` is much faster on an accelerator, for the expand loss alone. This script writes
OUT/log.txt, and OUT/checkpoint.pt every few minutes and on SIGINT or SIGTERM. The same command continues a run.
"""

import argparse
import math
import os
import random
import signal
import time

import torch
import torch.nn.functional as F

from corpus.domains import DOMAINS
from corpus.words import MEM
from network.batches import Batch, Passages, loader
from network.losses import Memories, constrained, retrieval, words_from_memory
from network.model import Linear, R3Mem, precision
from network.muon import Muon
from runlog import log_to


def autocast(device):
    return torch.autocast(device, dtype=torch.bfloat16, enabled=precision(device) == torch.bfloat16)


def lexicon_tensors(lexicon, vocabulary, device):
    shared = torch.tensor(lexicon.shared, device=device)
    letter = torch.zeros(vocabulary, dtype=torch.bool, device=device)
    letter[list(lexicon.letter_first)] = True
    slot = torch.full((vocabulary,), -1, device=device)
    slot[shared] = torch.arange(len(shared), device=device)
    return (shared, letter[shared], slot), letter


def expanded(model, tensors, batch, memories, unconstrained, want_argmax=False):
    """Nats of each passage given its memory codes. Unconstrained: over the whole vocabulary and without the term set."""
    if not unconstrained:
        h = model.expand(batch.ids, memories.document, memories.passage, batch.pieces, batch.piece_offsets)
        return constrained(model, tensors, batch, h.to(precision(h.device)), want_argmax=want_argmax)
    h = model.expand(
        batch.ids,
        memories.document,
        memories.passage,
        torch.zeros_like(batch.piece_offsets),
        torch.arange(len(batch.piece_offsets), device=batch.ids.device),
    )
    z = F.linear(h.to(precision(h.device)), model.output_rows().to(precision(h.device))).float()
    nats = (
        F.cross_entropy(z.flatten(0, 1), batch.target.flatten(), ignore_index=-1, reduction="none")
        .view(batch.target.shape)
        .sum(1)
    )
    return (nats, z.argmax(-1)) if want_argmax else nats


@torch.no_grad()
def evaluate(model, data, tensors, device, passages=384, memory=(True, True), unconstrained=False):
    """{domain: (bits per byte, bytes a passage, size of a passage)} on held-out passages, and "all"."""
    groups = data.groups(True)
    random.Random(5).shuffle(groups)
    nats, size, count = {}, {}, {}
    at = total = 0
    while total < passages and at < len(groups):
        batch = Batch(data, groups[at : at + 6], None, random.Random(at)).to(device)
        at += 6
        total += len(batch.bytes)
        with autocast(device):
            memories = Memories(model, batch)
            memories.document, memories.passage = memories.document * memory[0], memories.passage * memory[1]
            n = expanded(model, tensors, batch, memories, unconstrained)
        for d, x, b in zip(batch.domain, n.tolist(), batch.bytes):
            for key in (DOMAINS[d], "all"):
                nats[key] = nats.get(key, 0) + x
                size[key] = size.get(key, 0) + b
                count[key] = count.get(key, 0) + 1
    return {
        k: (nats[k] / math.log(2) / size[k], nats[k] / math.log(2) / 8 / count[k], size[k] / count[k])
        for k in sorted(nats)
    }


def optimisers(model):
    matrices = [q for n, q in model.named_parameters() if q.ndim == 2 and n.startswith(("F.", "G."))]
    tables = [q for n, q in model.named_parameters() if n.startswith(("embedding", "ngrams.tables"))]
    taken = {id(q) for q in matrices + tables}
    rest = [q for q in model.parameters() if id(q) not in taken]
    return [
        Muon(matrices, lr=0.02),
        torch.optim.AdamW(
            [dict(params=tables, lr=0.006), dict(params=rest, lr=0.003)], betas=(0.9, 0.95), weight_decay=0
        ),
    ]


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("data")
    p.add_argument("--out", default="run")
    p.add_argument("--minutes", type=float, help="time of the whole run")
    p.add_argument("--tokens", type=float)
    p.add_argument(
        "--processor-time",
        action="store_true",
        help="count processor time (without --workers) instead of wall time: for comparisons on a busy machine",
    )
    p.add_argument("--width", type=int, default=256)
    p.add_argument("--layers", type=int, default=4)
    p.add_argument("--slots", type=int, default=65536)
    p.add_argument("--slot-width", type=int, default=32)
    p.add_argument("--batch", type=int, default=28)
    p.add_argument("--remembered", type=int, default=2, help="groups of a batch that get memory")
    p.add_argument("--rate", type=float, default=1.0, help="factor on all learning rates")
    p.add_argument("--decay-from", type=float, default=0.4)
    p.add_argument("--unconstrained", action="store_true", help="for comparison: no lexical constraint and no term set")
    p.add_argument("--quantise-from", type=float, default=0.9)
    p.add_argument("--weights", help="start from the weights of this checkpoint.pt")
    p.add_argument("--held-out", type=int, default=384, help="passages to measure on at the end")
    p.add_argument("--workers", type=int, default=0, help="processes that make batches; 0: this one")
    p.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    p.add_argument("--seed", type=int, default=0)
    a = p.parse_args()
    torch.manual_seed(a.seed)
    random.seed(a.seed)
    os.makedirs(a.out, exist_ok=True)
    data = Passages(a.data)
    V = data.tokenizer.get_vocab_size()
    model = R3Mem(V, a.width, a.layers, max(2, a.width // 64), slots=a.slots, slot_width=a.slot_width).to(a.device)
    tensors, model.letter_first = lexicon_tensors(data.lexicon, V, a.device)
    opts = optimisers(model)
    rates = [[g["lr"] * a.rate for g in o.param_groups] for o in opts]
    seen = step = 0
    elapsed = 0.0
    average = {}
    queue = None
    checkpoint = os.path.join(a.out, "checkpoint.pt")
    if os.path.exists(checkpoint):
        c = torch.load(checkpoint, map_location=a.device, weights_only=False)
        model.load_state_dict(c["model"])
        seen, step, elapsed = c["seen"], c["step"], c["elapsed"]
        for o, s in zip(opts, c["optimisers"]):
            o.load_state_dict(s)
    elif a.weights:
        model.load_state_dict(torch.load(a.weights, map_location=a.device, weights_only=False)["model"])
    say = log_to(a.out)

    def save():
        torch.save(
            dict(
                model=model.state_dict(),
                shape=model.shape,
                optimisers=[o.state_dict() for o in opts],
                seen=seen,
                step=step,
                elapsed=elapsed,
            ),
            checkpoint + ".new",
        )
        os.replace(checkpoint + ".new", checkpoint)

    stop = []
    for s in (signal.SIGINT, signal.SIGTERM):
        signal.signal(s, lambda *_: stop.append(1))
    say(
        f"{sum(q.numel() for q in model.parameters()) / 1e6:.2f} M parameters, {len(data)} passages, {len(data.lexicon.shared)} shared candidates, shape {model.shape}"
    )
    batches = iter(loader(data, a.batch, a.remembered, a.seed, step, a.workers))
    now = time.process_time if a.processor_time else time.time
    clock, saved = now(), time.time()
    while not stop:
        done = elapsed / 60 / a.minutes if a.minutes else seen / a.tokens
        if done >= 1:
            break
        factor = min(1, step / 30 + 0.03) * (1 if done < a.decay_from else max(0.02, (1 - done) / (1 - a.decay_from)))
        for o, r in zip(opts, rates):
            for g, base in zip(o.param_groups, r):
                g["lr"] = base * factor
        Linear.quantised = done >= a.quantise_from
        batch = next(batches).to(a.device)
        with autocast(a.device):
            memories = Memories(model, batch)
            cycle_step = step % 4 == 0 and done > 0.1 and batch.with_memory > 0
            outcome = expanded(model, tensors, batch, memories, a.unconstrained, want_argmax=cycle_step)
            nats = outcome[0] if cycle_step else outcome
            n = batch.with_memory
            parts = dict(expand=nats.sum() / (batch.target >= 0).sum())
            if n:
                groups = torch.tensor(
                    [g for g, (s, e) in enumerate(batch.groups) for _ in range(s, e)], device=a.device
                )
                parts["forward"] = words_from_memory(
                    model, memories.passage[:n], batch.pieces, batch.piece_offsets, torch.arange(n, device=a.device)
                )
                firsts = torch.tensor([s for s, _ in batch.groups], device=a.device)
                parts["document"] = words_from_memory(
                    model, memories.document[firsts], batch.pieces, batch.piece_offsets, groups
                )
                _, z_question = model.compress(
                    batch.questions, batch.question_lengths, torch.full((n,), MEM, device=a.device)
                )
                parts["retrieval"] = retrieval(z_question, memories.z, queue)
                queue = torch.cat((memories.z.detach(), queue))[:512] if queue is not None else memories.z.detach()
            if cycle_step:
                _, again = model.compress(
                    torch.where(batch.target[:n] >= 0, outcome[1][:n], 0),
                    batch.lengths[:n],
                    torch.full((n,), MEM, device=a.device),
                )
                parts["cycle"] = F.mse_loss(again, memories.z.detach()) / 49
        weights = dict(expand=1, forward=0.02, document=0.02, retrieval=0.1, cycle=0.1)
        sum(weights[k] * v for k, v in parts.items()).backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        for o in opts:
            o.step()
            o.zero_grad(set_to_none=True)
        seen += int((batch.target >= 0).sum())
        step += 1
        elapsed += now() - clock
        clock = now()
        for k, v in parts.items():
            average[k] = v.item() if k not in average else 0.95 * average[k] + 0.05 * v.item()
        if step % 25 == 0:
            say(
                f"step {step} tokens {seen / 1e6:.3f}M minutes {elapsed / 60:.1f} tokens/s {seen / elapsed:.0f} "
                + " ".join(f"{k} {v:.3f}" for k, v in average.items())
            )
        if step % 500 == 0:
            say(
                "held out",
                " ".join(
                    f"{k} {v[0]:.3f}"
                    for k, v in evaluate(
                        model, data, tensors, a.device, 192, (a.remembered > 0,) * 2, a.unconstrained
                    ).items()
                ),
            )
            clock = now()
        if time.time() - saved > 240:
            save()
            saved = time.time()
            clock = now()
    save()
    if not stop:
        Linear.quantised = True
        trained = (
            {"all memory": (True, True), "no passage memory": (True, False), "no document memory": (False, True)}
            if a.remembered
            else {}
        )
        for name, memory in {**trained, "no dense memory": (False, False)}.items():
            say(
                name,
                " ".join(
                    f"{k} {v[0]:.4f} ({v[1]:.1f}/{v[2]:.0f})"
                    for k, v in evaluate(model, data, tensors, a.device, a.held_out, memory, a.unconstrained).items()
                ),
            )


if __name__ == "__main__":
    main()
