import Foundation
import Pipelines
import TestSupport
import Testing

/// Indexes whose roots and filters change, and indexes that are merged, on the command line.
@Suite struct GrowthTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder([
            "notes/a.txt": "The otter swims.\n", "notes/drafts/b.txt": "The owl flies.\n", "papers/c.txt": "A hare.\n",
        ])
    }

    private func index(_ root: String, to file: String, _ more: String...) throws {
        let outcome = try Command.run(list: ["index", folder.path(root), "--to", folder.path(file), "--quiet"] + more)
        guard outcome.status == 0 else { throw ChildProcess.Failure(message: outcome.errors) }
    }

    private func roots(_ file: String) throws -> JSONValue? {
        try Command.run("stats", folder.path(file), "--json").json(JSONValue.self)["roots"]
    }

    /// What the error of a second `index` says is done by the command that it names.
    @Test func theCommandOfTheRemedyDoesIt() throws {
        try index("notes", to: "x.r3")
        let second = ["index", folder.path("papers"), folder.path("notes"), "--to", folder.path("x.r3"), "--quiet"]
        let options = ["--exclude", "drafts", "--include", "*.txt", "--hidden", "--max-file-size", "20MB"]
        let refused = try Command.run(list: second + options)
        #expect(refused.status == 1)
        let remedy = try #require(refused.errors.firstMatch(of: #/'r3mem (refresh .*)' changes that/#)).output.1
        let flags = #"--include '*.txt' --exclude drafts --hidden --max-file-size 20000000"#
        #expect(remedy.hasSuffix(" --add \(folder.path("papers")) \(flags)"), "\(remedy)")
        let line = "exec \"$0\" \(remedy) --quiet"
        #expect(try Command.run(shell: line, Command.executable).status == 0)
        // The order of roots is not an option; the same roots in the order of the index go on.
        let third = ["index", folder.path("notes"), folder.path("papers"), "--to", folder.path("x.r3"), "--json", "--quiet"]
        let report = try Command.run(list: third + options).json(IndexReport.self)
        #expect(report.unchanged == 2 && report.added == 0, "\(report)")
    }

    @Test func aRefreshSaysWhatItChanges() throws {
        try index("notes", to: "x.r3")
        let outcome = try Command.run(
            "refresh", folder.path("x.r3"), "--add", folder.path("papers"), "--drop", folder.path("notes"))
        #expect(outcome.text.contains("1 added, 2 removed"), "\(outcome.text)\(outcome.errors)")
        #expect(try roots("x.r3") == .array([.string(folder.path("papers"))]))
        let gone = try Command.run("refresh", folder.path("x.r3"), "--drop", folder.path("papers"))
        #expect(gone.status == 1 && gone.errors.contains("x.r3: no root is left; keep one of its roots"), "\(gone.errors)")
    }

    @Test func indexesAreMerged() throws {
        try index("notes", to: "notes.r3")
        try index("papers", to: "papers.r3")
        let merge = ["merge", folder.path("notes.r3"), folder.path("papers.r3"), "--to"]
        let outcome = try Command.run(list: merge + [folder.path("deep/all.r3")])
        #expect(outcome.status == 0 && outcome.text.contains("all.r3: 3 documents of 2 indexes\n"), "\(outcome.errors)")
        #expect(try Command.run("show", folder.path("deep/all.r3"), "papers/c.txt").text == "A hare.\n")
        #expect(try Command.run("verify", folder.path("deep/all.r3"), "--quiet").status == 0)
        #expect(try Command.run("refresh", folder.path("deep/all.r3")).text.contains("3 unchanged"))
        let again = try Command.run(list: merge + [folder.path("deep/all.r3")])
        #expect(again.status == 1 && again.errors.hasSuffix("all.r3: exists already; refresh it, or remove it first\n"))
    }

    /// Each refusal is one line with the thing, the fact and the remedy.
    @Test func whatDoesNotGoTogetherIsTold() throws {
        try index("notes", to: "notes.r3")
        try index("papers", to: "papers.r3", "--exclude", "x")
        try index("notes/drafts", to: "drafts.r3")
        try index("papers", to: "shard.r3", "--shard", "1/2")
        try folder.write("no.r3", "This is no index.")
        for (others, words) in [
            (["papers.r3"], "made with other --exclude (x) than \(folder.path("notes.r3")); 'r3mem refresh"),
            (["drafts.r3"], "its root \(folder.path("notes/drafts")) lies in \(folder.path("notes")), a root of"),
            (["shard.r3"], "takes only shard 1/2 of its files; merge all shards of a corpus"),
            (["notes.r3"], "is given twice; name it once"), (["no.r3"], "not an r3 index"), (["absent.r3"], "no such file"),
        ] {
            let files = (["notes.r3"] + others).map { folder.path($0) }
            let outcome = try Command.run(list: ["merge"] + files + ["--to", folder.path("all.r3")])
            #expect(outcome.status == 1 && outcome.errors.contains(words), "\(outcome.errors)")
            #expect(outcome.errors.split(separator: "\n").count == 1 && outcome.errors.contains("; "), "\(outcome.errors)")
            #expect(!FileManager.default.fileExists(atPath: folder.path("all.r3")))
        }
    }

    @Test func aShardHasAFileOfItsOwn() throws {
        try index("notes", to: "1.r3", "--shard", "1/2")
        let other = try Command.run("index", folder.path("notes"), "--to", folder.path("1.r3"), "--shard", "2/2", "--quiet")
        #expect(
            other.status == 1
                && other.errors.hasSuffix("other --shard (1/2); each shard has an index file of its own: name another one\n"),
            "\(other.errors)")
        let statistics = try Command.run("stats", folder.path("1.r3"))
        #expect(statistics.text.contains("shard") && statistics.text.contains("1/2 of the files"), "\(statistics.text)")
    }
}
