"""Numbers and lists that are stored as bits (docs/index-format.md, Bits)."""

from coders import Damage


class BitReader:
    """Bits from the top of each byte."""

    def __init__(self, data: bytes):
        self.value = int.from_bytes(data, "big")
        self.left = 8 * len(data)

    def bit(self) -> int:
        self.left -= 1
        if self.left < 0:
            raise Damage("bits: the end is missing")
        return self.value >> self.left & 1

    def below(self, m: int) -> int:
        """A number below `m`."""
        w = (m - 1).bit_length()
        if w == 0:
            return 0
        v = 0
        for _ in range(w - 1):
            v = 2 * v + self.bit()
        short = (1 << w) - m
        return v if v < short else 2 * v + self.bit() - short

    def raw(self, count: int) -> int:
        v = 0
        for _ in range(count):
            v = 2 * v + self.bit()
        return v

    def number(self, order: int) -> int:
        """A number of an order (Exp-Golomb)."""
        digits = 0
        while self.bit():
            digits += 1
        head = (1 << digits) + self.raw(digits)
        return (head - 1 << order) + self.raw(order)

    def signed(self, order: int) -> int:
        v = self.number(order)
        return -(v + 1) // 2 if v & 1 else v // 2

    def ascending(self, n: int, total: int) -> list[int]:
        if not 0 <= n <= total:
            raise Damage(f"bits: a list of {n} numbers below {total}")
        if n == 0:
            return []
        is_complement = 2 * n > total
        count = total - n if is_complement else n
        listed = self.numbers(count, total)
        if listed and listed[-1] >= total:
            raise Damage(f"bits: a number past {total}")
        if not is_complement:
            return listed
        without = set(listed)
        return [u for u in range(total) if u not in without]

    def numbers(self, count: int, total: int) -> list[int]:
        if count == 0:
            return []
        if count == 1:
            return [self.below(total)]
        m = max(1, (45426 * total // count - 22713 + 32768) >> 16)
        numbers, last = [], -1
        for _ in range(count):
            quotient = 0
            while self.bit():
                quotient += 1
            last += 1 + quotient * m + self.below(m)
            numbers.append(last)
        return numbers

    def finish(self):
        if self.left >= 8 or self.value & (1 << self.left) - 1:
            raise Damage("bits: some are left over")
