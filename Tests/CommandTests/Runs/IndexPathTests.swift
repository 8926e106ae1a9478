import Corpora
import Foundation
import Pipelines
import Retrieval
import TestSupport
import Testing

/// Names of indexes and documents: through links, odd, relative, and with other options than before.
struct IndexPathTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test func anIndexIsReadAndWrittenThroughALink() throws {
        try folder.write("root/a.txt", "The first.\n")
        let real = folder.path("real.r3"), link = folder.path("link.r3")
        #expect(try Command.run("index", folder.path("root"), "--to", real, "--quiet").status == 0)
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "real.r3")
        try folder.write("root/b.txt", "The second.\n")
        #expect(try Command.run("refresh", link, "--json", "--quiet").json(IndexReport.self).added == 1)
        for index in [real, link] { #expect(try Command.run("show", index, "b.txt").text == "The second.\n") }
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == "real.r3")
        let size = try Data(contentsOf: URL(fileURLWithPath: real)).count
        #expect(try Command.run("compact", link, "--json", "--quiet").text.contains("\(size)"))
        // The system follows a link before "..".
        try folder.write("far/deep/c.txt", "The third.\n")
        try FileManager.default.createSymbolicLink(atPath: folder.path("way"), withDestinationPath: "far/deep")
        #expect(try Command.run("index", folder.path("far"), "--to", folder.path("way/../z.r3"), "--quiet").status == 0)
        #expect(
            FileManager.default.fileExists(atPath: folder.path("far/z.r3"))
                && !FileManager.default.fileExists(atPath: folder.path("z.r3")))
        #expect(try Command.run("show", folder.path("way/../z.r3"), "c.txt").text == "The third.\n")
    }

    /// SQLite itself would read these names as something else than a file.
    @Test(arguments: [":memory:", "file:x.r3?mode=ro"])
    func anOddNameIsAName(name: String) throws {
        try folder.write("root/a.txt", "The first.\n")
        let line = "cd \"$1\" && \"$0\" index root --to \"$2\" --quiet && \"$0\" show \"$2\" a.txt"
        let outcome = try Command.run(shell: line, Command.executable, folder.url.path, name)
        #expect(outcome.text == "The first.\n", "\(outcome.errors)")
        #expect(FileManager.default.fileExists(atPath: folder.path(name)))
    }

    /// Endings that drafts of an index once had.
    @Test(arguments: ["-new", "-repair"]) func anIndexOutlivesOneWhoseNameItContinues(end: String) throws {
        try folder.write("root/a.txt", "The first.\n")
        let longer = folder.path("x.r3" + end), shorter = folder.path("x.r3")
        for path in [longer, shorter] {
            #expect(try Command.run("index", folder.path("root"), "--to", path, "--quiet").status == 0)
        }
        #expect(try Command.run("verify", shorter, "--repair", "--quiet").status == 0)
        for path in [longer, shorter] { #expect(try Command.run("show", path, "a.txt").text == "The first.\n") }
    }

    @Test func otherOptionsForAnIndexAreNamed() throws {
        try folder.write("root/a.txt", "The first.\n")
        try folder.write("root/sub/b.txt", "The second.\n")
        let first = ["index", folder.path("root"), "--to", folder.path("x.r3"), "--quiet"]
        #expect(try Command.run(list: first + ["--exclude", "./sub", "--json"]).json(IndexReport.self).added == 1)
        let second = try Command.run(list: first)
        let third = try Command.run(list: first + ["--exclude", "./sub", "--include", "*.txt"])
        #expect(third.status == 1 && third.errors.contains("was made with other --include (none); "), "\(third.errors)")
        #expect(second.status == 1 && second.errors.contains("was made with other --exclude (./sub); "), "\(second.errors)")
    }

    @Test func aDocumentIsShownByThePathOfItsFile() throws {
        try folder.write("one/a.txt", "From one.\n")
        try folder.write("two/a.txt", "From two.\n")
        let single = folder.path("single.r3"), both = folder.path("both.r3")
        #expect(try Command.run("index", folder.path("one"), "--to", single, "--quiet").status == 0)
        #expect(try Command.run("index", folder.path("one"), folder.path("two"), "--to", both, "--quiet").status == 0)
        #expect(try Command.run("show", single, folder.path("one/a.txt")).text == "From one.\n")
        #expect(try Command.run("show", both, folder.path("two/a.txt")).text == "From two.\n")
        let relative = try Command.run(
            shell: "cd \"$2\" && \"$0\" show \"$1\" ./one/../two/a.txt", Command.executable, both, folder.url.path)
        #expect(relative.text == "From two.\n")
        #expect(try Command.run("show", single, folder.path("two/a.txt")).status == 1)
        try FileManager.default.createSymbolicLink(atPath: folder.path("link"), withDestinationPath: "one")
        #expect(try Command.run("show", both, folder.path("link/a.txt")).text == "From one.\n")
    }

    @Test func exportDoesNotWriteThroughALink() throws {
        let notes = try Notes.shared.get()
        try folder.write("elsewhere/keep.txt", "keep")
        try FileManager.default.createDirectory(atPath: folder.path("out"), withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(atPath: folder.path("out/keys"), withDestinationPath: "../elsewhere")
        let outcome = try Command.run("export", notes.index, "--to", folder.path("out"), "--overwrite", "--json", "--quiet")
        #expect(outcome.status == 1)
        #expect(try outcome.json(ExportReport.self).failed.map(\.path) == ["keys/cellar.md"])
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path("elsewhere")) == ["keep.txt"])
    }
}
