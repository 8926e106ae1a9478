/// Byte-level byte-pair encoding (Sennrich et al. 2016) over the pre-tokens of `Words.pieces`: any bytes round-trip.
public struct Tokenizer: Sendable {
    /// The bytes of every token; empty for the special ones.
    public let pieces: [[UInt8]]
    private let byteTokens: [UInt16]
    private let merges: MergeTable
    private let whole: PieceTable

    /// - Parameters:
    ///   - pieces: the bytes of each token, all single bytes among them; at most 65,535.
    ///   - merges: pairs of tokens and the token that they become, by rank.
    public init(pieces: [[UInt8]], merges: [(left: UInt16, right: UInt16, result: UInt16)]) {
        precondition(pieces.count < 1 << 16, "more tokens than 16 bits can name")
        self.pieces = pieces
        var byteTokens = [UInt16](repeating: 0, count: 256)
        for (token, piece) in pieces.enumerated().reversed() where piece.count == 1 {
            byteTokens[Int(piece[0])] = UInt16(token)
        }
        let merges = MergeTable(merges)
        var merging = Merging()
        whole = PieceTable(pieces) { piece in
            merging.merge(piece.span, 0..<piece.count, byteTokens, merges)
            return merging.count == 1
        }
        (self.byteTokens, self.merges) = (byteTokens, merges)
    }

    /// The tokenizer of a model file, from its tensors `tokenizer.bytes`, `.lengths` and `.merges` as they stand there.
    /// Throws where they do not make a tokenizer that brings every text back; `subject` is the file's name.
    public init(bytes: [UInt8], lengths: [UInt8], merges: [UInt16], subject: String) throws(MemoryError) {
        func invalid(_ fact: String) -> MemoryError { MemoryError(.invalid("tokenizer: " + fact), subject: subject) }
        guard lengths.count < 1 << 16 else { throw invalid("\(lengths.count) tokens") }
        guard lengths.reduce(0, { $0 + Int($1) }) == bytes.count, merges.count % 3 == 0 else {
            throw invalid("its tensors do not fit each other")
        }
        var pieces: [[UInt8]] = []
        var start = 0
        for length in lengths {
            pieces.append(Array(bytes[start..<start + Int(length)]))
            start += Int(length)
        }
        guard Set(pieces.lazy.filter { $0.count == 1 }).count == 256 else { throw invalid("some byte has no token") }
        let triples = stride(from: 0, to: merges.count, by: 3).map {
            (left: merges[$0], right: merges[$0 + 1], result: merges[$0 + 2])
        }
        for (rank, (left, right, result)) in triples.enumerated() {
            guard max(left, right, result) < pieces.count, !pieces[Int(left)].isEmpty, !pieces[Int(right)].isEmpty,
                pieces[Int(left)] + pieces[Int(right)] == pieces[Int(result)]
            else { throw invalid("merge \(rank) does not give the bytes of its result") }
        }
        self.init(pieces: pieces, merges: triples)
    }

    /// The canonical tokens of any bytes. Special tokens never come out, whatever the text says.
    public func encode(_ text: Span<UInt8>) -> [UInt16] {
        var tokens: [UInt16] = []
        tokens.reserveCapacity(text.count / 3 + 8)
        var merging = Merging()
        encode(text, into: &tokens, &merging)
        return tokens
    }

    /// The canonical tokens of any bytes.
    public func encode(_ text: [UInt8]) -> [UInt16] { encode(text.span) }

    /// The canonical tokens and, for each, the offset in the text where it ends.
    public func encodeWithEnds(_ text: [UInt8]) -> (tokens: [UInt16], ends: [Int]) {
        let tokens = encode(text.span)
        var end = 0
        return (
            tokens,
            tokens.map { token in
                end += pieces[Int(token)].count
                return end
            }
        )
    }

    /// The bytes of tokens; special and unknown ones have none.
    public func decode(_ tokens: some Sequence<UInt16>) -> [UInt8] {
        var text: [UInt8] = []
        for token in tokens where token < pieces.count { text += pieces[Int(token)] }
        return text
    }

    /// Appends the canonical tokens of `text`; `merging` is scratch.
    package func encode(_ text: Span<UInt8>, into tokens: inout [UInt16], _ merging: inout Merging) {
        var start = 0
        while start < text.count {
            let end = Words.pieceEnd(in: text, from: start)
            if let token = whole.token(text, start..<end) {
                tokens.append(token)
            } else {
                merging.merge(text, start..<end, byteTokens, merges)
                for i in 0..<merging.count { tokens.append(merging.tokens[i]) }
            }
            start = end
        }
    }
}

/// Tokens that a pre-token with their bytes becomes as a whole: a hash table of those of up to 15 bytes.
private struct PieceTable: Sendable {
    /// Up to 15 bytes, the first one lowest, and their number in the top byte.
    private struct Key: Equatable {
        var low: UInt64 = 0
        var high: UInt64

        init(_ text: Span<UInt8>, _ range: Range<Int>) {
            high = UInt64(range.count) << 56
            let middle = min(range.upperBound, range.lowerBound + 8)
            var shift: UInt64 = 0
            for i in range.lowerBound..<middle {
                low |= UInt64(text[i]) &<< shift
                shift &+= 8
            }
            shift = 0
            for i in middle..<range.upperBound {
                high |= UInt64(text[i]) &<< shift
                shift &+= 8
            }
        }

        var hash: Int {
            let mixed = (low ^ (low &>> 32) ^ high) &* 0x9E37_79B9_7F4A_7C15
            return Int(truncatingIfNeeded: (mixed ^ high &* 0xC2B2_AE3D_27D4_EB4F) &>> 32)
        }
    }

    private struct Slot {
        var key: Key
        var token: UInt16
    }

    private let slots: [Slot?]

    init(_ pieces: [[UInt8]], where isWhole: ([UInt8]) -> Bool) {
        var size = 16
        while size < pieces.count * 2 { size *= 2 }
        var slots = [Slot?](repeating: nil, count: size)
        for (token, piece) in pieces.enumerated() where (1...15).contains(piece.count) && isWhole(piece) {
            let key = Key(piece.span, 0..<piece.count)
            var slot = key.hash & (size - 1)
            while let taken = slots[slot], taken.key != key { slot = (slot + 1) & (size - 1) }
            slots[slot] = slots[slot] ?? Slot(key: key, token: UInt16(token))
        }
        self.slots = slots
    }

    func token(_ text: Span<UInt8>, _ range: Range<Int>) -> UInt16? {
        guard range.count <= 15 else { return nil }
        let key = Key(text, range)
        var slot = key.hash & (slots.count - 1)
        while let taken = slots[slot] {
            if taken.key == key { return taken.token }
            slot = (slot + 1) & (slots.count - 1)
        }
        return nil
    }
}
