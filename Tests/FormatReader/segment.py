"""The parts of a segment (docs/index-format.md), without the residuals that need the network."""

import hashlib
from dataclasses import dataclass, field

import plain
from coders import BitDecoder, Contexts, Damage, NumberContext, Speller, cut
from keys import key, kind_of
from model import Model
from records import read_spans
from term_lists import ListBits
from term_sets import Member, read_sets


@dataclass
class Document:
    """A document, and where its passages stand in its segment."""

    text_hash: bytes
    passages: range
    text_bytes: int
    span_bytes: int
    original_bytes: int
    media: str
    title: str | None
    code_bytes: int
    units: range = range(0)
    spans: dict = field(default_factory=dict)
    section_codes: bytes = b""


@dataclass
class Passage:
    tokens: int
    is_plain: bool
    text_bytes: int
    residual_bytes: int
    memory: bytes = b""
    terms: list[int] = field(default_factory=list)


@dataclass
class Unit:
    passages: range
    tokens: int
    coded_bytes: int
    terms: list[int] = field(default_factory=list)


@dataclass
class Term:
    text: bytes
    units: int
    passages: int
    is_base: bool
    unit_list: list[int] = field(default_factory=list)


class Expectation:
    """A ratio that follows the lengths it is compared with."""

    def __init__(self, ratio: int):
        self.ratio = ratio

    def of(self, size: int) -> int:
        return size * self.ratio >> 16

    def follow(self, length: int, size: int):
        if size:
            self.ratio += cut(min(cut(length << 16, size), 1 << 30) - self.ratio, 16)


