/// The terms of a segment: base words in the order of the base lexicon, then its own in ascending order.
struct Lexicon: Sendable {
    /// Positions in the base lexicon, ascending.
    private(set) var base: [UInt32] = []
    private(set) var local: [[UInt8]] = []
    /// How many documents of the segment hold each term.
    private(set) var documentFrequency: [UInt32] = []

    var count: Int { base.count + local.count }

    /// The terms of some documents.
    init(_ documents: [EncodedDocument], base lexicon: BaseLexicon) {
        var frequency: [[UInt8]: (count: UInt32, last: Int)] = [:]
        for (ordinal, document) in documents.enumerated() {
            for passage in document.passages {
                for word in passage.words {
                    let (count, last) = frequency[word] ?? (0, -1)
                    if last != ordinal { frequency[word] = (count + 1, ordinal) }
                }
            }
        }
        var known: [(position: Int, count: UInt32)] = []
        for (word, (count, _)) in frequency {
            if let position = lexicon.position(of: word) {
                known.append((position, count))
            } else {
                local.append(word)
            }
        }
        known.sort { $0.position < $1.position }
        local.sort { $0.lexicographicallyPrecedes($1) }
        base = known.map { UInt32($0.position) }
        documentFrequency = known.map(\.count) + local.map { frequency[$0]?.count ?? 0 }
    }

    func encoded(lexicon: BaseLexicon, documentCount: Int) -> [UInt8] {
        var coder = RangeEncoder()
        var model = LexiconModel(documentCount: documentCount)
        var next = 0
        for (position, prior) in lexicon.frequency.enumerated() {
            let present = next < base.count && Int(base[next]) == position
            _ = model.codeBase(present ? Int(documentFrequency[next]) : 0, prior: prior, with: &coder)
            if present { next += 1 }
        }
        _ = model.codeCount(local.count, with: &coder)
        var previous: [UInt8] = []
        for (term, frequency) in zip(local, documentFrequency[base.count...]) {
            _ = model.codeLocal(term, after: previous, frequency: Int(frequency), with: &coder)
            previous = term
        }
        return coder.finish()
    }

    init(decoding bytes: [UInt8], lexicon: BaseLexicon, documentCount: Int) throws {
        let damage = DamagedPart(.lexicon)
        var decoder = RangeDecoder(bytes)
        var model = LexiconModel(documentCount: documentCount)
        for (position, prior) in lexicon.frequency.enumerated() {
            let frequency = model.codeBase(0, prior: prior, with: &decoder)
            guard frequency <= documentCount else { throw damage }
            if frequency > 0 {
                base.append(UInt32(position))
                documentFrequency.append(UInt32(frequency))
            }
        }
        let localCount = model.codeCount(0, with: &decoder)
        guard localCount <= SegmentLimits.terms, !decoder.isExhausted else { throw damage }
        var previous: [UInt8] = []
        for i in 0..<localCount {
            guard let (term, frequency) = model.codeLocal([], after: previous, frequency: 1, with: &decoder),
                !decoder.isExhausted, frequency <= documentCount,
                i == 0 || previous.lexicographicallyPrecedes(term)
            else { throw damage }
            local.append(term)
            documentFrequency.append(UInt32(frequency))
            previous = term
        }
        guard documentFrequency.reduce(0, { $0 + Int($1) }) <= SegmentLimits.postings else { throw damage }
    }
}
