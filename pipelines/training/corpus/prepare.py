"""Makes training data from shards of text: a byte-level BPE tokenizer, passages of tokens, term sets, the base lexicon.

    python -m corpus.prepare SHARDS --out data --megabytes 48

SHARDS is a folder of NAME-NNN.jsonl.zst files (or .xz, which pack.py writes) with one {"id", "text"} a line. The script
writes OUT/tokenizer.json, OUT/words.json and OUT/passages.npz. About 2 % of the documents, chosen by a hash of their
id, are held out of training.
"""

import argparse
import collections
import glob
import json
import lzma
import multiprocessing
import os
import random
import re
import subprocess
import zlib

import numpy as np
from tokenizers import Tokenizer, pre_tokenizers, trainers

from corpus.domains import DOMAIN, DOMAINS, SHARES
from corpus.words import SPECIAL, WORD_PATTERN, new_tokenizer, term


def held_out(identifier: str) -> bool:
    return zlib.crc32(identifier.encode()) % 50 == 0


def documents(folder: str, megabytes: float, seed: int):
    """[(domain, id, text)]. Each domain is cut at its share; its held-out documents are cut at a twelfth of that."""
    by_domain = collections.defaultdict(list)
    for path in sorted(glob.glob(os.path.join(folder, "*.jsonl.*"))):
        by_domain[DOMAIN.get(os.path.basename(path).split(".")[0][: -len("-000")], "other")].append(path)
    chosen = []
    for domain, share in SHARES.items():
        paths = by_domain[domain]
        if not paths:
            continue
        budget = megabytes * 1e6 * share / len(paths)
        for path in paths:
            used = {True: 0, False: 0}
            lines = (
                lzma.open(path).read()
                if path.endswith(".xz")
                else subprocess.run(["zstdcat", path], stdout=subprocess.PIPE, check=True).stdout
            ).splitlines()
            random.Random(seed).shuffle(lines)
            for line in lines:
                d = json.loads(line)
                held = held_out(d["id"])
                if used[held] > budget * (1 / 12 if held else 1):
                    continue
                used[held] += len(d["text"].encode())
                chosen.append((DOMAINS.index(domain), d["id"], d["text"]))
    random.Random(seed + 1).shuffle(chosen)
    return chosen