class Segment:
    """A decoded segment; `parts` are without their hashes."""

    def __init__(self, model: Model, code_bytes: int, parts: list[bytes]):
        documents, passages, lexicon, term_lists, term_sets, memory, spans, residual = parts
        self.model = model
        self.code_bytes = code_bytes
        self.read_documents(documents)
        self.read_passages(passages)
        self.read_lexicon(lexicon)
        self.read_term_lists(term_lists)
        self.read_term_sets(term_sets)
        self.read_memory(memory)
        self.split_spans(spans)
        expect("residual", len(residual), sum(p.residual_bytes for p in self.passages))
        self.check_plain(residual)

    def read_documents(self, part: bytes):
        count = int.from_bytes(part[:4], "little")
        start = 4 + 32 * count
        coder = BitDecoder(part[start:])
        numbers = Contexts()
        media: list[bytes] = []
        media_speller, title_speller = Speller(self.model.spellings), Speller(self.model.spellings)
        title, code_length, first = b"", 0, 0
        self.documents: list[Document] = []
        for d in range(count):
            passages = range(first, first + numbers["passages"].read(coder))
            first = passages.stop
            length = numbers["high"].read(coder) << 30 | numbers["low"].read(coder)
            spans, original = numbers["spans"].read(coder), numbers["original"].read(coder)
            code_length += numbers["codes"].read_signed(coder)
            kind = numbers["media"].read(coder)
            if kind == len(media):
                media.append(media_speller.read(coder, b""))
            if kind >= len(media) or code_length < 0:
                raise Damage(f"documents: media type {kind}, {code_length} bytes of codes")
            titled = numbers["titled"].read(coder)
            if titled:
                title = title_speller.read(coder, title)
            self.documents.append(
                Document(
                    text_hash=part[4 + 32 * d : 36 + 32 * d],
                    passages=passages,
                    text_bytes=length,
                    span_bytes=spans,
                    original_bytes=original,
                    media=media[kind].decode("utf-8"),
                    title=title.decode("utf-8") if titled else None,
                    code_bytes=code_length,
                )
            )
        coder.finish("documents")

    def read_passages(self, part: bytes):
        coder = BitDecoder(part)
        numbers = Contexts()
        bytes_expected = Expectation(3 << 16)
        residual_expected = (Expectation(30000), Expectation(3 << 16))
        largest = plain = 0
        self.passages: list[Passage] = []
        for _ in range(self.documents[-1].passages.stop if self.documents else 0):
            tokens = largest - numbers["tokens"].read_signed(coder)
            largest = max(largest, tokens)
            plain = numbers["coding", plain].read(coder)
            if plain > 1:
                raise Damage(f"passages: coding {plain}")
            size = min(tokens // 32, 7)
            text = bytes_expected.of(tokens) + numbers["bytes", size].read_signed(coder)
            residual = residual_expected[plain].of(tokens) + numbers["residual", size, plain].read_signed(coder)
            if min(tokens, text, residual) < 0:
                raise Damage("passages: a length below zero")
            bytes_expected.follow(text, tokens)
            residual_expected[plain].follow(residual, tokens)
            self.passages.append(Passage(tokens, bool(plain), text, residual))
        self.units: list[Unit] = []
        set_expected = Expectation(9000)
        for document in self.documents:
            n = len(document.passages)
            u = -(-n // 16)
            document.units = range(len(self.units), len(self.units) + u)
            for k in range(u):
                start, stop = (document.passages.start + e * n // u for e in (k, k + 1))
                tokens = max(1, sum(p.tokens for p in self.passages[start:stop]))
                digits = min((tokens // 64).bit_length(), 7)
                length = set_expected.of(tokens) + numbers["sets", digits].read_signed(coder)
                set_expected.follow(length, tokens)
                self.units.append(Unit(range(start, stop), tokens, length))
        coder.finish("passages")
        for document in self.documents:
            expect("text", document.text_bytes, sum(self.passages[p].text_bytes for p in document.passages))

    def read_lexicon(self, part: bytes):
        stretch = int.from_bytes(part[:4], "little")
        coder = BitDecoder(part[4 : 4 + stretch])
        numbers, long = Contexts(), NumberContext(1000)
        ratios: dict[int, int] = {}

        def read_passages(n: int, is_base: bool) -> int:
            l = n.bit_length() - 1
            context = 2 * min(2 * l + ((n << 1 >> l) & 1), 31) + (not is_base)
            ratio = ratios.setdefault(context, 5000)
            if l < 2:
                p = n + numbers["p", context].read(coder)
            else:
                p = n * (ratio >> 12) + numbers["p", context].read_signed(coder)
            ratios[context] += cut((p << 12) // n - ratio, 16)
            if p < n:
                raise Damage(f"lexicon: a term in {p} passages of {n} units")
            return p

        self.terms: list[Term] = []
        for word, count in zip(self.model.words, self.model.counts):
            f = max(count, 1)
            b = f.bit_length() - 1
            n = numbers["n", min(4 * b + ((f << 2 >> b) & 3), 63)].read(coder)
            if n:
                self.terms.append(Term(word, n, read_passages(n, True), True))
        self.base_terms = len(self.terms)
        kinds = [numbers["kinds"].read(coder) for _ in range(3)]
        for _ in range(sum(kinds)):
            n = 1 + long.read(coder)
            self.terms.append(Term(b"", n, read_passages(n, False), False))
        self.list_bytes, length = [], 0
        for _ in range(0, len(self.terms), 64):
            length += numbers["lists"].read_signed(coder)
            self.list_bytes.append(length)
        blocks = [min(32, kind - k) for kind in kinds for k in range(0, kind, 32)]
        lengths, length = [], 0
        for _ in blocks:
            length += numbers["blocks"].read_signed(coder)
            lengths.append(length)
        coder.finish("lexicon")
        place, term = 4 + stretch, self.base_terms
        for count, length in zip(blocks, lengths):
            coder = BitDecoder(part[place : place + length])
            place += length
            speller, before = Speller(self.model.spellings), b""
            for _ in range(count):
                before = self.terms[term].text = speller.read(coder, before)
                term += 1
            coder.finish("spellings")
        expect("lexicon", len(part), place)
        first = self.base_terms
        for kind, count in enumerate(kinds):
            texts = [t.text for t in self.terms[first : first + count]]
            first += count
            ordered = sorted(set(texts), key=lambda text: (key(text), text)) if kind else sorted(set(texts))
            if texts != ordered or any(kind_of(text) != kind for text in texts):
                raise Damage("lexicon: terms out of order")
            if not set(self.model.words).isdisjoint(texts):
                raise Damage("lexicon: a term of the base lexicon is spelled")

    def read_term_lists(self, part: bytes):
        place = 0
        for group, length in enumerate(self.list_bytes):
            bits = ListBits(part[place : place + length])
            for term in self.terms[64 * group : 64 * group + 64]:
                term.unit_list = bits.units(term.units, len(self.units))
            bits.finish()
            place += length
        expect("term_lists", len(part), place)
        for number, term in enumerate(self.terms):
            for unit in term.unit_list:
                self.units[unit].terms.append(number)

    def read_term_sets(self, part: bytes):
        place = 0
        for unit in self.units:
            coder = BitDecoder(part[place : place + unit.coded_bytes])
            place += unit.coded_bytes
            tokens = [self.passages[number].tokens for number in unit.passages]
            members = [Member(n, self.terms[n].units, self.terms[n].passages, len(self.units)) for n in unit.terms]
            for number, terms in zip(unit.passages, read_sets(coder, self.model.sets, members, tokens)):
                self.passages[number].terms = terms
            if unit.coded_bytes or len(unit.passages) > 1:
                coder.finish("term_sets")
        expect("term_sets", len(part), place)
        counts = [0] * len(self.terms)
        for passage in self.passages:
            for term in passage.terms:
                counts[term] += 1
        for term, count in zip(self.terms, counts):
            if term.passages != count:
                raise Damage(f"term_sets: {term.text} stands in {count} passages, not in {term.passages}")

    def read_memory(self, part: bytes):
        place = 0
        for passage in self.passages:
            passage.memory = part[place : place + self.code_bytes]
            place += self.code_bytes
        for document in self.documents:
            document.section_codes = part[place : place + document.code_bytes]
            place += document.code_bytes
        expect("memory", len(part), place)

    def check_plain(self, part: bytes):
        """Compares the texts of documents that are coded as plain bytes with their hashes."""
        place, self.plain_documents = 0, 0
        for document in self.documents:
            passages = [self.passages[number] for number in document.passages]
            is_plain = bool(passages) and all(p.is_plain for p in passages)
            digest = hashlib.sha256()
            for passage in passages:
                if is_plain:
                    digest.update(plain.decode(part[place : place + passage.residual_bytes], passage.text_bytes))
                place += passage.residual_bytes
            if is_plain and digest.digest() != document.text_hash:
                raise Damage("residual: a text has another hash")
            self.plain_documents += is_plain

    def split_spans(self, part: bytes):
        place = 0
        for document in self.documents:
            document.spans = read_spans(part[place : place + document.span_bytes])
            place += document.span_bytes
        expect("spans", len(part), place)


def expect(what: str, found: int, wanted: int):
    if found != wanted:
        raise Damage(f"{what}: {found} where {wanted} are expected")
