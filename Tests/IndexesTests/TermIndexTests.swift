import Indexes
import TestSupport
import Testing

/// Lists of units, blocks of spellings and sets of units, larger than one group, block and unit.
@Suite struct TermIndexTests {
    private let folder: TemporaryFolder
    private let lexicon = Fixture.lexicon()

    init() throws { folder = try TemporaryFolder() }

    @Test(arguments: [1, 2, 3, 4, 5, 6] as [UInt64])
    func listsComeBackAtAnyDensity(seed: UInt64) throws {
        var random = SeededGenerator(seed)
        let lists = (0..<200).map { _ in
            let units = Int.random(in: 1...700, using: &random)
            let density = Double.random(in: 0...1, using: &random)
            let list = (0..<UInt32(units)).filter { _ in Double.random(in: 0..<1, using: &random) < density * density }
            return (units: units, list: list.isEmpty ? [UInt32.random(in: 0..<UInt32(units), using: &random)] : list)
        }
        var writer = BitWriter()
        for (units, list) in lists { AscendingList.write(list, below: units, to: &writer) }
        writer.endByte()
        writer.bytes.withUnsafeBufferPointer { bytes in
            var reader = BitReader(bytes, at: 0)
            for (units, list) in lists {
                var back: [UInt32] = []
                #expect(AscendingList.read(list.count, below: units, from: &reader, into: &back) && back == list)
            }
            #expect(!reader.isExhausted)
        }
    }

    @Test func anImpossibleListIsRefused() {
        [UInt8](repeating: 0xff, count: 40).withUnsafeBufferPointer { ones in
            var back: [UInt32] = []
            var reader = BitReader(ones, at: 0)
            #expect(!AscendingList.read(3, below: 100, from: &reader, into: &back))
        }
        [UInt8]().withUnsafeBufferPointer { nothing in
            var back: [UInt32] = []
            var reader = BitReader(nothing, at: 0)
            #expect(!AscendingList.read(3, below: 100, from: &reader, into: &back))
        }
    }

    @Test(arguments: [0, 1, 4, 15])
    func numbersOfAnyOrderComeBack(order: Int) {
        var random = SeededGenerator(UInt64(order))
        let some = (0..<500).map { i in Int.random(in: 0..<1 << (i % 31), using: &random) }
        let numbers = [0, 1, 2, 1 << order, 1 << 32] + some
        var writer = BitWriter()
        for number in numbers { writer.write(number, order: order) }
        writer.endByte()
        writer.bytes.withUnsafeBufferPointer { bytes in
            var reader = BitReader(bytes, at: 0)
            for number in numbers { #expect(reader.read(order: order) == number) }
            #expect(!reader.isExhausted)
        }
    }

    /// Names of many blocks, their parts shared by several blocks.
    @Test func mixedTermsAreFoundByTheirKeysAndParts() throws {
        let verbs = ["get", "set", "make", "drop", "find"]
        let letters = "abcdefghijklmnopqrstuvwxyz".map(String.init)
        let nouns = (0..<90).map { i -> String in "Noun" + letters[i % 26] + letters[i / 26] }
        let names = verbs.flatMap { verb in nouns.map { verb + $0 } }
        let lexicon = TermPrior(
            terms: self.lexicon.terms, frequency: self.lexicon.frequency, id: self.lexicon.id, fold: self.lexicon.fold,
            parts: { term in
                let name = String(decoding: term, as: UTF8.self)
                guard let noun = name.firstIndex(of: "N") else { return [] }
                return [name[..<noun], name[noun...]].map { Array($0.lowercased().utf8) }
            })
        var random = SeededGenerator(4)
        let document = EncodedDocument(
            textHash: Fixture.bytes(32, &random), byteLength: 9, mediaType: "text/plain",
            passages: (0..<30).map { passage in
                let some = names.dropFirst(15 * passage).prefix(15).sorted()
                return Fixture.passage(terms: some.map { Array($0.utf8) }, &random)
            })
        let writer = try IndexFile.create(at: folder.path("m.r3"), model: Fixture.model, lexicon: lexicon)
        try writer.write(Fixture.batch([document]))
        let snapshot = try writer.snapshot()
        try snapshot.segment(1).check()
        func text(_ terms: [[UInt8]]) -> Set<String> { Set(terms.map { String(decoding: $0, as: UTF8.self) }) }
        for word in verbs + nouns.map({ $0.lowercased() }) {
            let held = names.filter { $0.lowercased().hasPrefix(word) || $0.lowercased().hasSuffix(word) }
            #expect(try text(snapshot.mixedTerms(withPart: Array(word.utf8))) == Set(held))
        }
        for name in names {
            #expect(try text(snapshot.mixedTerms(withKey: Array(name.lowercased().utf8))) == [name])
            #expect(try snapshot.passageCount(holding: Array(name.lowercased().utf8)) == 1)
        }
        for absent in ["", "getnoun", "no", "noun", "zzz"] {
            #expect(try snapshot.mixedTerms(withPart: Array(absent.utf8)).isEmpty)
            #expect(try snapshot.mixedTerms(withKey: Array(absent.utf8)).isEmpty)
        }
    }

    /// A term of the base lexicon with capitals inside is found by its folded word, as other terms are.
    @Test func baseTermsWithCapitalsAreFoundByTheirWords() throws {
        let lexicon = TermPrior(
            terms: ["JavaScript", "javaScript", "w0"].map { Array($0.utf8) }, frequency: [9, 8, 7], id: [7],
            fold: self.lexicon.fold)
        var random = SeededGenerator(4)
        let terms = [["JavaScript"], ["javaScript", "w0"], ["w0"], ["JAVAscript"]].map { $0.map { Array($0.utf8) } }
        let document = EncodedDocument(
            textHash: Fixture.bytes(32, &random), byteLength: 9, mediaType: "text/plain",
            passages: terms.map { Fixture.passage(terms: $0, &random) })
        let writer = try IndexFile.create(at: folder.path("b.r3"), model: Fixture.model, lexicon: lexicon)
        try writer.write(Fixture.batch([document]))
        let snapshot = try writer.snapshot()
        #expect(try snapshot.passageCount(holding: Array("javascript".utf8)) == 3)
        #expect(
            try snapshot.candidates(terms: [Array("javascript".utf8)], limit: 9).map(\.passage.index).sorted() == [0, 1, 3])
        #expect(try snapshot.passageCount(holding: Array("w0".utf8)) == 2)
    }

