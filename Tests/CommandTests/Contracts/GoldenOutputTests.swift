import Foundation
import TestSupport
import Testing

/// The help of every command and the keys of every `--json` output are those of the goldens, and docs/json.md names every
/// key.
@Suite struct GoldenOutputTests {
    /// A folder with a file of each kind that a report tells apart, and its index.
    private struct Corpus {
        let folder: TemporaryFolder
        /// The output of `index --json`.
        let report: Command.Outcome
        var root: String { folder.path("root") }
        var index: String { folder.path("x.r3") }

        static let shared = Result { try Corpus() }

        private init() throws {
            folder = try TemporaryFolder()
            try folder.write(
                "root/fees.txt", "The yearly fee for a bike stand is forty-two euros.\nIt is due on the first of May.\n")
            try folder.write(
                "root/copy.txt", "The yearly fee for a bike stand is forty-two euros.\nIt is due on the first of May.\n")
            try folder.write("root/keys.md", "# Keys\n\n## Cellar\n\nThe key to the cellar hangs behind the blue door.\n")
            try folder.write("root/broken.pdf", "%PDF-1.4\nThis is no more than a header.\n")
            try folder.write("root/noise.bin", Data([0, 1, 2, 3]))
            try folder.copy(
                Command.root.appendingPathComponent("corpora/handbook/governance/statutes.pdf"), as: "root/statutes.pdf")
            try FileManager.default.createSymbolicLink(atPath: folder.path("root/link.txt"), withDestinationPath: "fees.txt")
            report = try Command.run("index", folder.path("root"), "--to", folder.path("x.r3"), "--json", "--quiet")
            guard report.status == 0 else { throw ChildProcess.Failure(message: report.errors) }
        }
    }

    private let corpus: Corpus
    private let folder: TemporaryFolder

    init() throws {
        corpus = try Corpus.shared.get()
        folder = try TemporaryFolder()
    }

    /// Compares the keys of an output with the golden of this name; the value is for further checks.
    private func keys(
        _ name: String, of outcome: Command.Outcome, location: SourceLocation = #_sourceLocation
    ) throws -> JSONValue {
        let value = try outcome.json(JSONValue.self)
        try Golden.check(value.shape, name + ".keys", location: location)
        return value
    }

