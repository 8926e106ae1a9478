"""The match model: where a passage repeats itself, the token that came there before is likelier.

Sources/Memory/Coding/MatchModel.swift implements the same rule.
"""

import numpy as np

# Added to a token's logit by the length of its longest match: 0.51 + 0.96 log2(length), fitted with r3mem-3. The table
# holds the program's own rounded numbers.
# fmt: off
BIAS = [
    0, 0.51, 1.47, 2.03, 2.43, 2.74, 2.99, 3.21, 3.39, 3.55, 3.7,
    3.83, 3.95, 4.06, 4.17, 4.26, 4.35, 4.43, 4.51, 4.59, 4.66, 4.73,
    4.79, 4.85, 4.91, 4.97, 5.02, 5.07, 5.13, 5.17, 5.22, 5.27, 5.31,
]
# fmt: on


def matches(ids):
    """The matches at each place of a passage: {token: length of its longest match}.

    A match is a run of tokens that ends just before the place and also just before an earlier occurrence of the token.
    """
    x, lengths, out = np.asarray(ids), np.zeros(0, int), [{}]
    for j in range(1, len(ids)):
        lengths = np.concatenate(([0], np.where(x[: j - 1] == x[j - 1], lengths + 1, 0)))
        longest = {}
        for place in lengths.nonzero()[0].tolist():
            longest[ids[place]] = max(longest.get(ids[place], 0), int(lengths[place]))
        out.append(longest)
    return out


def bias(length):
    return BIAS[min(length, len(BIAS) - 1)]