    /// A document of 100 passages has seven units; every fourth term has a mark.
    private func documents() -> [EncodedDocument] {
        var random = SeededGenerator(9)
        return (0..<12).map { d in
            EncodedDocument(
                textHash: Fixture.bytes(32, &random), byteLength: 9, mediaType: "text/plain",
                passages: (0..<(d == 0 ? 100 : d)).map { p in
                    let terms = (0..<40).map { i -> [UInt8] in
                        let number = (d * 31 + p / 3 * 17 + i * i) % 700
                        let kinds = ["Term\(number)é", "w\(number)", "term\(number)", "term\(number)"]
                        return Array(kinds[number % 4].utf8)
                    }
                    return Fixture.passage(terms: terms, &random)
                })
        }
    }

    @Test func everyTermIsFoundInEveryPassageThatHoldsIt() throws {
        let documents = documents()
        let writer = try IndexFile.create(at: folder.path("a.r3"), model: Fixture.model, lexicon: lexicon)
        try writer.write(Fixture.batch(documents))
        let segment = try writer.snapshot().segment(1)
        try segment.check()
        let passages = documents.flatMap(\.passages)
        #expect(passages.count > 160 && segment.termCount > 300)
        let sets = try segment.terms(of: Array(passages.indices))
        for (passage, set) in zip(passages, sets) {
            #expect(set == Set(passage.terms).sorted { $0.lexicographicallyPrecedes($1) })
        }
        // Each in a fresh segment as well, where nothing is decoded yet.
        for number in stride(from: 0, to: segment.termCount, by: 13) {
            let fresh = try writer.snapshot().segment(1)
            let term = try segment.term(number)
            #expect(try fresh.number(of: term) == number)
            #expect(
                try fresh.postings(number).map(Int.init) == passages.indices.filter { passages[$0].terms.contains(term) })
        }
        for absent in ["", "term", "term99999", "zzz", "Term1é", "É"] {
            #expect(try segment.number(of: Array(absent.utf8)) == nil)
        }
    }

    @Test func statisticsComeBackAndMakeIndexesSmaller() throws {
        #expect(TermStatistics(bytes: TermStatistics.blank.bytes)?.bytes == TermStatistics.blank.bytes)
        #expect(TermStatistics(bytes: [1, 2, 3]) == nil)
        let bare = TermPrior(terms: lexicon.terms, frequency: lexicon.frequency, id: lexicon.id, fold: lexicon.fold)
        let texts = documents().map { document in
            TrainingDocument(title: [], passages: document.passages.map { (tokens: $0.tokenCount, terms: Array($0.terms)) })
        }
        let taught = TermPrior(
            terms: lexicon.terms, frequency: lexicon.frequency, id: lexicon.id,
            statistics: TermStatistics(learntFrom: [texts, texts], prior: bare), fold: lexicon.fold)
        let sizes = try [bare, taught].enumerated().map { i, lexicon in
            let writer = try IndexFile.create(at: folder.path("s\(i).r3"), model: Fixture.model, lexicon: lexicon)
            try writer.write(Fixture.batch(documents()))
            return try writer.snapshot().sizes().terms
        }
        #expect(sizes[1] < sizes[0] * 3 / 4)
    }

    /// The candidates of a search do not depend on the order in which units are opened.
    @Test func aFewCandidatesAreTheFirstOfMany() throws {
        let writer = try IndexFile.create(at: folder.path("c.r3"), model: Fixture.model, lexicon: lexicon)
        for i in 0..<3 {
            try writer.write(
                Fixture.batch((0..<150).map { Fixture.document(seed: UInt64(i * 1000 + $0), passages: 20) }, prefix: "b\(i)")
            )
        }
        let snapshot = try writer.snapshot()
        for terms in [["w1", "w2"], ["w0"], ["w5", "w700", "w1200"], ["w3", "nowhere"]] {
            let words = terms.map { Array($0.utf8) }
            let all = try snapshot.candidates(terms: words, limit: 100_000)
            for limit in [1, 7, 100] {
                #expect(try snapshot.candidates(terms: words, limit: limit) == Array(all.prefix(limit)))
            }
        }
    }

    /// Words with several readings, with names of documents, over dead documents and under a filter, with and without other
    /// parts of the score: as every passage by itself.
    @Test(arguments: [1, 2, 3] as [UInt64], [false, true])
    func wordsWithReadingsAndNamesAreThoseOfEveryPassage(seed: UInt64, hasOthers: Bool) throws {
        let writer = try IndexFile.create(at: folder.path("r.r3"), model: Fixture.model, lexicon: lexicon)
        for i in 0..<3 {
            let documents = (0..<40).map { Fixture.document(seed: seed * 7919 + UInt64(i * 100 + $0), passages: 23) }
            try writer.write(Fixture.batch(documents, prefix: "b\(i)"))
        }
        try writer.write(Batch(removed: ["b0-3.txt", "b2-0.txt", "b2-39.txt"]))
        let snapshot = try writer.snapshot()
        var random = SeededGenerator(seed)
        let words = (0..<3).map { _ in
            let readings = (0..<2).map { reading in
                WordQuery.Reading(
                    terms: (0...reading).map { _ in Array("w\(Int.random(in: 0..<300, using: &random))".utf8) },
                    weight: reading == 0 ? 1 : 0.5)
            }
            let named = Set((0..<5).map { _ in Int.random(in: 0..<snapshot.documents.count, using: &random) })
            return WordQuery(
                readings: readings, documents: named.map { (position: $0, weight: 0.25) },
                count: Int.random(in: 1...500, using: &random))
        }
        let bm25 = BM25(passageCount: snapshot.passageCount, averageLength: try snapshot.averageLength())
        var others: [Int: [Float]] = [:]
        if hasOthers {
            for id in snapshot.segmentIDs {
                others[id] = (0..<(try snapshot.segment(id).passageCount)).map { _ in
                    Float.random(in: -0.2...0.5, using: &random)
                }
            }
        }
        var scores: [(passage: PassageID, score: Float)] = []
        for (position, document) in snapshot.documents.enumerated() {
            let segment = try snapshot.segment(document.id.segment)
            for id in document.passageIDs where id.index % 3 > 0 {
                let terms = Set(try segment.terms(of: id.index))
                let sum = words.reduce(0.0) { sum, word in
                    let read = word.readings.filter { $0.terms.allSatisfy(terms.contains) }.map(\.weight)
                    let named = word.documents.filter { $0.position == position }.map(\.weight)
                    return sum + bm25.idf(holders: word.count) * ((read + named).max() ?? 0)
                }
                let weight = bm25.weight(frequency: 1, length: Double(segment.tokenCount(of: id.index)))
                if sum > 0 || hasOthers { scores.append((id, Float(sum * weight))) }
            }
        }
        let scale = 1 / Double(try #require(scores.map(\.score).max()))
        let expected = scores.map { id, score in
            Candidate(
                passage: id, score: score, total: Double(score) * scale + Double(others[id.segment]?[id.index] ?? 0))
        }.sorted { $0.total != $1.total ? $0.total > $1.total : $0.passage < $1.passage }
        #expect(expected.count > 100)
        for limit in [1, 10, 100, 5000] {
            let found = try snapshot.candidates(words, limit: limit, adding: others) { $0.index % 3 > 0 }
            #expect(found == Array(expected.prefix(limit)))
        }
    }
}
