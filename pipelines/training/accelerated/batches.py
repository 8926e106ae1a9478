"""Batches that are put together on the accelerator, from the features of all passages, which lie there."""

import numpy as np
import torch
import torch.nn.functional as F

from accelerated.features import ROWS
from corpus.words import BOS
from network.lexical import ALL, NONE, NOT_LETTER

TOKENS = 240  # of a passage, at most
NEVER = -1e9
KINDS = {kind: tuple(names) for kind, names in ROWS.items()} | dict(boundary=("boundary",))


def read(path):
    """A chunk of features.py, with the places where a word may start."""
    z = dict(np.load(path))
    n = z["n_token"]
    passage = np.repeat(np.arange(len(n)), n)
    place = np.arange(len(passage)) - np.repeat(np.cumsum(n) - n, n)
    starts = z["state"] != NONE
    z["boundary"] = place[starts].astype(np.uint8)
    z["n_boundary"] = np.bincount(passage[starts], minlength=len(n)).astype(np.int32)
    return z


class Store:
    """The rows of all passages on the device, kind by kind, and where those of each passage begin."""

    def __init__(self, device):
        self.device, self.rows, self.used = device, {}, {}
        self.count = {kind: np.zeros(0, np.int64) for kind in KINDS}
        self.begin = {kind: np.zeros(0, np.int64) for kind in KINDS}
        self.bytes, self.domain = np.zeros(0, np.int64), np.zeros(0, np.uint8)

    def __len__(self):
        return len(self.bytes)

    def append(self, name, values):
        """Room for twice the rows is taken at a time."""
        used = self.used.get(name, 0)
        have = self.rows.get(name)
        if have is None or used + len(values) > len(have):
            self.rows[name] = torch.empty(2 * (used + len(values)), dtype=values.dtype, device=self.device)
            if have is not None:
                self.rows[name][:used] = have[:used]
        self.rows[name][used : used + len(values)] = values.to(self.device)
        self.used[name] = used + len(values)

    def add(self, chunks):
        for kind, names in KINDS.items():
            n = np.concatenate([c["n_" + kind] for c in chunks]).astype(np.int64)
            begin = self.used.get(names[0], 0) + np.cumsum(n) - n
            self.count[kind] = np.concatenate((self.count[kind], n))
            self.begin[kind] = np.concatenate((self.begin[kind], begin))
            for name in names:
                self.append(name, torch.from_numpy(np.concatenate([c[name] for c in chunks])))
        self.bytes = np.concatenate([self.bytes] + [c["bytes"] for c in chunks])
        self.domain = np.concatenate([self.domain] + [c["domain"] for c in chunks])

    def of(self, kind, passages):
        """Of all rows of some passages: the passage's place among these, the row's place in the passage, the row itself."""
        count, begin = self.count[kind][passages], self.begin[kind][passages]
        first = np.cumsum(count) - count
        total = int(count.sum())
        here = torch.from_numpy(np.stack((count, first, begin - first))).to(self.device, non_blocking=True)
        number = torch.arange(total, device=self.device)
        owner = torch.repeat_interleave(torch.arange(len(count), device=self.device), here[0], output_size=total)
        return owner, number - here[1][owner], number + here[2][owner]


