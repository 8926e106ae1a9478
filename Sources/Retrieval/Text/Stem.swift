/// A light suffix stripper for English and German. Stems compare words of reconstructed text; the index holds whole words.
package enum Stem {
    private static let suffixes: [[UInt8]] = [
        "ations", "ation", "ingly", "ings", "ing", "edly", "ies", "ied", "es", "ed", "ly", "en", "er", "s", "e", "y",
    ].map { Array($0.utf8) }

    /// The stem of a folded word: at least four bytes of the word.
    package static func of(_ word: [UInt8]) -> [UInt8] {
        guard word.count > 4 else { return word.count > 3 && word.last == UInt8(ascii: "s") ? Array(word.dropLast()) : word }
        for suffix in suffixes where word.count - suffix.count >= 4 && word.suffix(suffix.count).elementsEqual(suffix) {
            return Array(word.dropLast(suffix.count))
        }
        return word
    }
}
