/// Reads the text layer of PDF files.
enum PDFReader {
    /// The document of a PDF file's text layer.
    static func read(_ bytes: [UInt8], path: String, limits: ExtractionLimits) -> Extraction {
        bytes.withUnsafeBytes { raw in
            do throws(PDFFile.Refusal) {
                return read(try PDFFile(raw), path: path, limits: limits)
            } catch {
                switch error {
                case .needsPassword: return .failed("needs a password to be opened; save a copy without one")
                case .damaged(let reason): return .failed("cannot be opened as a PDF file (\(reason))")
                }
            }
        }
    }

    private static func read(_ file: borrowing PDFFile, path: String, limits: ExtractionLimits) -> Extraction {
        var pages: [[PDFLine]] = []
        var missing = 0
        var length = 0
        for index in 0..<file.pageCount {
            guard let lines = file.fragments(ofPage: index).map(PDFLayout.lines) else {
                missing += 1
                pages.append([])
                // A page count that is a lie ends here.
                if missing > 1000, missing * 2 > index { break }
                continue
            }
            length += lines.reduce(0) { $0 + $1.text.utf8.count + 1 }
            if length > limits.textBytes { return .failed("its text is longer than \(limits.textBytes >> 20) MB") }
            pages.append(lines)
        }
        guard missing < pages.count else { return .failed("damaged: no page can be read") }

        let (readable, unreadable) = letters(pages)
        if readable == 0 {
            return .skipped(
                unreadable == 0
                    ? "no text layer: \(pages.count) page\(pages.count == 1 ? "" : "s") of images; run OCR first"
                    : "its text layer does not say which letters it shows; run OCR first")
        }
        let running = PDFRunningLines.indices(in: pages)
        let kept = pages.indices.map { page in
            pages[page].indices.filter { !running[page].contains($0) }.map { pages[page][$0] }
        }
        var text = PDFText(kept)
        if text.text.isEmpty { text = PDFText(pages) }
        return .document(
            Document(
                path: path, title: title(file, pages) ?? "", mediaType: .pdf, text: text.text,
                spans: text.spans, original: .extracted))
    }

    /// How many letters and digits there are, and how many codes without a meaning.
    private static func letters(_ pages: [[PDFLine]]) -> (readable: Int, unreadable: Int) {
        var readable = 0
        var unreadable = 0
        for line in pages.joined() {
            for scalar in line.text.unicodeScalars {
                if scalar == "\u{FFFD}" || scalar.properties.generalCategory == .privateUse {
                    unreadable += 1
                } else if scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
                    readable += 1
                }
            }
        }
        return unreadable > 3 * readable ? (0, unreadable) : (readable, unreadable)
    }

    /// The title in the metadata if a person wrote it, else the largest lines at the top of the first page.
    private static func title(_ file: borrowing PDFFile, _ pages: [[PDFLine]]) -> String? {
        if let stated = file.title.flatMap({ DocumentTitle.clean($0.utf8) }), isTitle(stated) { return stated }
        guard let lines = pages.first(where: { !$0.isEmpty }) else { return nil }
        let top = lines.prefix(20).filter { DocumentTitle.clean($0.text.utf8) != nil && $0.text.utf8.count > 2 }
        guard let largest = top.map(\.height).max() else { return nil }
        let heights = lines.map(\.height).sorted()
        guard largest > 1.15 * heights[heights.count / 2] else { return DocumentTitle.clean(top[0].text.utf8) }
        let words = top.drop { $0.height < 0.95 * largest }.prefix { $0.height >= 0.95 * largest }.prefix(4).map(\.text)
        return DocumentTitle.clean(words.joined(separator: " ").utf8)
    }

    /// Whether a metadata title is more than the name of the file that the PDF was made from.
    private static func isTitle(_ text: String) -> Bool {
        let lower = text.lowercased()
        let programs = ["microsoft word", "microsoft powerpoint", "untitled", "powerpoint presentation", "(anonymous)"]
        let suffixes = [
            "doc", "docx", "odt", "odp", "ods", "ppt", "pptx", "xls", "xlsx", "indd", "tex", "dvi", "pdf", "qxd", "rtf",
            "txt", "html", "tif",
            "tiff", "jpg", "png", "p65", "ai", "eps", "cdr",
        ]
        // One word with digits is a number in someone's filing.
        let isName = text.contains(" ") || !text.utf8.contains { (0x30...0x39).contains($0) }
        return isName && text.utf8.count > 2 && !programs.contains { lower.hasPrefix($0) }
            && !suffixes.contains(FileFormat.pathExtension(lower))
    }
}
