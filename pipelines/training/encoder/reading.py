"""Questions with passages as training data for the reader: QA/*.jsonl.zst to one file of token ids.

    python -m encoder.reading QA MODEL --out reading.npz

Extractive files (NAME.jsonl.zst) give a question, a passage and answer spans; ranking files (pairs-NAME.jsonl.zst) give a question, passages that answer
and passages that do not. Each item becomes one positive with a span (or none), and up to four negatives."""

import argparse
import collections
import json
import random
import re
import subprocess

import numpy as np

from encoder.backbone import load_tokenizer

# Items taken of each extractive set at most; sets that are left out speak other languages or mark lines instead of short answers.
EXTRACTIVE = dict(
    squadshifts=99999,
    squad_part=99999,
    squad2_dev_part=99999,
    clapnq_dev=99999,
    tydiqa_en=99999,
    afriqa=99999,
    fairytaleqa=3000,
    narrativeqa_summary=99999,
    duorc_sample=99999,
    tatqa=99999,
    multihop_samples=99999,
    friendsqa=1500,
    molweni=1000,
    qamr=10000,
    qasrl_gs=2000,
)
# Sets whose spans are whole sentences or lines: they teach relevance only.
EVIDENCE = dict(clapnq_dev=True)
PAIRS = dict(
    boolq=99999,
    strategyqa=99999,
    fever=3000,
    qmsum=400,
    product_qa=1500,
    docs_faq_en=99999,
    docs_faq_de=99999,
    medquad=1500,
    techqa=99999,
    multihop=99999,
    squad_sentences=5000,
)
# With --everything: these too, in other languages than English; and no set above is cut.
OTHER_LANGUAGES = (
    "norquad",
    "squad_it_test",
    "tydiqa_other",
    "faquad_pt",
    "turkish",
    "arcd_ar",
    "kazqad_kk",
    "cmrc2018_zh",
)
MINED = (
    "squadshifts",
    "squad_part",
    "tydiqa_en",
    "afriqa",
    "fairytaleqa",
)  # ranking files that only add negatives to an extractive set
QUESTION, PASSAGE = 40, 232  # tokens at most


def lines(path):
    out = subprocess.run(["zstdcat", path], stdout=subprocess.PIPE, check=True).stdout
    return [json.loads(line) for line in out.splitlines()]


