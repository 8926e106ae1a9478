import Corpora
import Foundation
import Pipelines
import Retrieval
import TestSupport
import Testing

/// Runs that are stopped, that run at the same time, or that meet odd folders.
struct SessionTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// Writes enough files that a run takes several steps.
    private func writeManyNotes(_ count: Int = 1000) throws {
        for i in 0..<count { try folder.write("many/\(i % 10)/note-\(i).txt", "Note \(i): shelf \(i * 7 % 97) holds \(i * 31 % 1009) screws.\n") }
    }

    @Test(arguments: [SIGINT, SIGTERM])
    func aStoppedRunKeepsWhatItReadAndGoesOn(signal: Int32) throws {
        try writeManyNotes()
        let index = folder.path("many.r3")
        let running = try Command.Running("index", folder.path("many"), "--to", index)
        #expect(running.heard.hasPrefix("indexing: 0 of 1000 files"))
        running.waitForWorker()
        #expect(running.stop(signal) == 130)
        #expect(running.heard.contains("r3mem: stopped; "))
        let kept = try Command.run("stats", index, "--json").json(Statistics.self).documents
        #expect(kept > 0 && kept < 1000)
        let report = try Command.run("index", folder.path("many"), "--to", index, "--json", "--quiet").json(IndexReport.self)
        #expect(report.isComplete && report.added == 1000 - kept && report.unchanged == kept)
        #expect(try Command.run("show", index, "note-639.txt").text == "Note 639: shelf 11 holds 638 screws.\n")
    }

    @Test func aKilledRunGoesOn() throws {
        try writeManyNotes(200)
        let index = folder.path("many.r3")
        let running = try Command.Running("index", folder.path("many"), "--to", index)
        #expect(running.stop(SIGKILL) == -SIGKILL)
        let report = try Command.run("index", folder.path("many"), "--to", index, "--json", "--quiet").json(IndexReport.self)
        #expect(report.isComplete && report.added + report.unchanged == 200)
    }

    @Test func aSecondWriterIsTurnedAway() throws {
        try writeManyNotes()
        let index = folder.path("many.r3")
        let running = try Command.Running("index", folder.path("many"), "--to", index)
        // The first run holds its lock while it is stopped.
        running.send(SIGSTOP)
        let second = try Command.run("refresh", index, "--quiet")
        running.send(SIGCONT)
        #expect(second.status == 1 && second.errors.hasPrefix("r3mem: \(index): is being written by process \(running.id); "), "\(second.errors)")
        #expect(running.stop(SIGINT) == 130)
        #expect(try Command.run("stats", index).status == 0)
    }

    @Test func firstRunsAtTheSameTimeMakeOneIndex() throws {
        let notes = try Notes.shared.get(), start = "for i in 1 2 3 4; do \"$0\" index \"$1\" --to \"$2\" --quiet 2>>\"$2.said\" & done; wait"
        for round in 0..<3 {
            let index = folder.path("\(round).r3")
            _ = try Command.run(shell: start, Command.executable, notes.corpus, index)
            let said = try String(contentsOfFile: index + ".said", encoding: .utf8).split(separator: "\n")
            #expect(said.allSatisfy { $0.contains("is being written by") || $0.contains("exists already") }, "\(said)")
            #expect(try Command.run("verify", index, "--quiet").status == 0)
            #expect(try Command.run("show", index, "fees.txt").text.hasPrefix("The yearly fee"))
        }
    }

    @Test func linksOutOfTheRootAreListedAndNotFollowed() throws {
        try folder.write("secret/password.txt", "The password is swordfish.\n")
        try folder.write("root/a.txt", "A plain note about hedgehogs.\n")
        try FileManager.default.createSymbolicLink(atPath: folder.path("root/out.txt"), withDestinationPath: "../secret/password.txt")
        try FileManager.default.createSymbolicLink(atPath: folder.path("root/loop"), withDestinationPath: ".")
        try FileManager.default.createSymbolicLink(atPath: folder.path("root/broken"), withDestinationPath: "nowhere")
        let report = try Command.run("index", folder.path("root"), "--to", folder.path("x.r3"), "--json", "--quiet").json(IndexReport.self)
        #expect(report.added == 1 && report.skipped.map(\.path).sorted() == ["broken", "loop", "out.txt"])
        #expect(try Command.run("show", folder.path("x.r3"), "out.txt").status == 1)
        #expect(!(try Command.run("search", folder.path("x.r3"), "swordfish").text.contains("swordfish is")))
    }

    /// The files that the .gitignore leaves out are not known then.
    @Test func nothingIsTakenFromAFolderWhoseGitignoreCannotBeRead() throws {
        let root = folder.path("root"), index = folder.path("x.r3")
        for name in ["a.txt", "private/key.txt", "private/open.txt"] { try folder.write("root/\(name)", "What \(name) holds.\n") }
        try folder.write("root/private/.gitignore", "key.txt\n")
        func report(_ command: String..., isShut: Bool) throws -> IndexReport {
            let environment = isShut ? try Fault.environment(.noAccess, path: root + "/private/.gitignore", log: folder.path("log")) : [:]
            return try Command.run(list: command + ["--json", "--quiet"], environment: environment).json(IndexReport.self)
        }
        let first = try report("index", root, "--to", index, isShut: true)
        #expect(first.added == 1 && first.skipped.map(\.path) == ["private"], "\(first)")
        #expect(first.skipped.first?.refusal == .ignoreFileUnreadable(.permissionDenied))
        #expect(try report("refresh", index, isShut: false).added == 1)
        #expect(try report("refresh", index, isShut: true).kept == 1)
        #expect(try Command.run("show", index, "key.txt").status == 1)
    }

    /// Roots of the same name get distinct names in the index.
    @Test func noTwoRootsShareAName() throws {
        let roots = ["x/a", "y/a", "z/a-2", "v/a"]
        for root in roots { try folder.write("\(root)/f.txt", "From \(root).\n") }
        let index = folder.path("x.r3")
        #expect(try Command.run(list: ["index", "--to", index, "--quiet"] + roots.map { folder.path($0) }).status == 0)
        for (root, label) in zip(roots, ["a", "a-3", "a-2", "a-4"]) {
            #expect(try Command.run("show", index, "\(label)/f.txt").text == "From \(root).\n")
            #expect(try Command.run("show", index, folder.path("\(root)/f.txt")).text == "From \(root).\n")
        }
        #expect(try Command.run("refresh", index, "--json", "--quiet").json(IndexReport.self).unchanged == 4)
    }

    /// The documents of a missing root stay until --allow-empty gives them up; the other roots are followed.
    @Test func oneRootOfSeveralMayBeMissing() throws {
        for name in ["one/a.txt", "two/b.txt"] { try folder.write(name, "What \(name) holds.\n") }
        let index = folder.path("x.r3")
        #expect(try Command.run("index", folder.path("one"), folder.path("two"), "--to", index, "--quiet").status == 0)
        try folder.remove("two")
        try folder.write("one/c.txt", "New.\n")
        let report = try Command.run("refresh", index, "--json", "--quiet").json(IndexReport.self)
        #expect(report.added == 1 && report.kept == 1 && report.removed == 0 && report.skipped.map(\.path) == ["two"], "\(report)")
        #expect(try Command.run("show", index, "b.txt").text == "What two/b.txt holds.\n")
        let given = try Command.run("refresh", index, "--json", "--quiet", "--allow-empty").json(IndexReport.self)
        #expect(given.removed == 1 && given.kept == 0, "\(given)")
        try folder.remove("one")
        #expect(try Command.run("refresh", index, "--quiet", "--allow-empty").status == 1)
        #expect(try Command.run("index", folder.path("one"), folder.path("two"), "--to", folder.path("y.r3"), "--quiet").status == 1)
    }

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
        #expect(FileManager.default.fileExists(atPath: folder.path("far/z.r3")) && !FileManager.default.fileExists(atPath: folder.path("z.r3")))
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

    @Test func questionsMayLackWhatIsNotKnown() throws {
        try folder.write("root/a.txt", "Bikes may be returned within 30 days.\n")
        let index = folder.path("x.r3")
        #expect(try Command.run("index", folder.path("root"), "--to", index, "--quiet").status == 0)
        func report(_ questions: String) throws -> RetrievalReport {
            let path = try folder.write("q.json", questions).path
            return try Command.run("eval", "--index", index, "--questions", path, "--json", "--quiet").json(RetrievalReport.self)
        }
        let known = try report(#"[{"question": "When may bikes be returned?", "answer": "30 days"}, {"question": "Bikes?", "document": "a.txt"}]"#)
        #expect(known.recall["1"] == 1 && known.answered == 1 && known.unanswerable == 0)
        let open = try report(#"[{"question": "When may bikes be returned?"}, {"question": "What does a zebra eat?", "answerable": false}]"#)
        #expect(open.unanswerable == 1 && open.abstained == 1 && open.questions == 2)
        let path = try folder.write("q.json", #"[{"question": "Bikes?", "document": "b.txt"}]"#).path
        let wrong = try Command.run("eval", "--index", index, "--questions", path, "--quiet")
        #expect(wrong.status == 1 && wrong.errors.contains("b.txt: is no document of"), "\(wrong.errors)")
    }

    @Test func aMeasurementThatIsStoppedSaysSo() throws {
        try writeManyNotes(200)
        let running = try Command.Running("eval", "--corpus", folder.path("many"))
        running.waitForWorker()
        #expect(running.stop(SIGINT) == 130 && running.heard.contains("stopped; nothing was measured"))
    }

    /// A file that cannot be seen is not a deleted file.
    @Test func whatCannotBeReadForAWhileStaysInTheIndex() throws {
        let root = folder.path("root"), index = folder.path("x.r3")
        for name in ["a.txt", "shut/b.txt", "shut/deep/c.txt", "x.txt"] { try folder.write("root/\(name)", "What \(name) holds.\n") }
        func refresh(_ options: String..., without place: String? = nil) throws -> IndexReport {
            let environment = try place.map { try Fault.environment(.noAccess, path: root + $0, log: folder.path("log")) } ?? [:]
            let outcome = try Command.run(list: ["refresh", index, "--json", "--quiet"] + options, environment: environment)
            #expect(outcome.status == 0, "\(outcome.errors)")
            return try outcome.json(IndexReport.self)
        }
        func text(_ name: String) throws -> String { try Command.run("show", index, name).text }
        #expect(try Command.run("index", root, "--to", index, "--quiet").status == 0)
        try folder.write("root/x.txt", "Something longer that is new in x.txt.\n")

        let shut = try refresh(without: "/shut")
        #expect(shut.kept == 2 && shut.removed == 0 && shut.skipped.map(\.path) == ["shut"] && shut.changed == 1, "\(shut)")
        #expect(shut.skipped.first?.refusal == .folderUnreadable(.permissionDenied))
        #expect(try text("shut/deep/c.txt") == "What shut/deep/c.txt holds.\n")

        try folder.write("root/x.txt", "New again.\n")
        let file = try refresh(without: "/x.txt")
        #expect(file.kept == 1 && file.removed == 0 && file.failed.map(\.path) == ["x.txt"] && file.skipped.isEmpty, "\(file)")
        #expect(try text("x.txt") == "Something longer that is new in x.txt.\n")

        let open = try refresh()
        #expect(open.kept == 0 && open.removed == 0 && open.changed == 1 && open.failed.isEmpty && open.skipped.isEmpty, "\(open)")
        #expect(try text("x.txt") == "New again.\n")
        #expect(try Command.run("export", index, "--to", folder.path("refreshed"), "--quiet").status == 0)
        #expect(try Command.run(shell: "diff -r \"$0\" \"$1\"", root, folder.path("refreshed")).status == 0)

        // The unreadable files are the only ones left; they are not deleted.
        for name in ["a.txt", "x.txt"] { try folder.remove("root/\(name)") }
        let shutPlace = try Fault.environment(.noAccess, path: root + "/shut", log: folder.path("log"))
        let guarded = try Command.run("refresh", index, "--quiet", environment: shutPlace)
        #expect(guarded.status == 1 && guarded.errors.contains("--allow-empty"), "\(guarded.errors)")
        #expect(try text("a.txt") == "What a.txt holds.\n")
        let alone = try refresh("--allow-empty", without: "/shut")
        #expect(alone.kept == 2 && alone.removed == 2, "\(alone)")
        #expect(try refresh(without: "/shut").kept == 2)
        let first = try Command.run("index", root, "--to", folder.path("new.r3"), "--quiet", environment: shutPlace)
        #expect(first.status == 1 && first.errors.contains("shut: the folder cannot be read (permission denied)"), "\(first.errors)")

        try folder.write("root/a.txt", "Not empty.\n")
        try folder.remove("root/shut")
        #expect(try refresh().removed == 2)
        #expect(try Command.run("show", index, "shut/b.txt").status == 1)
    }

    @Test func aDocumentIsShownByThePathOfItsFile() throws {
        try folder.write("one/a.txt", "From one.\n")
        try folder.write("two/a.txt", "From two.\n")
        let single = folder.path("single.r3"), both = folder.path("both.r3")
        #expect(try Command.run("index", folder.path("one"), "--to", single, "--quiet").status == 0)
        #expect(try Command.run("index", folder.path("one"), folder.path("two"), "--to", both, "--quiet").status == 0)
        #expect(try Command.run("show", single, folder.path("one/a.txt")).text == "From one.\n")
        #expect(try Command.run("show", both, folder.path("two/a.txt")).text == "From two.\n")
        let relative = try Command.run(shell: "cd \"$2\" && \"$0\" show \"$1\" ./one/../two/a.txt", Command.executable, both, folder.url.path)
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

    @Test func filtersAndIgnoreFilesAreHonoured() throws {
        for name in ["keep.md", "drop.txt", "ignored.md", ".hidden.md", "big.md"] { try folder.write("root/\(name)", "A text in \(name).\n") }
        try folder.write("root/big.md", String(repeating: "A long text. ", count: 500))
        try folder.write("root/.gitignore", "ignored.md\n")
        let arguments = ["--include", "*.md", "--max-file-size", "2kB", "--dry-run", "--json"]
        let estimate = try Command.run(list: ["index", folder.path("root"), "--to", folder.path("x.r3")] + arguments).json(IndexEstimate.self)
        // The size of a file is looked at when it is read: big.md counts as one to read.
        #expect(estimate.files == 2 && estimate.bytes == "A text in keep.md.\n".utf8.count + 6500, "\(estimate)")
        #expect(!FileManager.default.fileExists(atPath: folder.path("x.r3")))
        let report = try Command.run(
            list: ["index", folder.path("root"), "--to", folder.path("x.r3"), "--include", "*.md", "--max-file-size", "2kB", "--json", "--quiet"]
        ).json(IndexReport.self)
        #expect(report.added == 1 && report.failed.isEmpty && report.skipped.map(\.path) == ["big.md"])
        #expect(report.skipped.first?.refusal == .tooLarge(size: 6500, limit: 2000))
        #expect(try Command.run("show", folder.path("x.r3"), "keep.md").text == "A text in keep.md.\n")
        for name in ["drop.txt", "ignored.md", ".hidden.md", "big.md"] {
            #expect(try Command.run("show", folder.path("x.r3"), name).status == 1, "\(name)")
        }
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
        #expect(shown.contains("e.pdf   failed: cannot be opened as a PDF file (") && shown.contains("c.txt   empty"), "\(shown)")
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
        #expect(Double(estimate.expectedIndexBytes) > 0.5 * Double(size) && Double(estimate.expectedIndexBytes) < 2 * Double(size), "\(size)")
        // Other work on the machine can slow one of the two runs down.
        let factor = estimate.expectedSeconds / report.seconds
        #expect(estimate.expectedSeconds > 0 && estimate.expectedSeconds.isFinite && factor > 1.0 / 50 && factor < 50, "\(factor)")
    }

    @Test func aTerminalIsNotControlledByADocument() throws {
        let notes = try Notes.shared.get()
        #expect(try Command.run("show", notes.index, "lamp.txt").text == Notes.hostile)
        for arguments in [
            ["show", notes.index, "lamp.txt"], ["ask", notes.index, "Which switch is for the lamp in the cellar?"], ["search", notes.index, "lamp"],
        ] {
            let shown = try Command.runOnTerminal(list: arguments)
            #expect(shown.text.contains("switched on ]0;owned by the second switch"), "\(arguments[0])")
            #expect(!shown.text.contains("\u{1B}]") && !shown.text.contains("\u{07}"), "\(arguments[0])")
        }
    }

    @Test func coloursAreForTerminalsThatWantThem() throws {
        let notes = try Notes.shared.get()
        #expect(!(try Command.run("search", notes.index, "cellar").text.contains("\u{1B}")))
        #expect(
            try Command.runOnTerminal(list: ["search", notes.index, "cellar"], environment: ["TERM": "xterm", "NO_COLOR": ""]).text.contains(
                "\u{1B}[36m"))
        #expect(!(try Command.runOnTerminal(list: ["search", notes.index, "cellar"], environment: ["NO_COLOR": "1"]).text.contains("\u{1B}")))
    }

    /// A terminal that cannot redraw a line gets plain lines.
    @Test func aDumbTerminalGetsPlainLines() throws {
        let notes = try Notes.shared.get()
        func drawn(_ terminal: String) throws -> Bool {
            try Command.runOnTerminal(list: ["verify", notes.index], environment: ["TERM": terminal]).text.contains("\u{1B}[K")
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
        #expect(again.status == 0 && again.text.contains("1 unchanged") && again.text.contains("answer quoted in 1 of 1"))
    }

    @Test func aWrongPipelineNamesItsLine() throws {
        try folder.write("pipeline.yaml", "sources:\n  roots: notes\nindex: x.r3\nretrival:\n  top: 3\n")
        let unknown = try Command.run("run", folder.path("pipeline.yaml"))
        #expect(unknown.status == 1 && unknown.errors.contains("pipeline.yaml:4: retrival is not known here"), "\(unknown.errors)")
        try folder.write("broken.yaml", "sources: [a\nindex: {\n")
        #expect(try Command.run("run", folder.path("broken.yaml")).errors.contains("is not YAML"))
        #expect(try Command.run("run", folder.path("absent.yaml")).errors.contains("cannot be read (no such file or directory)"))
        #expect(try Command.run("run", folder.url.path).errors.contains("cannot be read (is a directory)"))
        try folder.write("binary.yaml", Data([0xFF, 0xFE, 0x80]))
        #expect(try Command.run("run", folder.path("binary.yaml")).errors.contains("is not UTF-8 text"))
    }
}

extension RefusedFile {
    /// The reason as the reader of files gave it.
    fileprivate var refusal: Refusal? { Refusal(number: reason.number, details: reason.details) }
}
