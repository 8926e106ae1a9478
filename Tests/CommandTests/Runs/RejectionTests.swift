import Foundation
import TestSupport
import Testing

/// Every failure gives one line that names the cause, and the right exit code.
struct RejectionTests {
    private let notes: Notes
    private let folder: TemporaryFolder

    init() throws {
        notes = try Notes.shared.get()
        folder = try TemporaryFolder()
    }

    /// The run failed with 1 and one line on standard error that contains all these words.
    private func expectFailure(_ outcome: Command.Outcome, _ words: String..., location: SourceLocation = #_sourceLocation) {
        #expect(outcome.status == 1, sourceLocation: location)
        #expect(outcome.errors.hasPrefix("r3mem: "), sourceLocation: location)
        #expect(outcome.errors.split(separator: "\n").count == 1, "\(outcome.errors)", sourceLocation: location)
        for word in words { #expect(outcome.errors.contains(word), "\(outcome.errors)", sourceLocation: location) }
    }

    @Test(arguments: [
        ["index"], ["index", "somewhere"], ["index", "", "--to", "x.r3"], ["index", "somewhere", "--to", ""],
        ["index", "somewhere", "--to", "folder/"], ["merge", "a.r3", "b.r3", "--to", "folder/"],
        ["export", "x.r3", "--to", ""],
        ["search", "x.r3"], ["search", "x.r3", " "], ["search", "x.r3", "word", "--top", "0"], ["frobnicate"],
        ["ask", "x.r3", "why", "--generator", "http://127.0.0.1:1"], ["ask", "x.r3", "why", "--model-name", "m"],
        ["show", "x.r3", "d", "--passage", "-1"],
        ["index", "somewhere", "--to", "x.r3", "--max-file-size", "large"], ["verify", "x.r3", "--threads", "-3"],
        ["eval"], ["eval", "--squad", "x.json", "--loss", "1"], ["eval", "--squad", "x.json", "--limit", "0"],
        ["eval", "--squad", "x.json", "--beir", "x", "--write", "out"], ["eval", "--corpus", "x", "--write", "out"],
        ["refresh", "x.r3", "--add", ""], ["refresh", "x.r3", "--include", "*.md", "--no-include"],
        ["refresh", "x.r3", "--exclude", "a", "--no-exclude"],
        ["refresh", "x.r3", "--max-file-size", "1MB", "--no-max-file-size"],
        ["index", "somewhere", "--to", "x.r3", "--shard", "9/8"], ["merge", "x.r3", "--to", "y.r3"],
        ["merge", "x.r3", "y.r3"], ["search", "x.r3", "word", "--json", "--format", "csv"], ["verify", "-hans.r3"],
        ["show", "x.r3", "-dash.txt"], ["refresh", "-hx"],
    ])
    func misuseIsSixtyFour(arguments: [String]) throws {
        let outcome = try Command.run(list: arguments)
        #expect(outcome.status == 64 && outcome.errors.hasPrefix("r3mem: ") && outcome.output.isEmpty, "\(outcome.errors)")
    }

    @Test(arguments: [
        (["serch", "x.r3"], "serch: no such command; did you mean 'search'?"),
        (["help", "serch"], "serch: no such command; did you mean 'search'?"),
        (["zzzzzz"], "zzzzzz: no such command; 'r3mem --help' lists all"),
        (["search", "x.r3", "a", "--top", "-3"], "The value '-3' is invalid for '--top <n>'"),
        (["search", "x.r3", "a", "--top"], "Missing value for '--top <n>'"),
        (["serve", "x.r3", "--host", "192.0.2.1"], "Usage: r3mem serve"),
        (["serve", "x.r3", "--token-env", "R3MEM_NO_TOKEN"], "R3MEM_NO_TOKEN: is not set"),
    ])
    func misuseSaysWhatIsWrong(arguments: [String], words: String) throws {
        let outcome = try Command.run(list: arguments)
        #expect(outcome.status == 64 && outcome.errors.contains(words), "\(outcome.errors)")
    }

    @Test(arguments: [
        "index", "refresh", "search", "ask", "show", "export", "verify", "stats", "compact", "merge", "run", "eval",
    ])
    func helpHasAnExample(command: String) throws {
        let outcome = try Command.run("help", command)
        #expect(outcome.status == 0 && outcome.text.contains("r3mem \(command) ") && outcome.text.contains("OVERVIEW"))
    }

    @Test func missingRoot() throws {
        let outcome = try Command.run("index", folder.path("absent"), "--to", folder.path("x.r3"), "--quiet")
        expectFailure(outcome, folder.path("absent"))
        #expect(!FileManager.default.fileExists(atPath: folder.path("x.r3")))
    }

    @Test func emptyRoot() throws {
        try FileManager.default.createDirectory(atPath: folder.path("empty"), withIntermediateDirectories: true)
        expectFailure(
            try Command.run("index", folder.path("empty"), "--to", folder.path("x.r3"), "--quiet"), folder.path("empty"),
            "--allow-empty")
        // A measurement of nothing has no such option.
        let measured = try Command.run("eval", "--corpus", folder.path("empty"), "--quiet")
        expectFailure(measured, folder.path("empty"), "is an empty folder")
        #expect(!measured.errors.contains("--allow-empty"))
    }

    @Test func anIndexIsNoRoot() throws {
        try folder.copy(URL(fileURLWithPath: notes.index), as: "notes.r3")
        let index = folder.path("notes.r3")
        expectFailure(try Command.run("refresh", index, "--add", index), index, "is an index of r3mem", "r3mem merge")
        for more in [["--quiet"], ["--dry-run"]] {
            let arguments = ["index", index, "--to", folder.path("x.r3")]
            expectFailure(try Command.run(list: arguments + more), index, "is an index of r3mem")
        }
        try folder.write("root/a.txt", "A note.\n")
        try folder.copy(URL(fileURLWithPath: notes.index), as: "root/inner.r3")
        let outcome = try Command.run("index", folder.path("root"), "--to", folder.path("x.r3"))
        #expect(
            outcome.status == 0 && outcome.text.contains("inner.r3  an index of r3mem; 'r3mem merge'"), "\(outcome.text)")
    }

