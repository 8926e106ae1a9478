"""The kinds of terms and the keys by which they are ordered (docs/index-format.md, docs/model-format.md)."""

import unicodedata

from words import fold, fold_character

APART = set().union(
    *(
        range(first, last + 1)
        for first, last in (
            (0xA0, 0x24F),
            (0x2B0, 0x2E4),
            (0x1D2C, 0x1DBF),
            (0x1E00, 0x1EFF),
            (0x2070, 0x2071),
            (0x2074, 0x208E),
            (0x2090, 0x209C),
            (0x2100, 0x214F),
            (0x2160, 0x217F),
            (0x2C7C, 0x2C7D),
            (0xFB00, 0xFB06),
            (0xFF10, 0xFF19),
            (0xFF21, 0xFF3A),
            (0xFF41, 0xFF5A),
        )
    )
)
LETTERS = {
    "ß": "ss", "ẞ": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ħ": "h", "ı": "i", "ŋ": "n", "ŧ": "t",
}  # fmt: skip

MARKS = ((0x300, 0x36F), (0x1AB0, 0x1AFF), (0x1DC0, 0x1DFF), (0x20D0, 0x20FF), (0xFE20, 0xFE2F))


def is_mark(character: str) -> bool:
    return any(first <= ord(character) <= last for first, last in MARKS)


def key_of_character(character: str) -> str:
    if ord(character) not in APART:
        return "" if is_mark(character) else character
    parts = (fold_character(c) for c in unicodedata.normalize("NFKD", character) if not is_mark(c))
    return "".join(LETTERS.get(c, c) for c in parts)


def key(term: bytes) -> bytes:
    return "".join(map(key_of_character, fold(term.decode()))).encode()


def kind_of(term: bytes) -> int:
    text = term.decode()
    return 2 if fold(text) != text else 0 if text.isascii() else 1


def parts(term: bytes) -> list[bytes]:
    """The folded parts of a term with capitals inside."""
    text = term.decode()
    is_capital = [fold(c) != c for c in text]
    found, start = [], 0
    for i in range(1, len(text) + 1):
        begins = (
            i == len(text) or is_capital[i] and (not is_capital[i - 1] or i + 1 < len(text) and not is_capital[i + 1])
        )
        if begins:
            if i - start > 1:
                found.append(fold(text[start:i]).encode())
            start = i
    return [] if found == [fold(text).encode()] else found
