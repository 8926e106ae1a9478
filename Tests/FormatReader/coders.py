"""The coders of docs/index-format.md: bits, adaptive bits, numbers, mixtures, spellings."""

from array import array


class Damage(Exception):
    """Bytes that the format does not allow."""


class BitDecoder:
    """The range coder of binary decisions."""

    def __init__(self, data: bytes):
        self.data = data
        self.code = int.from_bytes(data[:4].ljust(4, b"\0"), "big")
        self.place = 4
        self.range = 0xFFFFFFFF

    def bit(self, p: int) -> int:
        """The next bit; `p` is the probability of a set one in 65536ths."""
        bound = self.range * p >> 16
        if self.code < bound:
            self.range = bound
            bit = 1
        else:
            self.code -= bound
            self.range -= bound
            bit = 0
        while self.range < 1 << 24:
            byte = self.data[self.place] if self.place < len(self.data) else 0
            self.code = self.code << 8 | byte
            self.range <<= 8
            self.place += 1
        return bit

    def finish(self, what: str):
        """Refuses bytes that were not needed, and missing ones that were."""
        missing = self.place - len(self.data)
        if not 0 <= missing <= 4 or (missing < 4 and self.data[-1:] == b"\0"):
            raise Damage(f"{what}: the coder ends {missing} bytes past {len(self.data)} bytes")


