import Corpora
import Foundation
import Indexes
import Pipelines
import Retrieval
import TestSupport
import Testing

/// Roots at other places, roots that are files, and what rules leave out of them.
@Suite struct MovedRootTests {
    private static let files = [
        "notes/a.txt": "The otter swims.", "notes/b.md": "# Owls\n\nThe owl flies.", "more/c.txt": "A hare.",
    ]

    @Test func aMovedRootIsNotCodedAgain() throws {
        let roots = try RootsFolder(Self.files)
        try roots.make(["notes"])
        try roots.move("notes", "elsewhere/deep/papers")
        #expect(throws: CorporaError.self) { try roots.refresh() }
        let old = roots.folder.path("notes"), new = roots.folder.path("elsewhere/deep/papers")
        let report = try roots.refresh(["\(old)=\(new)"])
        #expect(report.textBytes == 0 && report.unchanged == 2 && report.removed == 0, "\(report)")
        #expect(try IndexFile.header(at: roots.index).options.roots == [new])
        // The next refresh needs no option.
        #expect(try roots.refresh().unchanged == 2)
    }

    @Test func oneOfSeveralRootsMayMoveAndBeRenamed() throws {
        let roots = try RootsFolder(Self.files)
        try roots.make(["notes", "more"])
        #expect(try roots.paths() == ["more/c.txt", "notes/a.txt", "notes/b.md"])
        try roots.move("notes", "papers")
        // The name of the root in the index names it too.
        let report = try roots.refresh(["notes=\(roots.folder.path("papers"))"])
        #expect(report.textBytes == 0 && report.unchanged == 3 && report.removed == 0, "\(report)")
        #expect(try roots.paths() == ["more/c.txt", "papers/a.txt", "papers/b.md"])
    }

