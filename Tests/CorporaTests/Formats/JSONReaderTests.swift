import Corpora
import TestSupport
import Testing

@Suite struct JSONReaderTests {
    private func check(_ source: String, _ text: String?, _ path: String = "a.json") throws {
        let document = try #require(Readers.read(Array(source.utf8), path: path).document)
        if let text { #expect(document.string == text) }
        #expect(try document.original.bytes(from: document.text) == Array(source.utf8), "\(source)")
    }

    @Test func escapesAreDecodedAndComeBack() throws {
        try check(#"{"city": "Besan\u00e7on", "p": "\ud83d\ude00"}"#, #"{"city": "Besançon", "p": "😀"}"#)
        try check(#"["\u00C5lesund \u0141\u00f3d\u017A"]"#, #"["Ålesund Łódź"]"#)
        try check(#"{"u": "https:\/\/x\/y", "h": "\u003cp\u003e"}"#, #"{"u": "https://x/y", "h": "<p>"}"#)
        try check(
            #"{"t": "one\ntwo\tthree\r\n", "q": "a \"b\" \\n"}"#,
            "{\"t\": \"one\ntwo\tthree\r\n\", \"q\": \"a \\\"b\\\" \\\\n\"}")
    }

    @Test func fewExceptionsToTheRuleComeBackToo() throws {
        try check(
            #"["é", "\u00e9", "\u00e8", "\u00EA", "\/", "/", "\u002f", "\u0041"]"#,
            #"["é", "é", "è", "ê", "/", "/", "/", "A"]"#)
        try check("{\"a\": \"\\u000a\",\r\n\"b\": \"\\n\"}\r\n", nil)
    }

    @Test func whatIsNoEscapeStays() throws {
        for source in [
            #"["\ud800", "\u00zz", "\u0022", "\u005c", "\u0007", "\b"]"#, "{'a': \"\\u00e9", "// \"\n\"\\u00e9\"\"\\n\n\"",
            "\\u00e9", "\"\\",
            "{\"a\": 1}", "\"raw\nline\\n\"", "{\"a0\\˛n", #"["\é", "x\😀y\u00e9", "\\é"]"#, "\"\\é",
        ] { try check(source, nil) }
        try check(#"["\ud800"]"#, #"["\ud800"]"#)
    }

    @Test func anyTextComesBack() throws {
        for seed in UInt64(1)...500 {
            var random = SeededGenerator(seed)
            let pieces = [
                "\"", "\\", "\\u00e9", "\\u00E9", "é", "\\n", "\n", "\r\n", "\\/", "/", "<", "\\u003c", "😀",
                "\\ud83d\\ude00", "u", "{", ":", "a",
            ]
            let source = (0..<Int.random(in: 1...40, using: &random)).map { _ in pieces.randomElement(using: &random)! }
                .joined()
            guard let document = Readers.read(Array(source.utf8), path: "a.jsonl").document else { continue }
            #expect(try document.original.bytes(from: document.text) == Array(source.utf8), "seed \(seed)")
        }
    }
}

@Suite struct NotebookReaderTests {
    @Test func cellsAreTextCodeAndResults() throws {
        let notebook = #"""
            {"cells": [{"cell_type": "markdown", "source": ["# Tides\n", "Caf\u00e9 data."]},
             {"cell_type": "code", "source": "# not a heading\nprint(1)", "outputs": [{"output_type": "stream", "text": ["1\n"]},
              {"output_type": "error", "traceback": ["\u001b[31mValueError\u001b[0m: bad"]}]}],
             "metadata": {"kernelspec": {"language": "python"}}, "nbformat": 4}
            """#
        let document = try #require(Readers.read(Array(notebook.utf8), path: "a.ipynb").document)
        #expect(
            document.string
                == "# Tides\nCafé data.\n\n```python\n# not a heading\nprint(1)\n```\n\n```\n1\n```\n\n```\nValueError: bad\n```\n"
        )
        #expect(document.title == "Tides")
        #expect(document.spans.headings(at: 30) == ["Tides"])
    }

    @Test func anErrorTellsItsMessage() {
        func notebook(_ error: String) -> String {
            "{\"cells\": [{\"cell_type\": \"code\", \"source\": \"go()\", \"outputs\": [{\"output_type\": \"error\", \(error)}]}], \"nbformat\": 4}"
        }
        for (error, text) in [
            (#""evalue": "the valve is shut", "traceback": ["File 7, line 2"]"#, "File 7, line 2\nthe valve is shut"),
            (#""evalue": "shut", "traceback": ["Error: shut"]"#, "Error: shut"), (#""evalue": "shut""#, "shut"),
            (#""evalue": "shut", "traceback": []"#, "shut"),
        ] {
            #expect(Readers.text(notebook(error), "a.ipynb") == "```\ngo()\n```\n\n```\n\(text)\n```\n", "\(error)")
        }
    }

    @Test func brokenAndDeepNotebooksAreText() {
        for source in ["{\"cells\": [", String(repeating: "[", count: 100_000)] {
            #expect(Readers.text(source, "a.ipynb") == source)
        }
    }
}

extension NotebookReaderTests {
    /// Of several forms the first by name is told, in each run.
    @Test func resultsInOtherFormsAreTold() {
        let data = #"{"text/x-map": "", "application/geo+json": {}, "application/vnd.map": {}}"#
        let source =
            #"{"cells": [{"cell_type": "code", "source": "go()", "outputs": [{"output_type": "display_data", "data": "#
            + data + "}]}]}"
        #expect(
            Readers.read(Array(source.utf8), path: "a.ipynb").document?.notes
                == [.objects(["output of type application/geo+json"])])
    }

    @Test func hiddenTextOfATableIsTold() {
        let data = #"{"text/html": ["<p hidden>Row 9</p><p>Row 1</p>"]}"#
        let source =
            #"{"cells": [{"cell_type": "code", "source": "go()", "outputs": [{"output_type": "display_data", "data": "#
            + data + "}]}]}"
        #expect(Readers.read(Array(source.utf8), path: "a.ipynb").document?.notes == [.hiddenPieces(1)])
    }
}

extension JSONReaderTests {
    @Test func notebooksShowFormulasAndTheLastStateOfALine() {
        func result(_ output: String) -> String? {
            let cell = "{\"cell_type\": \"code\", \"source\": \"go()\", \"outputs\": [\(output)]}"
            return Readers.text("{\"cells\": [\(cell)]}", "a.ipynb")
        }
        let forms = "{\"text/plain\": \"<IPython.core.display.Math object>\", \"text/latex\": \"$a+b$\"}"
        #expect(result("{\"data\": \(forms)}")?.hasSuffix("```\n$a+b$\n```\n") == true)
        let text = #"{"output_type": "stream", "text": ["10%\r55%\r100%\n", "done\r\nend"]}"#
        #expect(result(text)?.hasSuffix("```\n100%\ndone\nend\n```\n") == true)
    }
}
