"""Makes the features of passages, which training on an accelerator reads: the lexical constraint, the matches and the terms of each.

    python -m accelerated.features data --out features --workers 12

`data` is what prepare.py wrote. The script writes OUT/NAME.npz, a chunk of 256 passages each in an order by chance, and OUT/all when no
more will come. `accelerated.train` reads the chunks while they are written. On 12 cores 5,400 passages a second are made.
"""

import argparse
import math
import os
import time
from multiprocessing import Pool

import numpy as np

from corpus.words import BOS
from network.batches import Passages
from network.lexical import ALL, NONE
from network.matches import bias, matches

try:
    import numba
except ImportError:  # a passage takes 4.8 ms instead of 2.6 ms
    numba = None

CHUNK = 256
MOST_MATCHES = 30_000  # of a passage of 240 tokens: 240 * 239 / 2 at most
# What each kind of row holds: of a token, an own candidate, a piece of the term set, a place inside a word, a continuation there, a match
# at a boundary, a match inside a word. A chunk has the rows of all its passages after one another, and their numbers as `n_KIND`.
ROWS = dict(
    token=dict(token=np.int16, state=np.int8, feature=np.float16),
    own=dict(own=np.int16, last=np.uint8),
    piece=dict(piece=np.int16),
    inside=dict(inside=np.uint8, continuations=np.int32),
    continuation=dict(continuation=np.int16),
    match=dict(match=np.uint8, candidate=np.int16, bias=np.float16),
    inner=dict(inner=np.int32, inner_bias=np.float16),
)


def longest_matches(x, place, token, length):
    """Write the matches of a passage as `matches` finds them, in rows (place, token, longest length). Return how many."""
    run = np.zeros(len(x) + 1, np.int32)
    count = 0
    for j in range(1, len(x)):
        first = count
        for i in range(j - 1, 0, -1):
            run[i] = run[i - 1] + 1 if x[i - 1] == x[j - 1] else 0
            if run[i] == 0:
                continue
            known = False
            for k in range(first, count):
                if token[k] == x[i]:
                    known = True
                    length[k] = max(length[k], run[i])
                    break
            if not known:
                place[count], token[count], length[count] = j, x[i], run[i]
                count += 1
    return count


def longest_matches_without_numba(x, place, token, length):
    """As `longest_matches`."""
    count = 0
    for j, found in enumerate(matches(x.tolist())):
        for t, n in found.items():
            place[count], token[count], length[count] = j, t, n
            count += 1
    return count


longest_matches = numba.njit(longest_matches) if numba else longest_matches_without_numba


def passage(data, i, buffers):
    """The rows of one passage by their names."""
    lexicon, ids, numbers = data.lexicon, data.ids(i), data.set(i)
    boundary, children, last, unused = lexicon.walk(ids, set(numbers))
    own = [(t, u) for t, u in sorted(last.items()) if t not in lexicon.shared_slot]
    candidate = lexicon.shared_slot | {t: len(lexicon.shared) + k for k, (t, _) in enumerate(own)}
    pieces = []
    for w in numbers:
        s = lexicon.spell(w)
        pieces.extend(s[1] if len(s) > 1 else s[0])
    inside, continuation, at = [], [], {}
    for j, tokens in children.items():
        if boundary[j] != NONE:
            allowed = boundary[j] == ALL
            tokens = [t for t in tokens if not (t in candidate and (allowed or t not in lexicon.letter_first))]
        if tokens:
            at[j] = len(continuation), tokens
            inside.append((j, len(tokens)))
            continuation.extend(tokens)
    count = longest_matches(np.array(ids, np.int32), *buffers)
    match, inner = [], []
    for j, t, n in zip(*(b[:count].tolist() for b in buffers)):
        first, tokens = at.get(j, (0, ()))
        if t in tokens:
            inner.append((first + tokens.index(t), bias(n)))
        elif t in candidate and boundary[j] != NONE:
            match.append((j, candidate[t], bias(n)))
    n = len(ids)
    feature = [math.log((u + 0.5) / (n - j + 0.5)) for j, u in enumerate(unused)]
    rows = dict(
        token=list(zip(ids, boundary, feature)),
        own=[(t, min(255, u)) for t, u in own],
        piece=[(p,) for p in pieces or [BOS]],
        inside=inside,
        continuation=[(t,) for t in continuation],
        match=match,
        inner=inner,
    )
    return {
        name: np.array([row[k] for row in rows[kind]], dtype)
        for kind, names in ROWS.items()
        for k, (name, dtype) in enumerate(names.items())
    }


def start(folder):
    global data, buffers
    data = Passages(folder)
    buffers = [np.zeros(MOST_MATCHES, np.int32) for _ in range(3)]


def chunk(job):
    """Write the chunk `path` of some passages. Return how many they are."""
    path, indices = job
    made = [passage(data, i, buffers) for i in indices]
    arrays = {name: np.concatenate([m[name] for m in made]) for names in ROWS.values() for name in names}
    for kind, names in ROWS.items():
        arrays["n_" + kind] = np.array([len(m[next(iter(names))]) for m in made], np.int32)
    arrays["bytes"], arrays["domain"] = data.bytes[indices], data.domain[indices]
    np.savez(path + ".new.npz", **arrays)
    os.replace(path + ".new.npz", path + ".npz")
    return len(indices)


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("data")
    p.add_argument("--out", default="features")
    p.add_argument("--workers", type=int, default=os.cpu_count())
    p.add_argument("--held-out", type=int, default=2048, help="passages to measure on")
    p.add_argument("--passages", type=int, help="take no more than these")
    a = p.parse_args()
    os.makedirs(a.out, exist_ok=True)
    held = np.load(os.path.join(a.data, "passages.npz"))["held"]
    rng = np.random.default_rng(7)
    parts = [
        ("held", rng.permutation(np.flatnonzero(held))[: a.held_out]),
        ("train", rng.permutation(np.flatnonzero(~held))[: a.passages]),
    ]
    jobs = [
        (os.path.join(a.out, f"{name}-{at // CHUNK:05d}"), indices[at : at + CHUNK].tolist())
        for name, indices in parts
        for at in range(0, len(indices), CHUNK)
    ]
    begun, done = time.time(), 0
    with Pool(a.workers, start, (a.data,)) as pool:
        for number, count in enumerate(pool.imap(chunk, jobs)):
            done += count
            if number % 100 == 0:
                print(f"{number} of {len(jobs)} chunks, {done} passages, {time.time() - begun:.1f} s", flush=True)
    open(os.path.join(a.out, "all"), "w").close()


if __name__ == "__main__":
    main()
