import Foundation
import Indexes
import TestSupport

enum Fixture {
    static let memorySize = 16
    /// Bytes of a page of a new index file.
    static let pageSize = 1024
    static let model = ModelIdentity(
        hash: (0..<32).map { UInt8($0) }, name: "test", passageMemorySize: Fixture.memorySize)

    /// `count` terms w0, w1, …, each half as frequent as the term with half its number.
    static func lexicon(count: Int = 2000) -> TermPrior {
        TermPrior(
            terms: (0..<count).map { Array("w\($0)".utf8) },
            frequency: (0..<count).map { UInt16(20000 / ($0 + 1) + 1) },
            id: [7, 7, 7], statistics: statistics,
            fold: { Array(String(decoding: $0, as: UTF8.self).lowercased().utf8) })
    }

    /// Statistics of terms, learnt from texts in which the same few terms return.
    private static let statistics = TermStatistics(
        learntFrom: (0..<4).map { group in
            (0..<8).map { i in
                let terms = (0..<30).map { Array("\($0 % 2 == 0 ? "w" : "Local")\(group * 7 + i * $0)".utf8) }
                return TrainingDocument(
                    title: Array("Title \(i)".utf8),
                    passages: (0..<40).map { passage in
                        (tokens: 100, terms: terms.filter { i % 2 == 0 || $0.count % 3 == passage % 3 })
                    })
            }
        }, prior: TermPrior(terms: [], frequency: [], id: [], fold: { $0 }))

    /// A document of some terms, with everything else made up.
    static func document(
        seed: UInt64, passages: Int, vocabulary: Int = 3000, terms: Int = 40, title: String = "", original: [UInt8] = []
    ) -> EncodedDocument {
        var random = SeededGenerator(seed)
        let topic = (0..<60).map { _ in Int.random(in: 0..<vocabulary, using: &random) }
        return EncodedDocument(
            textHash: bytes(32, &random), byteLength: passages * 700, title: title, mediaType: "text/plain",
            spans: spans(Int.random(in: 0..<9, using: &random)), original: original, memory: bytes(8, &random),
            passages: (0..<passages).map { _ in
                var set = Set<Int>()
                for _ in 0..<Int.random(in: 0...terms, using: &random) {
                    let u = Double.random(in: 0..<1, using: &random)
                    set.insert(
                        Bool.random(using: &random)
                            ? topic.randomElement(using: &random)! : Int(u * u * u * Double(vocabulary)))
                }
                return passage(terms: set.sorted().map { Array("w\($0)".utf8) }, &random)
            })
    }

    /// Documents of unlike sizes: some without passages, some with a title, some with an original.
    static func documents(_ seeds: Range<UInt64>) -> [EncodedDocument] {
        seeds.map {
            document(
                seed: $0, passages: Int($0 % 7), title: $0 % 3 == 0 ? "Title \($0) é" : "",
                original: $0 % 5 == 0 ? original(Int($0)) : [])
        }
    }

    /// The code of the error that `body` throws.
    static func code(_ body: () throws -> Void) -> IndexError.Code? {
        do {
            try body()
            return nil
        } catch {
            return (error as? IndexError)?.code
        }
    }

    /// The bytes of spans of some pages.
    static func spans(_ pages: Int) -> [UInt8] {
        var spans = StoredSpans()
        spans.pages = (0..<pages).map { StoredSpans.Page(start: $0 * 50, number: $0 + 1) }
        return spans.bytes
    }

    /// The bytes of an original that each number has another of.
    static func original(_ number: Int) -> [UInt8] {
        var original = StoredOriginal()
        original.repairs = [StoredOriginal.Repair(offset: 0, bytes: [0xff, UInt8(number & 255)])]
        return original.bytes
    }

    /// Options as a small index has them.
    static var options: StoredOptions {
        var options = StoredOptions()
        options.roots = ["/corpora/r"]
        options.include = ["*.b"]
        return options
    }

    static func passage(terms: [[UInt8]], _ random: inout SeededGenerator) -> EncodedPassage {
        EncodedPassage(
            terms: terms.sorted { $0.lexicographicallyPrecedes($1) }, memory: bytes(memorySize, &random),
            residual: bytes(Int.random(in: 0..<60, using: &random), &random),
            tokenCount: Int.random(in: 1...256, using: &random), byteCount: Int.random(in: 0...900, using: &random),
            coding: [0, 0, 0, 1].randomElement(using: &random)!)
    }

    static func bytes(_ count: Int, _ random: inout SeededGenerator) -> [UInt8] {
        (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
    }

    /// A batch of documents with a source each, named by `prefix` and their number.
    static func batch(_ documents: [EncodedDocument], prefix: String = "file") -> Batch {
        var batch = Batch()
        for (i, document) in documents.enumerated() {
            batch.sources.append(
                SourceChange(
                    path: "\(prefix)-\(i).txt", size: Int64(document.byteLength), modified: 1_700_000_000_000 + Int64(i),
                    state: .indexed(batch.add(document), hash: document.textHash, mediaType: "text/plain")))
        }
        return batch
    }
}

extension Fixture {
    /// An index of 12 segments and 120 files at `path`, its bytes and what it says.
    static func large(
        at path: String, _ lexicon: TermPrior
    ) throws -> (bytes: [UInt8], contents: [String: EncodedDocument], sources: [Source]) {
        let writer = try IndexFile.create(at: path, model: model, lexicon: lexicon, options: options)
        for segment in 0..<12 {
            let documents = (0..<10).map { i in
                document(
                    seed: UInt64(segment * 100 + i), passages: 4, vocabulary: 400, terms: 20, title: "Title \(i)",
                    original: i == 3 ? original(3) : [])
            }
            try writer.write(batch(documents, prefix: "folder-\(segment)/a-file-with-a-longish-name"))
        }
        let snapshot = try writer.snapshot()
        let result = (try snapshot.contents(), snapshot.sources)
        try writer.close()
        return (Array(try Data(contentsOf: URL(fileURLWithPath: path))), result.0, result.1)
    }
}

extension [UInt8] {
    /// Does one thing that disks, cables and people do to files.
    mutating func damage(using random: inout SeededGenerator) {
        let at = Int.random(in: 0..<count, using: &random)
        let size = Int.random(in: 1...4096, using: &random)
        let end = Swift.min(at + size, count)
        switch Int.random(in: 0..<6, using: &random) {
        case 0: self[at] = UInt8.random(in: 0...255, using: &random)
        case 1:
            for _ in 0..<64 {
                self[Int.random(in: 0..<count, using: &random)] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            }
        case 2: for i in at..<end { self[i] = 0 }
        case 3: for i in at..<end { self[i] = UInt8.random(in: 0...255, using: &random) }
        case 4: replaceSubrange(at..<end, with: self[0..<end - at])
        default:
            // Two pages change places.
            let size = Fixture.pageSize
            let pages = count / size
            let a = Int.random(in: 0..<pages, using: &random) * size
            let b = Int.random(in: 0..<pages, using: &random) * size
            for i in 0..<size { swapAt(a + i, b + i) }
        }
    }
}

extension IndexSnapshot {
    /// The documents as they were given, by path.
    func contents() throws -> [String: EncodedDocument] {
        var result: [String: EncodedDocument] = [:]
        for document in documents {
            for path in document.paths {
                result[path] = EncodedDocument(
                    textHash: document.textHash, byteLength: document.byteLength, title: document.title,
                    mediaType: document.mediaType, spans: try spanBytes(of: document),
                    original: try originalBytes(of: document),
                    memory: Array(try sectionMemory(of: document)),
                    passages: try encodedPassages(of: document))
            }
        }
        return result
    }
}
