/// Byte-level byte-pair encoding (Sennrich et al. 2016) over the pre-tokens of `Words.pieceEnd`. All bytes round-trip.
package struct Tokenizer: Sendable {
    /// The bytes of every token; a special token has none.
    package let pieces: [[UInt8]]
    private let byteTokens: [UInt16]
    private let merges: MergeTable
    private let whole: PieceTable

    /// - Parameters:
    ///   - pieces: the bytes of each token, all single bytes among them; at most 65,535.
    ///   - merges: pairs of tokens and the token that each pair becomes, in the order of their ranks.
    package init(pieces: [[UInt8]], merges: [(left: UInt16, right: UInt16, result: UInt16)]) {
        precondition(pieces.count < 1 << 16, "more tokens than 16 bits can name")
        self.pieces = pieces
        var byteTokens = [UInt16](repeating: 0, count: 256)
        for (token, piece) in pieces.enumerated().reversed() where piece.count == 1 {
            byteTokens[Int(piece[0])] = UInt16(token)
        }
        let merges = MergeTable(merges)
        var merger = PairMerger()
        whole = PieceTable(pieces) { piece in
            merger.merge(piece.span, 0..<piece.count, byteTokens, merges)
            return merger.count == 1
        }
        (self.byteTokens, self.merges) = (byteTokens, merges)
    }

    /// The tokenizer of a model file, from the elements of its tensors `tokenizer.bytes`, `.lengths` and `.merges`.
    ///
    /// - Parameter subject: the name of the file in errors.
    /// - Throws: `MemoryError` where the tensors do not make a tokenizer that brings every text back.
    package init(bytes: [UInt8], lengths: [UInt8], merges: [UInt16], subject: String) throws(MemoryError) {
        func invalid(_ fact: String) -> MemoryError { MemoryError(.invalid("tokenizer: " + fact), subject: subject) }
        guard lengths.count < 1 << 16 else { throw invalid("\(lengths.count) tokens") }
        guard lengths.reduce(0, { $0 + Int($1) }) == bytes.count, merges.count % 3 == 0 else {
            throw invalid("the tensors do not fit each other")
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

    /// The canonical tokens of any bytes. No text gives special tokens.
    package func encode(_ text: Span<UInt8>) -> [UInt16] {
        var tokens: [UInt16] = []
        tokens.reserveCapacity(text.count / 3 + 8)
        var merger = PairMerger()
        encode(text, into: &tokens, &merger)
        return tokens
    }

    /// The canonical tokens of any bytes.
    package func encode(_ text: [UInt8]) -> [UInt16] { encode(text.span) }

    /// The canonical tokens and, for each token, the offset in the text where it ends.
    package func encodeWithEnds(_ text: [UInt8]) -> (tokens: [UInt16], ends: [Int]) {
        let tokens = encode(text.span)
        var end = 0
        let ends = tokens.map { token in
            end += pieces[Int(token)].count
            return end
        }
        return (tokens, ends)
    }

    /// Appends the canonical tokens of a part of `text` and the offsets in `text` where they end. The part begins at `start`,
    /// where a pre-token begins, and is the shortest one of whole pre-tokens with at least `count` bytes.
    ///
    /// - Parameter merger: scratch.
    /// - Returns: the offset where the part ends.
    package func encode(
        _ text: Span<UInt8>, from start: Int, atLeast count: Int, into tokens: inout [UInt16], ends: inout [Int],
        _ merger: inout PairMerger
    ) -> Int {
        var end = start
        while end < text.count, end - start < count { end = Words.pieceEnd(in: text, from: end) }
        let first = tokens.count
        encode(text.extracting(start..<end), into: &tokens, &merger)
        var offset = start
        for token in tokens[first...] {
            offset += pieces[Int(token)].count
            ends.append(offset)
        }
        return end
    }

    /// The bytes of tokens. Special and unknown tokens have none.
    package func decode(_ tokens: some Sequence<UInt16>) -> [UInt8] {
        var text: [UInt8] = []
        for token in tokens where token < pieces.count { text += pieces[Int(token)] }
        return text
    }

    /// Appends the canonical tokens of `text`; `merger` is scratch.
    package func encode(_ text: Span<UInt8>, into tokens: inout [UInt16], _ merger: inout PairMerger) {
        var start = 0
        while start < text.count {
            let end = Words.pieceEnd(in: text, from: start)
            if let token = whole.token(text, start..<end) {
                tokens.append(token)
            } else {
                merger.merge(text, start..<end, byteTokens, merges)
                for i in 0..<merger.count { tokens.append(merger.tokens[i]) }
            }
            start = end
        }
    }
}
