"""Training batches: groups of neighbouring passages of one document, with all that the lexical constraint needs."""

import itertools
import json
import math
import os
import random
import signal

import numpy as np
import torch
from tokenizers import Tokenizer

from corpus.words import BOS
from network.lexical import ALL, NONE, Lexicon
from network.matches import bias, matches


class Passages:
    """What prepare.py wrote."""

    def __init__(self, folder):
        self.tokenizer = Tokenizer.from_file(os.path.join(folder, "tokenizer.json"))
        data = np.load(os.path.join(folder, "passages.npz"))
        for key in ("tokens", "offsets", "owner", "domain", "held", "bytes", "words", "word_offsets"):
            setattr(self, key, data[key])
        known = json.load(open(os.path.join(folder, "words.json")))
        self.function, self.lexicon_words = known["function"], known["lexicon"]
        self.lexicon = Lexicon(self.tokenizer, str(data["names"]).split("\n"), len(self.function))

    def __len__(self):
        return len(self.held)

    def ids(self, i):
        return self.tokens[self.offsets[i] : self.offsets[i + 1]].astype(int).tolist()

    def set(self, i):
        return self.words[self.word_offsets[i] : self.word_offsets[i + 1]].tolist()

    def groups(self, held, size=4):
        """Runs of up to `size` neighbouring passages of one document."""
        out = []
        for i in range(len(self)):
            if bool(self.held[i]) != held:
                continue
            if out and len(out[-1]) < size and self.owner[out[-1][-1]] == self.owner[i] and out[-1][-1] == i - 1:
                out[-1].append(i)
            else:
                out.append([i])
        return out


def group_batches(groups, passages, seed):
    """Batches without end. A batch is a list of groups with about `passages` passages in all."""
    epoch = 0
    while True:
        order = groups[:]
        random.Random(seed + epoch).shuffle(order)
        batch, n = [], 0
        for g in order:
            batch.append(g)
            n += len(g)
            if n >= passages:
                yield batch
                batch, n = [], 0
        epoch += 1


def columns(rows):
    """(number, number, weight) rows as three tensors."""
    a, b, weight = zip(*rows) if rows else ((), (), ())
    return (
        torch.tensor(a, dtype=torch.long),
        torch.tensor(b, dtype=torch.long),
        torch.tensor(weight, dtype=torch.float32),
    )


