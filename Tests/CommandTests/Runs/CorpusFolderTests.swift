import Corpora
import Foundation
import Pipelines
import Retrieval
import TestSupport
import Testing

/// Roots and folders of every kind: with links, filters and ignore files, of one name, missing, or unreadable.
struct CorpusFolderTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test func linksOutOfTheRootAreListedAndNotFollowed() throws {
        try folder.write("secret/password.txt", "The password is swordfish.\n")
        try folder.write("root/a.txt", "A plain note about hedgehogs.\n")
        try FileManager.default.createSymbolicLink(
            atPath: folder.path("root/out.txt"), withDestinationPath: "../secret/password.txt")
        try FileManager.default.createSymbolicLink(atPath: folder.path("root/loop"), withDestinationPath: ".")
        try FileManager.default.createSymbolicLink(atPath: folder.path("root/broken"), withDestinationPath: "nowhere")
        let report = try Command.run("index", folder.path("root"), "--to", folder.path("x.r3"), "--json", "--quiet").json(
            IndexReport.self)
        #expect(report.added == 1 && report.skipped.map(\.path).sorted() == ["broken", "loop", "out.txt"])
        #expect(try Command.run("show", folder.path("x.r3"), "out.txt").status == 1)
        #expect(!(try Command.run("search", folder.path("x.r3"), "swordfish").text.contains("swordfish is")))
    }

    /// The files that the .gitignore leaves out are not known then.
    @Test func nothingIsTakenFromAFolderWhoseGitignoreCannotBeRead() throws {
        let root = folder.path("root"), index = folder.path("x.r3")
        for name in ["a.txt", "private/key.txt", "private/open.txt"] {
            try folder.write("root/\(name)", "What \(name) holds.\n")
        }
        try folder.write("root/private/.gitignore", "key.txt\n")
        func report(_ command: String..., isShut: Bool) throws -> IndexReport {
            let environment =
                isShut ? try Fault.environment(.noAccess, path: root + "/private/.gitignore", log: folder.path("log")) : [:]
            return try Command.run(list: command + ["--json", "--quiet"], environment: environment).json(IndexReport.self)
        }
        let first = try report("index", root, "--to", index, isShut: true)
        #expect(first.added == 1 && first.skipped.map(\.path) == ["private"], "\(first)")
        #expect(first.skipped.first?.refusal == .ignoreFileUnreadable(.permissionDenied))
        #expect(try report("refresh", index, isShut: false).added == 1)
        #expect(try report("refresh", index, isShut: true).kept == 1)
        #expect(try Command.run("show", index, "key.txt").status == 1)
    }

    /// Roots of the same name get distinct names in the index.
    @Test func noTwoRootsShareAName() throws {
        let roots = ["x/a", "y/a", "z/a-2", "v/a"]
        for root in roots { try folder.write("\(root)/f.txt", "From \(root).\n") }
        let index = folder.path("x.r3")
        #expect(try Command.run(list: ["index", "--to", index, "--quiet"] + roots.map { folder.path($0) }).status == 0)
        for (root, label) in zip(roots, ["a", "a-3", "a-2", "a-4"]) {
            #expect(try Command.run("show", index, "\(label)/f.txt").text == "From \(root).\n")
            #expect(try Command.run("show", index, folder.path("\(root)/f.txt")).text == "From \(root).\n")
        }
        #expect(try Command.run("refresh", index, "--json", "--quiet").json(IndexReport.self).unchanged == 4)
    }

    /// The documents of a missing root stay until --allow-empty gives them up; the other roots are followed.
    @Test func oneRootOfSeveralMayBeMissing() throws {
        for name in ["one/a.txt", "two/b.txt"] { try folder.write(name, "What \(name) holds.\n") }
        let index = folder.path("x.r3")
        #expect(try Command.run("index", folder.path("one"), folder.path("two"), "--to", index, "--quiet").status == 0)
        try folder.remove("two")
        try folder.write("one/c.txt", "New.\n")
        let report = try Command.run("refresh", index, "--json", "--quiet").json(IndexReport.self)
        #expect(
            report.added == 1 && report.kept == 1 && report.removed == 0 && report.skipped.map(\.path) == ["two"],
            "\(report)")
        #expect(try Command.run("show", index, "b.txt").text == "What two/b.txt holds.\n")
        let given = try Command.run("refresh", index, "--json", "--quiet", "--allow-empty").json(IndexReport.self)
        #expect(given.removed == 1 && given.kept == 0, "\(given)")
        try folder.remove("one")
        #expect(try Command.run("refresh", index, "--quiet", "--allow-empty").status == 1)
        #expect(
            try Command.run("index", folder.path("one"), folder.path("two"), "--to", folder.path("y.r3"), "--quiet").status
                == 1)
    }

    /// A file that cannot be seen is not a deleted file.
    @Test func whatCannotBeReadForAWhileStaysInTheIndex() throws {
        let root = folder.path("root"), index = folder.path("x.r3")
        for name in ["a.txt", "shut/b.txt", "shut/deep/c.txt", "x.txt"] {
            try folder.write("root/\(name)", "What \(name) holds.\n")
        }
        func refresh(_ options: String..., without place: String? = nil) throws -> IndexReport {
            let environment =
                try place.map { try Fault.environment(.noAccess, path: root + $0, log: folder.path("log")) } ?? [:]
            let outcome = try Command.run(list: ["refresh", index, "--json", "--quiet"] + options, environment: environment)
            #expect(outcome.status == 0, "\(outcome.errors)")
            return try outcome.json(IndexReport.self)
        }
        func text(_ name: String) throws -> String { try Command.run("show", index, name).text }
        #expect(try Command.run("index", root, "--to", index, "--quiet").status == 0)
        try folder.write("root/x.txt", "Something longer that is new in x.txt.\n")

        let shut = try refresh(without: "/shut")
        #expect(shut.kept == 2 && shut.removed == 0 && shut.skipped.map(\.path) == ["shut"] && shut.changed == 1, "\(shut)")
        #expect(shut.skipped.first?.refusal == .folderUnreadable(.permissionDenied))
        #expect(try text("shut/deep/c.txt") == "What shut/deep/c.txt holds.\n")

        try folder.write("root/x.txt", "New again.\n")
        let file = try refresh(without: "/x.txt")
        #expect(
            file.kept == 1 && file.removed == 0 && file.failed.map(\.path) == ["x.txt"] && file.skipped.isEmpty, "\(file)")
        #expect(try text("x.txt") == "Something longer that is new in x.txt.\n")

        let open = try refresh()
        #expect(
            open.kept == 0 && open.removed == 0 && open.changed == 1 && open.failed.isEmpty && open.skipped.isEmpty,
            "\(open)")
        #expect(try text("x.txt") == "New again.\n")
        #expect(try Command.run("export", index, "--to", folder.path("refreshed"), "--quiet").status == 0)
        #expect(try Command.run(shell: "diff -r \"$0\" \"$1\"", root, folder.path("refreshed")).status == 0)

        // The unreadable files are the only ones left; they are not deleted.
        for name in ["a.txt", "x.txt"] { try folder.remove("root/\(name)") }
        let shutPlace = try Fault.environment(.noAccess, path: root + "/shut", log: folder.path("log"))
        let guarded = try Command.run("refresh", index, "--quiet", environment: shutPlace)
        #expect(guarded.status == 1 && guarded.errors.contains("--allow-empty"), "\(guarded.errors)")
        #expect(try text("a.txt") == "What a.txt holds.\n")
        let alone = try refresh("--allow-empty", without: "/shut")
        #expect(alone.kept == 2 && alone.removed == 2, "\(alone)")
        #expect(try refresh(without: "/shut").kept == 2)
        let first = try Command.run("index", root, "--to", folder.path("new.r3"), "--quiet", environment: shutPlace)
        #expect(
            first.status == 1 && first.errors.contains("shut: the folder cannot be read (permission denied)"),
            "\(first.errors)")

        try folder.write("root/a.txt", "Not empty.\n")
        try folder.remove("root/shut")
        #expect(try refresh().removed == 2)
        #expect(try Command.run("show", index, "shut/b.txt").status == 1)
    }

    @Test func filtersAndIgnoreFilesAreHonoured() throws {
        for name in ["keep.md", "drop.txt", "ignored.md", ".hidden.md", "big.md"] {
            try folder.write("root/\(name)", "A text in \(name).\n")
        }
        try folder.write("root/big.md", String(repeating: "A long text. ", count: 500))
        try folder.write("root/.gitignore", "ignored.md\n")
        let arguments = ["--include", "*.md", "--max-file-size", "2kB", "--dry-run", "--json"]
        let estimate = try Command.run(list: ["index", folder.path("root"), "--to", folder.path("x.r3")] + arguments).json(
            IndexEstimate.self)
        // The size of a file is looked at when it is read: big.md counts as one to read.
        #expect(estimate.files == 2 && estimate.bytes == "A text in keep.md.\n".utf8.count + 6500, "\(estimate)")
        #expect(!FileManager.default.fileExists(atPath: folder.path("x.r3")))
        let report = try Command.run(
            list: [
                "index", folder.path("root"), "--to", folder.path("x.r3"), "--include", "*.md", "--max-file-size", "2kB",
                "--json", "--quiet",
            ]
        ).json(IndexReport.self)
        #expect(report.added == 1 && report.failed.isEmpty && report.skipped.map(\.path) == ["big.md"])
        #expect(report.skipped.first?.refusal == .tooLarge(size: 6500, limit: 2000))
        #expect(try Command.run("show", folder.path("x.r3"), "keep.md").text == "A text in keep.md.\n")
        for name in ["drop.txt", "ignored.md", ".hidden.md", "big.md"] {
            #expect(try Command.run("show", folder.path("x.r3"), name).status == 1, "\(name)")
        }
    }
}
