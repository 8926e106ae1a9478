import Foundation
import Pipelines
import Testing

@Suite struct RefreshTests {
    private static let subjects = ["harbour", "warranty", "battery", "Lindqvist", "invoice", "brazing", "velvet", "quarry", "sextant", "Ottoline"]

    private func paragraph(_ random: inout SeededGenerator) -> String {
        (0..<Int.random(in: 1...30, using: &random)).map { _ in
            "The \(RefreshTests.subjects.randomElement(using: &random)!) of \(Int.random(in: 1900...2030, using: &random)) met the \(RefreshTests.subjects.randomElement(using: &random)!)."
        }.joined(separator: " ") + "\n\n"
    }

    /// Random edits: after each, a refreshed index and a fresh one give the same documents, passages, results and bytes.
    @Test(arguments: [1, 2])
    func refreshEqualsRebuild(seed: UInt64) throws {
        var random = SeededGenerator(seed)
        let corpus = try TestCorpus()
        var files: [String: String] = [:]
        for i in 0..<8 { files["d\(i % 3)/f\(i).\(i % 2 == 0 ? "txt" : "md")"] = (0..<4).map { _ in paragraph(&random) }.joined() }
        for (path, text) in files { try corpus.write(path, text) }
        try corpus.makeIndex()
        for step in 0..<6 {
            let path = files.keys.sorted().randomElement(using: &random)!
            switch Int.random(in: 0..<8, using: &random) {
            case 0: files["new\(step).md"] = "# New \(step)\n\n" + paragraph(&random)
            case 1: files[path]! += paragraph(&random)
            case 2: files[path] = paragraph(&random) + files[path]!
            case 3: files[path] = String(files[path]!.prefix(files[path]!.count / 2))
            case 4:
                files["moved\(step)/" + path] = files[path]
                files[path] = nil
            case 5: if files.count > 2 { files[path] = nil }
            case 6:
                let other = files.keys.sorted().randomElement(using: &random)!
                (files[path], files[other]) = (files[other], files[path])
            default: break
            }
            try FileManager.default.removeItem(at: corpus.root)
            for (path, text) in files { try corpus.write(path, text) }
            try corpus.refresh()
            let fresh = corpus.home.appendingPathComponent("fresh\(step).r3").path
            try corpus.makeIndex(at: fresh)
            let expected = files.filter { !$0.value.isEmpty }.mapValues { Array($0.utf8) }
            #expect(try corpus.exported() == expected, "seed \(seed) step \(step)")
            let (a, b) = (try corpus.open(), try corpus.open(fresh))
            #expect(try a.statistics().passages == b.statistics().passages)
            for query in RefreshTests.subjects.prefix(4) {
                let left = try a.search(query), right = try b.search(query)
                #expect(left.map(\.text).sorted() == right.map(\.text).sorted(), "seed \(seed) step \(step) query \(query)")
            }
        }
    }

    @Test func nothingChangedWritesNothing() throws {
        let corpus = try TestCorpus()
        for i in 0..<20 { try corpus.write("\(i).txt", "Text number \(i).") }
        try corpus.makeIndex()
        let report = try corpus.refresh()
        #expect(report.unchanged == 20 && report.added + report.changed + report.moved + report.removed == 0)
    }

    @Test func aMovedFileIsNotEncodedAgain() throws {
        let corpus = try TestCorpus()
        try corpus.write("a.txt", "Some text that moves.")
        try corpus.write("b.txt", "Another text that stays.")
        try corpus.makeIndex()
        try FileManager.default.moveItem(at: corpus.root.appendingPathComponent("a.txt"), to: corpus.root.appendingPathComponent("c.txt"))
        let report = try corpus.refresh()
        #expect(report.moved == 1 && report.textBytes == 0 && report.removed == 0)
        #expect(try Set(corpus.exported().keys) == ["b.txt", "c.txt"])
    }

    @Test func deletedTextIsFoundByNoSearchAndLeavesTheFileOnCompact() throws {
        let corpus = try TestCorpus()
        try corpus.write("keep.txt", "The lighthouse keeper writes a letter.")
        try corpus.write("gone.txt", String(repeating: "Zyxwvut is a secret word of the treasury. ", count: 300))
        try corpus.makeIndex()
        #expect(try corpus.open().search("Zyxwvut").first?.citation.path == "gone.txt")
        try corpus.remove("gone.txt")
        #expect(try corpus.refresh().removed == 1)
        #expect(try corpus.open().search("Zyxwvut").allSatisfy { $0.citation.path != "gone.txt" })
        _ = try Indexing.compact(corpus.index, model: TestCorpus.model)
        let bytes = try Data(contentsOf: URL(fileURLWithPath: corpus.index))
        #expect(bytes.range(of: Data("gone.txt".utf8)) == nil)
        #expect(try corpus.exported().keys.sorted() == ["keep.txt"])
        #expect(try corpus.open().verify { _ in true }.wrong.isEmpty)
    }

    @Test func anEmptiedRootIsRefusedUnlessAllowed() throws {
        let corpus = try TestCorpus()
        try corpus.write("a.txt", "Text that must not vanish.")
        try corpus.makeIndex()
        try corpus.remove("a.txt")
        #expect(throws: (any Error).self) { try corpus.refresh() }
        #expect(try corpus.open().statistics().documents == 1)
        #expect(try corpus.refresh(allowEmpty: true).removed == 1)
        #expect(try corpus.open().statistics().documents == 0)
    }

    @Test func anIndexOfOtherRootsIsNotOverwritten() throws {
        let corpus = try TestCorpus(), other = try TestCorpus()
        try corpus.write("a.txt", "One.")
        try other.write("b.txt", "Two.")
        try corpus.makeIndex()
        #expect(throws: PipelineError.self) { try other.makeIndex(at: corpus.index) }
        #expect(try corpus.exported().keys.sorted() == ["a.txt"])
    }
}

/// A small generator with a seed that can be printed.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64
    init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }
    mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state &* 0x2545_F491_4F6C_DD1D
    }
}