def cut(ends: list[int], text: str, limit: int) -> list[tuple[int, int]]:
    """Ranges of at most `limit` tokens. A range ends at the best boundary (paragraph, line, sentence, word) in the second half
    of its window."""
    rank = {}
    for rule, pattern in enumerate((r"\s(?=\S)", r"[.!?][\"')\]]? ", r"\n", r"\n\s*\n")):
        for m in re.finditer(pattern, text):
            rank[m.end() - (1 if rule < 2 else 0)] = rule + 1
    out, s, n = [], 0, len(ends)
    while s < n:
        stop = min(n, s + limit)
        if stop < n:
            if n - s < limit * 3 // 2:
                stop = s + (n - s) * 5 // 8
            stop = max(range(max(s + 1, stop - limit // 2), stop + 1), key=lambda k: (rank.get(ends[k - 1], 0), k))
        out.append((s, stop))
        s = stop
    return out


WORD = re.compile(WORD_PATTERN)


def passages(job):
    """Passages of a document, as (token ids, bytes, terms)."""
    text, limit = job
    e = tokenizer.encode(text, add_special_tokens=False)
    ends, at, out = [o[1] for o in e.offsets], 0, []
    for s, stop in cut(ends, text, limit):
        part = text[at : ends[stop - 1]]
        at = ends[stop - 1]
        terms = {term(w) for w in WORD.findall(part)}
        if stop - s >= 16 and max(map(len, terms), default=0) <= 48:
            out.append((np.array(e.ids[s:stop], np.uint16), len(part.encode()), sorted(terms)))
    return out


def start(path):
    global tokenizer
    tokenizer = Tokenizer.from_file(path)


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("shards")
    p.add_argument("--out", default="data")
    p.add_argument("--megabytes", type=float, default=48)
    p.add_argument("--vocabulary", type=int, default=8192)
    p.add_argument("--limit", type=int, default=240)
    p.add_argument("--seed", type=int, default=0)
    p.add_argument("--function-words", type=int, default=128, help="how many: the commonest of --function-list")
    p.add_argument(
        "--function-list",
        default=os.path.join(os.path.dirname(__file__), "function-words.txt"),
        help="words that carry no content; no other becomes a function word",
    )
    p.add_argument("--lexicon", type=int, default=30000)
    p.add_argument("--jobs", type=int, default=os.cpu_count())
    p.add_argument(
        "--tokenizer", help="keep this tokenizer.json (and the words.json beside it) instead of making new ones"
    )
    a = p.parse_args()
    os.makedirs(a.out, exist_ok=True)
    chosen = documents(a.shards, a.megabytes, a.seed)
    print(len(chosen), "documents", sum(len(t) for _, _, t in chosen) / 1e6, "M characters", flush=True)
    if a.tokenizer:
        tokenizer = Tokenizer.from_file(a.tokenizer)
    else:
        tokenizer = new_tokenizer()
        tokenizer.train_from_iterator(
            (t[:40000] for _, i, t in chosen[::2] if not held_out(i)),
            trainers.BpeTrainer(
                vocab_size=a.vocabulary, special_tokens=SPECIAL, initial_alphabet=pre_tokenizers.ByteLevel.alphabet()
            ),
        )
    tokenizer.save(os.path.join(a.out, "tokenizer.json"))
    tokens, offsets, owner, domain, held, size, sets = [], [0], [], [], [], [], []
    with multiprocessing.Pool(a.jobs, start, (os.path.join(a.out, "tokenizer.json"),)) as pool:
        for d, found in enumerate(pool.imap(passages, ((text, a.limit) for _, _, text in chosen), chunksize=16)):
            kind, identifier, _ = chosen[d]
            for ids, length, terms in found:
                tokens.append(ids)
                offsets.append(offsets[-1] + len(ids))
                owner.append(d)
                domain.append(kind)
                held.append(held_out(identifier))
                size.append(length)
                sets.append(terms)
    frequency = collections.Counter(w for terms, h in zip(sets, held) if not h for w in terms)
    closed = set(open(a.function_list).read().split())
    function = [w for w, _ in frequency.most_common() if w in closed][: a.function_words]
    if a.tokenizer:  # keep its words in their order; its former function words come first
        known = json.load(open(os.path.join(os.path.dirname(a.tokenizer), "words.json")))
        words = [w for w in known["function"] if w not in function] + [
            w for w, _ in known["lexicon"] if w not in function
        ]
    else:
        words = [w for w, n in frequency.most_common(len(function) + a.lexicon) if w not in function and n >= 3]
    count = len(held) - sum(held)
    lexicon = [[w, max(1, round(65536 * frequency[w] / count))] for w in words]
    json.dump(
        dict(function=function, lexicon=lexicon), open(os.path.join(a.out, "words.json"), "w"), ensure_ascii=False
    )
    names = function + [w for w, _ in lexicon]
    number = {w: i for i, w in enumerate(names)}
    flat, bounds = [], [0]
    for terms in sets:
        numbers = []
        for w in terms:
            if w not in number:
                number[w] = len(names)
                names.append(w)
            if number[w] >= len(function):
                numbers.append(number[w])
        flat.extend(numbers)
        bounds.append(len(flat))
    np.savez(
        os.path.join(a.out, "passages.npz"),
        tokens=np.concatenate(tokens),
        offsets=np.array(offsets),
        owner=np.array(owner, np.int32),
        domain=np.array(domain, np.uint8),
        held=np.array(held),
        bytes=np.array(size, np.int32),
        words=np.array(flat, np.int32),
        word_offsets=np.array(bounds),
        names=np.array("\n".join(names)),
    )
    n = len(held)
    print(
        n,
        "passages",
        offsets[-1] / 1e6,
        "M tokens",
        f"{sum(size) / offsets[-1]:.2f} bytes a token, {sum(size) / n:.0f} bytes and {len(flat) / n:.1f} words a passage,",
        len(names),
        "words",
    )


if __name__ == "__main__":
    main()
