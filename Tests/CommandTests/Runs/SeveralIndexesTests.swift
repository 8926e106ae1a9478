import Foundation
import Retrieval
import TestSupport
import Testing

/// Several index files on one command line.
struct SeveralIndexesTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try folder.write("one/ferry.txt", "The ferry to Skagen leaves at seven in the morning.\n")
        try folder.write("two/tower.txt", "The keeper of the tower oils the bell of the ferry landing in May.\n")
        try folder.write("two/deep/copy.txt", "The ferry to Skagen leaves at seven in the morning.\n")
        for (root, name) in [("one", "one.r3"), ("two", "minutes of May")] {
            let outcome = try Command.run("index", folder.path(root), "--to", folder.path(name), "--quiet")
            guard outcome.status == 0 else { throw ChildProcess.Failure(message: outcome.errors) }
        }
    }

    private struct Found: Decodable {
        let query: String
        let results: [SearchResult]
    }

    private func search(_ arguments: String...) throws -> Found {
        let outcome = try Command.run(list: ["search", "--json", folder.path("one.r3")] + arguments)
        guard outcome.status == 0 else { throw ChildProcess.Failure(message: outcome.errors) }
        return try outcome.json()
    }

    /// The name of an index does not matter: its first bytes tell it.
    @Test func anIndexOfAnyNameIsAFurtherFile() throws {
        let other = folder.path("minutes of May")
        let found = try search(other, "ferry")
        #expect(found.query == "ferry")
        let paths = Set(found.results.flatMap { [$0.citation.path] + $0.citation.alsoAt })
        #expect(paths == ["one/ferry.txt", "minutes of May/tower.txt", "minutes of May/deep/copy.txt"])
        // A word that names another file is a word, and so is what stands behind "--".
        let bell = try folder.write("bell", "no index\n").path
        #expect(try search(bell, "ferry").query == bell + " ferry")
        #expect(try search("--", other, "ferry").query == other + " ferry")
    }

    @Test func anIndexAloneIsNoQuery() throws {
        for command in ["search", "ask"] {
            let outcome = try Command.run(command, folder.path("one.r3"), folder.path("minutes of May"))
            #expect(outcome.status == 64 && outcome.errors.contains("is an index file; name a "), "\(outcome.errors)")
        }
    }

    /// A text that several of them hold is cited with the places in all of them.
    @Test func oneTextIsFoundAtAllItsPlaces() throws {
        let results = try search(folder.path("minutes of May"), "Skagen").results
        let places = results.map { [$0.citation.path] + $0.citation.alsoAt }
        #expect(places.first == ["one/ferry.txt", "minutes of May/deep/copy.txt"], "\(places)")
        #expect(results.first { $0.citation.path.hasSuffix("tower.txt") }?.citation.alsoAt == [])
    }

    @Test func aFileThatIsNamedTwiceIsThereOnce() throws {
        try FileManager.default.createSymbolicLink(atPath: folder.path("link.r3"), withDestinationPath: "one.r3")
        for other in ["one.r3", "link.r3"] {
            let found = try search(folder.path(other), "ferry")
            #expect(found.query == "ferry" && found.results.map(\.citation.path) == ["ferry.txt"])
        }
    }

    /// A path of several indexes, which begins with the name of one, opens the document in that one.
    @Test func aPathOfSeveralIndexesOpensItsDocument() throws {
        let index = folder.path("one.r3")
        let text = "The ferry to Skagen leaves at seven in the morning.\n"
        #expect(try Command.run("show", index, "one/ferry.txt").text == text)
        #expect(try Command.run("show", folder.path("minutes of May"), "minutes of May/deep/copy.txt").text == text)
        #expect(try Command.run("show", index, "two/ferry.txt").status == 1)
        #expect(try Command.run("show", index, "one/absent.txt").status == 1)
    }
}
