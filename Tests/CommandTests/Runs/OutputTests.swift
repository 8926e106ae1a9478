import Corpora
import Foundation
import Pipelines
import Retrieval
import TestSupport
import Testing

/// What a run prints: reasons in words, estimates, answers of a pipeline, and text on a terminal.
struct OutputTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test func questionsMayLackWhatIsNotKnown() throws {
        try folder.write("root/a.txt", "Bikes may be returned within 30 days.\n")
        let index = folder.path("x.r3")
        #expect(try Command.run("index", folder.path("root"), "--to", index, "--quiet").status == 0)
        func report(_ questions: String) throws -> RetrievalReport {
            let path = try folder.write("q.json", questions).path
            return try Command.run("eval", "--index", index, "--questions", path, "--json", "--quiet").json(
                RetrievalReport.self)
        }
        let known = try report(
            #"[{"question": "When may bikes be returned?", "answer": "30 days"}, {"question": "Bikes?", "document": "a.txt"}]"#
        )
        #expect(
            known.measure("recall@1")?.value == 1 && known.measure("quoted")?.value == 1 && known.measure("refused") == nil)
        let open = try report(
            #"[{"question": "When may bikes be returned?"}, {"question": "What does a zebra eat?", "answerable": false}]"#)
        #expect(open.measure("refused")?.value == 1 && open.measure("refused")?.questions == 1 && open.questions == 2)
        let path = try folder.write("q.json", #"[{"question": "Bikes?", "document": "b.txt"}]"#).path
        let wrong = try Command.run("eval", "--index", index, "--questions", path, "--quiet")
        #expect(wrong.status == 1 && wrong.errors.contains("b.txt: is no document of"), "\(wrong.errors)")
    }

    /// The words are made by the program: an index and a report hold numbers.
    @Test func reasonsAreToldInWords() throws {
        let zip: [UInt8] = [0x50, 0x4B, 3, 4, 0, 0]
        try folder.write("root/a.txt", "Plain.\n")
        try folder.write("root/b.mobi", Data(zip))
        try folder.write("root/c.txt", "")
        try folder.write("root/d.txt", " \n")
        try folder.write("root/e.pdf", "%PDF-1.4 and no more")
        try folder.write("root/f.txt", String(repeating: "A long text. ", count: 500))
        try folder.write("root/g.bin", Data([0x61, 0, 0x62]))
        try folder.write("root/h.html", "<html><body><script>x</script></body></html>")
        let index = folder.path("x.r3")
        struct Told: Decodable {
            struct File: Decodable { let path: String, reason: String, number: Int, details: [String] }
            let skipped: [File], failed: [File]
        }
        let command = ["index", folder.path("root"), "--to", index, "--max-file-size", "2kB"]
        let told = try Command.run(list: command + ["--json", "--quiet"]).json(Told.self)
        #expect(
            told.skipped.map { "\($0.path): \($0.reason)" } == [
                "b.mobi: unsupported format mobi; convert it to a format that r3mem reads, such as PDF", "c.txt: empty",
                "d.txt: empty: it holds white space only",
                "f.txt: larger than the limit (6500 bytes, the limit is 2000); raise it with --max-file-size",
                "g.bin: binary data (it holds zero bytes)", "h.html: no text: the page shows nothing without its scripts",
            ])
        #expect(told.failed.map(\.path) == ["e.pdf"])
        #expect(told.failed.first?.reason.hasPrefix("cannot be opened as a PDF file (") == true)
        #expect(told.skipped.first?.number == 13 && told.skipped.first?.details == ["mobi"])
        let shown = try Command.run("stats", index).text
        #expect(
            shown.contains("e.pdf   failed: cannot be opened as a PDF file (") && shown.contains("c.txt   empty"), "\(shown)"
        )
        let again = try Command.run(list: command).text
        #expect(again.contains("unsupported format mobi; convert it to a format"), "\(again)")
    }

    @Test func anEstimateIsNearTheIndex() throws {
        let corpus = Command.root.appendingPathComponent("corpora/handbook").path
        let index = folder.path("x.r3")
        let estimate = try Command.run("index", corpus, "--to", index, "--dry-run", "--json").json(IndexEstimate.self)
        let report = try Command.run("index", corpus, "--to", index, "--json", "--quiet").json(IndexReport.self)
        let size = try Data(contentsOf: URL(fileURLWithPath: index)).count
        #expect(estimate.files == report.added + report.duplicates && estimate.skipped == report.skipped)
        #expect(
            Double(estimate.expectedIndexBytes) > 0.5 * Double(size)
                && Double(estimate.expectedIndexBytes) < 2 * Double(size), "\(size)")
        // Other work on the machine can slow one of the two runs down.
        let factor = estimate.expectedSeconds / report.seconds
        #expect(
            estimate.expectedSeconds > 0 && estimate.expectedSeconds.isFinite && factor > 1.0 / 50 && factor < 50,
            "\(factor)")
    }

    @Test func aTerminalIsNotControlledByADocument() throws {
        let notes = try Notes.shared.get()
        // Control sequences are no part of the text; the file has them, and comes back with them.
        let text = "The lamp in the cellar is switched on  by the second switch from the left.\n"
        #expect(try Command.run("show", notes.index, "lamp.txt").text == text)
        let export = folder.path("export")
        #expect(try Command.run("export", notes.index, "--to", export, "--quiet").status == 0)
        #expect(try String(contentsOfFile: export + "/lamp.txt", encoding: .utf8) == Notes.hostile)
        for arguments in [
            ["show", notes.index, "lamp.txt"], ["ask", notes.index, "Which switch is for the lamp in the cellar?"],
            ["search", notes.index, "lamp"],
        ] {
            let shown = try Command.runOnTerminal(list: arguments).text
            #expect(shown.contains("by the second switch"), "\(arguments[0])")
            #expect(!shown.contains("owned") && !shown.contains("\u{07}"), "\(arguments[0])")
            // Links to files are the program's own.
            #expect(!shown.replacingOccurrences(of: "\u{1B}]8;;", with: "").contains("\u{1B}]"), "\(arguments[0])")
        }
    }

    @Test func coloursAreForTerminalsThatWantThem() throws {
        let notes = try Notes.shared.get()
        #expect(!(try Command.run("search", notes.index, "cellar").text.contains("\u{1B}")))
        #expect(
            try Command.runOnTerminal(
                list: ["search", notes.index, "cellar"], environment: ["TERM": "xterm", "NO_COLOR": ""]
            ).text.contains(
                "\u{1B}[36m"))
        #expect(
            !(try Command.runOnTerminal(list: ["search", notes.index, "cellar"], environment: ["NO_COLOR": "1"]).text
                .contains("\u{1B}")))
    }

    /// Nobody knows what a terminal without a name understands.
    @Test func aTerminalWithoutANameGetsPlainText() throws {
        let notes = try Notes.shared.get()
        let text = try Command.runOnTerminal(list: ["search", notes.index, "cellar"], environment: ["TERM": ""]).text
        #expect(text.contains("keys/cellar.md") && !text.contains("\u{1B}"), "\(text)")
    }

    @Test func countsAgreeWithTheirNouns() throws {
        for name in ["a", "b"] { try folder.write("root/\(name).txt", "One text.\n") }
        let text = try Command.run("index", folder.path("root"), "--to", folder.path("x.r3")).text
        #expect(text.contains("1 added, 1 duplicate\n"), "\(text)")
        let none = try Command.run("refresh", folder.path("x.r3"), "--exclude", "it's absent")
        #expect(none.text.contains("--exclude 'it's absent' leaves out nothing"), "\(none.text)")
        #expect(!none.errors.contains("0 of 0"), "\(none.errors)")
    }

    /// A terminal that cannot redraw a line gets plain lines.
    @Test func aDumbTerminalGetsPlainLines() throws {
        let notes = try Notes.shared.get()
        func drawn(_ terminal: String) throws -> Bool {
            try Command.runOnTerminal(list: ["verify", notes.index], environment: ["TERM": terminal]).text.contains(
                "\u{1B}[K")
        }
        #expect(try drawn("xterm") && !drawn("dumb"))
    }

    @Test func aPipelineIndexesAndAsks() throws {
        try folder.write("notes/fees.txt", "The yearly fee for a bike stand is forty-two euros.\n")
        try folder.write(
            "pipeline.yaml",
            """
            sources:
              roots: notes
            index: out/notes.r3
            retrieval: {top: 3}
            questions:
              - question: What is the yearly fee for a bike stand?
                answer: forty-two euros
                document: fees.txt
              - {question: "Which zebra composed the xylophone concerto?", answerable: false}
              - What is due?
            """)
        let report = try Command.run("run", folder.path("pipeline.yaml"), "--json", "--quiet").json(PipelineReport.self)
        #expect(report.isComplete && report.index.added == 1)
        #expect(report.answers.map(\.isRight) == [true, true, nil] && report.summary.documentFirst == 1)
        let again = try Command.run("run", folder.path("pipeline.yaml"))
        let quiet = try Command.run("run", folder.path("pipeline.yaml"), "--quiet")
        #expect(!quiet.text.isEmpty && again.text.contains(quiet.text) && quiet.text != again.text)
        #expect(again.status == 0 && again.text.contains("1 unchanged") && again.text.contains("answer quoted in 1 of 1"))
    }

    @Test func aWrongPipelineNamesItsLine() throws {
        try folder.write("pipeline.yaml", "sources:\n  roots: notes\nindex: x.r3\nretrival:\n  top: 3\n")
        let unknown = try Command.run("run", folder.path("pipeline.yaml"))
        #expect(
            unknown.status == 1 && unknown.errors.contains("pipeline.yaml:4: retrival is not known here"),
            "\(unknown.errors)")
        try folder.write("broken.yaml", "sources: [a\nindex: {\n")
        #expect(try Command.run("run", folder.path("broken.yaml")).errors.contains("is not YAML"))
        #expect(
            try Command.run("run", folder.path("absent.yaml")).errors.contains("cannot be read (no such file or directory)"))
        #expect(try Command.run("run", folder.url.path).errors.contains("cannot be read (is a directory)"))
        try folder.write("binary.yaml", Data([0xFF, 0xFE, 0x80]))
        #expect(try Command.run("run", folder.path("binary.yaml")).errors.contains("is not UTF-8 text"))
    }
}
