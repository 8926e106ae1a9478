extension PDFFrame {
    /// Adds the value of a form field: one word for each line of the value, at the height of its label.
    mutating func add(_ value: String, at mark: PDFPage.Mark, order: Int) {
        let lines = value.split(whereSeparator: \.isNewline)
        let height = (mark.bottom - mark.top) / Double(max(lines.count, 1))
        let label = lines.count == 1 ? label(of: mark) : nil
        let size = label?.size ?? min(max(0.7 * height, 4), 11)
        for (i, line) in lines.prefix(1000).enumerated() {
            let letters = line.unicodeScalars.map(\.value).filter { !$0.isInvisible }
            guard !letters.isEmpty else { continue }
            // Without a label, the value stands in the middle of its part of the field.
            let middle = mark.top + height * (Double(i) + 0.5)
            let left = mark.left + 1
            // The value stands inside its field, and not on the words beside it.
            let right = min(left + 0.45 * size * Double(letters.count), max(mark.right, left + 1))
            var word = PDFWord(
                PDFWord.Glyph(letters: letters[...], left: left, right: right),
                baseline: label?.baseline ?? middle + 0.35 * size, top: label?.top ?? middle - 0.6 * size,
                bottom: label?.bottom ?? middle + 0.6 * size, size: size, order: order)
            word.endsInSpace = true
            words.append(word)
            glyphCount += 1
        }
    }

    /// The word that stands beside a field, at about its height and near to it.
    private func label(of mark: PDFPage.Mark) -> PDFWord? {
        let middle = (mark.top + mark.bottom) / 2
        func away(_ word: PDFWord) -> Double { abs((word.top + word.bottom) / 2 - middle) }
        let beside = words.filter { word in
            let gap = max(mark.left - word.right, word.left - mark.right)
            return gap > -0.5 * word.size && gap < 250
                && away(word) < 0.8 * max(word.height, min(mark.bottom - mark.top, 20))
        }
        return beside.min { away($0) < away($1) }
    }
}
