"""The term sets of the passages of a unit."""

from coders import BitDecoder, Mixture


def read_sets(coder: BitDecoder, mixture: Mixture, members: list["Member"], tokens: list[int]) -> list[list[int]]:
    """The numbers of the terms of each passage; `tokens` are the lengths of the passages."""
    sets: list[list[int]] = []
    missing = len(members)
    for a, t in enumerate(tokens):
        share = min(63, 64 * t // max(1, sum(tokens[a:])))
        size = min(t // 32, 7) // 2
        coming = returning = 8
        rest = len(tokens) - 1 - a
        terms: list[int] = []
        for m in members:
            if m.times:
                slots, row = m.returns(a, size, returning, share)
                bit = coder.bit(mixture.probability(slots, row))
                returning = min(returning + 7, 31) if bit else max(returning - 1, 0)
            elif rest == 0:
                bit = 1
            else:
                expected = min(15, 2 * missing // max(1, t))
                slots, row = m.comes(a, rest, size, coming, share, expected)
                bit = coder.bit(mixture.probability(slots, row))
                coming = min(coming + 4, 31) if bit else max(coming - 1, 0)
            m.flags = m.flags << 1 | bit
            if bit:
                missing -= m.times == 0
                m.times += 1
                m.last = a
                terms.append(m.number)
        sets.append(terms)
    return sets


class Member:
    """A term of a unit, while the sets of the unit are read."""

    def __init__(self, number: int, n: int, p: int, units: int):
        """Term `number` stands in `n` of the `units` of the segment, and in `p` passages."""
        self.number = number
        self.spread = min(15, max(1, 4096 * n // units).bit_length() - 1)
        if n > 1:
            self.density = max(k for k in range(12) if 4096 * p // n >= QUARTERS[k])
        else:
            self.density = 12 if p == 1 else 13 if p == 2 else 14 if p < 6 else 15
        self.times = self.flags = self.last = 0

    def comes(self, a: int, rest: int, size: int, coming: int, share: int, expected: int):
        """The slots and the row of the flag of a term that has not come."""
        density = self.density
        contexts = (
            16 * share + density,
            32 * share + coming,
            16 * share + expected,
            16 * (16 * (share // 4) + density) + coming // 2,
            16 * (16 * self.spread + density) + share // 4,
            16 * (16 * expected + coming // 2) + density,
            4 * (16 * (16 * min(a, 15) + min(rest, 15)) + density) + size,
        )
        return [s + c for s, c in zip(COMING_STARTS, contexts)], 16 * (share // 4) + density

    def returns(self, a: int, size: int, returning: int, share: int):
        """The slots and the row of the flag of a term that has come."""
        c, g, h, density = self.times, a - self.last, self.flags, self.density
        few = min(c, 4) - 1
        part = min(32 * c // (a + 1), 31)
        spread = self.spread // 4
        contexts = (
            8 * (16 * (h & 7) + min(c, 15)) + min(a, 7),
            4 * (4 * (4 * min(g, 15) + few) + spread) + size,
            16 * (4 * part + size) + density,
            4 * (8 * (returning // 2) + min(g, 7)) + few,
            16 * (h & 63) + density,
            4 * (4 * (16 * self.spread + density) + few) + min(g - 1, 3),
            4 * (16 * (16 * part + min(g, 15)) + density) + size,
        )
        row = 256 + 8 * (4 * (4 * few + min(g - 1, 3)) + spread) + returning // 4
        return [s + c for s, c in zip(RETURNING_STARTS, contexts)], row


QUARTERS = [int(4096 * 2 ** (k / 4)) for k in range(12)]


def starts(first: int, sizes: list[int]) -> list[int]:
    return [first + sum(sizes[:k]) for k in range(len(sizes) + 1)]


COMING_STARTS = starts(16, [1024, 2048, 1024, 4096, 4096, 4096, 16384])
RETURNING_STARTS = starts(COMING_STARTS.pop(), [1024, 1024, 2048, 512, 1024, 4096, 32768])
assert RETURNING_STARTS.pop() == 75_280
