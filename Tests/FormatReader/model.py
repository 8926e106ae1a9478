"""What an index needs of its model file (docs/model-format.md): words, statistics, hashes."""

import hashlib
import json
from pathlib import Path

from coders import Mixture

SPELLING_ENTRIES, SPELLING_ROWS = 1_654_800, 592
SET_ENTRIES, SET_ROWS = 75_280, 768


class Model:
    """A model file, of which only the vocabulary is read."""

    def __init__(self, path: Path):
        self.data = path.read_bytes()
        length = int.from_bytes(self.data[:8], "little")
        self.header = json.loads(self.data[8 : 8 + length])
        self.start = 8 + length
        self.metadata = self.header["__metadata__"]
        self.function_words = self.lines("lexicon.function")
        self.words = self.lines("lexicon.words")
        frequency = self.tensor("lexicon.frequency")
        self.counts = [int.from_bytes(frequency[k : k + 2], "little") for k in range(0, len(frequency), 2)]
        assert len(self.counts) == len(self.words)
        self.statistics = self.tensor("terms.statistics") if "terms.statistics" in self.header else b""
        self.spellings, self.sets = self.mixtures()

    def tensor(self, name: str) -> bytes:
        first, last = self.header[name]["data_offsets"]
        return self.data[self.start + first : self.start + last]

    def lines(self, name: str) -> list[bytes]:
        return self.tensor(name).split(b"\n")[:-1]

    def mixtures(self) -> tuple[Mixture, Mixture]:
        sizes = [SPELLING_ENTRIES, 16 * SPELLING_ROWS, SET_ENTRIES, 16 * SET_ROWS]
        data = self.statistics or bytes(sum(sizes))
        assert len(data) == sum(sizes), "terms.statistics has another size"
        parts = []
        for size in sizes:
            parts.append(data[:size])
            data = data[size:]
        return Mixture(parts[0], parts[1]), Mixture(parts[2], parts[3])

    def file_hash(self) -> bytes:
        return hashlib.sha256(self.data).digest()

    def weights_hash(self) -> bytes:
        return hashlib.sha256(self.data[self.start :]).digest()

    def lexicon_hash(self) -> bytes:
        digest = hashlib.sha256()
        for word, count in zip(self.words, self.counts):
            digest.update(word + b"\n" + count.to_bytes(2, "little"))
        digest.update(self.statistics)
        return digest.digest()
