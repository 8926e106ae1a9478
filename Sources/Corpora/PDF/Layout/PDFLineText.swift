/// Makes the text of words that stand side by side: spaces, exponents and the order of writing.
struct PDFLineText {
    let text: String
    /// The width of the first word in reading order.
    let firstWord: Double

    /// - Parameter words: the words from left to right.
    init(_ words: [PDFWord], mirrors: Bool) {
        guard let first = words.first, let last = words.last else {
            text = ""
            firstWord = 0
            return
        }
        let spacing = Spacing(words)
        let right = words.reduce(0) { $0 + $1.count { $0.isRightToLeft } }
        if right == 0 {
            text = Self.leftToRight(words, spacing)
            let end = words.indices.dropFirst().first { spacing.isSpace(before: $0, of: words) } ?? words.count
            firstWord = words[end - 1].right - first.left
        } else {
            var glyphs: [PDFWord.Glyph] = []
            for (i, word) in words.enumerated() {
                if i > 0, spacing.isSpace(before: i, of: words) {
                    let isStruck = glyphs.last?.isStruck == true && word.glyphs.first?.isStruck == true
                    glyphs.append(
                        PDFWord.Glyph(letters: [0x20], left: words[i - 1].right, right: word.left, isStruck: isStruck))
                }
                // Letters that are drawn as they are read stand from right to left.
                let isReversed = zip(word.glyphs, word.glyphs.dropFirst()).allSatisfy {
                    $1.left < $0.left - 0.05 * word.size
                }
                glyphs += isReversed ? word.glyphs.reversed() : word.glyphs
            }
            let letters = words.reduce(0) { $0 + $1.count { !$0.isRightToLeft && $0.isLetter } }
            text = String(
                scalars: PDFDirection.logical(
                    Self.marked(glyphs), isRightToLeft: right >= letters, mirrors: mirrors))
            firstWord = last.right - last.left
        }
    }

    /// The letters of a whole line of glyphs, with the marks of struck ones.
    private static func marked(_ glyphs: [PDFWord.Glyph]) -> [[UInt32]] {
        var isStruck = false
        let letters = marked(glyphs, &isStruck)
        return isStruck ? letters + [strike.unicodeScalars.map(\.value)] : letters
    }

    /// How words are told from parts of a word.
    struct Spacing {
        private var least = 0.15
        /// The words that are letters of a spaced word and go on the word before.
        private var joined: Set<Int> = []

        init(_ words: [PDFWord]) {
            // Letters that are spaced out: nearly every word is one letter, and the gaps are alike.
            guard words.count >= 4 else { return }
            let letters = words.count(where: \.isLetter)
            guard letters * 10 >= words.count * 7 else {
                if letters > 2 { joinLetters(of: words) }
                return
            }
            guard zip(words, words.dropFirst()).count(where: { $0.isSpaced(from: $1) }) * 2 < words.count else { return }
            let gaps = zip(words, words.dropFirst()).map { ($1.left - $0.right) / max($0.size, 1) }.sorted()
            let median = gaps[gaps.count / 2]
            guard median < 0.6 else { return }
            least = max(0.15, 1.6 * median)
        }

        /// Joins the letters of a spaced word in a line that draws its spaces: letters without a drawn space and with like gaps.
        private mutating func joinLetters(of words: [PDFWord]) {
            guard words.contains(where: { $0.endsInSpace && !$0.isLetter }) else { return }
            var start = 0
            while start < words.count {
                var end = start + 1
                guard words[start].isLetter else {
                    start = end
                    continue
                }
                while end < words.count, words[end].isLetter, !words[end - 1].isSpaced(from: words[end]) { end += 1 }
                let gaps = (start + 1..<end).map { (words[$0].left - words[$0 - 1].right) / words[$0].size }
                if end - start > 2, let least = gaps.min(), let most = gaps.max(), least > 0, most < 0.8, most - least < 0.15
                {
                    joined.formUnion(start + 1..<end)
                }
                start = end
            }
        }

        /// Whether a space parts a word from the word before it.
        func isSpace(before i: Int, of words: [PDFWord]) -> Bool {
            if joined.contains(i) { return false }
            let (a, b) = (words[i - 1], words[i])
            let gap = b.left - a.right
            if a.isSpaced(from: b), gap > -0.3 * a.size { return true }
            if b.host != nil, gap < 0.3 * a.size { return false }
            // Ideographs need no spaces, but the gap between two columns is one.
            if a.glyphs.last?.letters.last?.isIdeograph == true, b.glyphs.first?.letters.first?.isIdeograph == true {
                return gap > 0.6 * a.size
            }
            return gap > least * min(a.size, b.size) || gap < -0.5 * min(a.size, b.size)
        }
    }

