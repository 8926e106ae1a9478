import Algorithms
import CPDF

/// Finds the letters that a page strikes out: by a thin rule through them, or by a comment.
enum PDFStrikes {
    /// How far above the baseline such a rule runs, as shares of the size.
    private static let heights = 0.18...0.46
    /// The thickest rule, and how far it reaches beyond the letters, as shares of the size.
    private static let thickest = 0.18
    private static let beyond = 0.6
    /// The least share of the rule that runs through letters.
    private static let leastShare = 0.6

    /// A word and a glyph of it, by their indices.
    private typealias Place = (word: Int, glyph: Int)

    /// Marks the struck letters of some frames, and takes the rules that strike them out of the page.
    static func mark(_ frames: inout [PDFFrame], _ page: inout PDFPage) {
        let marks = page.marks.filter { $0.kind == CPDF_STRIKE }
        let rules = page.rules.indices.filter { page.rules[$0].is_alone != 0 }
        var used: Set<Int> = []
        for i in frames.indices where !frames[i].isVertical {
            for mark in marks { strike(&frames[i], mark) }
            if rules.isEmpty { continue }
            let byBaseline = frames[i].words.indices.sorted { frames[i].words[$0].baseline < frames[i].words[$1].baseline }
            let largest = frames[i].words.map(\.size).max() ?? 0
            for rule in rules where strike(&frames[i], page.rules[rule], byBaseline, largest) { used.insert(rule) }
        }
        if !used.isEmpty { page.rules = page.rules.indices.filter { !used.contains($0) }.map { page.rules[$0] } }
    }

    /// Strikes the letters whose middle lies in a mark.
    private static func strike(_ frame: inout PDFFrame, _ mark: PDFPage.Mark) {
        let (a, b) = (frame.point(mark.left, mark.top), frame.point(mark.right, mark.bottom))
        for i in frame.words.indices {
            let middle = frame.words[i].baseline - 0.3 * frame.words[i].size
            guard middle > min(a.v, b.v), middle < max(a.v, b.v) else { continue }
            for j in frame.words[i].glyphs.indices {
                let place = (frame.words[i].glyphs[j].left + frame.words[i].glyphs[j].right) / 2
                if place > min(a.u, b.u), place < max(a.u, b.u) { frame.words[i].glyphs[j].isStruck = true }
            }
        }
    }

    /// Strikes the letters that a rule runs through. False where it runs through none, or far beyond them as the rules of tables do.
    private static func strike(_ frame: inout PDFFrame, _ rule: cpdf_rule, _ byBaseline: [Int], _ largest: Double) -> Bool {
        let (a, b) = (frame.point(onPage(rule.left), onPage(rule.top)), frame.point(onPage(rule.right), onPage(rule.bottom)))
        let (from, to, place) = (min(a.u, b.u), max(a.u, b.u), (a.v + b.v) / 2)
        let thickness = abs(a.v - b.v)
        guard to - from > 2 * thickness else { return false }
        let first = byBaseline.partitioningIndex { frame.words[$0].baseline > place }
        var struck: [Place] = []
        var (left, right, width) = (Double.infinity, -Double.infinity, 0.0)
        var size = 0.0
        for i in byBaseline[first...] {
            let word = frame.words[i]
            if word.baseline - place > heights.upperBound * largest { break }
            guard word.right > from, word.left < to, thickness < thickest * word.size else { continue }
            // Exponents and indices are struck with their word.
            let line = word.host.map { frame.words[$0] } ?? word
            guard heights.contains((line.baseline - place) / line.size) else { continue }
            for (j, glyph) in word.glyphs.enumerated() where (from...to).contains((glyph.left + glyph.right) / 2) {
                struck.append((i, j))
                (left, right) = (min(left, glyph.left), max(right, glyph.right))
                width += glyph.right - glyph.left
                size = max(size, word.size)
            }
        }
        guard !struck.isEmpty, from > left - beyond * size, to < right + beyond * size, width > leastShare * (to - from)
        else {
            return false
        }
        for place in struck { frame.words[place.word].glyphs[place.glyph].isStruck = true }
        return true
    }
}
