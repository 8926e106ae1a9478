import Foundation
import Pipelines
import Retrieval
import TestSupport
import Testing

/// All commands on the sample corpus, and then on a changing copy of it.
struct HandbookTests {
    private let handbook: Handbook

    init() throws { handbook = try Handbook.shared.get() }

    /// Regular files below a folder, by relative path.
    private static func files(below folder: URL) throws -> [String] {
        let all = FileManager.default.subpaths(atPath: folder.path) ?? []
        return all.filter { name in
            var isFolder: ObjCBool = false
            return FileManager.default.fileExists(atPath: folder.appendingPathComponent(name).path, isDirectory: &isFolder)
                && !isFolder.boolValue
        }.sorted()
    }

    @Test func everyFileOfTheHandbookIsIndexed() throws {
        let report = try JSONDecoder().decode(IndexReport.self, from: handbook.report)
        #expect(report.isComplete && report.skipped.isEmpty && report.failed.isEmpty)
        #expect(
            report.added + report.duplicates
                == (try HandbookTests.files(below: Command.root.appendingPathComponent("corpora/handbook"))).count)
        #expect(report.textBytes > 100_000 && report.passages > 100)
    }

    @Test func searchFindsTheDocument() throws {
        struct Found: Decodable { let query: String, results: [SearchResult] }
        let outcome = try Command.run("search", handbook.index, "probation", "period", "--top", "3", "--json")
        let found = try outcome.json(Found.self)
        #expect(found.query == "probation period" && found.results.count == 3)
        #expect(found.results.map(\.rank) == [1, 2, 3])
        #expect(found.results.contains { $0.citation.path == "people/onboarding-first-week.md" })
        let explained = try Command.run("search", handbook.index, "probation period", "--top", "1", "--explain")
        #expect(explained.status == 0 && explained.text.contains("word vectors") && explained.text.contains("matched: "))
    }

    @Test func answersQuoteTextThatStandsWhereTheySay() throws {
        let outcome = try Command.run("ask", handbook.index, "How long is the probation period?", "--json")
        let answer = try outcome.json(Answer.self)
        #expect(outcome.status == 0 && answer.isFound)
        #expect(answer.sentences.contains { $0.text.contains("five months") })
        for sentence in answer.sentences {
            let shown = try Command.run("show", handbook.index, sentence.citation.path)
            #expect(Data(shown.output[sentence.citation.start..<sentence.citation.end]) == Data(sentence.text.utf8))
        }
    }

    @Test func whatIsNotThereIsSaidToBeNotThere() throws {
        let outcome = try Command.run("ask", handbook.index, "Which zebra composed the xylophone concerto?")
        #expect(outcome.status == 3 && outcome.text.hasPrefix("nothing in "))
    }

    @Test func everyDocumentComesBack() throws {
        let folder = try TemporaryFolder(), corpus = Command.root.appendingPathComponent("corpora/handbook")
        let report = try Command.run("export", handbook.index, "--to", folder.path("out"), "--json", "--quiet").json(
            ExportReport.self)
        let names = try HandbookTests.files(below: corpus),
            exact = names.filter { $0.hasSuffix(".md") || $0.hasSuffix(".txt") }
        #expect(report.failed.isEmpty && report.exact == exact.count && report.extracted == names.count - exact.count)
        for name in exact {
            #expect(
                try Data(contentsOf: folder.url.appendingPathComponent("out/\(name)"))
                    == Data(contentsOf: corpus.appendingPathComponent(name)),
                "\(name)")
        }
        #expect(try HandbookTests.files(below: folder.url.appendingPathComponent("out")).count == names.count)
        // HTML and PDF come back as text. One of each is compared with `show`, which checks its hash.
        for name in ["customers/warranty.html", "governance/statutes.pdf"] {
            let text = try Data(contentsOf: folder.url.appendingPathComponent("out/\(name).txt"))
            #expect(try Command.run("show", handbook.index, name).output == text && !text.isEmpty, "\(name)")
        }
    }

    @Test func showGivesOnePassage() throws {
        let document = try Command.run("show", handbook.index, "welcome.md", "--json").json(ShownDocument.self)
        #expect(document.passages.map(\.text).joined() == document.text)
        let last = document.passages.count - 1
        let passage = try Command.run("show", handbook.index, "welcome.md", "--passage", "\(last)")
        #expect(passage.text == document.passages[last].text)
        let beyond = try Command.run("show", handbook.index, "welcome.md", "--passage", "\(last + 1)")
        #expect(beyond.status == 1 && beyond.errors.contains("no passage \(last + 1)"))
    }

    @Test func statsDivideTheFile() throws {
        let statistics = try Command.run("stats", handbook.index, "--json").json(Statistics.self), parts = statistics.parts
        let sum =
            parts.residual + parts.terms + parts.memoryCodes + parts.passages + parts.documents + parts.sources
            + parts.overhead
        #expect(sum == statistics.indexBytes)
        #expect(statistics.indexBytes == (try Data(contentsOf: URL(fileURLWithPath: handbook.index))).count)
        #expect(statistics.roots == [handbook.corpus])
        let table = try Command.run("stats", handbook.index)
        #expect(table.status == 0 && table.text.contains("term sets and lexicons"))
    }

    @Test func aStoppedVerifyStatesWhatItChecked() throws {
        let running = try Command.Running("verify", handbook.index)
        #expect(running.heard.hasPrefix("verifying: 0 of "))
        #expect(running.stop(SIGINT) == 130)
        let printed = try running.printed()
        #expect(printed.contains(" right, the rest not checked (") && !printed.contains("every"), "\(printed)")
    }

    @Test func theIndexFollowsItsCorpus() throws {
        let folder = try TemporaryFolder(), index = folder.path("copy.r3")
        try folder.copy(URL(fileURLWithPath: handbook.index), as: "copy.r3")
        // No other test reads this copy of the corpus after it is indexed.
        let corpus = URL(fileURLWithPath: handbook.corpus), edited = corpus.appendingPathComponent("history.md")
        let handle = try FileHandle(forWritingTo: edited)
        try handle.seekToEnd()
        try handle.write(contentsOf: Data("\nThe cargo tricycle Quillfeather is lent out on Thursdays only.\n".utf8))
        try handle.close()
        try FileManager.default.removeItem(at: corpus.appendingPathComponent("people/canteen.txt"))
        try FileManager.default.moveItem(
            at: corpus.appendingPathComponent("welcome.md"), to: corpus.appendingPathComponent("start.md"))

        let report = try Command.run("refresh", index, "--json", "--quiet").json(IndexReport.self)
        #expect(report.changed == 1 && report.removed == 1 && report.moved == 1 && report.added == 0)
        let answer = try Command.run("ask", index, "When is the tricycle Quillfeather lent out?", "--json").json(Answer.self)
        #expect(answer.sentences.first?.citation.path == "history.md")
        let gone = try Command.run("show", index, "people/canteen.txt")
        #expect(gone.status == 1 && gone.errors.hasPrefix("r3mem: "))
        #expect(
            try Command.run("show", index, "start.md").output == Data(contentsOf: corpus.appendingPathComponent("start.md")))
        let again = try Command.run("refresh", index, "--json", "--quiet").json(IndexReport.self)
        #expect(again.changed == 0 && again.added == 0 && again.removed == 0 && again.textBytes == 0)

        func size() throws -> Double { Double(try Data(contentsOf: URL(fileURLWithPath: index)).count) }
        let before = try size()
        let sizes = try Command.run("compact", index, "--json").json(JSONValue.self)
        #expect(try sizes["before"] == .number(before) && sizes["after"] == .number(size()))
        #expect(try size() < before)
        let verified = try Command.run("verify", index, "--json", "--quiet")
        #expect(verified.status == 0)
        let found = try verified.json(VerifyReport.self)
        #expect(found.wrong.isEmpty && found.isComplete && found.documents > 40)
    }
}
