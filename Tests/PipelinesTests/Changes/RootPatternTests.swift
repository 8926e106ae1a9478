import Foundation
import Pipelines
import TestSupport
import Testing

/// Globs name places as people do: relative to a root, by the absolute path, or by the path that results show.
@Suite struct RootPatternTests {
    private static let files = [
        "notes/private/a.txt": "A hare sleeps in the barn.", "notes/b.txt": "A heron waits at the weir.",
        "papers/private/c.txt": "The otter is a mammal.", "papers/d.txt": "The owl flies over the barn.",
    ]

    private func paths(_ roots: RootsFolder, _ names: [String], exclude: [String], include: [String] = []) throws -> [String]
    {
        let name = "\(UUID().uuidString).r3"
        try roots.make(names, to: name) { ($0.exclude, $0.include) = (exclude, include) }
        return try roots.paths(name)
    }

    @Test func aGlobMayNameItsRoot() throws {
        let roots = try RootsFolder(Self.files)
        let all = ["notes/b.txt", "notes/private/a.txt", "papers/d.txt", "papers/private/c.txt"]
        let here = roots.folder.path
        let both = ["notes", "papers"]
        for glob in ["notes/private", "\(here)/notes/private", "\(here)/notes/private/", "notes/private/*.txt"] {
            #expect(try paths(roots, both, exclude: [glob]) == all.filter { $0 != "notes/private/a.txt" }, "\(glob)")
        }
        #expect(try paths(roots, both, exclude: ["private"]) == ["notes/b.txt", "papers/d.txt"])
        #expect(try paths(roots, both, exclude: ["private", "!\(here)/notes/private"]) == all.filter { $0 != all[3] })
        #expect(try paths(roots, both, exclude: [], include: ["\(here)/papers/**"]) == Array(all[2...]))
        #expect(try paths(roots, ["notes"], exclude: ["\(here)/notes/private"]) == ["b.txt"])
        // A root that is named as the start of another one's path is another root.
        #expect(try paths(roots, ["notes"], exclude: ["\(here)/note/private"]) == ["b.txt", "private/a.txt"])
    }

    @Test func globsThatMatchNothingAreTold() throws {
        let roots = try RootsFolder(Self.files)
        let idle = ["../x", "/elsewhere/private", "absent", "notes/private"]
        let globs = idle + ["private", "!private/a.txt", "*.log"]
        let report = try roots.make(["notes"]) { ($0.exclude, $0.include) = (globs, ["*.txt", "*.rst"]) }
        #expect(report.idleGlobs.filter { $0.option == "exclude" }.map(\.glob) == idle + ["*.log"])
        #expect(report.idleGlobs.filter { $0.option == "include" }.map(\.glob) == ["*.rst"])
        // What was given before is not told again.
        #expect(try roots.refresh().idleGlobs == [])
        #expect(try roots.refresh { $0.exclude = ["deep"] }.idleGlobs.map(\.glob) == ["deep"])
        let both = try roots.make(["notes", "papers"], to: "both.r3") { $0.exclude = ["d.txt", "notes/private", "x"] }
        #expect(both.idleGlobs.map(\.glob) == ["x"])
        let estimate = try roots.indexing(["notes"]) { $0.exclude = ["x", "private"] }.estimate(
            to: roots.folder.path("new.r3"))
        #expect(estimate.idleGlobs.map(\.glob) == ["x"])
    }

    /// An absolute glob follows its root.
    @Test func aMovedRootKeepsItsGlobs() throws {
        let roots = try RootsFolder(Self.files)
        try roots.make(["notes"]) { $0.exclude = [roots.folder.path("notes/private"), "*.log"] }
        try roots.move("notes", "moved/notes")
        try roots.refresh(["\(roots.folder.path("notes"))=\(roots.folder.path("moved/notes"))"])
        #expect(try roots.paths() == ["b.txt"])
        #expect(try roots.options().exclude == [roots.folder.path("moved/notes/private"), "*.log"])
    }
}
