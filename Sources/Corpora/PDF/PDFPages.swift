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
        for line in lines.joined() {
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

    private mutating func count(_ page: PDFPage, _ layout: PDFLayout) {
        for glyph in page.glyphs {
            if glyph.has(CPDF_LETTERLESS) {
                letterless += 1
            } else if glyph.has(CPDF_OUTSIDE) {
                outside += Int(glyph.length)
            }
        }
        hidden += page.glyphs.reduce(0) { $0 + ($1.isUnseen && !$1.has(CPDF_OUTSIDE) ? Int($1.length) : 0) }
        // An empty page has nothing to read. A page of images has.
        if layout.lines.isEmpty, page.imageCount > 0 { images.append(lines.count - 1) }
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
        let names = file.attachments + attached
        if !names.isEmpty { notes.append(.attachments(names)) }
        return notes
    }
}
