"""The parts of a segment (docs/index-format.md), without the residuals that need the network."""

import hashlib
from dataclasses import dataclass, field

import plain
from bits import BitReader
from coders import BitDecoder, Contexts, Damage, Speller, cut
from keys import key, kind_of, parts
from model import Model
from records import read_spans
from term_sets import Member, read_sets
from xxh64 import xxh64


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
    """A decoded segment; `parts` and `residual`, those of all passages, are without their hashes."""

    def __init__(self, model: Model, code_bytes: int, parts: list[bytes], residual: bytes):
        documents, passages, lexicon, term_lists, term_sets, memory, spans = parts
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
        bits = BitReader(part)
        count = self.documents[-1].passages.stop if self.documents else 0
        largest, plain = bits.number(8), bits.number(8)
        is_plain = set(bits.ascending(plain, count))
        tokens_order, bytes_order, residual_order, sets_order = (bits.raw(4) for _ in range(4))
        bytes_expected = Expectation(3 << 16)
        residual_expected = (Expectation(30000), Expectation(3 << 16))
        self.passages: list[Passage] = []
        for number in range(count):
            tokens = largest - bits.number(tokens_order)
            expected = residual_expected[number in is_plain]
            text = bytes_expected.of(tokens) + bits.signed(bytes_order)
            residual = expected.of(tokens) + bits.signed(residual_order)
            if min(tokens, text, residual) < 0:
                raise Damage("passages: a length below zero")
            bytes_expected.follow(text, tokens)
            expected.follow(residual, tokens)
            self.passages.append(Passage(tokens, number in is_plain, text, residual))
        self.units: list[Unit] = []
        set_expected = Expectation(9000)
        for document in self.documents:
            n = len(document.passages)
            u = -(-n // 16)
            document.units = range(len(self.units), len(self.units) + u)
            for k in range(u):
                start, stop = (document.passages.start + e * n // u for e in (k, k + 1))
                tokens = max(1, sum(p.tokens for p in self.passages[start:stop]))
                length = set_expected.of(tokens) + bits.signed(sets_order)
                set_expected.follow(length, tokens)
                self.units.append(Unit(range(start, stop), tokens, length))
        bits.finish()
        for document in self.documents:
            expect("text", document.text_bytes, sum(self.passages[p].text_bytes for p in document.passages))

    def read_lexicon(self, part: bytes):
        stretch = int.from_bytes(part[:4], "little")
        bits = BitReader(part[4 : 4 + stretch])
        classes: list[list[int]] = [[] for _ in range(16)]
        for position, count in enumerate(self.model.counts):
            classes[max(count, 1).bit_length() - 1].append(position)
        class_of: dict[int, int] = {}
        for c, members in enumerate(classes):
            for place in bits.ascending(bits.number(8), len(members)):
                class_of[members[place]] = c
        *kinds, mixed_numbers, mixed_bytes = (bits.number(8) for _ in range(5))
        passage_orders = [bits.raw(4) for _ in range(17)]
        unit_orders = [bits.raw(4) for _ in range(32)]
        list_order, block_order = bits.raw(4), bits.raw(4)
        ratios = [3300] * 32

        def read_term(text: bytes, c: int) -> Term:
            p = 1 + bits.number(passage_orders[c])
            if p < 4:
                n = 1 + bits.below(p)
            else:
                context = 2 * min(p.bit_length() - 1, 15) + (c == 16)
                n = (p * ratios[context] >> 12) + bits.signed(unit_orders[context])
                ratios[context] += cut((n << 12) // p - ratios[context], 16)
            if not 0 < n <= min(p, len(self.units)):
                raise Damage(f"lexicon: a term in {p} passages of {n} units")
            return Term(text, n, p, c < 16)

        self.terms = [read_term(self.model.words[position], class_of[position]) for position in sorted(class_of)]
        self.base_terms = len(self.terms)
        self.terms += [read_term(b"", 16) for _ in range(sum(kinds))]
        self.list_bytes, length = [], 0
        for _ in range(0, len(self.terms), 64):
            length += bits.signed(list_order)
            self.list_bytes.append(length)
        blocks = [min(32, kind - k) for kind in kinds for k in range(0, kind, 32)]
        lengths, length = [], 0
        for _ in blocks:
            length += bits.signed(block_order)
            lengths.append(length)
        bits.finish()
        place, term = 4 + stretch + mixed_bytes, self.base_terms
        mixed = part[4 + stretch : place]
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
        self.check_mixed(mixed, mixed_numbers, texts)

    def check_mixed(self, part: bytes, count: int, terms: list[bytes]):
        """Compares the blocks that words of mixed terms lead to."""
        blocks = -(-len(terms) // 32)
        most = min(max(len(terms) // 4, min(len(terms), 2048)), 2**25 // max(blocks, 1))
        hashes = 1 << max(most, 1).bit_length() - 1
        bits = BitReader(part)
        numbers = bits.ascending(count, blocks * hashes)
        bits.finish()
        room = blocks * hashes
        wanted = {
            (xxh64(word, 4) & hashes - 1) * blocks + place // 32
            for place, term in enumerate(terms)
            for word in (key(term), *parts(term))
        }
        if numbers != (sorted(wanted) if 2 * len(wanted) <= room else list(range(room))):
            raise Damage("lexicon: words of mixed terms lead to other blocks")

    def read_term_lists(self, part: bytes):
        place = 0
        for group, length in enumerate(self.list_bytes):
            bits = BitReader(part[place : place + length])
            for term in self.terms[64 * group : 64 * group + 64]:
                term.unit_list = bits.ascending(term.units, len(self.units))
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
