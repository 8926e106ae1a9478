"""Questions made from the training text: a sentence asks for one of its names, numbers or dates, and another passage with that answer is read.

    python -m encoder.cloze SHARDS MODEL --out cloze.npz --questions 250000

Spans are answers that stand in at least two passages of Wikipedia. The words around the answer in one passage become the question; the reader gets the
other passage that shares most rare words with it (RefQA, arXiv 2005.02925), or in a part of the items the same passage. The negative is a passage of
the same document that does not hold the answer. The file has the form of what `encoder.reading` writes; held-out documents are left out."""

import argparse
import collections
import glob
import json
import math
import multiprocessing
import os
import random
import re
import subprocess

import numpy as np

from corpus.prepare import held_out
from encoder.backbone import load_tokenizer
from encoder.reading import PASSAGE, QUESTION, Items

MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
NAME = r"[A-Z][\w’'-]+(?:(?: (?:of|the|de|la|von|van|der|and|for|in)){0,2} [A-Z][\w’'-]+)*"
ANSWER = re.compile(
    rf"\b(?P<date>\d{{1,2}} (?:{MONTH}) \d{{4}}|(?:{MONTH}) \d{{1,2}}, \d{{4}}|(?:{MONTH}) \d{{4}})\b"
    rf"|\b(?P<year>1\d{{3}}|20[0-2]\d)\b"
    rf"|\b(?P<number>\d[\d,.]*\d|\d)(?P<unit> (?:million|billion|percent|km|m|ft|kg|miles|metres|years|people|members)\b|%)?"
    rf"|\b(?P<name>{NAME})"
    rf"|(?:called|known as|named|termed|such as|made of|consists of|type of|form of) (?:a |an |the )?(?P<thing>[a-z][a-z-]+(?: [a-z][a-z-]+){{0,2}})(?=[,.;)])"
)
SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z\"“])")
WORD = re.compile(r"\w+")
COMMON = set(
    "the of and in to a is was for as on by with that it from at his are an were which or be this also has had its he but not have one their first been who "
    "after two they other new when during time into there all may more between most some about than over can city years such would up many only being known "
    "used her where made while part later him she both under since then these however became through no well became early will".split()
)
FRONT = dict(
    date=["When", "On what date", "When", "What was the date when"],
    year=["When", "In what year", "In which year", "What year", "Since when"],
    number=["How many", "How many", "How much", "What number of"],
    name=["What", "Which", "Who", "What is the name of the", "Where", "Whom"],
    thing=["What", "What kind of thing", "Which"],
)


def words_of(text):
    return {w.lower() for w in WORD.findall(text)} - COMMON


def passages_of(document):
    """[text] of some 60 to 170 words each: paragraphs without headings, joined where they are short."""
    out, held = [], ""
    for paragraph in document.split("\n\n"):
        if paragraph.startswith("#") or not paragraph.strip():
            continue
        held = f"{held}\n\n{paragraph}" if held else paragraph
        if len(held) > 380:
            out.append(held[:1200])
            held = ""
    return out


def answers_of(text):
    """[(kind, start, end)] of the spans that a sentence can ask for."""
    found = []
    for m in ANSWER.finditer(text):
        kind = next(k for k in ("date", "year", "number", "name", "thing") if m.group(k))
        start, end = m.span(kind)
        if kind == "number" and m.group("unit"):
            end = m.end()
        if kind == "name":
            before = text[:start].rstrip()
            single = " " not in text[start:end]
            if (not before or before[-1] in '.!?\n"“') and (single or text[start:end].split()[0].lower() in COMMON):
                continue
            if text[start:end].lower() in COMMON or len(text[start:end]) < 3:
                continue
        found.append((kind, start, end))
    return found


def question_of(kind, sentence, start, end, rng):
    """A question whose answer is `sentence[start:end]`."""
    before, after = sentence[:start], sentence[end:]
    # A long sentence keeps the clause with the answer, and what it is about.
    if len(after) > 90:
        after = re.split(r"[,;(]", after)[0] if rng.random() < 0.7 else after[:90].rsplit(" ", 1)[0]
    if len(before) > 110:
        parts = re.split(r"(?<=[,;]) ", before)
        before = " ".join([parts[0], parts[-1]] if len(parts) > 2 and rng.random() < 0.6 else [parts[-1]])
    front = rng.choice(FRONT[kind])
    if kind == "name":
        last = before.split()[-1:] or [""]
        if last[0] in ("in", "at", "near", "from", "to") and rng.random() < 0.5:
            front = "Where"
        elif last[0] in ("by", "with") and rng.random() < 0.6:
            front = rng.choice(["Who", "By whom"])
    style = rng.random()
    if kind in ("date", "year", "name") and style < 0.5:
        before = re.sub(r"(?:\b(?:in|on|at|by|of|the|a|an|since|from|until|to)\s+)+$", "", before)
    if kind == "number" and style < 0.8:
        noun = re.match(r"\s+((?:[a-z-]+ ){0,1}[a-z-]+s)\b", after)
        if noun:
            front, after = f"{front} {noun.group(1)}", after[noun.end() :]
    if style < 0.75:
        words = (before + " " + after).split()
        if rng.random() < 0.3 and after.strip():
            words = after.split() + before.split()
        kept = [w for w in words if rng.random() > (0.12 if w.lower() not in COMMON else 0.25)]
        text = front + " " + " ".join(kept)
    else:
        text = before + front.lower() + after
    return re.sub(r"\s+", " ", text).strip(" .,;:") + "?"


