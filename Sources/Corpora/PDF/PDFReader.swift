extension MediaType {
    /// A PDF file.
    package static let pdf = MediaType(rawValue: "pdf")
}

/// Reads the text in PDF files. The text of pages that are images is recognised where tesseract is installed.
struct PDFReader: Reader {
    let format = Format(.pdf, extensions: ["pdf"], signatures: [.bytes(Array("%PDF-".utf8), within: 1024)])

    func longestFile(_ limits: ExtractionLimits) -> Int { limits.pdfBytes }

    func read(_ bytes: [UInt8], limits: ExtractionLimits) throws(Refusal) -> Document {
        try Self.result(bytes, limits).get()
    }

    /// Opens the file and reads it while its bytes are borrowed.
    ///
    /// The closure of `withUnsafeBytes` cannot throw a typed error, so the refusal is in the result.
    private static func result(_ bytes: [UInt8], _ limits: ExtractionLimits) -> Result<Document, Refusal> {
        bytes.withUnsafeBytes { raw in
            Result { () throws(Refusal) in try document(in: try PDFFile(raw), limits: limits) }
        }
    }

    private static func document(in file: borrowing PDFFile, limits: ExtractionLimits) throws(Refusal) -> Document {
        var read = try PDFPages(file, limits: limits)
        try read.add(form: file.dynamicForm, limits: limits)
        let pages = read.lines
        let recognised = try RecognisedPages(read.images, of: file, limits: limits)
        guard read.readable > 0 || !recognised.texts.isEmpty else {
            if let pack = file.missingLanguagePack { throw .languagePackMissing(pack) }
            throw read.letterless == 0 ? .noTextLayer(pages: pages.count) : .lettersUnknown
        }
        let running = PDFRunningLines.indices(in: pages)
        let kept = pages.indices.map { page in
            pages[page].indices.filter { !running[page].contains($0) }.map { pages[page][$0] }
        }
        var text = PDFText(kept, recognised: recognised.texts)
        if text.text.isEmpty { text = PDFText(pages) }
        var notes = read.notes(file, recognised: recognised.texts.count)
        let doubtful = DoubtfulLetters.count(in: text.text)
        if doubtful > 0 { notes.append(.lettersDoubtful(words: doubtful)) }
        let left = zip(pages, running).flatMap { lines, left in left.map { lines[$0].text } }
        func words(_ texts: [String]) -> Int { texts.reduce(0) { $0 + $1.split(separator: " ").count } }
        if words(left) * 100 > words(pages.joined().map(\.text)) { notes.append(.linesKeptOnce(left.count)) }
        return Document(
            title: title(file, pages), mediaType: .pdf, text: text.text, spans: text.spans, original: .extracted,
            notes: notes)
    }

    /// The title in the metadata if a person wrote it.
    ///
    /// Otherwise the largest lines at the top of the first page that has text.
    private static func title(_ file: borrowing PDFFile, _ pages: [[PDFLine]]) -> String? {
        if let stated = file.title.flatMap({ DocumentTitle.clean($0.utf8) }), isTitle(stated) { return stated }
        guard let lines = pages.lazy.map({ $0.filter { !$0.isApart } }).first(where: { !$0.isEmpty }) else { return nil }
        let top = lines.prefix(20).filter { DocumentTitle.clean($0.text.utf8) != nil && $0.text.utf8.count > 2 }
        guard let first = top.first else { return nil }
        // A row of a table may be as high as several lines.
        let prose = top.filter { !$0.isTableRow }
        let heights = lines.filter { !$0.isTableRow }.map(\.height).sorted()
        guard let largest = prose.map(\.height).max(), largest > 1.15 * heights[heights.count / 2] else {
            return DocumentTitle.clean(first.text.utf8)
        }
        let words = prose.drop { $0.height < 0.95 * largest }.prefix { $0.height >= 0.95 * largest }.prefix(4).map(\.text)
        return DocumentTitle.clean(words.joined(separator: " ").utf8)
    }

    /// Whether a metadata title is more than the name of the file that the PDF was made from.
    private static func isTitle(_ text: String) -> Bool {
        let lower = text.lowercased()
        let programs = ["microsoft word", "microsoft powerpoint", "untitled", "powerpoint presentation", "(anonymous)"]
        let suffixes = [
            "doc", "docx", "odt", "odp", "ods", "ppt", "pptx", "xls", "xlsx", "indd", "tex", "dvi", "pdf", "qxd", "rtf",
            "txt", "html", "tif", "tiff", "jpg", "png", "p65", "ai", "eps", "cdr",
        ]
        // One word with digits is a file number.
        let isName = text.contains(" ") || !text.utf8.contains { $0.isDigit }
        return isName && text.utf8.count > 2 && !programs.contains { lower.hasPrefix($0) }
            && !suffixes.contains(fileExtension(lower))
    }
}
