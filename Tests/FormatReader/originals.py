"""The bytes of a file, from the text of its document and its stored original."""

import codecs

from coders import Damage
from records import Numbers

NAMED_ESCAPES = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def original_file(text: bytes, record: dict) -> bytes | None:
    """The file, or None where the text was extracted from it."""
    if record["ext"]:
        return None
    escapes = Escapes(record["esc"]) if record["esc"] is not None else None
    pieces: list[bytes] = []

    def put(stretch: bytes) -> bytes:
        characters = stretch.decode("utf-8")
        if escapes:
            characters = escapes.put(characters)
        if record["eol"]:
            characters = characters.replace("\n", {"crlf": "\r\n", "cr": "\r"}[record["eol"]])
        return characters.encode(codec(record))

    place = 0
    for start, length, replaced in edits(record):
        pieces += [put(text[place:start]), replaced]
        place = start + length
        if escapes:
            escapes.put(text[start:place].decode("utf-8"))
    pieces.append(put(text[place:]))
    return mark(record) + b"".join(pieces)


def edits(record: dict):
    """Runs of the text for which the file has other bytes: start, length, and those bytes."""
    numbers, start = Numbers(record["bad"]), 0
    while numbers:
        start += numbers.next()
        yield start, 3, numbers.take(numbers.next())
    numbers, start = Numbers(record["edt"]), 0
    if not numbers:
        return
    kinds = []
    for _ in range(numbers.next()):
        in_text, in_file = numbers.next(), numbers.next()
        kinds.append((in_text, numbers.take(in_file)))
    while numbers:
        start += numbers.next()
        kind = numbers.next()
        if kind >= len(kinds):
            raise Damage(f"original: edit of kind {kind}")
        yield start, *kinds[kind]


def codec(record: dict) -> str:
    return codecs.lookup(record["enc"]).name


def mark(record: dict) -> bytes:
    return "\ufeff".encode(codec(record)) if record["bom"] else b""


class Escapes:
    """JSON with the escapes of its strings put back; text outside of strings stays as it is."""

    def __init__(self, kinds: str):
        self.digits = "04X" if "U" in kinds else "04x"
        self.marks = {c for c in kinds if not c.isalnum()}
        self.has_slash, self.has_others = "s" in kinds, "u" in kinds
        self.is_inside = self.is_behind_backslash = False

    def put(self, text: str) -> str:
        return "".join(map(self.character, text))

    def character(self, c: str) -> str:
        if self.is_behind_backslash:
            self.is_behind_backslash = False
        elif c == '"':
            self.is_inside = not self.is_inside
        elif self.is_inside:
            if c == "\\":
                self.is_behind_backslash = True
            elif c in NAMED_ESCAPES:
                return NAMED_ESCAPES[c]
            elif c == "/" and self.has_slash:
                return "\\/"
            elif c in self.marks or (ord(c) > 127 and self.has_others):
                units = c.encode("utf-16-be")
                return "".join(
                    f"\\u{int.from_bytes(units[k : k + 2], 'big'):{self.digits}}" for k in range(0, len(units), 2)
                )
        return c
