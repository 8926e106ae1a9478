import Foundation
import Retrieval
import TestSupport
import Testing

/// What `search` and `show` print for people and for other programs, and what they make of signs and quotation marks.
struct SearchOutputTests {
    private let notes: Notes

    init() throws { notes = try Notes.shared.get() }

    private func search(_ arguments: String...) throws -> Command.Outcome {
        try Command.run(list: ["search", notes.index] + arguments)
    }

    @Test func everyFormatHasTheSamePassages() throws {
        let paths = try search("cellar", "--format", "files").text.split(separator: "\n").map(String.init)
        #expect(Set(paths.prefix(2)) == ["keys/cellar.md", "lamp.txt"])
        let lines = try search("cellar", "--format", "jsonl").text.split(separator: "\n")
        let results = try lines.map { try JSONDecoder().decode(SearchResult.self, from: Data($0.utf8)) }
        #expect(results.map(\.citation.path) == paths)
        let json = try search("cellar", "--format", "json")
        #expect(json.output == (try search("cellar", "--json").output))
        let rows = try search("cellar", "--format", "csv").text
        #expect(rows.hasPrefix("rank,score,path,line,page,headings,passage,start,end,text\n1,"))
        for path in paths { #expect(rows.contains(",\(path),")) }
        let list = try search("cellar", "--format", "md").text
        #expect(list.contains("](keys/cellar.md)\n\n   > # Keys\n") && !list.contains("\u{1B}"))
    }

    @Test func severalIndexesAreSearchedAsOne() throws {
        let folder = try TemporaryFolder()
        try folder.write("root/zebra.txt", "A zebra lives in the cellar.\n")
        let index = folder.path("more.r3")
        #expect(try Command.run("index", folder.path("root"), "--to", index, "--quiet").status == 0)
        let paths = try Command.run("search", notes.index, index, "zebra", "cellar", "--format", "files").text
        #expect(paths.hasPrefix("more/zebra.txt\n") && paths.contains("/keys/cellar.md\n"), "\(paths)")
        // A file that is not there is an index that is missing, and a text in one argument is a query.
        let missing = try Command.run("search", notes.index, folder.path("none.r3"), "zebra")
        #expect(missing.status == 1 && missing.errors.contains("none.r3"), "\(missing.errors)")
        #expect(try Command.run("search", notes.index, "what is none.r3").status == 0)
        #expect(try Command.run("search", notes.index, "cellar.r3").status == 0)
    }

    @Test func aFieldOfCSVIsOneFieldAndNoFormula() throws {
        let folder = try TemporaryFolder()
        try folder.write("root/=cmd.txt", "=SUM(1)\nThe \"zebra\", striped.\n")
        let index = folder.path("x.r3")
        #expect(try Command.run("index", folder.path("root"), "--to", index, "--quiet").status == 0)
        let rows = try Command.run("search", index, "zebra", "--format", "csv").text
        #expect(
            rows.contains(",'=cmd.txt,2,,") && rows.hasSuffix("\"'=SUM(1)\nThe \"\"zebra\"\", striped.\n\"\n"), "\(rows)")
    }

    @Test func linesOfTextFilesAreTold() throws {
        #expect(try search("first", "of", "May").text.hasPrefix("1  fees.txt:2  ("))
        #expect(try search("blue", "door").text.hasPrefix("1  keys/cellar.md:5 › Keys › Cellar  ("))
    }

    @Test func aPipeGetsNeitherColoursNorLinks() throws {
        #expect(!(try search("cellar").text.contains("\u{1B}")))
    }

