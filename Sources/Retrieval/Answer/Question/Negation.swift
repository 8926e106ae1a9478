/// Words of English and German that deny or leave out.
enum Negation {
    private static let words = Set.words(
        """
        not no never neither nor none nobody nothing cannot without except excluding excluded exclude excludes exception exceptions unless \
        outside nicht kein keine keinen keinem keiner keines nie niemals niemand nichts ohne außer ausgenommen ausgeschlossen ausnahme \
        ausnahmen weder
        """)
    /// Words that deny the verb beside them.
    private static let ofVerbs = Set.words("not never cannot nicht nie niemals no kein keine keinen keinem keiner keines")
    /// "not only", "no later than" and the like deny nothing.
    private static let limits = Set.words(
        "only more later less longer fewer sooner earlier nur mehr später länger weniger früher")

    /// Whether a folded word denies or leaves out.
    static func isWord(_ word: [UInt8]) -> Bool { words.contains(word) }

    /// The places of the words that deny or leave out.
    static func places(in row: WordRow) -> [Int] {
        row.words.indices.filter { i in
            if i + 1 < row.words.count, limits.contains(row.words[i + 1]) { return false }
            return words.contains(row.words[i]) || isContracted(row, i)
        }
    }

    /// "except" and the like, which leave out a part of what is said.
    private static let ofParts = Set.words(
        "without except excepting unless outside ohne außer ausnahme ausnahmen exception exceptions")

    /// Whether a text only makes exceptions, and denies nothing.
    static func excepts(_ row: WordRow) -> Bool {
        let places = places(in: row)
        return !places.isEmpty && places.allSatisfy { ofParts.contains(row.words[$0]) }
    }

    /// Whether a sentence begins by forbidding: "Never fill them with oil" tells what is not done.
    static func forbids(_ row: WordRow) -> Bool {
        guard let first = row.words.first else { return false }
        if forbidding.contains(first) { return true }
        guard row.words.count > 1, first.starts(with: "do".utf8) else { return false }
        return first.count == 2 && row.words[1].elementsEqual("not".utf8) || isContracted(row, 1)
    }

    private static let forbidding = Set.words("never niemals nie")

    /// The places of the words that deny a verb.
    static func placesOfVerbs(in row: WordRow) -> [Int] {
        places(in: row).filter { ofVerbs.contains(row.words[$0]) || isContracted(row, $0) }
    }

    /// The t of "doesn't".
    private static func isContracted(_ row: WordRow, _ i: Int) -> Bool {
        guard i > 0, row.words[i] == [UInt8(ascii: "t")], row.words[i - 1].last == UInt8(ascii: "n") else { return false }
        let gap = row.text[row.places[i - 1].upperBound..<row.places[i].lowerBound]
        return gap.elementsEqual("'".utf8) || gap.elementsEqual("’".utf8)
    }
}
