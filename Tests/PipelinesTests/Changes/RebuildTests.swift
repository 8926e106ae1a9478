import Corpora
import Foundation
import Indexes
import Pipelines
import Retrieval
import TestSupport
import Testing

/// An index that followed its folder is the index of the folder.
@Suite struct RebuildTests {
    /// What people and programs do to files.
    enum Change: CaseIterable {
        case add, edit, append, truncate, rename, move, swap, delete, addAgain, encode, touch
    }

    private static let subjects = [
        "harbour", "warranty", "battery", "Lindqvist", "invoice", "brazing", "velvet", "quarry", "sextant", "Ottoline",
    ]

    /// All that a reader can ask of an index, in an order that does not depend on its making.
    private struct Answers: Equatable {
        var files: [String: [UInt8]]
        var documents: [String: ShownDocument] = [:]
        var results: [String] = []

        init(_ corpus: TestCorpus, _ path: String? = nil) throws {
            files = try corpus.exported(path)
            let index = try corpus.open(path)
            for name in files.keys { documents[name] = try index.document(named: name) }
            var options = SearchOptions()
            (options.top, options.rescored) = (200, 200)
            results = try index.search("the battery of 1984 met Ottoline", options).map { result in
                "\(result.citation) \(result.passage) \(result.score) \(result.text)"
            }
            results.sort()
        }
    }

    private static func paragraph(_ random: inout SeededGenerator) -> String {
        (0..<Int.random(in: 1...8, using: &random)).map { _ in
            "The \(subjects.randomElement(using: &random)!) of \(Int.random(in: 1900...2030, using: &random)) "
                + "met the \(subjects.randomElement(using: &random)!)."
        }.joined(separator: " ") + "\n\n"
    }

    /// After each of all kinds of change, in an order that the seed decides, a refreshed index answers as a fresh one does.
    @Test(arguments: Nightly.isOn ? Array(1...10) : [1, 2]) func refreshEqualsRebuild(seed: UInt64) throws {
        var random = SeededGenerator(seed)
        let corpus = try TestCorpus()
        for i in 0..<4 {
            try corpus.write(
                "d\(i % 3)/f\(i).\(i % 2 == 0 ? "txt" : "md")", (0..<2).map { _ in Self.paragraph(&random) }.joined())
        }
        try corpus.makeIndex()
        var deleted: [String: [UInt8]] = [:]
        // Deleting comes before adding again; the rest in any order.
        var changes = Change.allCases.filter { $0 != .addAgain }.shuffled(using: &random)
        changes.insert(.addAgain, at: .random(in: changes.firstIndex(of: .delete)! + 1...changes.count, using: &random))
        for (step, change) in changes.enumerated() {
            let story = Comment("seed \(seed) step \(step): \(changes[...step])")
            try Self.make(change, step, in: corpus, &deleted, &random)
            try corpus.refresh()
            let fresh = corpus.home.appendingPathComponent("fresh-\(step).r3").path
            try corpus.makeIndex(at: fresh)
            let (refreshed, rebuilt) = (try Answers(corpus), try Answers(corpus, fresh))
            #expect(refreshed.files == rebuilt.files, story)
            #expect(try refreshed.files == corpus.files(), story)
            #expect(refreshed.documents == rebuilt.documents, story)
            #expect(refreshed.results == rebuilt.results, story)
        }
        let before = try Answers(corpus)
        _ = try Indexing.compact(corpus.index, model: TestCorpus.model)
        #expect(try Answers(corpus) == before, "seed \(seed)")
    }

