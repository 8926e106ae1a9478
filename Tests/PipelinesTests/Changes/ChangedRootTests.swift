import Corpora
import Foundation
import Indexes
import Pipelines
import Retrieval
import TestSupport
import Testing

/// Roots and filters of an index that change: the index is then that of the new ones, and nothing is coded again.
@Suite struct ChangedRootTests {
    /// The index after a change is the index that is made with the new roots and filters at once.
    private static func expectRebuilt(
        _ roots: RootsFolder, _ names: [String], _ change: (inout IndexOptions) -> Void = { _ in },
        location: SourceLocation = #_sourceLocation
    ) throws {
        let fresh = "fresh-\(UUID().uuidString).r3"
        try roots.make(names, to: fresh, change)
        #expect(
            try IndexAnswers(roots.open()) == IndexAnswers(roots.open(fresh)), sourceLocation: location)
        #expect(try roots.options() == roots.options(fresh), sourceLocation: location)
        #expect(try Indexing.refreshesNothing(roots), sourceLocation: location)
    }

    @Test func aRootIsAddedAndDropped() throws {
        let roots = try RootsFolder(RootsFolder.files)
        try roots.make(["notes"])
        // The copy of a text of "notes" is not coded.
        let coded = RootsFolder.files["papers/a.txt"]!.utf8.count + RootsFolder.files["papers/d.md"]!.utf8.count
        let added = try roots.refresh { $0.added = [roots.folder.path("papers")] }
        #expect(
            added.unchanged == 3 && added.added == 2 && added.duplicates == 1 && added.textBytes == coded, "\(added)")
        try Self.expectRebuilt(roots, ["notes", "papers"])
        // By its name in the index. The text that "papers" holds too stays.
        let dropped = try roots.refresh { $0.dropped = ["notes"] }
        #expect(dropped.removed == 3 && dropped.unchanged == 3 && dropped.textBytes == 0, "\(dropped)")
        try Self.expectRebuilt(roots, ["papers"])
        #expect(try roots.paths() == ["a.txt", "copy.txt", "d.md"])
    }

    /// The label of a root depends on the others. A file that could be taken for one of a dropped root is not.
    @Test func labelsChangeWithTheOtherRoots() throws {
        let roots = try RootsFolder([
            "x/notes/a.txt": "The otter.", "y/notes/notes/a.txt": "The owl.", "y/notes/b.txt": "The hare.",
            "z/notes/a.txt": "The otter.",
        ])
        try roots.make(["x/notes", "y/notes", "z/notes"])
        #expect(try roots.paths() == ["notes-2/b.txt", "notes-2/notes/a.txt", "notes-3/a.txt", "notes/a.txt"])
        let report = try roots.refresh { $0.dropped = [roots.folder.path("x/notes"), "notes-3"] }
        #expect(report.removed == 2 && report.unchanged == 2 && report.textBytes == 0, "\(report)")
        #expect(try roots.paths() == ["b.txt", "notes/a.txt"])
        try Self.expectRebuilt(roots, ["y/notes"])
    }

    @Test func rootsThatAreFilesKeepTheirNames() throws {
        let roots = try RootsFolder([
            "one.md": "# One\n\nThe otter.", "two.md": "# Two\n\nThe owl.", "notes/a.txt": "A hare.",
        ])
        try roots.make(["one.md"])
        #expect(try roots.refresh { $0.added = [roots.folder.path("notes"), roots.folder.path("two.md")] }.unchanged == 1)
        #expect(try roots.paths() == ["notes/a.txt", "one.md", "two.md"])
        #expect(try roots.refresh { $0.dropped = ["notes", roots.folder.path("one.md")] }.unchanged == 1)
        #expect(try roots.paths() == ["two.md"])
        try Self.expectRebuilt(roots, ["two.md"])
    }

    /// Files of a dropped root that an added root holds are not coded again.
    @Test func aRootIsReplacedByAnotherThatHoldsItsFiles() throws {
        let roots = try RootsFolder(RootsFolder.files)
        try roots.make(["notes"])
        try FileManager.default.copyItem(atPath: roots.folder.path("notes"), toPath: roots.folder.path("copies"))
        let report = try roots.refresh {
            ($0.dropped, $0.added) = ([roots.folder.path("notes")], [roots.folder.path("copies")])
        }
        #expect(report.moved == 3 && report.textBytes == 0 && report.removed == 0, "\(report)")
        try Self.expectRebuilt(roots, ["copies"])
    }

    @Test func filtersChange() throws {
        let roots = try RootsFolder(RootsFolder.files)
        try roots.folder.write("notes/.secret.txt", "The password.")
        try roots.folder.write("notes/.gitignore", "b.md\n")
        try roots.make(["notes"])
        #expect(try roots.paths() == ["a.txt", "deep/c.txt"])
        #expect(try roots.refresh { $0.exclude = ["deep"] }.removed == 1)
        try Self.expectRebuilt(roots, ["notes"]) { $0.exclude = ["deep"] }
        // A list replaces the one before, and an empty one is none.
        #expect(try roots.refresh { ($0.include, $0.exclude) = (["*.txt"], ["a.txt"]) }.textBytes == 0)
        #expect(try roots.paths() == ["deep/c.txt"])
        let all = try roots.refresh { ($0.include, $0.exclude, $0.ignoreFiles, $0.hidden) = ([], [], false, true) }
        #expect(try roots.paths() == [".gitignore", ".secret.txt", "a.txt", "b.md", "deep/c.txt"], "\(all)")
        try Self.expectRebuilt(roots, ["notes"]) { ($0.ignoreFiles, $0.hidden) = (false, true) }
        // What is not named stays.
        #expect(try roots.refresh { $0.exclude = [".gitignore"] }.removed == 1)
        #expect(try roots.options().readsHidden && !roots.options().honoursIgnoreFiles)
    }

    /// Files that were too long are read, and files that are now too long lose their text, though none has changed.
    @Test func theLargestFileChanges() throws {
        let long = String(repeating: "The otter swims. ", count: 100)
        let roots = try RootsFolder(["notes/long.txt": long, "notes/short.txt": "The owl."])
        try roots.make(["notes"]) { $0.limits.limitFiles(to: ByteSize("1000")!) }
        #expect(try roots.open().snapshot.documents.count == 1)
        #expect(try roots.refresh { $0.fileSize = .atMost(ByteSize("10kB")!) }.textBytes == long.utf8.count)
        #expect(try roots.open().snapshot.documents.count == 2)
        let less = try roots.refresh { $0.fileSize = .atMost(ByteSize("1kB")!) }
        #expect(less.unchanged == 1 && less.skipped.map(\.path) == ["long.txt"], "\(less)")
        let usual = try roots.refresh { $0.fileSize = .usual }
        // Its text is still in the file of the index: it is not coded again. The file was known, so it is no duplicate.
        #expect(usual.changed == 1 && usual.unchanged == 1 && usual.added + usual.duplicates == 0, "\(usual)")
        #expect(usual.textBytes == 0 && usual.skipped.isEmpty, "\(usual)")
        try Self.expectRebuilt(roots, ["notes"])
    }

    @Test func whatCannotBeChangedIsToldAndChangesNothing() throws {
        let roots = try RootsFolder(RootsFolder.files)
        try roots.make(["notes"])
        let notes = roots.folder.path("notes"), before = try Data(contentsOf: URL(fileURLWithPath: roots.index))
        #expect(throws: IndexingError.rootUnknown("papers", index: roots.index, roots: [notes])) {
            try roots.refresh { $0.dropped = ["papers"] }
        }
        #expect(throws: IndexingError.noRootLeft(index: roots.index)) { try roots.refresh { $0.dropped = [notes] } }
        #expect(throws: IndexingError.rootTwice(notes)) { try roots.refresh { $0.added = [notes] } }
        #expect(throws: IndexingError.rootInside(notes + "/deep", outer: notes)) {
            try roots.refresh { $0.added = [notes + "/deep"] }
        }
        let nowhere = roots.folder.path("nowhere")
        #expect(throws: CorporaError(.rootMissing, subject: nowhere)) { try roots.refresh { $0.added = [nowhere] } }
        #expect(throws: IndexingError.self) { try roots.refresh { $0.include = ["*.nothing"] } }
        #expect(throws: CorporaError.self) { try roots.refresh { $0.exclude = ["[a"] } }
        #expect(try Data(contentsOf: URL(fileURLWithPath: roots.index)) == before)
    }

    /// A run that is stopped has its new roots; the next one needs no option.
    @Test func aStoppedChangeGoesOn() throws {
        let roots = try RootsFolder(RootsFolder.files)
        try roots.make(["notes"])
        var changes = OptionChanges()
        changes.added = [roots.folder.path("papers")]
        let stopped = try Indexing.refresh(
            roots.index, model: TestCorpus.model, changes: changes, worker: .underTest
        ) { _ in false }
        #expect(!stopped.isComplete)
        #expect(try roots.paths().sorted() == ["notes/a.txt", "notes/b.md", "notes/deep/c.txt"])
        #expect(try roots.refresh().added == 2)
        try Self.expectRebuilt(roots, ["notes", "papers"])
    }

    /// A pipeline says what its index is made from.
    @Test func aPipelineChangesItsIndex() throws {
        let roots = try RootsFolder(RootsFolder.files)
        func run(_ sources: String) throws -> IndexReport {
            let file = try roots.folder.write("p.yaml", "sources: {\(sources)}\nindex: all.r3\n")
            return try PipelineFile(path: file.path).run(worker: .underTest) { _ in true }.index
        }
        #expect(try run("roots: notes").added == 3)
        let both = try run("roots: [papers, notes], exclude: deep")
        #expect(both.moved == 1 && both.unchanged == 2 && both.removed == 0, "\(both)")
        try Self.expectRebuilt(roots, ["papers", "notes"]) { $0.exclude = ["deep"] }
        #expect(try run("roots: notes").textBytes == 0)
        // The folder of the pipeline has moved: its files are there.
        try roots.move("notes", "moved")
        let moved = try run("roots: moved")
        #expect(moved.textBytes == 0 && moved.removed == 0, "\(moved)")
        // Another corpus is more likely a slip, also one that has a file of the same path.
        try roots.folder.write("other/z.txt", "A zebra.")
        try roots.folder.write("other/a.txt", "A zebra that is not the one of the index, and longer.")
        #expect(throws: IndexingError.otherCorpus(index: roots.index, roots: [roots.folder.path("moved")])) {
            try run("roots: other")
        }
        #expect(try roots.paths() == ["a.txt", "b.md", "deep/c.txt"])
    }
}

extension Indexing {
    /// Whether a refresh finds nothing to do.
    fileprivate static func refreshesNothing(_ roots: RootsFolder) throws -> Bool {
        let report = try roots.refresh()
        return report.added + report.changed + report.moved + report.removed + report.duplicates + report.textBytes == 0
    }
}
