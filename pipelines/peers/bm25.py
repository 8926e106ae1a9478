"""BM25 over the words of passages: the scores of all passages for a question."""

import collections
import math
import re

import numpy as np


def words(text):
    return re.findall(r"\w+", text.lower())


class BM25:
    def __init__(self, texts, k1=0.9, b=0.4):
        self.count = len(texts)
        self.postings = collections.defaultdict(list)
        lengths = []
        for i, text in enumerate(texts):
            bag = collections.Counter(words(text))
            lengths.append(bag.total())
            for word, n in bag.items():
                self.postings[word].append((i, n))
        lengths = np.array(lengths, np.float64)
        self.norm = k1 * (1 - b + b * lengths / max(1.0, lengths.mean()))
        self.k1 = k1

    def scores(self, question):
        total = np.zeros(self.count)
        for word in words(question):
            found = self.postings.get(word)
            if not found:
                continue
            idf = math.log(1 + (self.count - len(found) + 0.5) / (len(found) + 0.5))
            at = np.array([i for i, _ in found])
            n = np.array([n for _, n in found], np.float64)
            total[at] += idf * n * (self.k1 + 1) / (n + self.norm[at])
        return total