    @Test func rootThatBecameEmpty() throws {
        try folder.write("corpus/a.txt", "One note about lanterns.\n")
        #expect(try Command.run("index", folder.path("corpus"), "--to", folder.path("x.r3"), "--quiet").status == 0)
        try folder.remove("corpus/a.txt")
        expectFailure(try Command.run("refresh", folder.path("x.r3"), "--quiet"), "--allow-empty")
        #expect(try Command.run("show", folder.path("x.r3"), "a.txt").text == "One note about lanterns.\n")
    }

    @Test func missingIndex() throws {
        expectFailure(try Command.run("stats", folder.path("absent.r3")), folder.path("absent.r3"))
        #expect(!FileManager.default.fileExists(atPath: folder.path("absent.r3")))
    }

    /// A repair of an index that is cut too short says that nothing is left.
    @Test func nothingLeftToRepair() throws {
        let whole = try Data(contentsOf: URL(fileURLWithPath: notes.index))
        let cut = try folder.write("cut.r3", whole.prefix(1500)).path,
            stub = try folder.write("stub.r3", whole.prefix(200)).path
        expectFailure(
            try Command.run("verify", "--repair", cut, "--quiet"), cut, "nothing is left", "index its sources again")
        expectFailure(try Command.run("stats", stub), stub, "truncated: 200 bytes", "index its sources again")
    }

    @Test func rootsThatOverlap() throws {
        let inner = notes.corpus + "/keys"
        try FileManager.default.createSymbolicLink(atPath: folder.path("link"), withDestinationPath: notes.corpus)
        expectFailure(
            try Command.run("index", notes.corpus, inner, "--to", folder.path("x.r3"), "--quiet"), inner,
            "lies in \(notes.corpus)")
        expectFailure(
            try Command.run("index", notes.corpus, folder.path("link"), "--to", folder.path("x.r3"), "--quiet"),
            "is given twice")
        expectFailure(
            try Command.run("index", inner, "/", "--to", folder.path("x.r3"), "--dry-run"), inner, "lies in /, which")
    }

    @Test func questionsWithoutAny() throws {
        let path = try folder.write("empty.json", "{\"data\": []}").path
        expectFailure(try Command.run("eval", "--squad", path, "--quiet"), path, "holds no question")
        expectFailure(
            try Command.run("eval", "--squad", folder.path("absent.json"), "--quiet"), "absent.json", "no such file")
        expectFailure(
            try Command.run("eval", "--hotpot", path, "--quiet"), path, "is not a file in the HotpotQA form",
            "docs/evaluation.md")
    }

