import Foundation
import Indexes
import Pipelines
import Retrieval
import TestSupport
import Testing

/// Several indexes made one.
@Suite struct MergeTests {
    /// Indexes of "notes" and of "papers", and one of both.
    private static func two() throws -> RootsFolder {
        let roots = try RootsFolder(RootsFolder.files)
        try roots.make(["notes"], to: "notes.r3")
        try roots.make(["papers"], to: "papers.r3")
        return roots
    }

    private static func bytes(_ roots: RootsFolder, _ name: String) throws -> Data {
        try Data(contentsOf: URL(fileURLWithPath: roots.folder.path(name)))
    }

    /// The law: a merged index is the index of all roots.
    @Test func aMergedIndexIsThatOfAllRoots() throws {
        let roots = try Self.two()
        let before = try (Self.bytes(roots, "notes.r3"), Self.bytes(roots, "papers.r3"))
        let report = try roots.merge("notes.r3", "papers.r3")
        try roots.make(["notes", "papers"], to: "both.r3")
        #expect(report.documents == 5 && report.duplicates == 1 && report.files == 6 && report.isComplete, "\(report)")
        #expect(try IndexAnswers(roots.open()) == IndexAnswers(roots.open("both.r3")))
        #expect(try roots.options() == roots.options("both.r3"))
        #expect(try roots.open().verify { _ in true }.wrong.isEmpty)
        // A text that both hold is one document.
        let document = try roots.open().snapshot.documents.first { $0.paths.count > 1 }
        #expect(document?.paths == ["notes/deep/c.txt", "papers/copy.txt"])
        #expect(try (Self.bytes(roots, "notes.r3"), Self.bytes(roots, "papers.r3")) == before)
    }

    /// What makes two documents of one text different stays different: title, format, original, headings.
    @Test func documentsOfOneTextThatDifferStayTwo() throws {
        let roots = try RootsFolder([
            "a/x.txt": "# Owls\n\nThe owl.\n", "a/y.txt": "one\ntwo\n", "b/x.md": "# Owls\n\nThe owl.\n",
        ])
        try roots.folder.write("b/y.txt", "one\r\ntwo\r\n")
        try roots.folder.write("b/z.txt", "one\ntwo\n")
        try roots.make(["a"], to: "a.r3")
        try roots.make(["b"], to: "b.r3")
        #expect(try roots.merge("a.r3", "b.r3").duplicates == 1)
        try roots.make(["a", "b"], to: "both.r3")
        #expect(try IndexAnswers(roots.open()) == IndexAnswers(roots.open("both.r3")))
        let index = try roots.open()
        let out = roots.folder.path("out")
        #expect(try index.export(to: out) { _ in true }.failed.isEmpty)
        for (path, text) in [("a/y.txt", "one\ntwo\n"), ("b/y.txt", "one\r\ntwo\r\n"), ("b/z.txt", "one\ntwo\n")] {
            #expect(try String(contentsOfFile: out + "/" + path, encoding: .utf8) == text)
        }
    }

    @Test func aRefreshFollowsAllRoots() throws {
        let roots = try Self.two()
        try roots.merge("papers.r3", "notes.r3")
        let nothing = try roots.refresh()
        #expect(nothing.unchanged == 6 && nothing.textBytes == 0 && nothing.removed == 0, "\(nothing)")
        try roots.folder.write("notes/a.txt", "The otter has left the mill pond.")
        #expect(try roots.refresh().changed == 1)
        try roots.folder.remove("papers/d.md")
        #expect(try roots.refresh().removed == 1)
        try roots.make(["papers", "notes"], to: "both.r3")
        let fresh = try IndexAnswers(roots.open("both.r3"))
        #expect(try IndexAnswers(roots.open()) == fresh)
        _ = try Indexing.compact(roots.index, model: TestCorpus.model)
        #expect(try IndexAnswers(roots.open()) == fresh)
        #expect(try roots.open().verify { _ in true }.wrong.isEmpty)
        #expect(try roots.refresh { $0.dropped = ["papers"] }.textBytes == 0)
        try roots.make(["notes"], to: "one.r3")
        #expect(try IndexAnswers(roots.open()) == IndexAnswers(roots.open("one.r3")))
    }

