import Corpora
import Foundation
import Glibc
import TestSupport
import Testing

@Suite struct CorpusWalkTests {
    private func paths(
        _ folder: TemporaryFolder, include: [String] = [], exclude: [String] = [], hidden: Bool = false
    ) throws -> [String] {
        try CorpusWalk(root: folder.path, include: include, exclude: exclude, hidden: hidden).listing().files.map(\.path)
    }

    @Test func filesComeInTheByteOrderOfTheirPaths() throws {
        let folder = try TemporaryFolder(["b.txt": "1", "a/z.txt": "2", "a.txt": "3", "é.txt": "4", "B.txt": "5"])
        #expect(try paths(folder) == ["B.txt", "a.txt", "a/z.txt", "b.txt", "é.txt"])
    }

    @Test func aFileHasItsSizeTimeAndPlace() throws {
        let folder = try TemporaryFolder(["a/b.txt": "12345"])
        let file = try #require(try CorpusWalk(root: folder.path).listing().files.first)
        #expect(file.size == 5)
        #expect(file.absolutePath == folder.path + "/a/b.txt")
        var status = stat()
        #expect(stat(file.absolutePath, &status) == 0)
        #expect(file.modified == Int64(status.st_mtim.tv_sec) * 1_000_000_000 + Int64(status.st_mtim.tv_nsec))
    }

    @Test func aFileMayBeTheRoot() throws {
        let folder = try TemporaryFolder(["a/b.txt": "12345"])
        let listing = try CorpusWalk(root: folder.path + "/a/b.txt").listing()
        #expect(listing.files.map(\.path) == ["b.txt"])
        #expect(listing.root == folder.path + "/a")
    }

    @Test func hiddenFilesAreListedOnlyWhenAskedForAndGitsDataNever() throws {
        let folder = try TemporaryFolder([".notes": "1", ".git/config": "2", "a.txt": "3", ".d/e.txt": "4"])
        #expect(try paths(folder) == ["a.txt"])
        #expect(try paths(folder, hidden: true) == [".d/e.txt", ".notes", "a.txt"])
    }

    @Test func whatIsLeftOutIsCounted() throws {
        let folder = try TemporaryFolder([
            ".notes": "1", "a.txt": "3", "x.log": "4", "node/x/y": "", ".gitignore": "node/\n",
        ])
        let listing = try CorpusWalk(root: folder.path, exclude: ["*.log"]).listing()
        #expect(listing.files.map(\.path) == ["a.txt"] && listing.skipped.isEmpty)
        var expected = LeftOut()
        // .gitignore and .notes; the folder node; x.log.
        (expected.hidden, expected.ignoreFiles, expected.exclude) = (2, 1, 1)
        #expect(listing.leftOut == expected)
        let selected = try CorpusWalk(root: folder.path, include: ["a.txt"], ignoreFiles: false).listing()
        (expected.ignoreFiles, expected.exclude, expected.include) = (0, 0, 2)
        #expect(selected.leftOut == expected)
    }

    @Test(arguments: [
        ("*.log", ["a.txt", "d/c.txt"]),
        ("/a.log\n", ["a.txt", "d/b.log", "d/c.txt"]),
        ("d/", ["a.log", "a.txt"]),
        ("d", ["a.log", "a.txt"]),
        ("a.txt/", ["a.log", "a.txt", "d/b.log", "d/c.txt"]),
        ("**/b.log", ["a.log", "a.txt", "d/c.txt"]),
        ("d/**", ["a.log", "a.txt"]),
        ("*.log\n!b.log", ["a.txt", "d/b.log", "d/c.txt"]),
        ("d/\n!d/b.log", ["a.log", "a.txt"]),
        ("# a.txt\n\\#x\n", ["a.log", "a.txt", "d/b.log", "d/c.txt"]),
        ("?.txt  \r\n", ["a.log", "d/b.log"]),
        ("[!a].*", ["a.log", "a.txt"]),
        ("[", ["a.log", "a.txt", "d/b.log", "d/c.txt"]),
        ("d/*.txt", ["a.log", "a.txt", "d/b.log"]),
        ("/*.txt", ["a.log", "d/b.log", "d/c.txt"]),
    ])
    func gitignorePatterns(_ rules: String, _ left: [String]) throws {
        let folder = try TemporaryFolder([
            "a.txt": "1", "a.log": "2", "d/b.log": "3", "d/c.txt": "4", ".gitignore": rules,
        ])
        #expect(try paths(folder) == left)
    }

