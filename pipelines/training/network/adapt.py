"""Measures how much a low-rank adapter saves on one corpus, net of the adapter's own bytes.

    python -m network.adapt data restored/checkpoint.pt --domain law --megabytes 10 --minutes 10

Every matrix of the streams gets a low-rank addition (LoRA) of rank R. The additions are trained on the corpus that is
then coded with them. The corpus is the documents of one domain of DATA, which prepare.py wrote.

The script prints bits a byte before and after training, over a sample of all passages of the corpus, trained on or
not, without memory codes. It also prints the size of the adapter: int8, one scale a row, packed with xz.
"""

import argparse
import lzma
import math
import random
import time

import numpy as np
import torch

from corpus.domains import DOMAINS
from network.batches import Batch, Passages, group_batches
from network.losses import Memories
from network.model import Linear, R3Mem, Rounded
from network.train import autocast, expanded, lexicon_tensors


def corpus(data, domain, megabytes, seed):
    """Groups of neighbouring passages of whole documents of one domain, and the size of their text in bytes."""
    groups = [g for g in data.groups(False) if data.domain[g[0]] == domain]
    owners = sorted({int(data.owner[g[0]]) for g in groups})
    random.Random(seed).shuffle(owners)
    by_owner, chosen, size = {}, [], 0
    for g in groups:
        by_owner.setdefault(int(data.owner[g[0]]), []).append(g)
    for o in owners:
        if size >= megabytes * 1e6:
            break
        chosen += by_owner[o]
        size += sum(int(data.bytes[i]) for g in by_owner[o] for i in g)
    return chosen, size


@torch.no_grad()
def bits_a_byte(model, data, tensors, groups, device):
    nats = size = 0
    for at in range(0, len(groups), 6):
        batch = Batch(data, groups[at : at + 6], 0, random.Random(at)).to(device)
        with autocast(device):
            nats += expanded(model, tensors, batch, Memories(model, batch), False).sum().item()
        size += sum(batch.bytes)
    return nats / math.log(2) / size


def packed_size(adapters):
    """Bytes of all adapters in int8. The adapters keep the rounded values."""
    out = b""
    for q in adapters:
        rounded = Rounded.apply(q.data, 127)
        step = q.data.abs().amax(-1, keepdim=True).clamp_min(1e-20) / 127
        out += (rounded / step).round().to(torch.int8).cpu().numpy().tobytes() + step.cpu().numpy().astype(
            np.float16
        ).tobytes()
        q.data.copy_(rounded)
    return len(lzma.compress(out, preset=9))


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("data")
    p.add_argument("checkpoint")
    p.add_argument("--domain", choices=DOMAINS, required=True)
    p.add_argument("--megabytes", type=float, default=10)
    p.add_argument("--minutes", type=float, default=10, help="of the processor, for training; evaluation apart")
    p.add_argument("--rank", type=int, default=8)
    p.add_argument("--rate", type=float, default=0.003)
    p.add_argument("--batch", type=int, default=16)
    p.add_argument("--sample", type=int, default=300, help="passages to measure on")
    p.add_argument("--seed", type=int, default=0)
    p.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    a = p.parse_args()
    torch.manual_seed(a.seed)
    saved = torch.load(a.checkpoint, map_location=a.device, weights_only=False)
    data, model = Passages(a.data), R3Mem(**saved["shape"]).to(a.device)
    model.load_state_dict(saved["model"])
    tensors, model.letter_first = lexicon_tensors(data.lexicon, saved["shape"]["vocabulary"], a.device)
    groups, size = corpus(data, DOMAINS.index(a.domain), a.megabytes, a.seed)
    sample = random.Random(a.seed + 1).sample(groups, min(len(groups), a.sample // 4))
    before = bits_a_byte(model, data, tensors, sample, a.device)
    print(f"{a.domain}: {size / 1e6:.2f} MB in {len(groups)} groups of passages, {before:.4f} bits a byte", flush=True)
    for q in model.parameters():
        q.requires_grad_(False)
    for m in (m for part in (model.F, model.G) for m in part.modules() if isinstance(m, Linear)):
        m.adapt(a.rank)
    model.to(a.device)
    adapters = [q for q in model.parameters() if q.requires_grad]
    optimiser = torch.optim.AdamW(adapters, lr=a.rate, betas=(0.9, 0.95), weight_decay=0)
    tokens, began = 0, time.process_time()
    for step, chosen in enumerate(group_batches(groups, a.batch, a.seed)):
        done = (time.process_time() - began) / 60 / a.minutes
        if done >= 1:
            break
        for g in optimiser.param_groups:
            g["lr"] = a.rate * min(1, step / 20 + 0.05) * max(0.02, 1 - done)
        batch = Batch(data, chosen, 0, random.Random(step)).to(a.device)
        with autocast(a.device):
            loss = expanded(model, tensors, batch, Memories(model, batch), False).sum() / (batch.target >= 0).sum()
        loss.backward()
        optimiser.step()
        optimiser.zero_grad(set_to_none=True)
        tokens += int((batch.target >= 0).sum())
        if step % 25 == 0:
            print(
                f"step {step} tokens {tokens / 1e6:.3f} M of {size / 3.58e6:.2f} M, {tokens / (time.process_time() - began + 1e-9):.0f} a second, {loss.item():.3f} nats a token",
                flush=True,
            )
    bytes_of_adapter = packed_size(adapters)
    after = bits_a_byte(model, data, tensors, sample, a.device)
    saving = (before - after) / 8
    print(
        f"{a.domain}: {before:.4f} to {after:.4f} bits a byte after {tokens / 1e6:.3f} M tokens in {a.minutes} minutes; saves {saving:.4f} of the text, "
        f"the adapter of {bytes_of_adapter} bytes takes {bytes_of_adapter / size:.4f}: net {saving - bytes_of_adapter / size:+.4f}"
    )


if __name__ == "__main__":
    main()
