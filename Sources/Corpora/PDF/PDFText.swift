/// Joins the lines of pages into paragraphs.
struct PDFText {
    private(set) var text: [UInt8] = []
    private(set) var spans: [SourceSpan] = []

    /// How a line is joined to the line before.
    private enum Joint {
        /// The line starts a paragraph.
        case paragraph
        /// The line starts on a new line of the text.
        case line
        /// The line continues the sentence of the line before.
        case word
    }

    private let words: Set<[UInt8]>
    private var last: (line: PDFLine, isShort: Bool)?

    /// Joins the lines of all pages, in order.
    init(_ pages: [[PDFLine]]) {
        words = Self.vocabulary(pages)
        for (index, lines) in pages.enumerated() where !lines.isEmpty {
            add(lines, page: index + 1)
        }
        if !text.isEmpty { text.append(10) }
    }

    private mutating func add(_ lines: [PDFLine], page: Int) {
        let blocks = PDFBlock.blocks(in: lines)
        let leading = Self.leading(lines)
        var isFirst = true
        for block in blocks {
            for i in block.lines {
                let line = lines[i]
                let joint: Joint =
                    if let last {
                        i == block.lines.lowerBound
                            ? between(last, line, isNewPage: isFirst) : within(block, lines, i, leading)
                    } else {
                        .paragraph
                    }
                join(line, joint, page: isFirst ? page : nil)
                isFirst = false
                last = (line, i + 1 < lines.count && block.hasRoom(for: lines[i + 1], after: line))
            }
            // `hasRoom` cannot judge the last line of a block, so the width of the block does.
            if let end = block.lines.last { last = (lines[end], block.isShort(lines[end])) }
        }
    }
}

extension PDFText {
    /// How the first line of a block is joined. A sentence may go on in the next column or page.
    private func between(_ last: (line: PDFLine, isShort: Bool), _ next: PDFLine, isNewPage: Bool) -> Joint {
        let isSameSize = abs(last.line.height - next.height) < 0.15 * next.height
        let goesOn = next.text.unicodeScalars.first?.properties.isLowercase ?? false
        return isSameSize && goesOn && !last.isShort && !last.line.endsSentence && !next.startsItem ? .word : .paragraph
    }

    /// How a line is joined to the line before it in a block.
    private func within(_ block: PDFBlock, _ lines: [PDFLine], _ i: Int, _ leading: Double) -> Joint {
        let (previous, line) = (lines[i - 1], lines[i])
        let step = line.top - previous.top
        if abs(previous.height - line.height) > 0.2 * max(previous.height, line.height) { return .paragraph }
        if step > 1.4 * max(leading, line.height) { return .paragraph }
        if line.startsItem || line.isTableRow || previous.isTableRow { return .line }
        let indent = line.isRightToLeft ? previous.right - line.right : line.left - previous.left
        let isIndented = indent > 0.8 * line.height && indent < 6 * line.height
        if isIndented, !previous.startsItem, previous.endsSentence || block.hasRoom(for: line, after: previous) {
            return .paragraph
        }
        if block.hasRoom(for: line, after: previous) { return previous.endsSentence ? .paragraph : .line }
        return .word
    }

    /// The median distance between the tops of successive lines.
    private static func leading(_ lines: [PDFLine]) -> Double {
        let steps = zip(lines, lines.dropFirst()).map { $1.top - $0.top }.filter { $0 > 1 && $0 < 60 }.sorted()
        return steps.isEmpty ? 0 : steps[steps.count / 2]
    }

    private mutating func join(_ line: PDFLine, _ joint: Joint, page: Int?) {
        let new = Array(line.text.utf8)
        switch joint {
        case .paragraph: if !text.isEmpty { text += [10, 10] }
        case .line: text.append(10)
        case .word: mend(new)
        }
        if let page { spans.append(SourceSpan(start: text.count, place: .page(page))) }
        text += new
    }
}

extension PDFText {
    /// Prepares the end of the text for a line that continues it.
    ///
    /// Appends a space, or removes the hyphen of a word that the line end broke.
    private mutating func mend(_ next: [UInt8]) {
        // A soft hyphen (C2 AD) or a Unicode hyphen (E2 80 90) stands only for the line end.
        if text.suffix(2) == [0xC2, 0xAD] { return text.removeLast(2) }
        if text.suffix(3) == [0xE2, 0x80, 0x90] { return text.removeLast(3) }
        if text.last == UInt8(ascii: "-") {
            let head = Array(text.dropLast().reversed().prefix { isLetter($0) }.reversed())
            let tail = Array(next.prefix { isLetter($0) })
            guard !head.isEmpty, let first = tail.first else { return }
            // The hyphen stays when the document has the word with a hyphen and not without. It also stays before a capital
            // and after a single byte.
            if words.contains(lowered(head + tail)) || !words.contains(lowered(head + [UInt8(ascii: "-")] + tail)) {
                if first >= 0x80 || first & 0x20 != 0, head.count > 1 { text.removeLast() }
            }
            return
        }
        if isIdeograph(text.suffix(3)), isIdeograph(next.prefix(3)) { return }
        text.append(32)
    }

    /// All words of the lines in lower case, except words that a line end breaks.
    private static func vocabulary(_ pages: [[PDFLine]]) -> Set<[UInt8]> {
        var words: Set<[UInt8]> = []
        for lines in pages {
            for line in lines {
                for word in line.text.utf8.split(separator: 32) where word.last != UInt8(ascii: "-") {
                    var core = word.drop { !isLetter($0) }
                    while let last = core.last, !isLetter(last) { core.removeLast() }
                    if !core.isEmpty { words.insert(lowered(core)) }
                }
            }
        }
        return words
    }
}

private func isLetter(_ byte: UInt8) -> Bool { byte >= 0x80 || (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A }

private func lowered(_ bytes: some Sequence<UInt8>) -> [UInt8] { bytes.map { $0 >= 65 && $0 <= 90 ? $0 | 0x20 : $0 } }

/// Whether three bytes are a character of a script without spaces between words.
///
/// These are the East Asian marks, the kana, the ideographs and the full-width forms.
private func isIdeograph(_ bytes: some Collection<UInt8>) -> Bool {
    guard bytes.count == 3, let lead = bytes.first else { return false }
    if lead == 0xEF {
        let second = bytes[bytes.index(after: bytes.startIndex)]
        return second == 0xBC || second == 0xBD
    }
    return lead >= 0xE3 && lead <= 0xE9
}
