import Foundation
import Indexes
import TestSupport

enum Fixture {
    static let memorySize = 16
    /// Bytes of a page of a new index file.
    static let pageSize = 1024
    static let model = ModelIdentity(
        hash: (0..<32).map { UInt8($0) }, name: "test", passageMemorySize: Fixture.memorySize)

    /// `count` words w0, w1, …, each half as frequent as a word with half its number.
    static func lexicon(count: Int = 2000) -> BaseLexicon {
        BaseLexicon(
            words: (0..<count).map { Array("w\($0)".utf8) },
            frequency: (0..<count).map { UInt16(20000 / ($0 + 1) + 1) },
            id: [7, 7, 7], fold: { Array(String(decoding: $0, as: UTF8.self).lowercased().utf8) })
    }

    /// A document about some words, with everything else made up.
    static func document(
        seed: UInt64, passages: Int, vocabulary: Int = 3000, words: Int = 40, title: String = "", original: [UInt8] = []
    ) -> EncodedDocument {
        var random = SeededGenerator(seed)
        let topic = (0..<60).map { _ in Int.random(in: 0..<vocabulary, using: &random) }
        return EncodedDocument(
            textHash: bytes(32, &random), byteLength: passages * 700, title: title, mediaType: "text/plain",
            spans: bytes(Int.random(in: 0..<9, using: &random), &random), original: original, memory: bytes(8, &random),
            passages: (0..<passages).map { _ in
                var set = Set<Int>()
                for _ in 0..<Int.random(in: 0...words, using: &random) {
                    let u = Double.random(in: 0..<1, using: &random)
                    set.insert(
                        Bool.random(using: &random)
                            ? topic.randomElement(using: &random)! : Int(u * u * u * Double(vocabulary)))
                }
                return passage(words: set.sorted().map { Array("w\($0)".utf8) }, &random)
            })
    }

    static func passage(words: [[UInt8]], _ random: inout SeededGenerator) -> EncodedPassage {
        EncodedPassage(
            words: words.sorted { $0.lexicographicallyPrecedes($1) }, memory: bytes(memorySize, &random),
            residual: bytes(Int.random(in: 0..<60, using: &random), &random),
            tokenCount: Int.random(in: 1...256, using: &random), byteCount: Int.random(in: 0...900, using: &random),
            coding: [2, 2, 2, 0, 1].randomElement(using: &random)!)
    }

    static func bytes(_ count: Int, _ random: inout SeededGenerator) -> [UInt8] {
        (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
    }

    /// A batch of documents with a source each, named by `prefix` and their number.
    static func batch(_ documents: [EncodedDocument], prefix: String = "file") -> Batch {
        Batch(
            documents: documents,
            sources: documents.indices.map { i in
                SourceChange(
                    path: "\(prefix)-\(i).txt", size: Int64(documents[i].byteLength),
                    modified: 1_700_000_000_000 + Int64(i),
                    hash: documents[i].textHash, mediaType: "text/plain", content: .document(i))
            })
    }
}

extension Fixture {
    /// An index of 12 segments and 120 files at `path`, its bytes and what it says.
    static func large(at path: String, _ lexicon: BaseLexicon) throws -> (bytes: [UInt8], contents: [String: EncodedDocument], sources: [Source]) {
        let writer = try IndexFile.create(at: path, model: model, lexicon: lexicon, settings: ["a": "b"])
        for segment in 0..<12 {
            let documents = (0..<10).map { i in
                document(
                    seed: UInt64(segment * 100 + i), passages: 4, vocabulary: 400, words: 20, title: "Title \(i)", original: i == 3 ? [1, 2, 3] : [])
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
        let at = Int.random(in: 0..<count, using: &random), size = Int.random(in: 1...4096, using: &random), end = Swift.min(at + size, count)
        switch Int.random(in: 0..<6, using: &random) {
        case 0: self[at] = UInt8.random(in: 0...255, using: &random)
        case 1: for _ in 0..<64 { self[Int.random(in: 0..<count, using: &random)] ^= 1 << UInt8.random(in: 0..<8, using: &random) }
        case 2: for i in at..<end { self[i] = 0 }
        case 3: for i in at..<end { self[i] = UInt8.random(in: 0...255, using: &random) }
        case 4: replaceSubrange(at..<end, with: self[0..<end - at])
        default:
            // Two pages change places.
            let size = Fixture.pageSize, pages = count / size
            let a = Int.random(in: 0..<pages, using: &random) * size, b = Int.random(in: 0..<pages, using: &random) * size
            for i in 0..<size { swapAt(a + i, b + i) }
        }
    }
}

extension IndexSnapshot {
    /// The documents as they were given, by path.
    func contents() throws -> [String: EncodedDocument] {
        var result: [String: EncodedDocument] = [:]
        for document in documents {
            let segment = try segment(document.id.segment)
            for path in document.paths {
                result[path] = EncodedDocument(
                    textHash: document.textHash, byteLength: document.byteLength, title: document.title,
                    mediaType: document.mediaType, spans: try spans(of: document), original: try original(of: document),
                    memory: document.memory, passages: document.passages.map(segment.encodedPassage))
            }
        }
        return result
    }
}