    @Test func signsAndQuotationMarksAreRead() throws {
        #expect(try search("cellar", "-lamp", "--format", "files").text == "keys/cellar.md\nfees.txt\n")
        #expect(try search("-lamp", "cellar", "--format", "files").text == "keys/cellar.md\nfees.txt\n")
        #expect(try search("\"key to the cellar\"", "--format", "files").text == "keys/cellar.md\n")
        #expect(try search("cellar", "--path", "*.txt", "--format", "files").text.hasPrefix("lamp.txt\n"))
        #expect(try search("cellar", "--type", "md", "--format", "files").text == "keys/cellar.md\n")
        #expect(try search("cellar", "--title", "keys", "--format", "files").text == "keys/cellar.md\n")
        #expect(try search("cellar", "--since", "1y", "--format", "files").text.contains("lamp.txt\n"))
        #expect(try search("cellar", "--before", "2001").text.hasPrefix("nothing in "))
        #expect(try search("-5", "euros", "--format", "files").text.hasPrefix("fees.txt\n"))
    }

    @Test func misuseIsExplained() throws {
        for (arguments, words) in [
            (["cellar", "--tpo", "3"], "unknown option '--tpo'"), (["-lamp"], "add a word to look for"),
            (["path:*.md"], "add a word to look for"), (["cellar", "--format", "xml"], "--format"),
        ] {
            let outcome = try Command.run(list: ["search", notes.index] + arguments)
            #expect(outcome.status == 64 && outcome.errors.contains(words), "\(outcome.errors)")
        }
        let words = try Command.run("search", notes.index, "--json", "--", "--tpo", "cellar").json(JSONValue.self)
        #expect(words["query"] == .string("--tpo cellar"))
        let date = try search("cellar", "after:soon")
        #expect(date.status == 64 && date.errors.contains("after:soon: is no date; write dates as"))
    }

    @Test func slipsOfThePenAreTold() throws {
        let slip = try search("cellqr")
        #expect(slip.errors == "“cellqr” is not in \(notes.index); looked for “cellar”\n" && slip.text.hasPrefix("1  "))
        let asked = try Command.run("ask", notes.index, "What is in the cellqr?")
        #expect(asked.errors.contains("“cellqr” is not in \(notes.index); looked for “cellar”\n"))
        let answer = try Command.run("ask", notes.index, "What is in the cellqr?", "--json").json(JSONValue.self)
        #expect(answer["corrections", "0", "used", "0"] == .string("cellar"))
        let far = try search("zzcexlxr", "cexlxr")
        #expect(far.text.hasPrefix("no passage holds a word of the query") && far.errors.contains("did you mean “cellar”?"))
    }

    @Test func partsOfADocumentAreShown() throws {
        func show(_ arguments: String...) throws -> Command.Outcome {
            try Command.run(list: ["show", notes.index] + arguments)
        }
        #expect(try show("fees.txt", "--lines", "2").text == "It is due on the first of May.\n")
        #expect(try show("fees.txt", "--lines", "1:2").text == show("fees.txt").text)
        #expect(try show("fees.txt", "--lines", ":1").text == "The yearly fee for a bike stand is forty-two euros.\n")
        let beyond = try show("fees.txt", "--lines", "3:")
        #expect(beyond.status == 1 && beyond.errors.contains("has 2 lines, no line 3; name one from 1 to 2"))
        #expect(try show("fees.txt", "--page", "1").errors.contains("has no pages"))
        for wrong in [
            ["--lines", "2:1"], ["--lines", "0"], ["--lines", "a"], ["--page", "0"], ["--page", "1", "--lines", "1"],
        ] {
            #expect(try Command.run(list: ["show", notes.index, "fees.txt"] + wrong).status == 64)
        }
    }

    @Test func anAnswerComesFromTheChosenDocuments() throws {
        let answer = try Command.run("ask", notes.index, "Where does the key to the cellar hang?", "--type", "md", "--json")
            .json(Answer.self)
        #expect(answer.isFound && answer.sources.allSatisfy { $0.citation.path == "keys/cellar.md" })
        let other = try Command.run("ask", notes.index, "Where does the key to the cellar hang? path:*.txt", "--json").json(
            Answer.self)
        #expect(other.question == "Where does the key to the cellar hang?")
        #expect(other.sources.allSatisfy { $0.citation.path.hasSuffix(".txt") })
    }
}