RATES = [131072 // (2 * n + 3) for n in range(1024)]


class AdaptiveBit:
    """A probability that follows the bits it has coded."""

    __slots__ = ("count", "limit", "value")

    def __init__(self, limit: int = 255):
        self.value = 1 << 21
        self.count = 0
        self.limit = limit

    def read(self, coder: BitDecoder) -> int:
        bit = coder.bit(min(max(self.value >> 6, 32), 65504))
        target = (1 << 22) - 1 if bit else 0
        self.value += ((target - self.value) * RATES[self.count]) >> 16
        if self.count < self.limit:
            self.count += 1
        return bit


class NumberContext:
    """Whole numbers in a context with adaptive bits of its own."""

    def __init__(self, limit: int = 255):
        self.limit = limit
        self.bits: dict[int | tuple[int, int], AdaptiveBit] = {}

    def adaptive(self, key) -> AdaptiveBit:
        if key not in self.bits:
            self.bits[key] = AdaptiveBit(self.limit)
        return self.bits[key]

    def read(self, coder: BitDecoder) -> int:
        more = 0
        while self.adaptive(more).read(coder):
            more += 1
            if more > 30:
                raise Damage("a number of more than 31 digits")
        value = 1
        for place in range(more):
            if place < 4:
                bit = self.adaptive((more, value)).read(coder)
            else:
                bit = coder.bit(32768)
            value = 2 * value + bit
        return value - 1

    def read_signed(self, coder: BitDecoder) -> int:
        v = self.read(coder)
        return -(v + 1) // 2 if v & 1 else v // 2


class Contexts:
    """Contexts that are made when they are first used."""

    def __init__(self, limit: int = 255):
        self.limit = limit
        self.numbers: dict = {}

    def __getitem__(self, key) -> NumberContext:
        if key not in self.numbers:
            self.numbers[key] = NumberContext(self.limit)
        return self.numbers[key]


def cut(a: int, b: int) -> int:
    """The quotient, cut towards zero."""
    return a // b if a >= 0 else -(-a // b)


def squash_table() -> list[int]:
    """squash(x) at x + 2048."""
    step, t = 1 << 62, 1 << 62
    for n in range(1, 11):
        t = -cut(cut(t, 256), n)
        step += t
    exponentials = [1 << 62]
    while len(exponentials) <= 2048:
        exponentials.append(exponentials[-1] * step >> 62)
    table = []
    for x in range(-2048, 2048):
        q = (1 << 48) // ((1 << 32) + (exponentials[abs(x)] >> 30))
        table.append(min(max(q if x >= 0 else 65536 - q, 16), 65520))
    return table


SQUASH = squash_table()


class Mixture:
    """A fixed predictor: entries, and rows of eight weights."""

    def __init__(self, entries: bytes, rows: bytes):
        self.entries = array("b", entries)
        self.weights = [
            [int.from_bytes(rows[k : k + 2], "little", signed=True) for k in range(r, r + 16, 2)]
            for r in range(0, len(rows), 16)
        ]

    def probability(self, slots, row: int) -> int:
        """The probability of a set bit; `slots` are at most seven."""
        weights = self.weights[row]
        entries = self.entries
        total = 11 * weights[7]
        for slot, weight in zip(slots, weights):
            if slot:
                total += entries[slot] * weight
        return SQUASH[min(max(24 * total >> 14, -2047), 2047) + 2048]


BYTE, END, SHARED = 16, 16 + 6 * (1 << 18), 16 + 6 * (1 << 18) + 3 * (1 << 14)


def mix_hash(v: int) -> int:
    return (v * 0x9E3779B97F4A7C15 & 0xFFFFFFFFFFFFFFFF) >> 40


def line(k: int, v: int) -> int:
    return BYTE + (k << 18) + 16 * (mix_hash(v) & (1 << 14) - 1)


def end(k: int, v: int) -> int:
    return END + (k << 14) + (mix_hash(v) & (1 << 14) - 1)


def shared(k: int, v: int) -> int:
    return SHARED + (k << 14) + (mix_hash(v) & (1 << 14) - 1)


class Speller:
    """Reads terms, each spelled after another one."""

    def __init__(self, mixture: Mixture):
        self.mixture = mixture
        self.last_shared = 0

    def read(self, coder: BitDecoder, before: bytes) -> bytes:
        term = bytearray(before[: self.read_shared(coder, before)])
        place = 2 if len(term) == len(before) else 1
        h = int.from_bytes(term[-5:], "big")
        while not self.read_end(coder, h, len(term), place):
            if len(term) >= 65535:
                raise Damage("a term of 65536 bytes")
            byte = self.read_byte(coder, h, len(term), before if place else None)
            term.append(byte)
            h = (h << 8 | byte) & 0xFFFFFFFFFF
            place = 0
        return bytes(term)

    def read_shared(self, coder: BitDecoder, before: bytes) -> int:
        b, n, c = self.last_shared, len(before), 0
        while c < n:
            m = min(max(b - c + 2, 0), 5)
            slots = (
                shared(0, min(c, 31) | min(b, 31) << 8 | min(n, 15) << 16 | 1 << 40),
                shared(1, before[c] | (before[c - 1] if c else 0) << 8 | m << 16 | 3 << 40),
            )
            row = 560 + 4 * min(c, 7) + min(max(b - c + 1, 0), 3)
            if not coder.bit(self.mixture.probability(slots, row)):
                break
            c += 1
        self.last_shared = c
        return c

    def read_end(self, coder: BitDecoder, h: int, q: int, place: int) -> int:
        slots = (
            end(0, h & 0xFFFFFF | 1 << 48),
            end(1, h & 0xFFFF | min(q, 15) << 52),
            end(2, h & 0xFFFFFFFF | 2 << 48),
        )
        return coder.bit(self.mixture.probability(slots, 512 + 3 * min(q, 15) + place))

    def read_byte(self, coder: BitDecoder, h: int, q: int, before: bytes | None) -> int:
        """`before` is given for the first byte that is not shared."""
        place = min(q, 15) << 24
        if before is not None:
            place |= 1 << 32 | (1 + before[q] if q < len(before) else 0) << 8
        node = 1
        for count in range(8):
            if count in (0, 4):
                x = node << 56 if count else 0
                lines = (
                    line(0, h & 0xFF | 1 << 40 | x),
                    line(1, h & 0xFFFF | 2 << 40 | x),
                    line(2, h & 0xFFFFFF | 3 << 40 | x),
                    line(3, h & 0xFFFFFFFF | 4 << 40 | x),
                    line(4, place | h & 0xFF | 5 << 40 | x),
                    line(5, h & 0xFFFFFFFFFF | 6 << 40 | x),
                )
                slot = 1
            row = 2 * node + (before is not None)
            bit = coder.bit(self.mixture.probability([k + slot for k in lines], row))
            node = 2 * node + bit
            slot = 2 * slot + bit
        return node & 0xFF
