import CPDF

/// The lines of a page in reading order.
struct PDFLayout {
    private(set) var lines: [PDFLine] = []

    init(_ read: PDFPage) {
        var page = read
        var unseen: [UInt32] = []
        var frames = PDFFrame.frames(page, hidden: &unseen)
        let hidden = String(scalars: unseen.map { $0.isSpace ? 0x20 : $0 }.filter { !$0.isInvisible })
            .split(separator: " ").joined(separator: " ")
        add(page.marks, to: &frames)
        PDFStrikes.mark(&frames, &page)
        // The direction of most text makes the text of the page. Text in other directions stands apart, after it.
        frames.sort { $0.glyphCount > $1.glyphCount }
        // The heads of narrow columns stand sideways in the tables of the text.
        var turned = frames.first.map { PDFTurnedWords(Array(frames.dropFirst()), besides: $0) } ?? PDFTurnedWords()
        for i in frames.indices {
            var none = PDFTurnedWords()
            var new = i == 0 ? Self.lines(of: frames[0], page, &turned) : Self.lines(of: frames[i], page, &none)
            if i == 0 { frames.replaceSubrange(1..., with: turned.rest) }
            if i > 0 { for j in new.indices { new[j].isApart = true } }
            if !new.isEmpty, i > 0 { new[0].startsBlock = true }
            lines += new
        }
        for mark in page.marks { note(mark) }
        if hidden.contains(where: { $0.isLetter || $0.isNumber }) { apart("[Hidden text: \(hidden)]") }
    }

    /// - Parameter turned: the words at a right angle, of which the tables take those in their cells.
    private static func lines(of frame: PDFFrame, _ page: PDFPage, _ turned: inout PDFTurnedWords) -> [PDFLine] {
        let rules = PDFRules(page, in: frame)
        let words = PDFFractions.joined(PDFInitial.attached(PDFSpacedWords.joined(frame.words)), rules)
        // The words of ruled tables are read by their cells. The edges of backgrounds make a table where no rules do.
        let all = [rules] + [rules.withEdges(of: page, in: frame)].compactMap(\.self)
        var free = Set(words.indices)
        var tables = all.flatMap(PDFGrid.grids).compactMap { $0.filled(with: words, &free, &turned) }
        for rules in all {
            tables += PDFRuledRows(rules, words, free).grids.compactMap { $0.filled(with: words, &free, &turned) }
        }
        let rows = PDFRow.rows(tables.isEmpty ? words : words.selecting(free.sorted()))
        let gutters = PDFGutters(rows, rules)
        var pieces = rows.indices.flatMap { gutters.pieces(of: rows[$0], at: $0) }
        pieces += turned.heads(of: pieces)
        return PDFColumns(pieces + tables.enumerated().flatMap { PDFGridText($1, number: $0).lines }, isWide: page.isWide)
            .lines
    }

    /// Adds the values of form fields at their places, as words.
    private func add(_ marks: [PDFPage.Mark], to frames: inout [PDFFrame]) {
        for (i, mark) in marks.enumerated() {
            let text: String
            switch mark.kind {
            case CPDF_FIELD: text = mark.text
            case CPDF_ON: text = "[x]"
            case CPDF_OFF: text = "[ ]"
            default: continue
            }
            if !frames.contains(where: \.isUpright) { frames.append(PDFFrame(x: 1, y: 0)) }
            guard let frame = frames.firstIndex(where: \.isUpright) else { continue }
            frames[frame].add(text, at: mark, order: (1 << 30) + i)
        }
    }

    /// Adds a note or text box as a paragraph of its own.
    private mutating func note(_ mark: PDFPage.Mark) {
        let text = mark.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard !text.isEmpty else { return }
        switch mark.kind {
        case CPDF_NOTE: apart("[Note: \(text)]")
        case CPDF_TEXT_BOX: apart("[Text box: \(text)]")
        default: break
        }
    }

    private mutating func apart(_ text: String) {
        var line = PDFLine(text: text, left: 0, right: 0, top: 0, bottom: 0)
        line.isApart = true
        line.startsBlock = true
        lines.append(line)
    }
}