class Batch:
    """B passages as tensors; places are numbers in [B, TOKENS], flat."""

    def __init__(self, store, passages):
        B, device, rows = len(passages), store.device, store.rows
        owner, at, row = store.of("token", passages)
        place, token = owner * TOKENS + at, rows["token"][row].long()
        self.tokens = len(token)

        def spread(values, shape, rest):
            return torch.full(shape, rest, dtype=values.dtype, device=device).view(-1)

        self.target = spread(token, (B * TOKENS,), -1).index_copy(0, place, token)
        whole = spread(token, (B, TOKENS), BOS).index_copy(0, place, token).view(B, TOKENS)
        self.ids = F.pad(whole, (1, -1), value=BOS)
        state, feature = rows["state"][row], rows["feature"][row].float()
        self.state = spread(state, (B * TOKENS,), NONE).index_copy(0, place, state)
        self.feature = spread(feature, (B * TOKENS,), 0).index_copy(0, place, feature)

        owner, at, row = store.of("own", passages)
        most = max(32, -(-int(store.count["own"][passages].max()) // 32) * 32)
        for name in ("own", "last"):
            values = rows[name][row].long()
            filled = spread(values, (B, most), -1).index_copy(0, owner * most + at, values).view(B, most)
            setattr(self, name, filled)

        self.pieces = rows["piece"][store.of("piece", passages)[2]].long()
        self.piece_offsets = self.firsts(store, "piece", passages)

        self.owner, _, row = store.of("boundary", passages)
        self.at = rows["boundary"][row].long()
        self.boundary = self.owner * TOKENS + self.at
        number = spread(self.boundary, (B * TOKENS,), 0)
        number[self.boundary] = torch.arange(len(self.boundary), device=device)
        owner, _, row = store.of("match", passages)
        self.match = number[owner * TOKENS + rows["match"][row].long()], rows["candidate"][row].long()
        self.match_bias = rows["bias"][row].float()

        owner, _, row = store.of("inside", passages)
        self.inside = owner * TOKENS + rows["inside"][row].long()
        self.continuation = rows["continuation"][store.of("continuation", passages)[2]].long()
        self.word = torch.repeat_interleave(
            torch.arange(len(self.inside), device=device),
            rows["continuations"][row].long(),
            output_size=len(self.continuation),
        )
        owner, _, row = store.of("inner", passages)
        self.inner = self.firsts(store, "continuation", passages)[owner] + rows["inner"][row].long()
        self.inner_bias = rows["inner_bias"][row].float()

    @staticmethod
    def firsts(store, kind, passages):
        count = store.count[kind][passages]
        return torch.from_numpy(np.cumsum(count) - count).to(store.device, non_blocking=True)


def constrained(model, lexicon_tensors, batch, h):
    """Nats of each passage [B], as `network.losses.constrained` gives them, without a step that waits for the device. h: [B, TOKENS, C]."""
    shared, shared_letter, slot = lexicon_tensors
    B, _, C = h.shape
    E = model.output_rows().to(h.dtype)
    flat = h.reshape(B * TOKENS, C)
    at = batch.boundary
    here, state, target = flat.index_select(0, at), batch.state[at], batch.target[at]
    only_others = state == NOT_LETTER
    z_shared = F.linear(here, E.index_select(0, shared)).float()
    z_shared = z_shared.masked_fill(only_others[:, None] & shared_letter, NEVER)
    own = batch.own
    z_own = torch.bmm(h, F.embedding(own.clamp_min(0), E).transpose(1, 2)).reshape(B * TOKENS, -1)
    g = model.bias(here).float() + model.bias0
    f = batch.feature[at]
    unused_bias = g[:, 0] + g[:, 2] * f + g[:, 3] * f * f
    used = batch.at[:, None] > batch.last[batch.owner]
    own_here = own[batch.owner]
    blocked = (own_here < 0) | (only_others[:, None] & model.letter_first[own.clamp_min(0)][batch.owner])
    z_own = z_own.index_select(0, at).float() + torch.where(used, g[:, 1:2], unused_bias[:, None])
    z = torch.cat((z_shared, z_own.masked_fill(blocked, NEVER)), 1)
    z = z + torch.zeros_like(z).index_put(batch.match, batch.match_bias)
    in_shared, own_hit = slot[target] >= 0, own_here == target[:, None]
    index = torch.where(in_shared, slot[target], len(shared) + own_hit.int().argmax(1))
    found = (in_shared | own_hit.any(1)) & ((state == ALL) | ~model.letter_first[target])
    never = torch.full((B * TOKENS,), NEVER, device=h.device)
    total = never.index_copy(0, at, z.logsumexp(1))
    chosen = never.index_copy(0, at, torch.where(found, z.gather(1, index[:, None])[:, 0], NEVER))
    words = len(batch.inside)
    if words:
        inside = flat.index_select(0, batch.inside).index_select(0, batch.word)
        zc = (inside.float() * F.embedding(batch.continuation, E).float()).sum(1)
        zc = zc + torch.zeros_like(zc).index_add(0, batch.inner, batch.inner_bias)
        none = torch.zeros(words, device=h.device)
        top = (none + NEVER).scatter_reduce(0, batch.word, zc.detach(), "amax")
        sums = top + none.index_add(0, batch.word, (zc - top[batch.word]).exp()).log()
        total = total.index_copy(0, batch.inside, torch.logaddexp(total[batch.inside], sums))
        hit = batch.continuation == batch.target[batch.inside][batch.word]
        value = none.index_add(0, batch.word, torch.where(hit, zc, 0.0))
        is_hit = none.index_add(0, batch.word, hit.float()) > 0
        chosen = chosen.index_copy(0, batch.inside, torch.where(is_hit, value, chosen[batch.inside]))
    return torch.where(batch.target >= 0, total - chosen, 0.0).view(B, TOKENS).sum(1)