    /// What was deleted before the merge is not in it after a compaction, and a copied segment may hold nothing else.
    @Test func deletedTextStaysDeleted() throws {
        let roots = try Self.two()
        try roots.folder.write("papers/d.md", "# Hares\n\nNothing is known.")
        try roots.refresh("papers.r3")
        for name in ["a.txt", "b.md", "deep/c.txt"] { try roots.folder.remove("notes/" + name) }
        try roots.folder.write("notes/e.txt", "An eel.")
        try roots.refresh("notes.r3")
        try roots.merge("notes.r3", "papers.r3")
        #expect(try roots.open().search("spring young").allSatisfy { !$0.text.contains("three young") })
        try roots.make(["notes", "papers"], to: "both.r3")
        #expect(try IndexAnswers(roots.open()) == IndexAnswers(roots.open("both.r3")))
        _ = try Indexing.compact(roots.index, model: TestCorpus.model)
        #expect(try IndexAnswers(roots.open()) == IndexAnswers(roots.open("both.r3")))
    }

    @Test func rootsOfOneNameAreToldApart() throws {
        let roots = try RootsFolder(["x/notes/a.txt": "The otter.", "y/notes/a.txt": "The owl.", "z/notes": "A hare."])
        try roots.make(["x/notes"], to: "x.r3")
        try roots.make(["y/notes", "z/notes"], to: "y.r3")
        try roots.merge("x.r3", "y.r3")
        #expect(try roots.paths() == ["notes-2/a.txt", "notes-3", "notes/a.txt"])
        let report = try roots.refresh()
        #expect(report.unchanged == 3 && report.removed == 0, "\(report)")
        #expect(try roots.open().document(named: "notes-2/a.txt").text == "The owl.")
        #expect(try roots.open().document(named: "notes-3").text == "A hare.")
    }

    /// Indexes that are asked as one, one of which was merged.
    @Test func aMergedIndexIsAskedTogetherWithOthers() throws {
        let roots = try Self.two()
        try roots.folder.write("more/e.txt", "An eel lives in the weir.")
        try roots.make(["more"], to: "more.r3")
        try roots.merge("notes.r3", "papers.r3")
        try roots.make(["notes", "papers", "more"], to: "three.r3")
        let joined = try OpenIndex(
            paths: [roots.index, roots.folder.path("more.r3")], model: TestCorpus.model)
        let whole = try roots.open("three.r3")
        for query in ["otter weir", "eel", "heron", "When has a hare young?"] {
            let (found, expected) = (try joined.search(query), try whole.search(query))
            #expect(Set(found.map(\.text)) == Set(expected.map(\.text)), "\(query)")
            for result in expected {
                let same = try #require(found.first { $0.text == result.text })
                #expect(abs(same.score - result.score) < 1e-6, "\(query): \(result.text)")
            }
        }
    }

    /// Files that could not be read keep their reasons; an index that was stopped or is empty is merged too.
    @Test func filesWithoutDocumentsAreKept() throws {
        let roots = try RootsFolder(["a/x.txt": "The otter.", "b/empty.txt": "", "c/y.txt": "An owl."])
        for name in ["a", "b", "c"] { try roots.make([name], to: name + ".r3") }
        try roots.merge("a.r3", "b.r3", "c.r3")
        #expect(try roots.paths() == ["a/x.txt", "b/empty.txt", "c/y.txt"])
        #expect(try roots.open().statistics().notIndexed.map(\.path) == ["b/empty.txt"])
    }

