import Foundation
import Retrieval
import Testing

/// Several indexes that are asked as one.
struct JoinedIndexTests {
    private static let texts = [
        "gate.md": "# Gates\n\nThe north gate opens at six in the morning. The key hangs in the kitchen.\n",
        "bell.md": "# Bell\n\nThe bell of the tower rings at noon. The sexton oils the bell in May.\n",
        "boats.txt": "Boats leave the harbour at high water. The ferry takes forty persons and no horses.\n",
        "rules.txt": "Whoever loses the key of a gate pays nine crowns. Dogs wait outside the gate.\n",
        "sheds.md": "# Sheds\n\nThe sheds are dry. Rope and tar are kept in the second shed.\n",
    ]

    private static func corpus(_ names: some Sequence<String>) throws -> TestCorpus {
        let corpus = try TestCorpus()
        for name in names { try corpus.write(name, texts[name]!) }
        try corpus.makeIndex()
        return corpus
    }

    /// The law: two indexes asked as one rank as one index of all their files, where no two files are equal.
    @Test func ranksAsOneIndexOfAllFiles() throws {
        let names = Self.texts.keys.sorted()
        let (one, other) = (try Self.corpus(names.prefix(2)), try Self.corpus(names.dropFirst(2)))
        let whole = try Self.corpus(names)
        let joined = try OpenIndex(paths: [one.index, other.index], model: TestCorpus.model)
        let single = try OpenIndex(path: whole.index, model: TestCorpus.model)
        #expect(joined.snapshot.passageCount == single.snapshot.passageCount)
        for query in ["key of the gate", "bell", "Where is rope kept?", "horses ferry", "When does the north gate open?"] {
            let found = try joined.search(query)
            let expected = try single.search(query)
            #expect(found.map(\.text) == expected.map(\.text), "\(query)")
            for result in expected {
                let same = try #require(found.first { $0.text == result.text })
                #expect(abs(same.score - result.score) < 1e-6, "\(query): \(result.text)")
            }
        }
        let answer = try joined.ask("When does the north gate open?")
        #expect(answer.isFound && answer.sentences[0].text.contains("six"))
    }

    @Test func pathsBeginWithTheNamesOfTheFiles() throws {
        let (one, other) = (try Self.corpus(["gate.md"]), try Self.corpus(["bell.md"]))
        let joined = try OpenIndex(paths: [one.index, other.index], model: TestCorpus.model)
        #expect(joined.snapshot.documents.flatMap(\.paths) == ["corpus/gate.md", "corpus-2/bell.md"])
        #expect(
            joined.roots.filePath(of: "corpus-2/bell.md") == other.root.appendingPathComponent("bell.md").path
                && joined.roots.filePath(of: "corpus/gate.md") == one.root.appendingPathComponent("gate.md").path)
        #expect(try joined.document(named: "corpus-2/bell.md").text.contains("sexton"))
        let shown = try joined.search("sexton")
        #expect(shown.first?.citation.path == "corpus-2/bell.md" && shown.first?.citation.headings == ["Bell"])
    }

    /// Indexes know nothing of each other: a text that both have is two documents.
    @Test func aFileInBothIsFoundOnceByItsText() throws {
        let (one, other) = (try Self.corpus(["gate.md", "bell.md"]), try Self.corpus(["bell.md"]))
        let joined = try OpenIndex(paths: [one.index, other.index], model: TestCorpus.model)
        #expect(try joined.search("sexton").map(\.citation.path).filter { $0.hasSuffix("bell.md") }.count == 1)
        #expect(joined.snapshot.documents.count == 3)
    }

    @Test func aLaterCommitOfOneIsSeen() throws {
        let (one, other) = (try Self.corpus(["gate.md"]), try Self.corpus(["bell.md"]))
        let joined = try OpenIndex(paths: [one.index, other.index], model: TestCorpus.model)
        #expect(try joined.isCurrent())
        try other.write("boats.txt", Self.texts["boats.txt"]!)
        try other.refresh()
        #expect(try !joined.isCurrent())
        let later = try joined.reopened()
        #expect(try later.search("ferry").first?.citation.path == "corpus-2/boats.txt")
        #expect(joined.snapshot.documents.count == 2)
    }
}
