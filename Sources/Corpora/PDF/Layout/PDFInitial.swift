/// Joins large initials to the word that they start.
enum PDFInitial {
    /// Words that are one letter. An initial that is one of them stays a word of its own before a whole word.
    private static let oneLetterWords: Set<String> = ["A", "I", "O", "E", "Y", "À", "É", "Ó"]

    /// Whether an initial is a word of its own, and not the start of the word beside it.
    ///
    /// A number is one before letters. For English, the word list says whether the words with and without the initial are any. Else
    /// the gap decides.
    ///
    /// - Parameter gap: the gap to the word, as a share of the size of the initial.
    private static func isWord(_ initial: String, before word: PDFWord, gap: Double) -> Bool {
        if initial.allSatisfy(\.isNumber) { return word.first?.properties.isAlphabetic ?? false }
        guard oneLetterWords.contains(initial) else { return false }
        let rest = String(word.text.prefix { $0.isLetter || $0 == "'" || $0 == "’" })
        let whole = initial + rest.lowercased()
        let isRestAlone = WordList.shared.holds(rest.lowercased())
        let isWhole = WordList.shared.holds(whole.lowercased()) || WordList.shared.holds(whole)
        if ["A", "I", "O"].contains(initial), isRestAlone != isWhole { return isRestAlone }
        return gap > 0.12
    }

    /// The words of a frame, where each initial that stands beside several lines has become a part of the first of them.
    static func attached(_ words: [PDFWord]) -> [PDFWord] {
        let sizes = words.map(\.size).sorted()
        guard !sizes.isEmpty else { return words }
        let usual = sizes[sizes.count / 2]
        let initials = words.indices.filter { words[$0].size > 1.8 * usual && words[$0].count <= 2 }
        guard !initials.isEmpty, initials.count < 100 else { return words }
        var out = words
        var removed: Set<Int> = []
        for i in initials {
            let initial = words[i]
            // The lines beside the initial, above its baseline.
            let beside = words.indices.filter { j in
                let gap = words[j].left - initial.right
                return j != i && words[j].size < 0.6 * initial.size && gap > -0.1 * initial.size && gap < 0.5 * initial.size
                    && words[j].bottom > initial.top && words[j].baseline < initial.baseline + 0.3 * words[j].size
            }
            guard let first = beside.min(by: { words[$0].baseline < words[$1].baseline }),
                beside.contains(where: { words[$0].baseline > words[first].baseline + 0.8 * words[first].size })
            else { continue }
            var glyphs = initial.glyphs
            let letter = String(scalars: glyphs.flatMap(\.letters))
            let isWord = isWord(letter, before: words[first], gap: (words[first].left - initial.right) / initial.size)
            if isWord, let last = glyphs.last { glyphs[glyphs.count - 1].letters = last.letters + [0x20] }
            out[first].glyphs.insert(contentsOf: glyphs, at: 0)
            out[first].left = initial.left
            removed.insert(i)
        }
        guard !removed.isEmpty else { return words }
        // The indices of hosts change with the words that go.
        var places: [Int: Int] = [:]
        var kept: [PDFWord] = []
        for i in out.indices where !removed.contains(i) {
            places[i] = kept.count
            kept.append(out[i])
        }
        for i in kept.indices { kept[i].host = kept[i].host.flatMap { places[$0] } }
        return kept
    }
}