    @Test func whatDoesNotGoTogetherIsRefused() throws {
        let roots = try Self.two()
        let path = { (name: String) in roots.folder.path(name) }
        func expect(_ error: MergeError, _ names: String..., location: SourceLocation = #_sourceLocation) {
            #expect(throws: error, sourceLocation: location) { try roots.merge(names) }
            #expect(!FileManager.default.fileExists(atPath: roots.index), sourceLocation: location)
        }
        try roots.make(["notes"], to: "again.r3")
        let same = MergeError.sameRoot(path("notes"), index: path("again.r3"), first: path("notes.r3"))
        expect(same, "notes.r3", "papers.r3", "again.r3")
        expect(.sameFile(path("notes.r3")), "notes.r3", "papers.r3", "notes.r3")
        try roots.make(["papers", "notes"], to: "both.r3")
        expect(.sameRoot(path("papers"), index: path("both.r3"), first: path("papers.r3")), "papers.r3", "both.r3")
        try roots.make(["notes/deep"], to: "deep.r3")
        let inside = MergeError.rootInside(
            path("notes/deep"), index: path("deep.r3"), outer: path("notes"), of: path("notes.r3"))
        expect(inside, "notes.r3", "deep.r3")
        expect(inside, "deep.r3", "notes.r3")
        try roots.make(["papers"], to: "filtered.r3") { $0.exclude = ["copy.txt"] }
        let difference = OptionDifference(stored: .exclude(["copy.txt"]), wanted: .exclude([]))
        expect(
            .otherOptions(index: path("filtered.r3"), first: path("notes.r3"), [difference]), "notes.r3", "filtered.r3")
        for (name, shard) in [("s1.r3", "1/2"), ("t1.r3", "1/2"), ("u1.r3", "2/3")] {
            try roots.make(["papers"], to: name) { $0.shards = Shards(shard) }
        }
        expect(.sameShard(1, of: 2, index: path("t1.r3"), first: path("s1.r3")), "s1.r3", "t1.r3")
        expect(.otherShardCount(3, index: path("u1.r3"), first: path("s1.r3"), count: 2), "s1.r3", "u1.r3")
        expect(.shardsMissing(Shards("1/2")!, index: path("s1.r3")), "notes.r3", "s1.r3")
        expect(.sameRoot(path("papers"), index: path("papers.r3"), first: path("s1.r3")), "s1.r3", "papers.r3")
        for (name, order, shard) in [("o1.r3", ["notes", "papers"], "1/2"), ("o2.r3", ["papers", "notes"], "2/2")] {
            try roots.make(order, to: name) { $0.shards = Shards(shard) }
        }
        expect(.otherOrder(index: path("o2.r3"), first: path("o1.r3")), "o1.r3", "o2.r3")
        // With its filters changed the index can be merged.
        try roots.refresh("filtered.r3") { $0.exclude = [] }
        try roots.merge("notes.r3", "filtered.r3")
        #expect(throws: IndexError(.exists, subject: roots.index, fact: "exists already")) {
            try roots.merge("notes.r3", "papers.r3")
        }
    }

    @Test func aStoppedMergeLeavesNothing() throws {
        let roots = try Self.two()
        let files = ["notes.r3", "papers.r3"].map { roots.folder.path($0) }
        let report = try Indexing.merge(files, to: roots.index, model: TestCorpus.model) { $0.items < 3 }
        #expect(!report.isComplete)
        let left = try FileManager.default.contentsOfDirectory(atPath: roots.folder.path)
        #expect(left.sorted() == ["notes", "notes.r3", "papers", "papers.r3"])
    }

    /// An index whose segment is damaged is not made a part of another one.
    @Test func damageIsNotCopied() throws {
        let roots = try Self.two()
        var bytes = try Self.bytes(roots, "papers.r3")
        let residual = try roots.open("papers.r3").snapshot.residual(of: PassageID(segment: 1, index: 0))
        let place = try #require(bytes.firstRange(of: Data(residual.prefix(6)))).lowerBound
        bytes[place] ^= 0x20
        try bytes.write(to: URL(fileURLWithPath: roots.folder.path("papers.r3")))
        #expect(throws: IndexError.self) { try roots.merge("notes.r3", "papers.r3") }
        #expect(!FileManager.default.fileExists(atPath: roots.index))
        let left = IndexFile.paths(of: IndexFile.resolved(roots.index)).filter { FileManager.default.fileExists(atPath: $0) }
        #expect(left == [])
    }
}
