"""Compares what the reader finds in an index with the texts of its documents.

    python3 test_reader.py [INDEX EXPORT]

EXPORT is the folder that `r3mem export` wrote of the index; without both, all golden indexes are read. The model is
$R3MEM_MODEL, or that of the checkout.
"""

import hashlib
import sqlite3
import sys
import tempfile
import unittest
from pathlib import Path

from coders import SQUASH, Damage
from index import PARTS, Index, u64
from model import Model
from originals import codec, mark, original_file
from reader import default_model, lines
from records import KNOWN, read_known, read_record
from words import terms
from xxh64 import xxh64

GOLDEN = Path(__file__).parents[2] / "indexes" / "golden"


class KnownAnswers(unittest.TestCase):
    def test_hashes_are_those_of_the_specification(self):
        self.assertEqual(xxh64(b"", 0), 0xEF46DB3751D8E999)
        self.assertEqual(xxh64(b"a", 0), 0xD24EC4F1A98C6E5B)
        self.assertEqual(xxh64(b"Nobody inspects the spammish repetition", 0), 0xFBCEA83C8A378BF1)

    def test_squash_is_symmetric_and_grows(self):
        self.assertEqual(SQUASH, sorted(SQUASH))
        self.assertEqual(SQUASH[2048], 32768)
        self.assertTrue(all(SQUASH[2048 - x] == 65536 - SQUASH[2048 + x] for x in range(2048)))

    def test_records_have_one_form_only(self):
        self.assertEqual(read_record(bytes.fromhex("a1616e190100")), {"n": 256})
        for wrong in ("a1616e1801", "bf616e01ff", "a2616e01616d01", "a1616ef6", "a1616e0100", "a0", "a1616e"):
            with self.assertRaises(Damage, msg=wrong):
                read_record(bytes.fromhex(wrong))
        with self.assertRaises(Damage):
            read_known("reason", bytes.fromhex("a1616e6130"))

    def test_files_are_regained_from_texts(self):
        record = {key: default for key, (_, default) in KNOWN["original"].items()}
        crlf = record | {"eol": "crlf", "enc": "ISO-8859-1", "bad": b"\x04\x01\xff"}
        self.assertEqual(original_file("ü a\ufffdb\n".encode(), crlf), b"\xfc a\xffb\r\n")
        escapes = record | {"esc": "us<"}
        self.assertEqual(original_file('["é/", "<\n"]'.encode(), escapes), b'["\\u00e9\\/", "\\u003c\\n"]')


class IndexCase(unittest.TestCase):
    """One index and the folder of its exported files; `make_cases` fills both in."""

    path: Path
    export: Path
    model: Model

    @classmethod
    def setUpClass(cls):
        cls.index = Index(cls.path, cls.model)

    def test_term_sets_are_the_words_of_the_passages(self):
        function_words = {word.decode() for word in self.model.function_words}
        compared = 0
        for source in self.index.sources:
            text = self.text(source)
            if text is None:
                continue
            document = self.index.document(source.document)
            segment = self.index.segments[source.document >> 16]
            place = 0
            for number in document.passages:
                passage = segment.passages[number]
                part = text[place : place + passage.text_bytes]
                place += passage.text_bytes
                found = {segment.terms[n].text.decode() for n in passage.terms}
                self.assertEqual(found, terms(part.decode()) - function_words, f"{source.path}, passage {number}")
            compared += 1
        indexed = sum(source.state == "indexed" for source in self.index.sources)
        self.assertGreaterEqual(compared, indexed / 2)

    def text(self, source) -> bytes | None:
        """The text of a file's document, where the exported file shows it; the file is made again from it."""
        if source.document is None:
            return None
        path = self.export / source.path.decode()
        original = self.index.originals.get(source.document, read_known("original", b""))
        if original["ext"]:
            path = path.with_name(path.name + ".txt")
        data = path.read_bytes()
        document = self.index.document(source.document)
        for text in candidates(data, original):
            if hashlib.sha256(text).digest() == document.text_hash:
                self.assertEqual(len(text), document.text_bytes)
                self.assertIn(original_file(text, original), (data, None))
                return text
        return None

    def test_each_line_is_about_something_that_the_index_holds(self):
        kinds = {line["kind"] for line in lines(self.index)}
        self.assertEqual(kinds, {"index", "file", "document", "term", "passage"})

    def test_spans_lie_in_their_texts(self):
        for segment in self.index.segments.values():
            for document in segment.documents:
                for entries in document.spans.values():
                    starts = [start for start, _ in entries]
                    self.assertEqual(starts, sorted(starts))
                    self.assertTrue(all(start <= document.text_bytes for start in starts))

    def test_a_changed_byte_is_damage(self):
        for part in PARTS:
            with self.changed(f"UPDATE segment SET {part} = CAST(x'00' || {part} AS BLOB)") as path:
                with self.assertRaises(Damage, msg=part):
                    Index(path, self.model)
        for change in (
            "UPDATE meta SET value = x'00' WHERE key = 'options'",
            "UPDATE source SET size = size + 1",
            "DELETE FROM source WHERE path = (SELECT max(path) FROM source)",
            "UPDATE meta SET value = x'" + u64(1).hex() + "' WHERE key = 'next'",
        ):
            with self.changed(change) as path, self.assertRaises(Damage, msg=change):
                Index(path, self.model)

    def changed(self, change: str):
        return ChangedCopy(self.path, change)


class ChangedCopy:
    """A copy of an index with a change, for as long as a `with` lasts."""

    def __init__(self, path: Path, change: str):
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "changed.r3"
        self.path.write_bytes(path.read_bytes())
        connection = sqlite3.connect(self.path)
        connection.execute(change)
        connection.commit()
        connection.close()

    def __enter__(self) -> Path:
        return self.path

    def __exit__(self, *_):
        self.folder.cleanup()


def candidates(data: bytes, original: dict):
    """What the text of an exported file may be: its bytes, or these without mark, encoding and line ends."""
    yield data
    try:
        text = data.removeprefix(mark(original)).decode(codec(original))
    except UnicodeDecodeError:
        return
    yield text.replace({"crlf": "\r\n", "cr": "\r"}.get(original["eol"], "\n"), "\n").encode()


def make_cases(pairs: list[tuple[Path, Path]]) -> unittest.TestSuite:
    model = Model(default_model())
    load = unittest.defaultTestLoader.loadTestsFromTestCase
    suite = unittest.TestSuite([load(KnownAnswers)])
    for path, export in pairs:
        suite.addTests(load(type(path.stem, (IndexCase,), {"path": path, "export": export, "model": model})))
    return suite


def main() -> int:
    arguments = [Path(argument) for argument in sys.argv[1:]]
    pairs = (
        [(arguments[0], arguments[1])] if arguments else [(p, GOLDEN / "export") for p in sorted(GOLDEN.glob("*.r3"))]
    )
    if not pairs:
        print("test_reader: no golden index", file=sys.stderr)
        return 1
    return 0 if unittest.TextTestRunner(verbosity=2).run(make_cases(pairs)).wasSuccessful() else 1


if __name__ == "__main__":
    sys.exit(main())