    @Test func aDeeperGitignoreOverrulesAHigherOne() throws {
        let folder = try TemporaryFolder([
            ".gitignore": "*.log\n", "d/.gitignore": "!keep.log\n/only.txt\n", "d/keep.log": "1", "d/drop.log": "2",
            "d/only.txt": "3", "d/e/only.txt": "4",
        ])
        #expect(try paths(folder) == ["d/e/only.txt", "d/keep.log"])
    }

    @Test func includeSelectsByNameOrByFolder() throws {
        let folder = try TemporaryFolder([
            "a.md": "1", "b.txt": "2", "docs/c.txt": "3", "docs/d/e.bin": "4", "x/f.md": "5",
        ])
        #expect(try paths(folder, include: ["*.md"]) == ["a.md", "x/f.md"])
        #expect(try paths(folder, include: ["docs/"]) == ["docs/c.txt", "docs/d/e.bin"])
        #expect(
            try paths(folder, include: ["*.md", "docs/**"], exclude: ["x"]) == ["a.md", "docs/c.txt", "docs/d/e.bin"])
    }

    @Test func aPatternOfManyStarsTakesNoTime() throws {
        let folder = try TemporaryFolder([String(repeating: "a", count: 200): "1"])
        let pattern = String(repeating: "*a", count: 60) + "b"
        #expect(try paths(folder, exclude: [pattern]).count == 1)
    }

    @Test func aPatternTakesBackWhatOnesBeforeItMatch() throws {
        let folder = try TemporaryFolder([
            "a.txt": "1", "b.txt": "2", "c.md": "3", "d/e.txt": "4", "d/f.md": "5", "!.txt": "6",
        ])
        #expect(try paths(folder, exclude: ["*.txt", "!a.txt"]) == ["a.txt", "c.md", "d/f.md"])
        // As in Git, not below a folder that is left out.
        #expect(try paths(folder, exclude: ["d", "!d/e.txt"]) == ["!.txt", "a.txt", "b.txt", "c.md"])
        #expect(try paths(folder, include: ["*.txt", "!b.txt"]) == ["!.txt", "a.txt", "d/e.txt"])
        #expect(try paths(folder, include: ["d", "!d/e.txt", "c.md"]) == ["c.md", "d/f.md"])
        #expect(try paths(folder, exclude: ["\\!.txt"]).first == "a.txt")
    }

    @Test(arguments: [
        ("!a", CorporaError.PatternFault.takesNothingBack), ("[a", CorporaError.PatternFault.openBracket),
        ("a\\", .endsInBackslash), ("", .empty),
    ])
    func aMalformedPatternIsRefused(_ pattern: String, _ fault: CorporaError.PatternFault) {
        let error = #expect(throws: CorporaError.self) { try CorpusWalk(root: "/", exclude: [pattern]) }
        #expect(error == CorporaError(.badPattern(fault), subject: pattern))
    }

    @Test func linksAreReportedAndNotFollowed() throws {
        let outside = try TemporaryFolder(["secret.txt": "secret"])
        let folder = try TemporaryFolder(["a.txt": "1", "d/b.txt": "2"])
        let manager = FileManager.default
        try manager.createSymbolicLink(atPath: folder.path + "/out", withDestinationPath: outside.path)
        try manager.createSymbolicLink(atPath: folder.path + "/file", withDestinationPath: outside.path + "/secret.txt")
        try manager.createSymbolicLink(atPath: folder.path + "/in", withDestinationPath: "d/b.txt")
        try manager.createSymbolicLink(atPath: folder.path + "/d/loop", withDestinationPath: "..")
        try manager.createSymbolicLink(atPath: folder.path + "/broken", withDestinationPath: "nowhere")
        let listing = try CorpusWalk(root: folder.path).listing()
        #expect(listing.files.map(\.path) == ["a.txt", "d/b.txt"])
        let refusals = Dictionary(uniqueKeysWithValues: listing.skipped.map { ($0.path, $0.refusal) })
        #expect(
            refusals == [
                "out": .linkOutside(outside.path), "file": .linkOutside(outside.path + "/secret.txt"),
                "in": .linkInside("d/b.txt"), "d/loop": .linkToRoot, "broken": .linkBroken(.noSuchFileOrDirectory),
            ])
    }

    @Test func linksToWhatRulesLeaveOutSayThat() throws {
        let folder = try TemporaryFolder([
            "a.txt": "1", ".store/n.txt": "2", "big/x.md": "3", "out/r.md": "4", ".gitignore": "out/\n", "kept/k.txt": "5",
        ])
        let links = [
            "n.txt": ".store/n.txt", "store": ".store", "x.md": "big/x.md", "r.md": "out/r.md", "k.txt": "kept/k.txt",
            "again": "k.txt",
        ]
        for (link, target) in links {
            try FileManager.default.createSymbolicLink(atPath: folder.path + "/" + link, withDestinationPath: target)
        }
        let listing = try CorpusWalk(root: folder.path, exclude: ["big"]).listing()
        #expect(
            Dictionary(uniqueKeysWithValues: listing.skipped.map { ($0.path, $0.refusal) }) == [
                "n.txt": .linkToLeftOut(".store/n.txt"), "store": .linkToLeftOut(".store"),
                "x.md": .linkToLeftOut("big/x.md"), "r.md": .linkToLeftOut("out/r.md"), "k.txt": .linkInside("kept/k.txt"),
                "again": .linkInside("kept/k.txt"),
            ])
    }

    @Test func pipesAndSocketsAreReported() throws {
        let folder = try TemporaryFolder(["a.txt": "1"])
        #expect(mkfifo(folder.path + "/pipe", 0o600) == 0)
        #expect(mknod(folder.path + "/socket", S_IFSOCK | 0o600, 0) == 0)
        let listing = try CorpusWalk(root: folder.path).listing()
        #expect(listing.skipped.map(\.refusal) == [.namedPipe, .socket])
    }

    @Test func aNameThatIsNotUTF8IsReportedAndANewlineIsNot() throws {
        let folder = try TemporaryFolder(["a\nb.txt": "1"])
        let name = Array(folder.path.utf8CString.dropLast()) + [47, CChar(bitPattern: 0xFF), 0]
        let descriptor = open(name, O_CREAT | O_WRONLY, 0o600)
        #expect(descriptor >= 0)
        close(descriptor)
        let listing = try CorpusWalk(root: folder.path).listing()
        #expect(listing.files.map(\.path) == ["a\nb.txt"])
        #expect(listing.skipped == [CorpusWalk.Entry(path: "\\xff", refusal: .nameNotUTF8)])
    }

    @Test func rootsThatCannotBeReadAreDistinctErrors() throws {
        let folder = try TemporaryFolder(["full/.hidden": "1"])
        try FileManager.default.createDirectory(atPath: folder.path + "/empty", withIntermediateDirectories: true)
        func code(_ root: String) -> CorporaError.Code? {
            do { _ = try CorpusWalk(root: root).listing() } catch { return error.code }
            return nil
        }
        #expect(code(folder.path + "/none") == .rootMissing)
        #expect(code(folder.path + "/empty") == .rootEmpty)
        var hiddenOne = LeftOut()
        hiddenOne.hidden = 1
        #expect(code(folder.path + "/full") == .nothingSelected(hiddenOne, skipped: 0))
        #expect(code("/dev/null") == .rootUnsupported)
    }

    @Test(.enabled(if: geteuid() != 0, "root reads everything"))
    func anUnreadableFolderIsReported() throws {
        let folder = try TemporaryFolder(["a.txt": "1", "d/b.txt": "2"])
        chmod(folder.path + "/d", 0)
        defer { chmod(folder.path + "/d", 0o700) }
        let listing = try CorpusWalk(root: folder.path).listing()
        #expect(listing.skipped.map(\.refusal) == [.folderUnreadable(.permissionDenied)])
    }
}
