import Corpora
import Foundation
import Glibc
import TestSupport
import Testing

/// Rules that Git keeps outside the folder of a walk, and files whose content is elsewhere.
@Suite struct IgnoredFileTests {
    private func paths(_ root: String, ignoreFiles: Bool = true) throws -> [String] {
        try CorpusWalk(root: root, ignoreFiles: ignoreFiles).listing().files.map(\.path)
    }

    @Test func rulesAboveTheRootHoldUpToTheTopOfTheRepository() throws {
        let folder = try TemporaryFolder([
            ".gitignore": "*.txt\n", "repo/.git/HEAD": "ref: refs/heads/main\n",
            "repo/.gitignore": "*.log\n/docs/private/\n/private/\ndocs/*.bak\n",
            "repo/docs/.gitignore": "!kept.log\n/b.md\n",
            "repo/docs/a.txt": "1", "repo/docs/x.log": "2", "repo/docs/kept.log": "3", "repo/docs/b.md": "4",
            "repo/docs/private/p.md": "5", "repo/docs/in/private/q.md": "6", "repo/docs/in/b.md": "7",
            "repo/docs/c.bak": "8", "repo/docs/in/c.bak": "9",
        ])
        let expected = ["a.txt", "in/b.md", "in/c.bak", "in/private/q.md", "kept.log"]
        #expect(try paths(folder.path + "/repo/docs") == expected)
        #expect(try paths(folder.path + "/repo") == expected.map { "docs/" + $0 })
        // Of docs/in the rules of the folder and of the two above count.
        #expect(try paths(folder.path + "/repo/docs/in") == ["b.md", "c.bak", "private/q.md"])
        #expect(try paths(folder.path + "/repo/docs", ignoreFiles: false).count == 9)
        let leftOut = try CorpusWalk(root: folder.path + "/repo/docs").listing().leftOut
        #expect(leftOut.ignoreFiles == 4 && leftOut.hidden == 1 && leftOut.total == 5)
    }

    /// Editors of Windows begin a file with a byte order mark, and Git skips it.
    @Test(arguments: ["\u{FEFF}secret.txt\n", "\u{FEFF}secret.txt\r\n*.log\r\n"])
    func aByteOrderMarkIsNoPartOfTheFirstRule(_ rules: String) throws {
        let folder = try TemporaryFolder([".gitignore": rules, "secret.txt": "1", "open.txt": "2"])
        #expect(try paths(folder.path) == ["open.txt"])
    }

    @Test(arguments: [
        ("log[[:digit:]].txt", ["A].txt", "a.txt", "logx.txt"]), ("[[:upper:]]*", ["a.txt", "log1.txt", "logx.txt"]),
        ("log[^[:digit:]-].txt", ["A].txt", "a.txt", "log1.txt"]), ("log[x[:digit:]].txt", ["A].txt", "a.txt"]),
        ("[[:alpha:]][[:punct:]].txt", ["a.txt", "log1.txt", "logx.txt"]),
    ])
    func classesOfCharacters(_ rule: String, _ left: [String]) throws {
        let folder = try TemporaryFolder([".gitignore": rule, "log1.txt": "1", "logx.txt": "2", "a.txt": "3", "A].txt": "4"])
        #expect(try paths(folder.path) == left)
    }

    @Test func aFolderThatIsNamedIsReadThoughARuleAboveNamesIt() throws {
        let folder = try TemporaryFolder([".git/HEAD": "", ".gitignore": "out/\n", "out/a.txt": "1", "b.txt": "2"])
        #expect(try paths(folder.path + "/out") == ["a.txt"])
        #expect(try paths(folder.path) == ["b.txt"])
    }

    @Test func theExclusionsOfARepositoryCountLessThanItsIgnoreFiles() throws {
        let folder = try TemporaryFolder([
            ".git/info/exclude": "# mine\n*.log\n/d/e.txt\n", ".gitignore": "!kept.log\n", "a.log": "1", "kept.log": "2",
            "d/e.txt": "3", "d/f.txt": "4", "d/x.log": "5",
        ])
        #expect(try paths(folder.path) == ["d/f.txt", "kept.log"])
        #expect(try paths(folder.path + "/d") == ["f.txt"])
    }

    @Test func aWorkTreeUsesTheExclusionsOfItsRepository() throws {
        let folder = try TemporaryFolder([
            "main/.git/info/exclude": "*.log\n", "main/.git/worktrees/w/commondir": "../..\n", "w/a.log": "1",
            "w/b.txt": "2",
        ])
        try "gitdir: \(folder.path)/main/.git/worktrees/w\n".write(
            toFile: folder.path + "/w/.git", atomically: false, encoding: .utf8)
        #expect(try paths(folder.path + "/w") == ["b.txt"])
    }

    @Test func aRepositoryInsideAnotherHasRulesOfItsOwn() throws {
        let folder = try TemporaryFolder([
            ".git/HEAD": "", ".gitignore": "*.log\n", "inner/.git/info/exclude": "*.bak\n", "inner/a.log": "1",
            "inner/b.bak": "2", "c.bak": "3", "d.log": "4",
        ])
        #expect(try paths(folder.path) == ["c.bak", "inner/a.log"])
    }

    @Test func placeholdersOfCloudsAreNotTaken() throws {
        let folder = try TemporaryFolder([
            "a.txt": "1", ".b.txt.icloud": "bplist00", "d/.Report 2024.pdf.icloud": "bplist00", ".icloud": "no name",
        ])
        let target = "unsupported reparse tag 0x9000601a"
        try FileManager.default.createSymbolicLink(atPath: folder.path + "/c.docx", withDestinationPath: target)
        let listing = try CorpusWalk(root: folder.path).listing()
        #expect(listing.files.map(\.path) == ["a.txt"])
        let refusals = Dictionary(uniqueKeysWithValues: listing.skipped.map { ($0.path, $0.refusal) })
        #expect(
            refusals == [
                "b.txt": .notHere("iCloud"), "d/Report 2024.pdf": .notHere("iCloud"), "c.docx": .notHere("OneDrive"),
            ])
        #expect(listing.leftOut.hidden == 1)
    }

    @Test func aPointerOfGitLFSIsNoText() {
        let pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n"
        for path in ["a.txt", "a.pdf", "a.md"] {
            #expect(Readers.read(Array(pointer.utf8), path: path) == .refused(.notHere("Git LFS")))
        }
        let about = "version https://git-lfs.github.com/spec/v1 is how pointers start; oid sha256: follows.\n"
        guard case .document = Readers.read(Array(about.utf8), path: "a.txt") else {
            return #expect(Bool(false), "a text about pointers was refused")
        }
    }
}