    @Test func aSlipIsNoMove() throws {
        let roots = try RootsFolder(Self.files)
        try roots.make(["notes"])
        let old = roots.folder.path("notes"), other = roots.folder.path("more"), nowhere = roots.folder.path("nowhere")
        #expect(throws: IndexingError.rootUnknown("/x", index: roots.index, roots: [old])) {
            try roots.refresh(["/x=\(other)"])
        }
        #expect(throws: IndexingError.movedRootMissing(nowhere)) { try roots.refresh(["\(old)=\(nowhere)"]) }
        // A name that both have tells nothing.
        try roots.folder.write("more/a.txt", "Another text than the one of the index, and longer than that.")
        #expect(throws: IndexingError.noKnownFile(roots: [other])) { try roots.refresh(["\(old)=\(other)"]) }
        try roots.folder.remove("more/a.txt")
        #expect(try IndexFile.header(at: roots.index).options.roots == [old])
        #expect(try roots.paths() == ["a.txt", "b.md"])
        #expect(try roots.refresh(["\(old)=\(other)"], allowEmpty: true).added == 1)
        #expect(try roots.paths() == ["c.txt"])
    }

    /// What stands below another root says nothing of a move.
    @Test func aSlipOfOneOfSeveralRootsIsNoMove() throws {
        let roots = try RootsFolder(["notes/a.txt": "The otter.", "more/c.txt": "The hare.", "wrong/u.txt": "The owl."])
        try roots.make(["notes", "more"])
        let old = roots.folder.path("notes"), wrong = roots.folder.path("wrong")
        try roots.move("notes", "gone")
        #expect(throws: IndexingError.noKnownFile(roots: [wrong])) { try roots.refresh(["\(old)=\(wrong)"]) }
        #expect(try roots.paths() == ["more/c.txt", "notes/a.txt"])
        // Nor do files that are kept because the other root is not there.
        try roots.move("more", "elsewhere")
        #expect(throws: IndexingError.noKnownFile(roots: [wrong])) { try roots.refresh(["\(old)=\(wrong)"]) }
        let report = try roots.refresh(["\(old)=\(roots.folder.path("gone"))"])
        #expect(report.removed == 0 && report.unchanged + report.moved >= 1, "\(report)")
        #expect(try roots.paths() == ["gone/a.txt", "more", "more/c.txt"])
    }

    @Test func placesMayHoldEqualSigns() throws {
        let roots = try RootsFolder(["a=b/x.txt": "The otter.", "a/y.txt": "The owl."])
        try roots.make(["a=b", "a"])
        let old = roots.folder.path("a=b"), new = roots.folder.path("c=d=e")
        try roots.move("a=b", "c=d=e")
        let report = try roots.refresh(["\(old)=\(new)"])
        #expect(report.textBytes == 0 && report.moved + report.unchanged == 2, "\(report)")
        #expect(try IndexFile.header(at: roots.index).options.roots == [new, roots.folder.path("a")])
        // "a" is a root as well, but nothing is at "d=e=…".
        #expect(throws: IndexingError.rootUnknown("/x", index: roots.index, roots: [new, roots.folder.path("a")])) {
            try roots.refresh(["/x=y=\(old)"])
        }
    }

    @Test(arguments: ["", "=", "a=", "=b", "a"]) func aMoveHasTwoSides(_ text: String) { #expect(RootMove(text) == nil) }

    @Test func aRootThatIsAFileIsNamedByItself() throws {
        let roots = try RootsFolder(["x.txt": "The otter.", "d/x.txt": "The owl.", "notes/y.md": "The hare."])
        try roots.make(["x.txt", "d/x.txt", "notes"])
        #expect(try roots.paths() == ["notes/y.md", "x-2.txt", "x.txt"])
        let index = try OpenIndex(path: roots.index, model: TestCorpus.model)
        #expect(try index.document(named: "x.txt").text == "The otter.")
        let names = CorpusRoots(index.snapshot.header)
        #expect(names.filePath(of: "x-2.txt") == roots.folder.path("d/x.txt"))
        #expect(names.documentPath(of: roots.folder.path("d/x.txt")) == "x-2.txt")
        #expect(names.filePath(of: "notes/y.md") == roots.folder.path("notes/y.md"))
        #expect(try roots.refresh().unchanged == 3)
        // A file that is gone for a while keeps its text.
        try roots.folder.remove("x.txt")
        #expect(try roots.refresh().kept == 1)
        #expect(try roots.paths().contains("x.txt"))
    }

    @Test func theIndexKnowsWhatRulesLeftOut() throws {
        let roots = try RootsFolder([
            "r/.git/HEAD": "", "r/.gitignore": "*.log\n", "r/notes/a.txt": "The otter.", "r/notes/x.log": "1",
            "r/notes/.h": "2",
            "r/notes/drafts/d.txt": "3",
        ])
        let report = try roots.make(["r/notes"]) { $0.exclude = ["drafts"] }
        #expect((report.leftOut.ignoreFiles, report.leftOut.exclude, report.leftOut.hidden) == (1, 1, 1))
        let statistics = try OpenIndex(path: roots.index, model: TestCorpus.model).statistics()
        #expect(statistics.leftOut == report.leftOut)
        try roots.folder.write("r/notes/y.log", "4")
        #expect(try roots.refresh().leftOut.ignoreFiles == 2)
        #expect(try OpenIndex(path: roots.index, model: TestCorpus.model).statistics().leftOut.ignoreFiles == 2)
    }

    @Test func textWhoseFileWasMovedToACloudStays() throws {
        let roots = try RootsFolder(Self.files)
        try roots.make(["notes"])
        try roots.folder.remove("notes/a.txt")
        try roots.folder.write("notes/.a.txt.icloud", "bplist00")
        let pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n"
        try roots.folder.write("notes/b.md", pointer)
        let report = try roots.refresh()
        #expect(report.kept == 2 && report.removed == 0, "\(report)")
        let index = try OpenIndex(path: roots.index, model: TestCorpus.model)
        #expect(try index.document(named: "a.txt").text == "The otter swims.")
        #expect(try index.document(named: "b.md").text.contains("The owl flies."))
    }
}
