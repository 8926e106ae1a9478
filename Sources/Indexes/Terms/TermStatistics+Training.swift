import Algorithms

/// The term sets of a text that statistics are learnt from.
package struct TrainingDocument: Sendable {
    /// The title; empty for a document without one.
    package let title: [UInt8]
    /// The tokens and the distinct terms of each passage.
    package let passages: [(tokens: Int, terms: [[UInt8]])]

    /// A document from its parts.
    package init(title: [UInt8], passages: [(tokens: Int, terms: [[UInt8]])]) {
        self.title = title
        self.passages = passages
    }
}

extension TermStatistics {
    /// Learns statistics from texts, of which each group is taken for a segment.
    ///
    /// Spellings are learnt from blocks of terms and of titles in random order, as an index decodes them: one block is like another.
    package init(learntFrom segments: [[TrainingDocument]], prior: TermPrior, seed: UInt64 = 1) {
        let groups = segments.map { documents in
            documents.map { document in
                EncodedDocument(
                    textHash: [], byteLength: 0, mediaType: "",
                    passages: document.passages.map {
                        EncodedPassage(
                            terms: $0.terms, memory: [], residual: [], tokenCount: $0.tokens, byteCount: 0, coding: 0)
                    })
            }
        }
        self.init(
            spelling: TermStatistics.spelling(
                groups, titles: segments.joined().map(\.title).filter { !$0.isEmpty }, prior, seed),
            incidence: TermStatistics.incidence(groups, prior))
    }

    private static func spelling(
        _ groups: [[EncodedDocument]], titles: [[UInt8]], _ prior: TermPrior, _ seed: UInt64
    ) -> Mixture {
        let base = prior.terms.sorted { $0.lexicographicallyPrecedes($1) }
        var blocks = [base, titles].flatMap { $0.chunks(ofCount: TermCounts.blockSize).map(Array.init) }
        for documents in groups {
            let numbering = TermNumbering(documents.flatMap(\.passages), prior)
            for terms in numbering.local {
                blocks += terms.chunks(ofCount: TermCounts.blockSize).map(Array.init)
            }
        }
        var random = SplitMix(state: seed)
        blocks.shuffle(using: &random)
        var mixture = LearningMixture(slots: SpellingSlots.count, rows: SpellingSlots.rows)
        for pass in 0..<2 {
            var coder = BitEncoder()
            for block in blocks {
                var speller = SpellingCoder(mixture)
                var previous: [UInt8] = []
                for term in block {
                    _ = speller.code(term, after: previous, with: &coder)
                    previous = term
                }
                mixture = speller.predictor
            }
            if pass == 0 { mixture.settle() }
        }
        return mixture.mixture()
    }

    private static func incidence(_ groups: [[EncodedDocument]], _ prior: TermPrior) -> Mixture {
        var mixture = LearningMixture(slots: IncidenceSlots.count, rows: IncidenceSlots.rows)
        for pass in 0..<2 {
            for documents in groups {
                var coder = BitEncoder()
                var incidence = IncidenceCoder(mixture)
                TermParts.eachUnit(of: documents, prior) { flags, terms, tokens in
                    _ = incidence.code(flags, terms: terms, tokens: tokens, with: &coder)
                }
                mixture = incidence.predictor
            }
            if pass == 0 { mixture.settle() }
        }
        return mixture.mixture()
    }
}

/// A generator of random numbers (Steele, Lea and Flood 2014) that gives the same numbers everywhere.
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ z >> 30) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ z >> 27) &* 0x94d0_49bb_1331_11eb
        return z ^ z >> 31
    }
}
