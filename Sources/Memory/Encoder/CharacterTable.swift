/// How the tokenizer of an encoder normalises each character before it looks for pieces.
///
/// It makes letters lower case, drops accents and control characters, and separates symbols. The training recipe makes the
/// table from the tokenizer itself, so the Unicode tables of this machine have no influence.
struct CharacterTable: Sendable {
    /// How a character parts words.
    enum Kind: UInt16 {
        case letter = 0
        /// The character is dropped.
        case dropped = 1
        case space = 2
        /// The character is a word by itself: punctuation and ideographs.
        case alone = 3
    }

    /// First code points of ranges, ascending, and the kind of each.
    private let starts: [UInt32]
    private let kinds: [Kind]
    /// The characters that stand for a character, where these are others.
    private let replacements: [UInt32: [Unicode.Scalar]]

    /// The table of the tensors `encoder.kinds` (rows of 3: high and low half of the first code point, kind) and
    /// `encoder.replacements` (rows of 8: high and low half of the code point, then UTF-16 units, 0 for none).
    init(_ tensors: ModelTensors) throws(MemoryError) {
        let rows = try tensors.file.uint16("encoder.kinds")
        var starts: [UInt32] = []
        var kinds: [Kind] = []
        guard rows.count % 3 == 0, rows.count > 0 else { throw tensors.invalid("the character table has no rows of 3") }
        for r in stride(from: 0, to: rows.count, by: 3) {
            let start = UInt32(rows[r]) << 16 | UInt32(rows[r + 1])
            guard let kind = Kind(rawValue: rows[r + 2]), starts.last.map({ $0 < start }) ?? (start == 0) else {
                throw tensors.invalid("the character table is out of order")
            }
            starts.append(start)
            kinds.append(kind)
        }
        self.starts = starts
        self.kinds = kinds
        let units = try tensors.file.uint16("encoder.replacements")
        guard units.count % 8 == 0 else { throw tensors.invalid("the character table has no rows of 8") }
        var replacements: [UInt32: [Unicode.Scalar]] = [:]
        for r in stride(from: 0, to: units.count, by: 8) {
            let text = String(decoding: units[r + 2..<r + 8].prefix { $0 != 0 }, as: UTF16.self)
            replacements[UInt32(units[r]) << 16 | UInt32(units[r + 1])] = Array(text.unicodeScalars)
        }
        self.replacements = replacements
    }

    /// The kind of a character.
    func kind(of scalar: Unicode.Scalar) -> Kind {
        var low = 0
        var high = starts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if starts[middle] <= scalar.value { low = middle } else { high = middle }
        }
        return kinds[low]
    }

    /// Calls `body` with each character that stands for a character.
    func forEachReplacement(of scalar: Unicode.Scalar, _ body: (Unicode.Scalar) -> Void) {
        if let hangul = Self.jamo(of: scalar) {
            hangul.forEach(body)
        } else if let replaced = replacements[scalar.value] {
            replaced.forEach(body)
        } else {
            body(scalar)
        }
    }

    /// The letters of a Hangul syllable (The Unicode Standard, section 3.12), or nil for another character.
    private static func jamo(of scalar: Unicode.Scalar) -> [Unicode.Scalar]? {
        guard (0xAC00...0xD7A3).contains(scalar.value) else { return nil }
        let index = scalar.value - 0xAC00
        let parts = [0x1100 + index / 588, 0x1161 + index % 588 / 28, 0x11A7 + index % 28]
        return parts.prefix(index % 28 == 0 ? 2 : 3).compactMap(Unicode.Scalar.init)
    }
}