def documents(shards, megabytes):
    """[(id, title, text)] of Wikipedia, without those that are held out."""
    found, size = [], 0
    for path in sorted(glob.glob(f"{shards}/wikipedia_en-*.jsonl.zst")):
        for line in subprocess.run(["zstdcat", path], stdout=subprocess.PIPE, check=True).stdout.splitlines():
            d = json.loads(line)
            if held_out(d["id"]):
                continue
            found.append((d["id"], d["id"].replace("_", " "), d["text"]))
            size += len(d["text"])
            if size > megabytes * 1e6:
                return found
    return found


def load(job):
    """[(id, title, passage, its answers)] of some documents."""
    return [(i, title, passage, answers_of(passage)) for i, title, text in job for passage in passages_of(text)]


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("shards")
    p.add_argument("model", help="folder with tokenizer.json")
    p.add_argument("--out", default="cloze.npz")
    p.add_argument("--questions", type=int, default=250_000)
    p.add_argument("--megabytes", type=float, default=60, help="text to choose from")
    p.add_argument(
        "--same", type=float, default=0.3, help="share of the questions that are read from their own passage"
    )
    p.add_argument("--jobs", type=int, default=os.cpu_count())
    p.add_argument("--seed", type=int, default=0)
    a = p.parse_args()
    rng = random.Random(a.seed)
    chosen = documents(a.shards, a.megabytes)
    with multiprocessing.Pool(a.jobs) as pool:
        jobs = [chosen[i : i + 200] for i in range(0, len(chosen), 200)]
        passages = [row for part in pool.imap(load, jobs) for row in part]
    words = [words_of(row[2]) for row in passages]
    frequency = collections.Counter(w for s in words for w in s)
    weight = {w: math.log(len(passages) / n) for w, n in frequency.items()}
    by_document = collections.defaultdict(list)
    places = collections.defaultdict(list)  # answer -> [(passage, kind, start, end)]
    for i, (identifier, _, text, found) in enumerate(passages):
        by_document[identifier].append(i)
        for kind, start, end in found:
            places[text[start:end]].append((i, kind, start, end))
    print(len(chosen), "documents", len(passages), "passages", len(places), "answers", flush=True)

    tokenizer = load_tokenizer(a.model)
    items, encodings, used = Items(tokenizer), {}, collections.Counter()

    def encoded(i):
        if i not in encodings:
            e = tokenizer.encode(passages[i][2], add_special_tokens=False)
            encodings[i] = items.add(e.ids[:PASSAGE]), e.offsets[:PASSAGE]
        return encodings[i]

    def put(question, i, start, end):
        number, offsets = encoded(i)
        inside = [n for n, (x, y) in enumerate(offsets) if x < end and y > start]
        if not inside or inside[-1] - inside[0] > 20 or offsets[inside[-1]][1] < end:
            return False
        answer = passages[i][2][start:end].lower()
        others = [j for j in by_document[passages[i][0]] if j != i and answer not in passages[j][2].lower()]
        negatives = [encoded(rng.choice(others))[0]] if others else []
        title = passages[i][1]
        items.rows.append(
            (
                items.text(question, QUESTION),
                items.text(title, 16),
                number,
                inside[0],
                inside[-1],
                *(negatives + [-1] * 4)[:4],
            )
        )
        return True

    order = list(range(len(passages)))
    rng.shuffle(order)
    for i in order:
        if len(items.rows) >= a.questions:
            break
        text, found = passages[i][2], passages[i][3]
        spans = [f for f in found if 2 <= len(places[text[f[1] : f[2]]]) <= 400]
        for kind, start, end in rng.sample(spans, min(6, len(spans))):
            answer = text[start:end]
            low = max((m.end() for m in SENTENCE.finditer(text, 0, start)), default=0)
            high = next((m.start() for m in SENTENCE.finditer(text, end)), len(text))
            sentence = text[low:high].replace("\n", " ")
            if not 40 <= len(sentence) <= 400:
                continue
            around = words_of(sentence) - words_of(answer)
            question = question_of(kind, sentence, start - low, end - low, rng)
            if len(question.split()) < 4 or answer.lower() in question.lower():
                continue
            best, target = 0.0, None
            rows = places[answer]
            for row in rng.sample(rows, min(40, len(rows))):
                if row[0] == i or passages[row[0]][2] == text:
                    continue
                shared = sum(weight[w] for w in around & words[row[0]])
                if shared > best:
                    best, target = shared, row
            if target and best > 9 and best > 0.25 * sum(weight.get(w, 0) for w in around):
                # Where the answer stands more than once, the place with the most words of the question around it.
                def near(row, around=around):
                    text = passages[row[0]][2][max(0, row[2] - 150) : row[3] + 150]
                    return sum(weight.get(w, 0) for w in around & words_of(text))

                passage, _, first, last = max((r for r in rows if r[0] == target[0]), key=near)
                used["other"] += put(question, passage, first, last)
            elif rng.random() < a.same and text.count(answer) == 1:
                used["same"] += put(question, i, start, end)
    np.savez(
        a.out, ids=np.array(items.ids, np.uint16), bounds=np.array(items.bounds), items=np.array(items.rows, np.int32)
    )
    print(len(items.rows), "items", dict(used), len(items.bounds) - 1, "texts", len(items.ids) / 1e6, "M tokens")


if __name__ == "__main__":
    main()
