/// Words at one height, from left to right.
struct PDFRow {
    var words: [PDFWord]
    var top: Double
    var bottom: Double

    /// Groups words by height.
    static func rows(_ words: [PDFWord]) -> [PDFRow] {
        var rows: [PDFRow] = []
        // Indices and exponents follow their word. They do not stand at the height of their line.
        var scripts: [Int: [PDFWord]] = [:]
        for word in words { if let host = word.host { scripts[host, default: []].append(word) } }
        let hosts = words.indices.filter { words[$0].host == nil }
        for i in hosts.sorted(by: { words[$0].top + words[$0].bottom < words[$1].top + words[$1].bottom }) {
            let word = words[i]
            let new = [word] + (scripts[i] ?? [])
            if let row = rows.last, row.holds(word) {
                rows[rows.count - 1].add(new)
            } else {
                rows.append(PDFRow(words: new, top: word.top, bottom: word.bottom))
            }
        }
        for i in rows.indices { rows[i].sort() }
        return rows
    }

    /// Whether a word stands at the height of the row.
    private func holds(_ word: PDFWord) -> Bool {
        let middle = (word.top + word.bottom) / 2
        let overlap = min(bottom, word.bottom) - max(top, word.top)
        return middle < bottom - 0.25 * (bottom - top) && overlap > 0.5 * min(word.height, bottom - top)
    }

    private mutating func add(_ new: [PDFWord]) {
        words += new
        // The tallest word makes the height of the row, so that a small one does not join it to the next row.
        if new[0].height > bottom - top { (top, bottom) = (new[0].top, new[0].bottom) }
    }

    private mutating func sort() {
        words.sort { $0.left == $1.left ? $0.order < $1.order : $0.left < $1.left }
        // A word that is drawn twice, to look bold or to throw a shadow, is one word.
        var kept: [PDFWord] = []
        for word in words {
            let isRepeated = kept.suffix(4).contains { other in
                abs(other.left - word.left) < 0.2 * word.size && abs(other.baseline - word.baseline) < 0.2 * word.size
                    && other.glyphs.count == word.glyphs.count
                    && zip(other.glyphs, word.glyphs).allSatisfy { $0.letters == $1.letters }
            }
            if !isRepeated { kept.append(word) }
        }
        words = kept
    }
}
