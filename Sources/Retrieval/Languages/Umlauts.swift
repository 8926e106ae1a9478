/// Umlauts as file names spell them: "plaetzchen" for "plätzchen".
enum Umlauts {
    private static let pairs = [("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss")].map {
        (Array($0.0.utf8), Array($0.1.utf8))
    }

    /// A folded word with its umlauts in two letters each.
    static func spelledOut(_ word: [UInt8]) -> [UInt8] {
        guard word.contains(where: { $0 >= 0x80 }) else { return word }
        return pairs.reduce(word) { $0.replacing($1.0, with: $1.1) }
    }
}
