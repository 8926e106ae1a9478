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

    private let hyphens: PDFHyphens
    private var last: (line: PDFLine, end: LineEnd)?

    /// How far a line reaches in its block.
    private enum LineEnd {
        case full, short
        /// The line stands alone.
        case unknown
    }

    /// Joins the lines of all pages, in order.
    ///
    /// - Parameter recognised: the text of pages that are images, by their index. It follows what is typed on them.
    init(_ pages: [[PDFLine]], recognised: [Int: String] = [:]) {
        hyphens = PDFHyphens(pages)
        for (index, lines) in pages.enumerated() {
            if !lines.isEmpty { add(lines, page: index + 1) }
            if let text = recognised[index] { add(recognised: text, page: index + 1, after: lines) }
        }
        if !text.isEmpty { text.append(10) }
    }

    private mutating func add(_ lines: [PDFLine], page: Int) {
        let blocks = PDFBlock.blocks(in: lines)
        let leading = Self.leading(lines, blocks)
        var isFirst = true
        for block in blocks {
            for i in block.lines {
                let line = lines[i]
                let joint: Joint =
                    if i > block.lines.lowerBound {
                        within(block, lines, i, leading)
                    } else {
                        last.map { between($0, line, isNewPage: isFirst) } ?? .paragraph
                    }
                join(line, joint, page: isFirst ? page : nil)
                isFirst = false
            }
            if let end = block.lines.last { last = (lines[end], Self.end(of: lines[end], block)) }
        }
    }

    private static func end(of line: PDFLine, _ block: PDFBlock) -> LineEnd {
        block.lines.count == 1 ? .unknown : block.isShort(line) ? .short : .full
    }
}

extension PDFText {
    /// Adds the text of a page as it was recognised: lines, with blank lines between paragraphs.
    ///
    /// The typed lines of the page are recognised, too. They are left out.
    private mutating func add(recognised page: String, page number: Int, after typed: [PDFLine]) {
        func letters(_ text: some StringProtocol) -> String { text.lowercased().filter { $0.isLetter || $0.isNumber } }
        var known = Dictionary(typed.map { (letters($0.text), 1) }, uniquingKeysWith: +)
        known[""] = nil
        var startsParagraph = true
        var isFirst = typed.isEmpty
        for line in page.split(omittingEmptySubsequences: false, whereSeparator: { $0 == "\n" || $0 == "\u{C}" }) {
            guard let start = line.firstIndex(where: { !$0.isWhitespace }) else {
                startsParagraph = true
                continue
            }
            let words = String(line[start...])
            let key = known.isEmpty ? "" : letters(words)
            if let count = known[key], count > 0 {
                known[key] = count - 1
                continue
            }
            if startsParagraph { if !text.isEmpty { text += [10, 10] } } else { mend(words) }
            if isFirst { spans.append(SourceSpan(start: text.count, place: .page(number))) }
            text += words.utf8
            (startsParagraph, isFirst) = (false, false)
        }
        last = nil
    }

    /// How the first line of a block is joined. A sentence may go on in the next column or page.
    private func between(_ last: (line: PDFLine, end: LineEnd), _ next: PDFLine, isNewPage: Bool) -> Joint {
        guard !next.startsBlock, !next.isApart, !last.line.isApart, next.table == nil, last.line.table == nil else {
            return .paragraph
        }
        let isSameSize = abs(last.line.height - next.height) < 0.15 * next.height
        let goesOn = next.text.unicodeScalars.first?.properties.isLowercase ?? false
        guard isSameSize, goesOn, !last.line.endsSentence, !next.startsItem else { return .paragraph }
        // The next column starts higher. Below, a sentence goes on only where a figure parts its full lines.
        let isBelow = !isNewPage && next.top > last.line.bottom
        return last.end == .short || isBelow && last.end == .unknown ? .paragraph : .word
    }

    /// How a line is joined to the line before it in a block.
    private func within(_ block: PDFBlock, _ lines: [PDFLine], _ i: Int, _ leading: Double) -> Joint {
        let (previous, line) = (lines[i - 1], lines[i])
        if previous.isTableRow, line.isTableRow { return .line }
        let step = line.top - previous.top
        if abs(previous.height - line.height) > 0.2 * max(previous.height, line.height) { return .paragraph }
        if step > 1.4 * max(leading, line.height) { return .paragraph }
        if line.startsItem || line.isTableRow || previous.isTableRow { return .line }
        let indent = line.isRightToLeft ? previous.right - line.right : line.left - previous.left
        let isIndented = indent > 0.8 * line.height && indent < 6 * line.height
        if isIndented, !previous.startsItem, previous.endsSentence || block.hasRoom(for: line, after: previous) {
            return .paragraph
        }
        if hyphens.joint(Array(previous.text.utf8), line.text) != nil { return .word }
        if block.hasRoom(for: line, after: previous) { return previous.endsSentence ? .paragraph : .line }
        return .word
    }

    /// The usual distance between the tops of successive lines of prose. 0 where hardly any stand beside the tables of the
    /// page.
    ///
    /// That is the median. In a form, where most lines stand apart, it is the median for lines that go on because they are
    /// full.
    private static func leading(_ lines: [PDFLine], _ blocks: [PDFBlock]) -> Double {
        func median(_ indices: [Int], atLeast fewest: Int) -> Double? {
            let steps = indices.filter { !lines[$0 - 1].isTableRow && !lines[$0].isTableRow }
                .map { lines[$0].top - lines[$0 - 1].top }.filter { $0 > 1 && $0 < 60 }.sorted()
            return steps.count < fewest ? nil : steps[steps.count / 2]
        }
        let full = blocks.flatMap { block in
            block.lines.dropFirst().filter { !block.hasRoom(for: lines[$0], after: lines[$0 - 1]) }
        }
        let all = Array(lines.indices.dropFirst())
        let usual = median(all, atLeast: lines.contains(where: \.isTableRow) ? 3 : 1) ?? 0
        return min(usual, median(full, atLeast: 3) ?? usual)
    }

    private mutating func join(_ line: PDFLine, _ joint: Joint, page: Int?) {
        var new = hyphens.visible(line.text)
        switch joint {
        case .paragraph: if !text.isEmpty { text += [10, 10] }
        case .line: text.append(10)
        case .word:
            // Struck text goes on over the line end.
            if new.hasPrefix("~~"), text.suffix(2).elementsEqual("~~".utf8) {
                new.removeFirst(2)
                text.removeLast(2)
            }
            mend(new)
        }
        if let page { spans.append(SourceSpan(start: text.count, place: .page(page))) }
        text += new.utf8
    }
}

extension PDFText {
    /// Prepares the end of the text for a line that continues it: appends a space, or mends the word that the line end broke.
    private mutating func mend(_ next: String) {
        if let length = hyphens.joint(text, next) { return text.removeLast(length) }
        let ends = String(decoding: text.suffix(4), as: UTF8.self).unicodeScalars.last
        if let ends, ends.value.isIdeograph, let first = next.unicodeScalars.first, first.value.isIdeograph { return }
        text.append(32)
    }
}
