"""Fit the weights of search, of answers and of confidence to what `r3mem eval --write FOLDER` saw.

    python -m weights.fit FOLDER... [--half squad-open.json squad-half.json]

Each FOLDER has `features.jsonl`. Passages and units: the logistic loss of a choice among those of a question. Confidence: whether the unit quoted first holds
the answer. The first half of the questions of each folder and the second half predict each other.

--half fits nothing: it writes a file in the SQuAD form that lacks every other paragraph, so that half of its questions have no answer."""

import argparse
import json
import os

import numpy as np
import torch

PASSAGE = ("memoryCode", "section", "wordVectors", "sentence", "proximity", "forms", "reader")
UNIT = ("coverage", "alone", "withPrevious", "passage", "rules", "doubt", "mass", "relevance")
SURE = ("coverage", "lead", "sentence", "relevance", "span", "doubt")


def squad_half(path, out):
    data = json.load(open(path))
    for article in data["data"]:
        paragraphs = article["paragraphs"]
        for kept, dropped in zip(paragraphs[::2], paragraphs[1::2]):
            kept["qas"] += [dict(q, is_impossible=True) for q in dropped["qas"]]
        article["paragraphs"] = paragraphs[::2]
    json.dump(data, open(out, "w"))


def read(folders):
    """[(questions of the first half, of the second half)] by folder."""
    sets = []
    for folder in folders:
        lines = [json.loads(line) for line in open(os.path.join(folder, "features.jsonl"))]
        sets.append((lines[: len(lines) // 2], lines[len(lines) // 2 :]))
    return sets


def passages_of(question):
    rows = [
        [p["parts"]["exact"] / p["parts"]["bestExact"]] + [p["parts"].get(k) or 0 for k in PASSAGE]
        for p in question["passages"]
    ]
    # A passage that the reader did not read counts 0, as in the program.
    return np.array(rows), np.array([p["isRight"] for p in question["passages"]], bool)


def units_of(question):
    units = [u for u in question["units"] if u["mayAnswer"]]
    return np.array([[u["parts"][k] for k in UNIT] for u in units]).reshape(-1, len(UNIT)), np.array(
        [u["isRight"] for u in units], bool
    )


def choice(groups, start, pull):
    """Weights that choose a right row of each group; they are pulled towards `start`."""
    w = torch.tensor(start, dtype=torch.double, requires_grad=True)
    first = torch.tensor(start, dtype=torch.double)
    scale = torch.tensor(np.concatenate([x for x, _ in groups]).std(0) + 1e-6)
    tensors = [(torch.tensor(x, dtype=torch.double), torch.tensor(y)) for x, y in groups]
    optimiser = torch.optim.LBFGS([w], max_iter=200, line_search_fn="strong_wolfe")

    def closure():
        optimiser.zero_grad()
        loss = sum(torch.logsumexp(x @ w, 0) - torch.logsumexp((x @ w)[y], 0) for x, y in tensors) / len(tensors)
        # The scale of all weights is free: only their proportions are pulled.
        ratio = (w * first).sum() / (first * first).sum()
        loss = loss + pull * (((w - ratio * first) * scale) ** 2).sum()
        loss.backward()
        return loss

    optimiser.step(closure)
    return w.detach().numpy()


def recall(groups, w, count, k):
    """The share of `count` questions with a right row among the first k."""
    return sum(y[np.argsort(-(x @ w), kind="stable")[:k]].any() for x, y in groups) / count


def fit_choice(name, sets, rows, labels, start, unit, pull):
    halves = [[], []]
    for folder in sets:
        for half, questions in zip(halves, folder):
            half += [rows(q) for q in questions if q["answerable"]]
    usable = [[(x, y) for x, y in half if len(x) and y.any() and not y.all()] for half in halves]
    now = np.array(start)
    for a, b in ((0, 1), (1, 0)):
        w = choice(usable[a], start, pull)
        n = len(halves[b])
        figures = " ".join(
            f"@{k} {recall(halves[b], now, n, k):.3f} -> {recall(halves[b], w, n, k):.3f}" for k in (1, 3, 5)
        )
        print(f"{name}: half {a} fitted, {n} of half {b}: {figures}; ", dict(zip(labels, (w / w[unit]).round(3))))
    w = choice(usable[0] + usable[1], start, pull)
    print(f"{name}: both", dict(zip(labels, (w / w[unit]).round(3))))


def fit_confidence(sets):
    halves = [[], []]
    for folder in sets:
        for half, questions in zip(halves, folder):
            for q in questions:
                c = q["confidence"]
                if c is None or c.get("relevance") is None:
                    continue
                units = [u for u in q["units"] if u["mayAnswer"]]
                best = units[0] if units else None
                right = bool(q["answerable"] and best and best["isRight"])
                half.append(([c[k] for k in SURE], right, not q["answerable"]))
    start = np.array([4.78, 2.46, 2.54, 0.35, 0.1, -1.0])

    def fit(rows):
        x = torch.tensor([r for r, _, _ in rows], dtype=torch.double)
        y = torch.tensor([float(r) for _, r, _ in rows], dtype=torch.double)
        scale = x.std(0) + 1e-6
        x = x / scale
        w = torch.zeros(len(SURE) + 1, dtype=torch.double, requires_grad=True)
        optimiser = torch.optim.LBFGS([w], max_iter=300, line_search_fn="strong_wolfe")

        def closure():
            optimiser.zero_grad()
            odds = x @ w[1:] + w[0]
            loss = torch.nn.functional.binary_cross_entropy_with_logits(odds, y) + 0.01 * (w[1:] ** 2).sum()
            loss.backward()
            return loss

        optimiser.step(closure)
        return torch.cat([w[:1], w[1:] / scale]).detach().numpy()

    def report(name, rows, w):
        odds = np.array([r for r, _, _ in rows]) @ w[1:] + w[0]
        right = np.array([r for _, r, _ in rows])
        none = np.array([n for _, _, n in rows])
        if none.any():
            good, bad = np.sort(odds[right]), odds[none]
            area = (good[:, None] > bad[None]).mean()
            losses = {loss: (bad < good[int(loss * len(good))]).mean() for loss in (0.03, 0.05, 0.1)}
            at = 1 / (1 + np.exp(-good[int(0.05 * len(good))]))
            print(
                f"confidence: {name}: area {area:.3f}, refused at a loss",
                {k: round(v, 3) for k, v in losses.items()},
                f"threshold {at:.3f}",
            )

    for a, b in ((0, 1), (1, 0)):
        w = fit(halves[a])
        report(f"now, half {b}", halves[b], np.concatenate([[-5.17], start]))
        report(f"fitted on half {a}, half {b}", halves[b], w)
    w = fit(halves[0] + halves[1])
    report("both, fitted on these", halves[0] + halves[1], w)
    print("confidence: both", w[0].round(3), dict(zip(SURE, w[1:].round(3))))


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("folders", nargs="*")
    p.add_argument("--half", nargs=2, metavar=("SQUAD", "OUT"))
    p.add_argument("--pull", type=float, default=0.02, help="how strongly weights stay near those of the program")
    a = p.parse_args()
    if a.half:
        return squad_half(*a.half)
    sets = read(a.folders)
    fit_choice("passages", sets, passages_of, ("exact",) + PASSAGE, [1, 1.1, 0.2, 0.3, 1.2, 0.45, 1.0, 0.25], 0, a.pull)
    fit_choice("units", sets, units_of, UNIT, [1, 0.7, 0.4, 0.8, 1, -0.3, 1, 0.08], UNIT.index("rules"), a.pull)
    fit_confidence(sets)


if __name__ == "__main__":
    main()
