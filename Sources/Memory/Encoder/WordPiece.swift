/// WordPiece (arXiv 1609.08144): text to the token numbers that a BERT-type encoder reads.
package struct WordPiece: Sendable {
    /// Words of more characters than this are unknown.
    private static let longestWord = 100

    private let characters: CharacterTable
    /// The pieces. Those that begin no word have "##" before them.
    private let pieces: PieceNumbers
    private let longestPiece: Int
    private let unknown: UInt16
    /// The token before the first piece of a text.
    package let start: UInt16
    /// The token after the last piece.
    package let end: UInt16
    let pieceCount: Int

    init(_ tensors: ModelTensors) throws(MemoryError) {
        characters = try CharacterTable(tensors)
        let pieces = try tensors.lines("encoder.pieces")
        guard pieces.count <= Int(UInt16.max) else { throw tensors.invalid("an encoder has at most \(UInt16.max) pieces") }
        pieceCount = pieces.count
        let numbers = PieceNumbers(pieces)
        self.pieces = numbers
        longestPiece = pieces.map(\.count).max() ?? 0
        func special(_ name: String) throws(MemoryError) -> UInt16 {
            guard let number = numbers.number(of: Array(name.utf8)[...]) else {
                throw tensors.invalid("the encoder has no piece \(name)")
            }
            return number
        }
        unknown = try special("[UNK]")
        start = try special("[CLS]")
        end = try special("[SEP]")
    }

    /// The token numbers of a text, without start and end, at most `limit` of them, and the byte range of each in the text.
    package func tokens(of text: [UInt8], limit: Int = .max) -> (numbers: [UInt16], ranges: [Range<Int>]) {
        var tokens: [UInt16] = []
        var ranges: [Range<Int>] = []
        var word = Word()
        func flush() {
            append(word, to: &tokens, &ranges)
            word = Word()
        }
        var at = 0
        for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
            if tokens.count >= limit { break }
            let range = at..<min(text.count, at + Self.length(in: text, at: at, scalar))
            at = range.upperBound
            characters.forEachReplacement(of: scalar) { c in
                switch characters.kind(of: c) {
                case .letter: word.append(c, range)
                case .dropped: break
                case .space: flush()
                case .alone:
                    flush()
                    word.append(c, range)
                    flush()
                }
            }
        }
        flush()
        return (Array(tokens.prefix(limit)), Array(ranges.prefix(limit)))
    }

    /// Bytes of the character at a place of a text. U+FFFD may stand for a part of a broken character.
    private static func length(in text: [UInt8], at i: Int, _ scalar: Unicode.Scalar) -> Int {
        guard scalar == "\u{FFFD}" else { return UTF8.width(scalar) }
        if text[i...].starts(with: [0xEF, 0xBF, 0xBD]) { return 3 }
        var buffer = text[i...].makeIterator()
        var parser = UTF8.ForwardParser()
        switch parser.parseScalar(from: &buffer) {
        case .error(let length): return length
        default: return 1
        }
    }

    /// The characters of one word, in UTF-8, with the end of each and where it stands in the text.
    private struct Word {
        var bytes: [UInt8] = []
        var ends: [Int] = []
        var ranges: [Range<Int>] = []

        mutating func append(_ c: Unicode.Scalar, _ range: Range<Int>) {
            bytes.append(contentsOf: Array(String(Character(c)).utf8))
            ends.append(bytes.count)
            ranges.append(range)
        }
    }

    /// The longest piece first, then the longest one that goes on; a word that no pieces make up is one unknown token.
    private func append(_ word: Word, to tokens: inout [UInt16], _ ranges: inout [Range<Int>]) {
        let count = word.ends.count
        guard count > 0 else { return }
        let whole = word.ranges[0].lowerBound..<word.ranges[count - 1].upperBound
        var found: [(number: UInt16, range: Range<Int>)] = []
        var first = 0
        while first < count, count <= Self.longestWord {
            let start = first == 0 ? 0 : word.ends[first - 1]
            var last = count - 1
            while last >= first {
                if word.ends[last] - start <= longestPiece,
                    let number = pieces.number(of: word.bytes[start..<word.ends[last]], goesOn: first > 0)
                {
                    found.append((number, word.ranges[first].lowerBound..<word.ranges[last].upperBound))
                    break
                }
                last -= 1
            }
            if last < first { break }
            first = last + 1
        }
        if first < count {
            tokens.append(unknown)
            ranges.append(whole)
        } else {
            tokens += found.map(\.number)
            ranges += found.map(\.range)
        }
    }
}