    @Test func aFolderForAnIndex() throws {
        for command in ["stats", "refresh", "verify", "compact"] {
            expectFailure(try Command.run(command, notes.corpus), notes.corpus, "is a folder")
        }
        expectFailure(try Command.run("index", notes.corpus, "--to", notes.corpus, "--quiet"), notes.corpus, "is a folder")
        try #require(mkfifo(folder.path("pipe"), 0o600) == 0)
        let pipe = folder.path("pipe")
        for arguments in [["verify"], ["verify", "--repair"], ["stats"], ["refresh"], ["run"]] {
            expectFailure(try Command.run(list: arguments + [pipe]), pipe, "is no regular file")
        }
        // Nor is a pipe waited at for a model, or for questions.
        expectFailure(try Command.run("stats", notes.index, "--model", pipe), pipe, "not a regular file")
        expectFailure(
            try Command.run("eval", "--index", notes.index, "--questions", pipe, "--quiet"), pipe, "is no regular file")
        expectFailure(try Command.run("run", "/dev/null"), "/dev/null", "is no regular file")
    }

    @Test func aFileInTheWayOfAnIndex() throws {
        for end in ["-wal", "-writer"] {
            let path = try folder.write("x.r3" + end, "A letter.").path
            expectFailure(
                try Command.run("index", notes.corpus, "--to", folder.path("x.r3"), "--quiet"), path, "is in the way",
                "move it away")
            #expect(try String(contentsOfFile: path, encoding: .utf8) == "A letter.")
            try folder.remove("x.r3" + end)
        }
    }

    @Test func foreignIndex() throws {
        let text = try folder.write("foreign.r3", String(repeating: "This is no index. ", count: 500))
        expectFailure(try Command.run("search", text.path, "word"), text.path)
        expectFailure(try Command.run("index", notes.corpus, "--to", text.path, "--quiet"), text.path)
        #expect(try String(contentsOf: text, encoding: .utf8).hasPrefix("This is no index."))
    }

    @Test func truncatedIndex() throws {
        let whole = try Data(contentsOf: URL(fileURLWithPath: notes.index))
        let cut = try folder.write("cut.r3", whole.prefix(whole.count / 2))
        expectFailure(try Command.run("search", cut.path, "cellar"), cut.path)
    }

