/// Writes fractions with a bar between two lines as 5/384.
///
/// The bar runs at the height of the middle of the letters beside it, so that the rule of a sum in a column of numbers is none.
enum PDFFractions {
    /// The longest bar, and the distance to the words beside it, as shares of their size.
    private static let longest = 10.0
    private static let beside = 1.5
    /// How far above the baseline of the words beside it the bar runs.
    private static let heights = 0.15...0.5
    /// The most rules of a page whose fractions are read. A page with more is a drawing.
    private static let mostRules = 2000

    /// The words of a frame, where the two parts of each fraction have become one word.
    static func joined(_ words: [PDFWord], _ rules: PDFRules) -> [PDFWord] {
        guard !rules.across.isEmpty, rules.across.count < mostRules, words.count > 2 else { return words }
        var out = words
        var removed: Set<Int> = []
        for rule in rules.across {
            let inside = words.indices.filter { i in
                let word = words[i]
                let isOver = word.left > rule.from - 0.3 * word.size && word.right < rule.to + 0.3 * word.size
                return isOver && abs(word.baseline - rule.place) < 1.6 * word.size && !removed.contains(i)
            }
            let above = inside.filter {
                words[$0].baseline < rule.place && words[$0].baseline > rule.place - 0.7 * words[$0].size
            }
            let below = inside.filter { words[$0].baseline > rule.place + 0.5 * words[$0].size }
            guard above.count == 1, below.count == 1, let line = line(rule, words, inside) else { continue }
            let (top, bottom) = (words[above[0]], words[below[0]])
            guard isCentred(top, bottom, rule), rule.to - rule.from < longest * line.size else { continue }
            let slash = PDFWord.Glyph(letters: [0x2F], left: top.right, right: top.right)
            var word = PDFWord(
                slash, baseline: line.baseline, top: line.top, bottom: line.bottom, size: line.size, order: top.order)
            word.glyphs = part(top) + [slash] + part(bottom)
            (word.left, word.right) = (min(top.left, bottom.left, rule.from), max(top.right, bottom.right, rule.to))
            (word.endsInSpace, word.startsAfterSpace) = (true, true)
            out[above[0]] = word
            removed.insert(below[0])
        }
        return removed.isEmpty ? words : out.selecting(out.indices.filter { !removed.contains($0) })
    }

    /// A word that stands beside a bar, with the bar at the middle of its letters.
    private static func line(_ rule: PDFRules.Rule, _ words: [PDFWord], _ inside: [Int]) -> PDFWord? {
        words.indices.filter { i in
            let word = words[i]
            let gap = max(rule.from - word.right, word.left - rule.to)
            return gap > -0.1 * word.size && gap < beside * word.size
                && heights.contains((word.baseline - rule.place) / word.size) && !inside.contains(i)
        }.map { words[$0] }.max { $0.size < $1.size }
    }

    /// Whether both parts stand in the middle of the bar, and the bar is not much longer than they are.
    private static func isCentred(_ top: PDFWord, _ bottom: PDFWord, _ rule: PDFRules.Rule) -> Bool {
        let middle = (rule.from + rule.to) / 2
        let width = max(top.right - top.left, bottom.right - bottom.left)
        return [top, bottom].allSatisfy { abs(($0.left + $0.right) / 2 - middle) < 0.35 * $0.size }
            && rule.to - rule.from < width + 1.5 * max(top.size, bottom.size)
    }

    /// The glyphs of a part, in brackets where it is more than a number or a name.
    private static func part(_ word: PDFWord) -> [PDFWord.Glyph] {
        let isPlain = word.glyphs.allSatisfy { glyph in
            glyph.letters.allSatisfy { $0.isLetter || (0x30...0x39).contains($0) || $0 == 0x2E || $0 == 0x2C }
        }
        guard !isPlain else { return word.glyphs }
        let open = PDFWord.Glyph(letters: [0x28], left: word.left, right: word.left)
        let close = PDFWord.Glyph(letters: [0x29], left: word.right, right: word.right)
        return [open] + word.glyphs + [close]
    }
}
