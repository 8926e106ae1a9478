extension MediaType {
    /// A notebook of Jupyter.
    package static let notebook = MediaType(rawValue: "ipynb")
}

/// Reads notebooks of Jupyter: the text, the code and the printed results of the cells, in order.
struct NotebookReader: Reader {
    let format = Format(.notebook, extensions: ["ipynb"])

    func read(_ bytes: [UInt8], limits: ExtractionLimits) throws(Refusal) -> Document {
        let source = try TextReader.decode(bytes).text
        guard let notebook = JSONValue(source) else { throw .containerDamaged("the notebook") }
        // The first versions had worksheets of cells.
        let cells = notebook["cells"]?.array ?? notebook["worksheets"]?.array.flatMap { $0["cells"]?.array ?? [] } ?? []
        guard notebook["cells"] != nil || notebook["worksheets"] != nil else { throw .containerDamaged("the list of cells") }
        let language =
            notebook["metadata"]?["kernelspec"]?["language"]?.string
            ?? notebook["metadata"]?["language_info"]?["name"]?.string ?? ""
        var extracted = Extracted()
        for cell in cells {
            let text = Self.text(cell["source"] ?? cell["input"])
            switch cell["cell_type"]?.string {
            case "markdown": Self.append(text, to: &extracted)
            case "heading": Self.append("# " + text, to: &extracted)
            case "code":
                Self.append(Self.fenced(text, language), to: &extracted)
                for output in cell["outputs"]?.array ?? [] { Self.result(output, &extracted) }
            default: Self.append(text, to: &extracted)
            }
            guard extracted.text.count <= limits.textBytes else { throw .textTooLong(limit: limits.textBytes) }
        }
        extracted.headings = MarkdownHeadings.headings(in: extracted.text)
        extracted.title = notebook["metadata"]?["title"]?.string
        return try extracted.document(.notebook)
    }

    /// A text that is one string, or a list of lines.
    private static func text(_ value: JSONValue?) -> String {
        value?.string ?? value?.array.compactMap(\.string).joined() ?? ""
    }

    private static func append(_ text: String, to extracted: inout Extracted) {
        var text = text[...]
        while let last = text.last, last.isWhitespace { text.removeLast() }
        if !text.isEmpty { extracted.append(paragraph: String(text)) }
    }

    /// Code between fences that are longer than those inside.
    private static func fenced(_ text: String, _ language: String) -> String {
        guard text.contains(where: { !$0.isWhitespace }) else { return "" }
        let longest = text.split(whereSeparator: { $0 != "`" }).map(\.count).max() ?? 0
        let fence = String(repeating: "`", count: max(3, longest + 1))
        return fence + language + "\n" + text + (text.hasSuffix("\n") ? "" : "\n") + fence
    }

    /// What a line shows at last that is printed over itself, as a bar of progress is.
    private static func shown(_ line: Substring) -> Substring { line.split(separator: "\r").last ?? "" }

    /// Appends what a cell printed: its text, or the text of its table or error.
    private static func result(_ output: JSONValue, _ extracted: inout Extracted) {
        let data = output["data"] ?? output
        var text = Self.text(output["text"])
        text = text.replacing("\r\n", with: "\n").split(separator: "\n", omittingEmptySubsequences: false)
            .map(shown).joined(separator: "\n")
        if text.isEmpty {
            let plain = Self.text(data["text/plain"])
            // The name of an object of Python says nothing.
            let isName = plain.wholeMatch(of: #/\s*<[^<>]* object( at \w+)?>\s*/#) != nil
            let latex = data["text/latex"]
            text = Self.text(data["text/markdown"] ?? (isName ? latex : nil) ?? data["text/plain"] ?? latex)
        }
        if text.isEmpty {
            text = output["traceback"]?.array.compactMap(\.string).joined(separator: "\n") ?? ""
            let message = Self.text(output["evalue"])
            if !text.contains(message) { text += (text.isEmpty ? "" : "\n") + message }
        }
        // A picture or a table for browsers; its plain form is a name such as <Figure size 640x480>.
        if data.keys.contains(where: { $0.hasPrefix("image/") || $0 == "png" || $0 == "jpeg" }) {
            extracted.remarks.add(.picture)
        }
        let html = Self.text(data["text/html"])
        if text.isEmpty, html.isEmpty {
            let forms = data.keys.filter { $0.contains("/") && !$0.hasPrefix("image/") }
            if let form = forms.min() { extracted.remarks.add(.object("output of type " + form)) }
        }
        // A table that cannot be parsed stands in its plain form.
        if !html.isEmpty, let page = try? HTMLReader.extract(Array(html.utf8)), !page.text.isEmpty {
            extracted.remarks.add(page.remarks)
            return append(fenced(String(decoding: page.text, as: UTF8.self), ""), to: &extracted)
        }
        let bytes = Array(text.utf8)
        guard let decoding = TextDecoding(bytes, as: .utf8, maxRepairs: 0) else { return }
        let plain = TerminalText.cleaned(decoding, of: bytes).text
        append(fenced(String(decoding: plain, as: UTF8.self), ""), to: &extracted)
    }
}
