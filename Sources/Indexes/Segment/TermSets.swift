/// The term sets of all passages, and turned round the passages of each term. Terms stand by their numbers.
struct TermSets: Sendable, Equatable {
    /// Ascending terms, passage after passage.
    private(set) var terms: [UInt32] = []
    /// Where the terms of each passage start, and where the last ones end.
    private(set) var passageOffsets: [Int] = [0]
    /// Ascending passages, term after term.
    private(set) var passages: [UInt32] = []
    private(set) var termOffsets: [Int] = []

    func terms(of passage: Int) -> ArraySlice<UInt32> { terms[passageOffsets[passage]..<passageOffsets[passage + 1]] }

    func passages(of term: Int) -> ArraySlice<UInt32> { passages[termOffsets[term]..<termOffsets[term + 1]] }
}

extension TermSets {
    /// Codes the sets of all passages; each of `sets` is ascending.
    static func encoded(
        _ sets: [[UInt32]], directory: DocumentDirectory, columns: PassageColumns, lexicon: SegmentLexicon
    ) -> [UInt8] {
        var coder = BitEncoder()
        var model = TermSetModel(
            documentFrequency: lexicon.documentFrequency, documentCount: directory.entries.count)
        for entry in directory.entries {
            for passage in entry.passages {
                _ = model.code(sets[passage], tokenCount: Int(columns.tokenCounts[passage]), with: &coder)
            }
            model.nextDocument()
        }
        return coder.finish()
    }

    init(decoding bytes: [UInt8], directory: DocumentDirectory, columns: PassageColumns, lexicon: SegmentLexicon) throws {
        let damage = DamagedPart(.termSets)
        var decoder = BitDecoder(bytes)
        var model = TermSetModel(
            documentFrequency: lexicon.documentFrequency, documentCount: directory.entries.count)
        for entry in directory.entries {
            for passage in entry.passages {
                guard let set = model.code([], tokenCount: Int(columns.tokenCounts[passage]), with: &decoder),
                    !decoder.isExhausted, terms.count + set.count <= SegmentLimits.postings
                else { throw damage }
                terms.append(contentsOf: set)
                passageOffsets.append(terms.count)
            }
            model.nextDocument()
        }
        invert(termCount: lexicon.count)
    }

    private mutating func invert(termCount: Int) {
        var offsets = [Int](repeating: 0, count: termCount + 1)
        for term in terms { offsets[Int(term) + 1] += 1 }
        for term in 0..<termCount { offsets[term + 1] += offsets[term] }
        termOffsets = offsets
        passages = Array(repeating: 0, count: terms.count)
        for passage in 0..<passageOffsets.count - 1 {
            for term in terms[passageOffsets[passage]..<passageOffsets[passage + 1]] {
                passages[offsets[Int(term)]] = UInt32(passage)
                offsets[Int(term)] += 1
            }
        }
    }
}
