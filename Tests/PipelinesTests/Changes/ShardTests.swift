import Indexes
import Pipelines
import Retrieval
import TestSupport
import Testing

/// Stable shares of a corpus.
@Suite struct ShardTests {
    @Test func shardsAreReadAsTheyAreWritten() {
        for text in ["1/1", "2/8", "1,2/8", "65536/65536"] { #expect(Shards(text)?.description == text) }
        #expect(Shards("2,1/8")?.description == "1,2/8")
        for text in ["", "2", "/", "0/8", "9/8", "1,1/8", "1,/8", "-1/8", "1/0", "1/8/2", "1/65537", "a/b", "1/"] {
            #expect(Shards(text) == nil, "\(text)")
        }
    }

    /// Known answers of Python: int.from_bytes(hashlib.sha256(path).digest()[:8], "little") % count + 1.
    @Test func theShardOfAPathIsFixed() {
        #expect(Shards.number(of: "notes/a.txt", among: 8) == 7)
        #expect(Shards.number(of: "", among: 7) == 6)
        #expect(Shards.number(of: "caf\u{e9}.md", among: 1000) == 95)
    }

    @Test(arguments: [1, 2, 3, 8]) func everyFileBelongsToOneShard(count: Int) {
        let shards = (1...count).map { Shards([$0], of: count)! }
        var sizes = [Int](repeating: 0, count: count)
        for i in 0..<1000 {
            let takers = shards.indices.filter { shards[$0].take("folder-\(i % 7)/file \(i).txt") }
            #expect(takers.count == 1)
            sizes[takers[0]] += 1
        }
        #expect(sizes.allSatisfy { $0 > 800 / count && $0 < 1250 / count }, "\(sizes)")
    }

    private static func many() throws -> RootsFolder {
        var files = RootsFolder.files
        for i in 0..<12 { files["notes/n\(i).txt"] = "Entry \(i): the ferry carried \(i * 17) persons to the weir." }
        return try RootsFolder(files)
    }

    /// The law: shards that are made apart and merged are the index of one run.
    @Test(arguments: [2, 5]) func shardsMergedAreOneRun(count: Int) throws {
        let roots = try Self.many()
        try roots.make(["notes", "papers"], to: "whole.r3")
        let names = (1...count).map { "s\($0).r3" }
        for (i, name) in names.enumerated() {
            try roots.make(["notes", "papers"], to: name) { $0.shards = Shards([i + 1], of: count) }
        }
        let report = try roots.merge(names.reversed())
        #expect(report.shards == nil && report.files == 18, "\(report)")
        #expect(try roots.options() == roots.options("whole.r3"))
        #expect(try IndexFile.header(at: roots.index).leftOut == IndexFile.header(at: roots.folder.path("whole.r3")).leftOut)
        let queries = ["ferry 34 persons", "otter weir", "When has a hare young?", "zebra"]
        #expect(
            try IndexAnswers(roots.open(), queries: queries) == IndexAnswers(roots.open("whole.r3"), queries: queries))
        let again = try roots.refresh()
        #expect(again.unchanged == 18 && again.textBytes == 0 && again.removed == 0, "\(again)")
    }

    /// Some of the shards are an index of these, which goes on to be merged.
    @Test func someShardsStayShards() throws {
        let roots = try Self.many()
        try roots.make(["notes"], to: "whole.r3")
        for i in 1...3 { try roots.make(["notes"], to: "s\(i).r3") { $0.shards = Shards([i], of: 3) } }
        #expect(try roots.merge("s3.r3", "s1.r3", to: "some.r3").shards == "1,3/3")
        #expect(try roots.options("some.r3").shards == "1,3/3")
        let before = try roots.paths("some.r3")
        #expect(try roots.refresh("some.r3").added == 0)
        #expect(try roots.paths("some.r3") == before)
        try roots.merge("some.r3", "s2.r3")
        #expect(try roots.options().shards == nil)
        #expect(try IndexAnswers(roots.open()) == IndexAnswers(roots.open("whole.r3")))
    }

    @Test func aRefreshStaysWithinItsShard() throws {
        let roots = try Self.many()
        try roots.make(["notes"], to: "s1.r3") { $0.shards = Shards([1], of: 2) }
        let first = try roots.paths("s1.r3")
        #expect(!first.isEmpty && first.allSatisfy { Shards.number(of: $0, among: 2) == 1 })
        for i in 100..<110 { try roots.folder.write("notes/n\(i).txt", "Entry \(i).") }
        let new = (100..<110).map { "n\($0).txt" }.filter { Shards.number(of: $0, among: 2) == 1 }
        #expect(try roots.refresh("s1.r3").added == new.count && new.count < 10)
        // All files of a shard may be gone.
        for path in try roots.paths("s1.r3") { try roots.folder.remove("notes/" + path) }
        #expect(try roots.refresh("s1.r3").removed == first.count + new.count)
        #expect(try roots.open("s1.r3").snapshot.documents.isEmpty)
    }

    @Test func aShardWithoutFilesIsAnIndex() throws {
        let roots = try RootsFolder(["notes/a.txt": "The otter."])
        for i in 1...4 { try roots.make(["notes"], to: "s\(i).r3") { $0.shards = Shards([i], of: 4) } }
        #expect(try roots.merge("s1.r3", "s2.r3", "s3.r3", "s4.r3").documents == 1)
        #expect(try roots.open().search("otter").count == 1)
    }
}