class Items:
    """Token ids of all texts, and items that refer to them."""

    def __init__(self, tokenizer):
        self.tokenizer, self.number, self.ids, self.bounds, self.rows = tokenizer, {}, [], [0], []

    def add(self, ids):
        key = tuple(ids)
        if key not in self.number:
            self.number[key] = len(self.bounds) - 1
            self.ids.extend(ids)
            self.bounds.append(len(self.ids))
        return self.number[key]

    def text(self, text, limit):
        return self.add(self.tokenizer.encode(text[: limit * 12], add_special_tokens=False).ids[:limit])

    def window(self, passage, answer, rng):
        """(text number, first and last token of the answer) of a window around the answer, or around anything where there is none."""
        e = self.tokenizer.encode(passage, add_special_tokens=False)
        n, first, last = len(e.ids), -1, -1
        if answer:
            start, end = answer["start"], answer["start"] + len(answer["text"])
            inside = [i for i, (a, b) in enumerate(e.offsets) if a < end and b > start]
            if not inside:
                return None
            first, last = inside[0], inside[-1]
            if last - first >= 60:
                return None
        size = min(n, rng.randint(PASSAGE // 2, PASSAGE) if n > PASSAGE else PASSAGE)
        low, high = (max(0, last + 1 - size), min(first, n - size)) if answer else (0, n - size)
        at = rng.randint(low, max(low, high))
        return self.add(e.ids[at : at + size]), first - at if answer else -1, last - at if answer else -1


NAMED = re.compile(r"(?<=\w )(?:[A-Z][\w’'-]+(?: (?:of |the |de )?[A-Z][\w’'-]+)*|\d[\d,.]*\d|\d)")


def named(questions):
    """{is a number: [names or numbers]} of some questions."""
    found = collections.defaultdict(list)
    for q in questions:
        for m in NAMED.finditer(q):
            found[m.group()[0].isdigit()].append(m.group())
    return found


def of_another(question, passage, names, rng):
    """The question about another thing: one of its names or numbers that the passage has is one that the passage has not. None where there is none."""
    places = [m for m in NAMED.finditer(question) if m.group() in passage]
    if not places:
        return None
    m = rng.choice(places)
    for other in rng.sample(names[m.group()[0].isdigit()], 12):
        if other != m.group() and not any(
            w.lower() in passage.lower() for w in other.split() if w[0].isupper() or w[0].isdigit()
        ):
            return question[: m.start()] + other + question[m.end() :]
    return None


def near(question, passages, rng):
    """The passage of some that shares the most words with the question."""
    words = set(re.findall(r"\w+", question.lower()))
    return max(rng.sample(passages, min(24, len(passages))), key=lambda p: len(words & p[1]))


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("qa")
    p.add_argument("model", help="folder with tokenizer.json")
    p.add_argument("--out", default="reading.npz")
    p.add_argument(
        "--everything",
        action="store_true",
        help="all items of all sets, for accelerated.reader, which draws each set as often as it is worth",
    )
    a = p.parse_args()
    extractive, pairs = EXTRACTIVE, PAIRS
    if a.everything:
        extractive, pairs = (
            dict.fromkeys((*EXTRACTIVE, *OTHER_LANGUAGES), 99999),
            dict.fromkeys((*PAIRS, "fairytaleqa"), 99999),
        )
    rng = random.Random(1)
    tokenizer = load_tokenizer(a.model)
    items = Items(tokenizer)
    mined = collections.defaultdict(list)
    for name in MINED:
        for d in lines(f"{a.qa}/pairs-{name}.jsonl.zst"):
            mined[d["question"]] += d["negative"][:4]
    counts, sources = collections.Counter(), []

    def put(name, question, title, positive, span, negatives):
        items.rows.append(
            (items.text(question, QUESTION), items.text(title or "", 16), positive, *span, *(negatives + [-1] * 4)[:4])
        )
        counts[name] += 1
        sources.append(list(counts).index(name))

    for name, most in extractive.items():
        data = lines(f"{a.qa}/{name}.jsonl.zst")
        passages = [(q, set(re.findall(r"\w+", q.lower()))) for q in sorted({d["passage"] for d in data})]
        rng.shuffle(data)
        names = named(d["question"] for d in data)
        for d in data[:most]:
            negatives = [items.text(q, PASSAGE) for q in mined.get(d["question"], [])]
            if not negatives and name != "qamr":
                other = near(d["question"], passages, rng)[0]
                if other != d["passage"] and not any(x["text"].lower() in other.lower() for x in d["answers"]):
                    negatives.append(items.window(other, None, rng)[0])
            if not d["answers"]:  # the passage itself does not answer: it is a negative
                found = items.window(d["passage"], None, rng)
                put(name, d["question"], d["title"], -1, (-1, -1), [found[0]])
                continue
            common = collections.Counter(x["text"] for x in d["answers"]).most_common(1)[0][0]
            found = items.window(d["passage"], next(x for x in d["answers"] if x["text"] == common), rng)
            if found:
                put(name, d["question"], d["title"], found[0], (-1, -1) if name in EVIDENCE else found[1:], negatives)
                other = a.everything and name in MINED and of_another(d["question"], d["passage"], names, rng)
                if other:
                    put("of-another", other, d["title"], -1, (-1, -1), [found[0]])
    for name, most in pairs.items():
        data = lines(f"{a.qa}/pairs-{name}.jsonl.zst")
        rng.shuffle(data)
        for d in data[:most]:
            put(
                "pairs-" + name,
                d["question"],
                "",
                items.text(rng.choice(d["positive"]), PASSAGE),
                (-1, -1),
                [items.text(q, PASSAGE) for q in d["negative"][:4]],
            )
    np.savez(
        a.out,
        ids=np.array(items.ids, np.uint16),
        bounds=np.array(items.bounds),
        items=np.array(items.rows, np.int32),
        sources=np.array(sources, np.int16),
        names=np.array(list(counts)),
    )
    print(len(items.rows), "items", dict(counts), len(items.bounds) - 1, "texts", len(items.ids) / 1e6, "M tokens")


if __name__ == "__main__":
    main()