    private static func leftToRight(_ words: [PDFWord], _ spacing: Spacing) -> String {
        var text = ""
        var isStruck = false
        for (i, word) in words.enumerated() {
            let isSpace = i > 0 && spacing.isSpace(before: i, of: words)
            var between = isSpace ? " " : ""
            var letters = word.text
            if i > 0, !isSpace, let host = host(of: i, in: words) {
                let isBeforeDigit =
                    i + 1 < words.count && !spacing.isSpace(before: i + 1, of: words) && words[i + 1].startsWithDigit
                letters = PDFScript.text(
                    letters, raised: word.baseline < host.baseline - 0.15 * host.size, after: text,
                    isBeforeDigit: isBeforeDigit && Self.host(of: i + 1, in: words) == nil)
            } else if i > 0, !isSpace, isFootnoteMark(words[i - 1], word),
                i == 1 || spacing.isSpace(before: i - 1, of: words)
            {
                // The mark at the start of a note.
                between = " "
            } else if word.glyphs.contains(where: \.isStruck) {
                letters = String(scalars: marked(word.glyphs, &isStruck, between).joined())
                between = ""
            }
            if isStruck, !word.glyphs.contains(where: \.isStruck) {
                text += strike
                isStruck = false
            }
            text += between + letters
        }
        return isStruck ? text + strike : text
    }

    /// The marks around struck text, as the HTML reader writes them.
    private static let strike = "~~"

    /// The letters of glyphs from left to right, with marks where struck ones start and where they have ended.
    ///
    /// - Parameters:
    ///   - isStruck: whether the glyphs before are struck, and then whether the last one is.
    ///   - between: what stands before the first glyph, inside marks that go on and outside those that start.
    private static func marked(
        _ glyphs: [PDFWord.Glyph], _ isStruck: inout Bool, _ between: String = ""
    ) -> [[UInt32]] {
        let mark = strike.unicodeScalars.map(\.value)
        var before = between.unicodeScalars.map(\.value)
        var letters: [[UInt32]] = []
        for glyph in glyphs {
            if isStruck, !glyph.isStruck { letters.append(mark) }
            if !before.isEmpty { letters.append(before) }
            if !isStruck, glyph.isStruck { letters.append(mark) }
            letters.append(Array(glyph.letters))
            (isStruck, before) = (glyph.isStruck, [])
        }
        return letters
    }

    /// The word that a raised or lowered word is an exponent or index of.
    private static func host(of i: Int, in words: [PDFWord]) -> PDFWord? {
        let word = words[i]
        let before = words[i - 1]
        guard word.size < 0.86 * before.size || before.host != nil && word.size < 1.1 * before.size else {
            // Letters as large as those of the line.
            guard word.host != nil, let host = words[..<i].last(where: { $0.host == nil }) else { return nil }
            return host.isLevel(with: word) ? nil : host
        }
        guard
            let host = words[..<i].last(where: { $0.size > word.size / 0.86 }) ?? words[..<i].last(where: { $0.host == nil })
        else { return nil }
        let shift = abs(word.baseline - host.baseline)
        return shift > 0.08 * host.size && shift < 0.9 * host.size ? host : nil
    }

    /// Whether a word is a small raised number before text.
    private static func isFootnoteMark(_ mark: PDFWord, _ text: PDFWord) -> Bool {
        mark.size < 0.86 * text.size && mark.baseline < text.baseline - 0.15 * text.size && mark.order < text.order
            && mark.glyphs.allSatisfy { $0.letters.allSatisfy { (0x30...0x39).contains($0) } }
    }
}

extension PDFWord {
    /// Whether the word is one letter.
    fileprivate var isLetter: Bool { glyphs.count == 1 && first?.properties.isAlphabetic == true }

    var startsWithDigit: Bool { first.map { (0x30...0x39).contains($0.value) } ?? false }

    fileprivate func count(where matches: (UInt32) -> Bool) -> Int {
        glyphs.reduce(0) { $0 + $1.letters.count(where: matches) }
    }
}
