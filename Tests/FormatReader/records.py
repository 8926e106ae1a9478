"""Stored records: deterministic CBOR (RFC 8949, section 4.2.1), and the keys that the format knows."""

from coders import Damage

DEPTH = 8


class RecordReader:
    """Reads one value; only the shortest forms are accepted."""

    def __init__(self, data: bytes):
        self.data = data
        self.place = 0

    def take(self, count: int) -> bytes:
        if self.place + count > len(self.data):
            raise Damage("a record ends early")
        self.place += count
        return self.data[self.place - count : self.place]

    def head(self) -> tuple[int, int]:
        """The major type and the argument."""
        first = self.take(1)[0]
        major, info = first >> 5, first & 31
        if info < 24:
            return major, info
        if info > 27 or major == 7:
            raise Damage(f"byte {first:#x} in a record")
        size = 1 << info - 24
        value = int.from_bytes(self.take(size), "big")
        if value < (24 if size == 1 else 1 << 4 * size):
            raise Damage("a number in a record is longer than it needs to be")
        return major, value

    def value(self, depth: int = 0):
        if depth > DEPTH:
            raise Damage("a record nests too deep")
        major, n = self.head()
        if major in (0, 1):
            if n >= 1 << 63:
                raise Damage("a number in a record has more than 64 bits")
            return n if major == 0 else -1 - n
        if major == 2:
            return self.take(n)
        if major == 3:
            return self.take(n).decode("utf-8")
        if major == 4:
            return [self.value(depth + 1) for _ in range(n)]
        if major == 5:
            return self.map(n, depth)
        if major == 7 and n in (20, 21):
            return n == 21
        raise Damage(f"major type {major} in a record")

    def map(self, count: int, depth: int) -> dict:
        fields, before = {}, b""
        for _ in range(count):
            start = self.place
            key = self.value(depth + 1)
            encoded = self.data[start : self.place]
            if not isinstance(key, str) or encoded <= before:
                raise Damage("the keys of a record are not in order")
            before = encoded
            fields[key] = self.value(depth + 1)
        return fields


def read_record(data: bytes) -> dict:
    """The fields of a stored record; no bytes are no fields."""
    if not data:
        return {}
    reader = RecordReader(data)
    fields = reader.value()
    if not isinstance(fields, dict) or not fields or reader.place != len(data):
        raise Damage("a stored record is no map")
    return fields


KNOWN = {
    "options": {
        "roots": (list, []),
        "include": (list, []),
        "exclude": (list, []),
        "ignore-files": (bool, True),
        "hidden": (bool, False),
        "max-file-size": (int, None),
        "ocr": (bool, True),
        "shards": (str, None),
    },
    "left-out": {"ignore-files": (int, 0), "exclude": (int, 0), "include": (int, 0), "hidden": (int, 0)},
    "original": {
        "ext": (bool, False),
        "enc": (str, "UTF-8"),
        "bom": (bool, False),
        "eol": (str, None),
        "bad": (bytes, b""),
        "edt": (bytes, b""),
        "esc": (str, None),
    },
    "spans": {"page": (bytes, b""), "head": (bytes, b""), "line": (bytes, b"")},
    "reason": {"n": (int, 0), "d": (list, [])},
    "remarks": {"notes": (list, []), "date": (str, None)},
}


def read_known(kind: str, data: bytes) -> dict:
    """A record of a known kind, its fields checked and completed by their defaults. Unknown keys are kept."""
    fields = read_record(data)
    for key, (type_, default) in KNOWN[kind].items():
        if key not in fields:
            fields[key] = default
        elif type(fields[key]) is not type_:
            raise Damage(f"{kind}: {key} is no {type_.__name__}")
        elif fields[key] == default:
            raise Damage(f"{kind}: {key} is written with its default")
    return fields


class Numbers:
    """Numbers within a byte string: seven bits a byte, the lowest first."""

    def __init__(self, data: bytes):
        self.data = data
        self.place = 0

    def __bool__(self) -> bool:
        return self.place < len(self.data)

    def next(self) -> int:
        value = 0
        for k in range(8):
            byte = self.take(1)[0]
            value |= (byte & 127) << 7 * k
            if byte < 128:
                return value
        raise Damage("a number in a byte string has more than 56 bits")

    def take(self, count: int) -> bytes:
        if self.place + count > len(self.data):
            raise Damage("a byte string ends early")
        self.place += count
        return self.data[self.place - count : self.place]


def read_spans(data: bytes) -> dict:
    """The ranges of a document's text: pages, paths of headings, lines that are headings."""
    fields = read_known("spans", data)
    pages, heads, lines = [], [], []
    numbers, start = Numbers(fields["page"]), 0
    while numbers:
        start += numbers.next()
        pages.append([start, numbers.next()])
    numbers, start, path = Numbers(fields["head"]), 0, []
    while numbers:
        start += numbers.next()
        new, kept = divmod(numbers.next(), 16)
        if kept > len(path):
            raise Damage("a path of headings keeps more than there are")
        path = path[:kept] + [numbers.take(numbers.next()).decode("utf-8") for _ in range(new)]
        heads.append([start, path])
    numbers, start = Numbers(fields["line"]), 0
    while numbers:
        distance, depth = divmod(numbers.next(), 8)
        start += distance
        lines.append([start, depth])
    return {"pages": pages, "headings": heads, "lines": lines}