    @Test func index() throws {
        let report = try keys("index", of: corpus.report)
        #expect(
            report["added"] == .number(3) && report["duplicates"] == .number(1) && report["isComplete"] == .boolean(true))
        let estimate = try Command.run("index", corpus.root, "--to", folder.path("no.r3"), "--dry-run", "--json")
        let expected = try keys("index-dry-run", of: estimate)
        #expect(expected["files"] == .number(6) && expected["skipped", "0", "path"] == .string("link.txt"))
    }

    @Test func refresh() throws {
        try folder.copy(URL(fileURLWithPath: corpus.index), as: "x.r3")
        let report = try keys("refresh", of: Command.run("refresh", folder.path("x.r3"), "--json", "--quiet"))
        #expect(report["added"] == .number(0))
    }

    @Test func merge() throws {
        for shard in ["1/2", "2/2"] {
            let file = folder.path("\(shard.first!).r3")
            #expect(try Command.run("index", corpus.root, "--shard", shard, "--to", file, "--quiet").status == 0)
        }
        let files = [folder.path("1.r3"), folder.path("2.r3")]
        let report = try keys(
            "merge", of: Command.run(list: ["merge"] + files + ["--to", folder.path("all.r3"), "--json", "--quiet"]))
        #expect(report["documents"] == .number(3) && report["indexes"] == .number(2))
    }

    @Test func search() throws {
        let found = try keys(
            "search", of: Command.run("search", corpus.index, "cellqr", "fee", "statutes", "--json", "--top", "20"))
        #expect(found["query"] == .string("cellqr fee statutes") && found["results", "0", "rank"] == .number(1))
        #expect(found["corrections", "0", "used", "0"] == .string("cellar"))
        let none = try keys(
            "search-nothing", of: Command.run("search", corpus.index, "cexlxr", "--json", "--top", "1"))
        #expect(none["suggestions", "0", "used", "0"] == .string("cellar"))
    }

    @Test func ask() throws {
        let question = "What is the yearly fee for a bike stand?"
        let answer = try keys("ask", of: Command.run("ask", corpus.index, question, "--json"))
        #expect(answer["question"] == .string(question) && answer["isFound"] == .boolean(true))
        #expect(answer["sentences", "0", "text"] == .string("The yearly fee for a bike stand is forty-two euros."))
        let server = try GeneratorServer()
        let written = try keys(
            "ask-generator",
            of: Command.run(
                "ask", corpus.index, question, "--json", "--generator", server.url("ok"), "--model-name", "small"))
        #expect(written["generated", "model"] == .string("small"))
    }

    @Test func show() throws {
        let document = try keys("show", of: Command.run("show", corpus.index, "statutes.pdf", "--json"))
        #expect(document["path"] == .string("statutes.pdf") && document["passages", "0", "page"] == .number(1))
        let passage = try keys("show-passage", of: Command.run("show", corpus.index, "keys.md", "--passage", "0", "--json"))
        #expect(passage["number"] == .number(0))
        let lines = try keys("show-lines", of: Command.run("show", corpus.index, "keys.md", "--lines", "1:2", "--json"))
        #expect(lines["lastLine"] == .number(2) && lines["text"] == .string("# Keys\n\n"))
        let page = try keys("show-page", of: Command.run("show", corpus.index, "statutes.pdf", "--page", "1", "--json"))
        #expect(page["page"] == .number(1) && page["start"] == .number(0))
    }

    @Test func export() throws {
        try folder.write("elsewhere/keep.txt", "keep")
        try folder.write("out/keys.md/in-the-way.txt", "A folder stands where a file should be written.\n")
        let outcome = try Command.run("export", corpus.index, "--to", folder.path("out"), "--overwrite", "--json", "--quiet")
        let report = try keys("export", of: outcome)
        #expect(report["files"] == .number(3) && report["failed", "0", "path"] == .string("keys.md"))
    }

    @Test func verify() throws {
        let report = try keys("verify", of: Command.run("verify", corpus.index, "--json", "--quiet"))
        #expect(report["documents"] == .number(3) && report["isComplete"] == .boolean(true))
    }

    @Test func repair() throws {
        let whole = try Data(contentsOf: URL(fileURLWithPath: corpus.index))
        for place in stride(from: whole.count - 12, to: 1024, by: -512) {
            var bytes = whole
            bytes[place] ^= 0x10
            let index = try folder.write("x.r3", bytes).path
            let outcome = try Command.run("verify", "--repair", index, "--json", "--quiet")
            guard outcome.status == 1, try outcome.json(JSONValue.self)["repair", "lost", "0"] != nil else { continue }
            #expect(try keys("verify-repair", of: outcome)["repair", "isWhole"] == .boolean(false))
            return
        }
        Issue.record("no damage lost a document")
    }

    @Test func stats() throws {
        let state = ["XDG_STATE_HOME": folder.path]
        #expect(try Command.run("verify", corpus.index, "--quiet", environment: state).status == 0)
        let statistics = try keys("stats", of: Command.run("stats", corpus.index, "--json", environment: state))
        #expect(statistics["files"] == .number(7) && statistics["documents"] == .number(3))
        #expect(statistics["roots", "0"] == .string(corpus.root))
    }

    @Test func compact() throws {
        try folder.copy(URL(fileURLWithPath: corpus.index), as: "x.r3")
        let size = try Data(contentsOf: URL(fileURLWithPath: corpus.index)).count
        #expect(
            try keys("compact", of: Command.run("compact", folder.path("x.r3"), "--json"))["before"] == .number(Double(size))
        )
    }

    @Test func eval() throws {
        let measured = try keys("eval-corpus", of: Command.run("eval", "--corpus", corpus.root, "--json", "--quiet"))
        #expect(measured["documents"] == .number(3) && measured["exactDocuments"] == .number(3))
        let questions = try folder.write(
            "questions.json",
            #"""
            [{"question": "What is the yearly fee for a bike stand?", "answer": "forty-two euros", "document": "fees.txt"},
            {"question": "Which zebra composed the concerto?", "answerable": false}]
            """#)
        let asked = try keys(
            "eval-index",
            of: Command.run("eval", "--index", corpus.index, "--questions", questions.path, "--json", "--quiet"))
        #expect(asked["questions"] == .number(2) && asked["measures", "0", "name"] == .string("recall@1"))
        #expect(asked["measures", "0", "value"] == .number(1) && asked["measures", "0", "questions"] == .number(1))
        let squad = try folder.write(
            "squad.json",
            #"""
            {"data": [{"title": "Stands", "paragraphs": [{"context": "The fee is forty-two euros.", "qas": [
            {"question": "How much is the fee?", "answers": [{"text": "forty-two euros", "answer_start": 11}]}]}]}]}
            """#)
        let squadKeys = try keys("eval-squad", of: Command.run("eval", "--squad", squad.path, "--json", "--quiet"))
        #expect(squadKeys["questions"] == .number(1))
        // What is written is there for other programs.
        let written = folder.path("written")
        try folder.write("tea/corpus.jsonl", #"{"_id": "1", "title": "Tea", "text": "Tea is drunk hot."}"#)
        try folder.write("tea/queries.jsonl", #"{"_id": "a", "text": "What is drunk hot?"}"#)
        try folder.write("tea/qrels/test.tsv", "query-id\tcorpus-id\tscore\na\t1\t1\n")
        let table = try Command.run("eval", "--beir", folder.path("tea"), "--write", written, "--quiet")
        #expect(table.text.hasPrefix("tea: 1 question over 1 passage\n"), "\(table.text)\(table.errors)")
        #expect(table.text.contains("  ndcg@10    1.000 (1.000–1.000)  BM25 1.000 (1.000–1.000)  of 1\n"), "\(table.text)")
        let lines = try String(contentsOfFile: written + "/results.jsonl", encoding: .utf8)
        #expect(lines.contains(#""gold":{"1.txt":1}"#) && lines.contains(#""r3mem":["1.txt"]"#), "\(lines)")
    }

    @Test func run() throws {
        try folder.copy(URL(fileURLWithPath: corpus.root), as: "root")
        try folder.write(
            "pipeline.yaml",
            """
            sources:
              roots: root
            index: x.r3
            questions:
              - question: What is the yearly fee for a bike stand?
                answer: forty-two euros
                document: fees.txt
              - {question: "Which zebra composed the xylophone concerto?", answerable: false}
            """)
        let report = try keys("run", of: Command.run("run", folder.path("pipeline.yaml"), "--json", "--quiet"))
        #expect(report["index", "added"] == .number(3) && report["answers", "0", "isRight"] == .boolean(true))
    }

    @Test(arguments: [
        "index", "refresh", "search", "ask", "show", "export", "verify", "stats", "compact", "merge", "run", "eval", "serve",
        "mcp", "",
    ])
    func help(command: String) throws {
        let outcome = try Command.run(list: ["help", command].filter { !$0.isEmpty }, environment: ["COLUMNS": "80"])
        #expect(outcome.status == 0)
        try Golden.check(outcome.text, (command.isEmpty ? "r3mem" : command) + ".help")
    }

    /// The sections of docs/json.md by the commands that their headings name. The section for several commands has the name
    /// "".
    private static func documentation() throws -> [String: String] {
        let page = try String(contentsOf: Command.root.appendingPathComponent("docs/json.md"), encoding: .utf8)
        var sections: [String: String] = [:]
        for section in page.components(separatedBy: "\n## ").dropFirst() {
            let heading = section.prefix { $0 != "\n" }
            let commands = heading.matches(of: #/`([^`]+)`/#).map { String($0.output.1) }
            for command in commands.isEmpty ? [""] : commands { sections[command] = section }
        }
        return sections
    }

    /// Every key stands in backquotes in docs/json.md: in the section of its command, in the section of a command whose
    /// output is said to be a part of it ("as `stats` prints it"), or in the section for several commands.
    @Test func everyKeyIsDocumented() throws {
        let sections = try GoldenOutputTests.documentation()
        let shared = try #require(sections[""])
        let names = try Golden.names().filter { $0.hasSuffix(".keys") }
        try #require(names.count > 10)
        for name in names {
            // "eval-corpus.keys" belongs to `eval --corpus`, "show-passage.keys" to `show`.
            let words = name.dropLast(".keys".count).split(separator: "-", maxSplits: 1).map(String.init)
            let section = sections[words.joined(separator: " --")] ?? sections[words[0]]
            let own = try #require(section, "\(name)")
            var documented = [own, shared]
            for match in own.matches(of: #/as `([^`]+)` prints it/#) {
                let part = sections[String(match.output.1)]
                documented.append(try #require(part, "\(name): \(match.output.0)"))
            }
            for line in try Golden.text(name).split(separator: "\n") {
                let path = line.prefix { $0 != ":" }
                let key = path.split(separator: ".").last.map { $0.replacing("[]", with: "") } ?? ""
                // The keys of these are data: states, cut-offs of recall, variants of memory.
                let owner = path.split(separator: ".").dropLast().last ?? ""
                if ["fileStates", "recall", "recallBM25", "ablation"].contains(owner) { continue }
                let isDocumented = documented.contains { $0.contains("`\(key)`") }
                #expect(isDocumented, "\(name): \(line)")
            }
        }
    }
}