class Batch:
    """One batch as tensors. B passages, T positions, P candidates of the passage, N positions inside a word."""

    def __init__(self, data, groups, remembered, rng=None):
        """`remembered`: how many of the first groups get memory codes (None: all)."""
        lexicon = data.lexicon
        indices = [i for g in groups for i in g]
        remembered = len(groups) if remembered is None else remembered
        self.groups, start = [], 0
        for g in groups[:remembered]:
            self.groups.append((start, start + len(g)))
            start += len(g)
        self.with_memory = start
        self.bytes, self.domain = data.bytes[indices], data.domain[indices]
        rows = [data.ids(i) for i in indices]
        B, T = len(rows), max(map(len, rows))
        ids = np.full((B, T), BOS)
        target = np.full((B, T), -1)
        whole = np.zeros((B, T), np.int64)
        state = np.zeros((B, T), np.int8)
        feature = np.zeros((B, T), np.float32)
        pieces, piece_offsets, own, inside = [], [], [], []
        match, child_match = [], []  # (flat position, candidate, bias), (number of `inside`, continuation, bias)
        for b, (i, x) in enumerate(zip(indices, rows)):
            n, numbers = len(x), data.set(i)
            ids[b, 1:n] = x[:-1]
            target[b, :n] = x
            whole[b, :n] = x
            boundary, children, last, unused = lexicon.walk(x, set(numbers))
            state[b, :n] = boundary
            feature[b, :n] = [math.log((u + 0.5) / (n - j + 0.5)) for j, u in enumerate(unused)]
            own.append([(t, u) for t, u in sorted(last.items()) if t not in lexicon.shared_slot])
            candidate = dict(lexicon.shared_slot)
            candidate.update((t, len(lexicon.shared) + k) for k, (t, _) in enumerate(own[-1]))
            continuations = {}
            for j, tokens in children.items():
                if boundary[j] != NONE:
                    tokens = [
                        t
                        for t in tokens
                        if not (t in candidate and (boundary[j] == ALL or t not in lexicon.letter_first))
                    ]
                if tokens:
                    continuations[j] = len(inside), tokens
                    inside.append((b, j, tokens))
            for j, longest in enumerate(matches(x)):
                number, tokens = continuations.get(j, (0, ()))
                for t, length in longest.items():
                    if t in tokens:
                        child_match.append((number, tokens.index(t), bias(length)))
                    elif t in candidate and boundary[j] != NONE:
                        match.append((b * T + j, candidate[t], bias(length)))
            piece_offsets.append(len(pieces))
            for w in numbers:
                s = lexicon.spell(w)
                pieces.extend(s[1] if len(s) > 1 else s[0])
            if len(pieces) == piece_offsets[-1]:
                pieces.append(BOS)
        P, C = max(1, max(map(len, own))), max([1] + [len(t) for _, _, t in inside])
        own_tokens = np.full((B, P), -1)
        own_last = np.full((B, P), -1)
        for b, pairs in enumerate(own):
            if pairs:
                own_tokens[b, : len(pairs)], own_last[b, : len(pairs)] = zip(*pairs)
        child = np.full((len(inside), C), -1)
        for r, (_, _, tokens) in enumerate(inside):
            child[r, : len(tokens)] = tokens
        t = torch.from_numpy
        self.ids, self.target, self.whole, self.state, self.feature = t(ids), t(target), t(whole), t(state), t(feature)
        self.lengths = torch.tensor([len(x) for x in rows])
        self.pieces, self.piece_offsets = torch.tensor(pieces), torch.tensor(piece_offsets)
        self.own_tokens, self.own_last, self.child = t(own_tokens), t(own_last), t(child)
        self.child_at = torch.tensor([b * T + j for b, j, _ in inside], dtype=torch.long)
        self.match_at, self.match_candidate, self.match_bias = columns(match)
        self.match_child, self.match_continuation, self.match_child_bias = columns(child_match)
        # The question of a remembered passage: a few tokens in a row from a random place in the passage.
        rng = rng or random
        spans = []
        for x in rows[:start]:
            n = min(len(x), rng.randint(6, 24))
            s = rng.randint(0, len(x) - n)
            spans.append(x[s : s + n])
        self.questions = torch.zeros(len(spans), max([1] + [len(s) for s in spans]), dtype=torch.long)
        for r, s in enumerate(spans):
            self.questions[r, : len(s)] = torch.tensor(s)
        self.question_lengths = torch.tensor([len(s) for s in spans], dtype=torch.long)

    def to(self, device):
        for k, v in vars(self).items():
            if isinstance(v, torch.Tensor):
                setattr(self, k, v.to(device, non_blocking=True))
        return self


class BatchStream(torch.utils.data.IterableDataset):
    """The batches of group_batches from number `first` on. Each of N workers makes every N-th batch, so the order is the same for every N."""

    def __init__(self, data, passages, remembered, seed, first):
        self.data, self.passages, self.remembered, self.seed, self.first = data, passages, remembered, seed, first

    def __iter__(self):
        worker = torch.utils.data.get_worker_info()
        here, count = (worker.id, worker.num_workers) if worker else (0, 1)
        stream = enumerate(group_batches(self.data.groups(False), self.passages, self.seed))
        for number, groups in itertools.islice(stream, self.first + here, None, count):
            yield Batch(self.data, groups, self.remembered, random.Random(number))


def leave_signals_to_parent(_):
    for s in (signal.SIGINT, signal.SIGTERM):
        signal.signal(s, signal.SIG_IGN)


def loader(data, passages, remembered, seed, first, workers):
    if workers:
        torch.multiprocessing.set_sharing_strategy("file_system")
    return torch.utils.data.DataLoader(
        BatchStream(data, passages, remembered, seed, first),
        batch_size=None,
        num_workers=workers,
        prefetch_factor=8 if workers else None,
        worker_init_fn=leave_signals_to_parent,
    )
