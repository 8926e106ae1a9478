import CPDF

/// The lines of all pages of a file, and what was not read of them.
struct PDFPages {
    /// The lines of each page. A damaged page has none.
    private(set) var lines: [[PDFLine]] = []
    /// The number of letters and digits. It is 0 when more than three quarters of all characters have no letters.
    private(set) var readable = 0
    /// The number of characters whose font does not say which letters they show.
    private(set) var letterless = 0

    private var damaged = 0
    /// The indices of the pages that are images.
    private(set) var images: [Int] = []
    private var hidden = 0
    private var outside = 0
    private var attached: [String] = []
    /// The number of lines of a form that its pages do not show.
    private var formLines: Int?

    init(_ file: borrowing PDFFile, limits: ExtractionLimits) throws(Refusal) {
        var length = 0
        for index in 0..<file.pageCount {
            guard let page = file.page(index) else {
                damaged += 1
                lines.append([])
                // The page count of a hostile file may be far too large.
                if damaged > 1000, damaged * 2 > index { break }
                continue
            }
            let layout = PDFLayout(page)
            length += layout.lines.reduce(0) { $0 + $1.text.utf8.count + 1 }
            guard length <= limits.textBytes else { throw .textTooLong(limit: limits.textBytes) }
            lines.append(layout.lines)
            count(page, layout)
        }
        guard damaged < lines.count else { throw .noReadablePage }
        weigh(lines.joined())
    }

    /// Counts the letters of some lines.
    private mutating func weigh(_ lines: some Sequence<PDFLine>) {
        for line in lines {
            for scalar in line.text.unicodeScalars {
                if scalar.isASCII {
                    if scalar.value.isLetter || (0x30...0x39).contains(scalar.value) { readable += 1 }
                } else if scalar == "\u{FFFD}" || scalar.properties.generalCategory == .privateUse {
                    letterless += 1
                } else if scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
                    readable += 1
                }
            }
        }
        if letterless > 3 * readable { readable = 0 }
    }

    /// Adds the text of a form that its pages do not show, as lines of the first page. Nothing for nil.
    mutating func add(form bytes: [UInt8]?, limits: ExtractionLimits) throws(Refusal) {
        guard let bytes, !lines.isEmpty else { return }
        let texts = XFAForm(bytes)?.lines ?? []
        guard texts.reduce(0, { $0 + $1.utf8.count + 1 }) <= limits.textBytes else {
            throw .textTooLong(limit: limits.textBytes)
        }
        let form = texts.enumerated().map { i, text in
            var line = PDFLine(text: text, left: 0, right: 0, top: 14 * Double(i), bottom: 14 * Double(i) + 10)
            line.startsBlock = true
            return line
        }
        formLines = form.count
        weigh(form)
        // What the page says in place of the form follows it.
        if !form.isEmpty { for i in lines[0].indices { lines[0][i].isApart = true } }
        lines[0] = form + lines[0]
    }

    private mutating func count(_ page: PDFPage, _ layout: PDFLayout) {
        for glyph in page.glyphs {
            if glyph.has(CPDF_LETTERLESS) {
                letterless += 1
            } else if glyph.has(CPDF_OUTSIDE) {
                outside += Int(glyph.length)
            }
        }
        hidden += page.glyphs.reduce(0) { $0 + (page.hides($1) && !$1.has(CPDF_OUTSIDE) ? Int($1.length) : 0) }
        // An empty page has nothing to read. A page of images has.
        if page.imageCount > 0, layout.lines.isEmpty || page.isScan { images.append(lines.count - 1) }
        attached += page.marks.filter { $0.kind == CPDF_ATTACHMENT }.map(\.text)
    }

    /// What was not read of the file, or read with doubt. The text of so many pages was recognised.
    func notes(_ file: borrowing PDFFile, recognised: Int) -> [ReadingNote] {
        var notes: [ReadingNote] = []
        if images.count > recognised { notes.append(.pagesWithoutText(images.count - recognised, of: lines.count)) }
        if recognised > 0 { notes.append(.pagesRecognised(recognised, of: lines.count)) }
        if damaged > 0 { notes.append(.damagedPages(damaged, of: lines.count)) }
        if let pack = file.missingLanguagePack { notes.append(.languagePackMissing(pack)) }
        if letterless > 0 { notes.append(.lettersUnknown(characters: letterless)) }
        if hidden > 0 { notes.append(.hiddenText(characters: hidden)) }
        if outside > 0 { notes.append(.textOutsidePage(characters: outside)) }
        if let formLines { notes.append(.dynamicForm(lines: formLines)) }
        let names = file.attachments + attached
        if !names.isEmpty { notes.append(.attachments(names)) }
        return notes
    }
}
