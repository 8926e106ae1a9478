"""Residuals of plain bytes."""

from functools import cache
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "index-format.md"
MASK = (1 << 64) - 1
TOTAL = 1 << 16
POINTS = [22, 36, 60, 98, 162, 267, 439, 720, 1179, 1921, 3108, 4971, 7812, 11955, 17625, 24743, 32768] + [
    40793,
    47911,
    53581,
    57724,
    60565,
    62428,
    63615,
    64357,
    64816,
    65097,
    65269,
    65374,
    65438,
    65476,
    65500,
    65514,
]
CLASSES = [0, 1, 2, 2] + 12 * [3]
TABLES = [0, 1 << 8, (1 << 8) + (1 << 16), (1 << 8) + (1 << 16) + (1 << 15)]


def squash(x: int) -> int:
    k = x + 2048
    r = k & 127
    return (POINTS[k >> 7] * (128 - r) + POINTS[(k >> 7) + 1] * r + 64) >> 7


@cache
def stretch(p: int) -> int:
    return next((x for x in range(-2047, 2048) if squash(x) >> 4 >= p), 2047)


class SymbolDecoder:
    """The range coder of symbols."""

    def __init__(self, data: bytes):
        self.data = data
        self.place = 8
        self.code = int.from_bytes(data[:8].ljust(8, b"\0"), "big")
        self.range = MASK

    def bit(self, p: int) -> int:
        unit = self.range // TOTAL
        bit = int(min(self.code // unit, TOTAL - 1) < p)
        start, size = (0, p) if bit else (p, TOTAL - p)
        self.code -= unit * start
        self.range = unit * size
        while self.range < 1 << 56:
            byte = self.data[self.place] if self.place < len(self.data) else 0
            self.code = (self.code << 8 | byte) & MASK
            self.range <<= 8
            self.place += 1
        return bit


class ByteModel:
    """Probabilities of the bits of the next byte."""

    def __init__(self):
        count = TABLES[3] + (1 << 15)
        self.probabilities, self.counts = [2048] * count, [0] * count
        self.weights = [[22000] * 4 for _ in range(16)]
        self.history, self.partial = 0, 1

    def predict(self) -> int:
        h, y = self.history, self.partial
        self.slots = [
            y,
            TABLES[1] + 256 * (h & 0xFF) + y,
            TABLES[2] + self.hash(h & 0xFFFF | 1 << 32),
            TABLES[3] + self.hash(h & 0xFFFFFF | 2 << 32),
        ]
        counts = [self.counts[slot] for slot in self.slots]
        self.row = self.weights[4 * CLASSES[counts[2]] + CLASSES[counts[3]]]
        self.inputs = [stretch(self.probabilities[s]) if n else 0 for s, n in zip(self.slots, counts)]
        x = sum(i * w for i, w in zip(self.inputs, self.row)) >> 16
        self.p = min(max(squash(min(max(x, -2047), 2047)), 32), 65504)
        return self.p

    def hash(self, v: int) -> int:
        mixed = (v * 0x9E3779B97F4A7C15 ^ self.partial * 0xC2B2AE3D27D4EB4F) & MASK
        return (mixed * 0xD6E8FEB86659FD93 & MASK) >> 49

    def learn(self, bit: int):
        error = (bit << 16) - self.p
        for k, (slot, value) in enumerate(zip(self.slots, self.inputs)):
            self.row[k] = min(max(self.row[k] + ((value * error + (1 << 16)) >> 17), -(1 << 20)), 1 << 20)
            p, n = self.probabilities[slot], self.counts[slot]
            self.probabilities[slot] += (((4095 if bit else 0) - p) * (131072 // (2 * n + 3)) + (1 << 15)) >> 16
            self.counts[slot] = min(n + 1, 15)
        self.partial = 2 * self.partial + bit
        if self.partial > 255:
            self.history = (self.history << 8 | self.partial & 255) & MASK
            self.partial = 1


def primer() -> bytes:
    """The text that every passage starts behind, as the page has it."""
    page = PAGE.read_text(encoding="utf-8")
    return page.split("```text\n")[1].split("```")[0].encode()


def decode(residual: bytes, count: int) -> bytes:
    """The `count` bytes of a passage that is coded as plain bytes."""
    if len(residual) == count:
        return residual
    model = ByteModel()
    for byte in primer():
        for shift in range(7, -1, -1):
            model.predict()
            model.learn(byte >> shift & 1)
    coder, text = SymbolDecoder(residual), bytearray()
    while len(text) < count:
        for _ in range(8):
            model.learn(coder.bit(model.predict()))
        text.append(model.history & 255)
    return bytes(text)