    private static func make(
        _ change: Change, _ step: Int, in corpus: TestCorpus, _ deleted: inout [String: [UInt8]],
        _ random: inout SeededGenerator
    ) throws {
        // Bytes put into UTF-16 make it no text.
        let files = try corpus.files(), plain = files.filter { $0.value.first != 0xFF }
        let path = plain.keys.sorted().randomElement(using: &random)!, bytes = files[path]!,
            file = corpus.root.appendingPathComponent(path)
        func rename(_ from: String, _ to: String) throws {
            let target = corpus.root.appendingPathComponent(to)
            try FileManager.default.createDirectory(
                at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
            try FileManager.default.moveItem(at: corpus.root.appendingPathComponent(from), to: target)
        }
        switch change {
        case .add: try corpus.write("new-\(step).md", "# New \(step)\n\n" + paragraph(&random))
        case .edit:
            let middle = bytes.count / 2
            try corpus.write(path, bytes[..<middle] + Array(" An insertion of step \(step). ".utf8) + bytes[middle...])
        case .append: try corpus.write(path, bytes + Array(paragraph(&random).utf8))
        case .truncate: try corpus.write(path, Array(bytes[..<(bytes.count / 2)]))
        case .rename: try rename(path, "d0/renamed-\(step).\(file.pathExtension)")
        case .move: try rename(path, "moved-\(step)/" + path)
        case .swap:
            let other = files.keys.filter { $0 != path }.sorted().randomElement(using: &random)!
            try rename(path, "swap.tmp")
            try rename(other, path)
            try rename("swap.tmp", other)
        case .delete:
            deleted[path] = bytes
            try corpus.remove(path)
        case .addAgain: for (path, bytes) in deleted { try corpus.write(path, bytes) }
        case .encode:
            let units = String(decoding: bytes, as: UTF8.self).utf16
            try corpus.write(path, [0xFF, 0xFE] + units.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] })
        case .touch:
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSince1970: 1e9)], ofItemAtPath: file.path)
        }
    }

    /// Renaming keeps size and time of the bytes: nothing but the time of the change of names tells files of one size apart.
    @Test func filesOfOneSizeAndTimeThatChangePlacesAreSeen() throws {
        let corpus = try TestCorpus(), time = Date(timeIntervalSince1970: 1e9)
        for (name, text) in [("a.txt", "The first lighthouse is red.\n"), ("b.txt", "The other lighthouse is dim.\n")] {
            try corpus.write(name, text)
            try FileManager.default.setAttributes(
                [.modificationDate: time], ofItemAtPath: corpus.root.appendingPathComponent(name).path)
        }
        try corpus.makeIndex()
        for (from, to) in [("a.txt", "c.txt"), ("b.txt", "a.txt"), ("c.txt", "b.txt")] {
            try FileManager.default.moveItem(
                at: corpus.root.appendingPathComponent(from), to: corpus.root.appendingPathComponent(to))
        }
        try corpus.refresh()
        #expect(try corpus.exported() == corpus.files())
    }

    /// A file is read once: the bytes that are hashed are the bytes that the worker is given. Otherwise a copy of the first
    /// edition would later be given the text of the second.
    @Test func aFileThatChangesAfterItWasReadIsNotMixedUp() throws {
        let corpus = try TestCorpus()
        try corpus.write("a.txt", "The first edition of the almanac.\n")
        // A worker starts after the file was read: this one writes the file once more before it serves.
        let worker = corpus.home.appendingPathComponent("worker.sh").path,
            file = corpus.root.appendingPathComponent("a.txt").path
        let script =
            "#!/bin/sh\necho 'The second edition, which came while the first was read.' > '\(file)'\nexec '\(Program.path)' \"$@\"\n"
        try script.write(toFile: worker, atomically: false, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: worker)
        let options = IndexOptions(roots: [corpus.root.path])
        let indexing = Indexing(
            model: TestCorpus.model, options: options, threads: 1, worker: Worker.Program(executable: worker))
        _ = try indexing.index(to: corpus.index) { _ in true }
        #expect(try corpus.exported() == ["a.txt": Array("The first edition of the almanac.\n".utf8)])
        try corpus.write("copy.txt", "The first edition of the almanac.\n")
        try corpus.refresh()
        #expect(try corpus.exported() == corpus.files())
    }

    @Test func deletedTextIsInNoStreamAndInNoByteAfterCompact() throws {
        let corpus = try TestCorpus()
        let secret = "gone.txt", word = "Zyxwvut"
        try corpus.write("keep.txt", (0..<200).map { "The lighthouse keeper writes letter \($0). " }.joined())
        try corpus.write(secret, "\(word)\n\n" + (0..<900).map { "\(word) is word \($0 * 7919 % 100_003) of it. " }.joined())
        try corpus.makeIndex()
        #expect(try corpus.open().search(word).first?.citation.path == secret)
        let codes = try Streams(corpus.index).codes(of: secret)
        let large = try Data(contentsOf: URL(fileURLWithPath: corpus.index))
        #expect(codes.filter { large.range(of: $0) != nil }.count > max(20, codes.count / 2), "some lie across two pages")

        try corpus.remove(secret)
        #expect(try corpus.refresh().removed == 1)
        let found = try corpus.open().search(word)
        #expect(!found.isEmpty && found.allSatisfy { $0.citation.path == "keep.txt" && !$0.text.contains(word) })
        _ = try Indexing.compact(corpus.index, model: TestCorpus.model)
        let bytes = try Data(contentsOf: URL(fileURLWithPath: corpus.index))
        let spellings = try Streams(corpus.index).spellings
        #expect(spellings.contains("lighthouse") && spellings.allSatisfy { !$0.lowercased().contains(word.lowercased()) })
        #expect(codes.allSatisfy { bytes.range(of: $0) == nil })
        #expect(bytes.range(of: Data(secret.utf8)) == nil)
        #expect(bytes.count < large.count)
        #expect(try corpus.open().statistics().parts.overhead < 32768)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: corpus.home.path).filter { $0.hasPrefix("corpus.r3") } == [
                "corpus.r3"
            ])
        #expect(try corpus.exported() == corpus.files())
        #expect(try corpus.open().verify { _ in true }.wrong.isEmpty)
    }

    /// All that is stored in an index, decoded, of the dead as of the living.
    private struct Streams {
        private let snapshot: IndexSnapshot

        init(_ path: String) throws {
            snapshot = try IndexFile.open(at: path, model: TestCorpus.model.identity, lexicon: TestCorpus.model.termPrior())
            try snapshot.load()
        }

        /// Pieces of the residuals of a document, as they stand in the file.
        func codes(of path: String) throws -> [Data] {
            let document = try #require(snapshot.documents.first { $0.paths == [path] })
            return try document.passageIDs.flatMap { passage in
                let residual = Array(try snapshot.residual(of: passage))
                return stride(from: 0, to: residual.count - 12, by: 12).map { Data(residual[$0..<$0 + 12]) }
            }
        }

        /// All terms, titles and paths.
        var spellings: [String] {
            get throws {
                let terms = try snapshot.segmentIDs.flatMap { id in
                    let segment = try snapshot.segment(id)
                    return try (0..<segment.termCount).map { String(decoding: try segment.term($0), as: UTF8.self) }
                }
                return terms + snapshot.documents.map(\.title) + snapshot.sources.map(\.path)
            }
        }
    }
}
