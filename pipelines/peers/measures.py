"""The measures of `r3mem eval` (docs/evaluation.md), with 95 % bootstrap intervals."""

import math

import numpy as np

DEPTH = 20


def gains(ranking, question):
    """The gain at each rank and the gains of a perfect ranking."""
    gold = dict(question["gold"])
    if question["unit"] == "passage":
        # One passage with the answer is enough.
        first = next((i for i, unit in enumerate(ranking) if unit in gold), None)
        return [1.0 if i == first else 0.0 for i in range(len(ranking))], [1.0]
    ideal = sorted(list(gold.values()) + question["missed"], reverse=True)
    return [gold.pop(unit, 0.0) for unit in ranking], ideal


def measures(ranking, question):
    """The value of each measure for one question; nothing where nothing is right."""
    found, ideal = gains(ranking[:DEPTH], question)
    if not ideal:
        return {}

    def dcg(values):
        return sum(gain / math.log2(i + 2) for i, gain in enumerate(values[:10]))

    values = {f"recall@{k}": sum(g > 0 for g in found[:k]) / len(ideal) for k in (1, 5, 20)}
    if len(ideal) > 1:
        values["all@5"] = float(sum(g > 0 for g in found[:5]) == len(ideal))
    values["mrr@20"] = next((1 / (i + 1) for i, g in enumerate(found) if g > 0), 0.0)
    values["ndcg@10"] = dcg(found) / dcg(ideal)
    return values


def interval(values, samples=1000, seed=1):
    """Mean and 95 % interval of the mean."""
    values = np.array(values)
    random = np.random.default_rng(seed)
    means = np.sort([values[random.integers(0, len(values), len(values))].mean() for _ in range(samples)])
    return values.mean(), means[samples // 40], means[samples - 1 - samples // 40]
