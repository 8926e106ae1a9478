"""The index file: its tables, and the hashes that prove them."""

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from coders import Damage
from model import Model
from records import read_known
from segment import Segment
from xxh64 import xxh64

PARTS = ("documents", "passages", "lexicon", "term_lists", "term_sets", "memory", "spans")
PIECE = 1 << 18
STATES = ("indexed", "skipped", "failed")


@dataclass
class Source:
    """A file that was seen."""

    path: bytes
    size: int
    modified: int | None
    file_hash: bytes | None
    media: str | None
    state: str
    reason: dict | None
    document: int | None


def u64(n: int) -> bytes:
    return (n & (1 << 64) - 1).to_bytes(8, "little")


class Index:
    """An index whose hashes have been compared."""

    def __init__(self, path: Path, model: Model):
        self.model = model
        self.connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
        self.connection.execute("BEGIN")
        for name, value in (("application_id", 0x72336D6D), ("user_version", 3), ("page_size", 1024)):
            require(self.pragma(name) == value, f"{name} is {self.pragma(name)}")
        self.meta = dict(self.connection.execute("SELECT key, value FROM meta"))
        self.check_meta()
        self.options = read_known("options", self.meta.get("options", b""))
        self.left_out = read_known("left-out", self.meta.get("left-out", b""))
        self.sources = self.read_sources()
        self.segments = self.read_segments()
        self.originals = self.read_originals()
        self.check_documents()

    def pragma(self, name: str) -> int:
        return self.connection.execute(f"PRAGMA {name}").fetchone()[0]

    def number(self, key: str) -> int:
        require(len(self.meta[key]) == 8, f"meta: {key}")
        return int.from_bytes(self.meta[key], "little")

    def check_meta(self):
        rows = b"".join(
            u64(len(name)) + name + u64(len(value)) + value
            for name, value in sorted((key.encode(), value) for key, value in self.meta.items() if key != "check")
        )
        require(self.meta["check"] == u64(xxh64(rows, 3)), "meta: check")
        require(self.meta["model"] == self.model.file_hash(), "meta: the index was made with another model")
        require(self.meta["lexicon"] == self.model.lexicon_hash(), "meta: lexicon")
        require(self.meta["model.name"].decode() == self.model.metadata["name"], "meta: model.name")

    def check_tally(self, key: str, hashes: list[int]):
        require(self.meta[key] == u64(len(hashes)) + u64(sum(hashes)), f"meta: tally {key}")

    def read_sources(self) -> list[Source]:
        sources, hashes = [], []
        columns = "path, size, modified, hash, media, state, reason, document"
        for row in self.connection.execute(f"SELECT {columns} FROM source ORDER BY path"):
            hashes.append(xxh64(b"".join(source_fields(row)), 0))
            sources.append(read_source(row))
        self.check_tally("sources", hashes)
        return sources

    def read_segments(self) -> dict[int, Segment]:
        segments, hashes = {}, []
        self.pieces = 0
        for number, *parts in self.connection.execute(f"SELECT id, {', '.join(PARTS)} FROM segment ORDER BY id"):
            hashes.append(xxh64(u64(number), 0))
            require(1 <= number < self.number("next"), f"segment {number}")
            bare = [proven(part, 16 * number + i, f"segment {number}: {PARTS[i]}") for i, part in enumerate(parts)]
            segments[number] = Segment(self.model, self.number("model.memory"), bare, self.residuals(number))
        self.check_tally("segments", hashes)
        (rows,) = self.connection.execute("SELECT COUNT(*) FROM residual").fetchone()
        require(rows == self.pieces, f"{rows} pieces of residuals, {self.pieces} of them of segments")
        return segments

    def residuals(self, segment: int) -> bytes:
        query = "SELECT id, bytes FROM residual WHERE id BETWEEN ? AND ? ORDER BY id"
        first = 65536 * segment
        pieces = []
        for number, sealed in self.connection.execute(query, (first, first + 65535)):
            require(number == first + len(pieces), f"segment {segment}: piece {number} of the residuals")
            pieces.append(proven(sealed, 16 * number + 8, f"segment {segment}: residuals"))
        require(all(len(piece) == PIECE for piece in pieces[:-1]), f"segment {segment}: a short piece of residuals")
        require(
            all(0 < len(piece) <= PIECE for piece in pieces[-1:]), f"segment {segment}: the last piece of residuals"
        )
        self.pieces += len(pieces)
        return b"".join(pieces)

    def read_originals(self) -> dict[int, dict]:
        originals = {}
        for document, data in self.connection.execute("SELECT document, bytes FROM original"):
            record = proven(data, document, f"original {document}")
            found = self.document(document)
            require(found.original_bytes == len(record) > 0, f"original {document}: {len(record)} bytes")
            originals[document] = read_known("original", record)
        return originals

    def document(self, number: int):
        segment, place = divmod(number, 65536)
        require(segment in self.segments, f"document {number}: no such segment")
        require(place < len(self.segments[segment].documents), f"document {number}: no such document")
        return self.segments[segment].documents[place]

    def alive(self) -> set[int]:
        return {s.document for s in self.sources if s.document is not None}

    def check_documents(self):
        for number in self.alive():
            require(
                not self.document(number).original_bytes or number in self.originals,
                f"document {number}: no original",
            )


def source_fields(row) -> list[bytes]:
    """What the hash of a row of `source` is made of."""

    def optional(value) -> bytes:
        if value is None:
            return b"\0"
        data = u64(value) if isinstance(value, int) else value.encode() if isinstance(value, str) else value
        return b"\1" + u64(len(data)) + data

    return [u64(v) if i in (1, 5) else optional(v) for i, v in enumerate(row)]


def read_source(row) -> Source:
    path, size, modified, file_hash, media, state, reason, document = row
    name = path.decode("utf-8")
    require(state in (0, 1, 2) and size >= 0, f"{name}: state {state}")
    require((document is not None) == (state == 0), f"{name}: document {document} in state {state}")
    require(file_hash is None or (state == 0 and len(file_hash) == 32), f"{name}: hash")
    require(media is None or state == 0, f"{name}: media")
    if state == 0:
        record = read_known("remarks", reason) if reason is not None else None
        for note in record["notes"] if record else []:
            read_known("reason", note)
    else:
        require(reason is not None, f"{name}: no reason")
        record = read_known("reason", reason)
    return Source(path, size, modified, file_hash, media, STATES[state], record, document)


def proven(part: bytes, seed: int, what: str) -> bytes:
    """The part without the hash at its end."""
    require(len(part) >= 8 and xxh64(part[:-8], seed) == int.from_bytes(part[-8:], "little"), f"{what}: hash")
    return part[:-8]


def require(holds: bool, what: str):
    if not holds:
        raise Damage(what)