    @Test func flippedBytesGiveAnErrorAndNeverWrongText() throws {
        let whole = try Data(contentsOf: URL(fileURLWithPath: notes.index))
        let right = try Data(contentsOf: URL(fileURLWithPath: notes.corpus + "/fees.txt"))
        for place in stride(from: 1024, to: whole.count, by: max(1, whole.count / 12)) {
            var bytes = whole
            bytes[place] ^= 0x55
            let index = try folder.write("flipped.r3", bytes)
            let shown = try Command.run("show", index.path, "fees.txt")
            #expect(shown.status == 1 || shown.output == right, "byte \(place)")
            if shown.status == 1 { #expect(shown.errors.hasPrefix("r3mem: "), "byte \(place)") }
        }
    }

    @Test func missingModel() throws {
        expectFailure(
            try Command.run("search", notes.index, "cellar", "--model", folder.path("no.safetensors")),
            folder.path("no.safetensors"))
        let named = try Command.run(
            "search", notes.index, "cellar", environment: ["R3MEM_MODEL": folder.path("no.safetensors")])
        expectFailure(named, folder.path("no.safetensors"))
    }

    @Test func truncatedModel() throws {
        let model = try #require(["models/default.safetensors"].map { Command.root.appendingPathComponent($0) }.first)
        let cut = try folder.write("cut.safetensors", try Data(contentsOf: model).prefix(100_000))
        expectFailure(try Command.run("search", notes.index, "cellar", "--model", cut.path), cut.path)
    }

    @Test func anotherModel() throws {
        var bytes = try Data(contentsOf: Command.root.appendingPathComponent("models/default.safetensors"))
        bytes[bytes.count / 3] ^= 1
        let other = try folder.write("other.safetensors", bytes)
        expectFailure(
            try Command.run("search", notes.index, "cellar", "--model", other.path), notes.index, "coded with model",
            "pass --model")
        expectFailure(
            try Command.run("verify", "--repair", notes.index, "--model", other.path, "--quiet"), notes.index,
            "coded with model")
    }

    @Test func aNameOfSeveralLinesIsOneLineOfOutput() throws {
        try folder.write("odd/first\nsecond\u{1B}[31m.txt", "A note about the lantern in the hall.\n")
        try folder.write("odd/third\nfourth.txt", Data([0, 1, 2, 3]))
        let listed = try Command.run("index", folder.path("odd"), "--to", folder.path("odd.r3"))
        #expect(
            listed.status == 0 && listed.text.contains("third fourth.txt") && !listed.text.contains("\u{1B}"),
            "\(listed.text)")
        #expect(
            try Command.run("show", folder.path("odd.r3"), "first\nsecond\u{1B}[31m.txt").text
                == "A note about the lantern in the hall.\n")
        #expect(try Command.run("export", folder.path("odd.r3"), "--to", folder.path("out"), "--quiet").status == 0)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path("out")) == ["first\nsecond\u{1B}[31m.txt"])
    }

    @Test func unknownDocument() throws {
        expectFailure(try Command.run("show", notes.index, "celar.md"), "celar.md")
        expectFailure(try Command.run("show", notes.index, "other/cellar.md"), "keys/cellar.md")
    }

    @Test func exportIntoAFolderThatIsNotEmpty() throws {
        try folder.write("out/mine.txt", "mine")
        expectFailure(try Command.run("export", notes.index, "--to", folder.path("out"), "--quiet"), "--overwrite")
        #expect(try Command.run("export", notes.index, "--to", folder.path("out"), "--overwrite", "--quiet").status == 0)
        #expect(try String(contentsOfFile: folder.path("out/mine.txt"), encoding: .utf8) == "mine")
        expectFailure(
            try Command.run("export", notes.index, "--to", folder.path("out/mine.txt"), "--quiet"), "mine.txt", "is a file")
    }

    @Test func exportIntoALinkThatLeadsNowhere() throws {
        try FileManager.default.createSymbolicLink(atPath: folder.path("link"), withDestinationPath: "absent")
        expectFailure(
            try Command.run("export", notes.index, "--to", folder.path("link"), "--quiet"), "link",
            "is a link to a folder that is not there")
    }

    /// A target that no file can be written to is told once.
    @Test func exportIntoNoFolder() throws {
        try folder.write("a file", "mine")
        let below = try Command.run("export", notes.index, "--to", folder.path("a file/below"), "--quiet")
        expectFailure(below, "a file")
        #expect(below.errors.split(separator: "\n").count == 1, "\(below.errors)")
    }

    @Test func filesThatExportCannotWriteAreListed() throws {
        try folder.write("taken/fees.txt/inside", "mine")  // a folder is in the way
        let outcome = try Command.run("export", notes.index, "--to", folder.path("taken"), "--overwrite", "--quiet")
        #expect(outcome.status == 1 && outcome.text.contains("fees.txt"), "\(outcome.text) \(outcome.errors)")
    }

    @Test func otherRootsForTheSameIndex() throws {
        try folder.copy(URL(fileURLWithPath: notes.index), as: "notes.r3")
        try folder.write("other/a.txt", "Another corpus.\n")
        for option in ["--quiet", "--dry-run"] {
            let outcome = try Command.run("index", folder.path("other"), "--to", folder.path("notes.r3"), option)
            expectFailure(outcome, notes.corpus, "was made with other roots")
        }
        // A shell takes the command that is advised as it stands.
        let globs = ["$HOME/*.txt", "it's"].flatMap { ["--exclude", $0] }
        let filtered = try Command.run(
            list: ["index", notes.corpus, "--to", folder.path("notes.r3"), "--quiet"] + globs)
        expectFailure(filtered, #"--exclude '$HOME/*.txt' --exclude 'it'\''s'"#)
    }

    @Test func fullDiskForTheOutput() throws {
        let shell = "exec \"$0\" show \"$1\" fees.txt > /dev/full"
        let outcome = try Command.run(shell: shell, Command.executable, notes.index)
        expectFailure(outcome, "standard output")
    }

    @Test func aReaderThatGoesAwayIsNoError() throws {
        let outcome = try Command.run(
            shell: "\"$0\" show \"$1\" fees.txt | true; exit ${PIPESTATUS[0]}", Command.executable, notes.index)
        #expect(outcome.status == 0 && outcome.errors.isEmpty)
    }
}
