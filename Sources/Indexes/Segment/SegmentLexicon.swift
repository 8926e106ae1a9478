/// The terms of a segment.
///
/// The terms of the base lexicon come first, in its order. All other terms follow in ascending order of their bytes.
struct SegmentLexicon: Sendable {
    /// Positions in the base lexicon, ascending.
    private(set) var base: [UInt32] = []
    /// The other terms, ascending.
    private(set) var local: [[UInt8]] = []
    /// The number of documents of the segment that hold each term.
    private(set) var documentFrequency: [UInt32] = []

    var count: Int { base.count + local.count }

    /// The terms of some documents.
    init(_ documents: [EncodedDocument], prior: TermPrior) {
        var frequency: [[UInt8]: (count: UInt32, last: Int)] = [:]
        for (ordinal, document) in documents.enumerated() {
            for passage in document.passages {
                for term in passage.terms {
                    let (count, last) = frequency[term] ?? (0, -1)
                    if last != ordinal { frequency[term] = (count + 1, ordinal) }
                }
            }
        }
        var known: [(position: Int, count: UInt32)] = []
        for (term, (count, _)) in frequency {
            if let position = prior.position(of: term) {
                known.append((position, count))
            } else {
                local.append(term)
            }
        }
        known.sort { $0.position < $1.position }
        local.sort { $0.lexicographicallyPrecedes($1) }
        base = known.map { UInt32($0.position) }
        documentFrequency = known.map(\.count) + local.map { frequency[$0]?.count ?? 0 }
    }

    func encoded(prior: TermPrior) -> [UInt8] {
        var coder = BitEncoder()
        var model = LexiconModel()
        var next = 0
        for (position, expected) in prior.frequency.enumerated() {
            let present = next < base.count && Int(base[next]) == position
            _ = model.codeBase(present ? Int(documentFrequency[next]) : 0, expected: expected, with: &coder)
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

    init(decoding bytes: [UInt8], prior: TermPrior, documentCount: Int) throws {
        let damage = DamagedPart(.lexicon)
        var decoder = BitDecoder(bytes)
        var model = LexiconModel()
        for (position, expected) in prior.frequency.enumerated() {
            let frequency = model.codeBase(0, expected: expected, with: &decoder)
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

extension SegmentLexicon {
    /// The number of each term.
    func numbers(_ prior: TermPrior) -> [[UInt8]: UInt32] {
        var result: [[UInt8]: UInt32] = [:]
        result.reserveCapacity(count)
        for (i, position) in base.enumerated() { result[prior.terms[Int(position)]] = UInt32(i) }
        for (i, term) in local.enumerated() { result[term] = UInt32(base.count + i) }
        return result
    }
}
