/// Joins the letters of headings that are spaced out widely: by a large step from letter to letter, or by hand with spaces between.
///
/// Steps that are alike join letters, and wider ones part words. Lists of letters, such as the answers A C B D, stay as they are.
enum PDFSpacedWords {
    /// The fewest letters of a heading.
    private static let fewest = 5
    /// The gaps between letters, as shares of the size: of letters with drawn spaces between, and of those without.
    private static let gapsWithSpaces = 0.15...1.2
    private static let gapsWithout = 0.5...1.2
    /// The widest gap between words, as a share of the gap between letters.
    private static let widestGap = 4.5
    /// How much gaps between letters differ, as a share of the size.
    private static let tolerance = 0.1

    /// The words of a frame, in the order of drawing, where the letters of each spaced word have become one.
    static func joined(_ words: [PDFWord]) -> [PDFWord] {
        guard words.count >= fewest else { return words }
        var joinsNext = [Bool](repeating: false, count: words.count)
        var spacings = [Double](repeating: 0, count: words.count)
        var start = 0
        while start < words.count {
            var end = start + 1
            while end < words.count, goesOn(words[end - 1], words[end]) { end += 1 }
            if end - start >= fewest, let step = step(of: words[start..<end]) {
                for i in start..<end { spacings[i] = step }
                for i in start..<end - 1 { joinsNext[i] = words[i + 1].left - words[i].right < 1.35 * step }
            }
            start = end
        }
        guard joinsNext.contains(true) else { return words }
        // The indices of hosts change with the words that go.
        var places: [Int] = []
        var joined: [PDFWord] = []
        for (i, word) in words.enumerated() {
            if i > 0, joinsNext[i - 1] {
                joined[joined.count - 1].append(word)
            } else {
                joined.append(word)
            }
            joined[joined.count - 1].letterSpacing = spacings[i]
            places.append(joined.count - 1)
        }
        for i in joined.indices { joined[i].host = joined[i].host.map { places[$0] } }
        return joined
    }

    /// Whether a letter stands beside the letter that is drawn before it.
    private static func goesOn(_ a: PDFWord, _ b: PDFWord) -> Bool {
        guard a.isSingle, b.isSingle || b.isLast, a.host == nil, b.host == nil else { return false }
        let gap = (b.left - a.right) / a.size
        return abs(b.baseline - a.baseline) < 0.1 * a.size && abs(b.size - a.size) < 0.05 * a.size && gap > 0
            && gap < widestGap * gapsWithout.upperBound
    }

    /// The gap between the letters of a heading. Nil where the letters are none.
    private static func step(of words: ArraySlice<PDFWord>) -> Double? {
        let size = words[words.startIndex].size
        let gaps = zip(words, words.dropFirst()).map { $1.left - $0.right }
        let sorted = gaps.sorted()
        let step = sorted[sorted.count / 3]
        let isSpaced = zip(words, words.dropFirst()).count { $0.isSpaced(from: $1) } * 2 > gaps.count
        guard (isSpaced ? gapsWithSpaces : gapsWithout).contains(step / size) else { return nil }
        let steps = gaps.filter { $0 < 1.35 * step }
        guard steps.allSatisfy({ abs($0 - step) < tolerance * size }), steps.count * 2 > gaps.count else { return nil }
        guard gaps.allSatisfy({ $0 < widestGap * step }), sorted[0] > 0.65 * step else { return nil }
        return isHeading(words.compactMap { $0.first?.value }, fewest: fewest) ? step : nil
    }

    /// Whether letters are more likely those of words than a list of letters.
    static func isHeading(_ values: [UInt32], fewest: Int) -> Bool {
        let scalars = values.compactMap(Unicode.Scalar.init)
        let letters = scalars.filter(\.properties.isAlphabetic).map { $0.properties.lowercaseMapping }
        guard letters.count >= fewest, letters.count * 10 >= scalars.count * 6 else { return false }
        let isSorted = zip(letters, letters.dropFirst()).allSatisfy { $0 < $1 }
        let isPastF = letters.contains { $0 > "f" }
        let hasVowel = letters.contains { "aeiouyäöü".contains($0) || $0 >= "\u{e0}" }
        return !isSorted && isPastF && hasVowel
    }
}

extension PDFWord {
    /// Whether the word is one letter or digit.
    fileprivate var isSingle: Bool {
        guard glyphs.count == 1, glyphs[0].letters.count == 1, let first else { return false }
        return first.properties.isAlphabetic && !first.value.isIdeograph || (0x30...0x39).contains(first.value)
    }

    /// Whether the word is a letter before a colon or another mark, which ends a heading.
    fileprivate var isLast: Bool {
        let letters = glyphs.flatMap(\.letters)
        guard letters.count == 2, letters[0].isLetter, let mark = Unicode.Scalar(letters[1]) else { return false }
        return ":;,.!?)".unicodeScalars.contains(mark)
    }

    /// Takes in the next letter of a spaced word, with the space after it.
    fileprivate mutating func append(_ next: PDFWord) {
        for glyph in next.glyphs { append(glyph) }
        endsInSpace = next.endsInSpace
    }
}
