import Algorithms
import Foundation
import Indexes
import Memory

/// What an index says to one question.
struct Finding {
    /// The question as it was asked.
    let asked: String
    /// With words that the index lacks as the index spells them.
    let question: AskedQuestion
    let query: Query
    /// Words of the question that the index lacks, with those that were looked for instead.
    let corrections: [Correction]
    var results: [SearchResult]
    var sources: [EvidenceSource]
    var ranked: [ScoredPassage]
    /// The units of the sources, the best first; of two versions the one in force first.
    var evidence: [Evidence]
    /// The versions of documents that have several among the sources.
    var versions: [DocumentID: DocumentVersion] = [:]
    /// Documents that another version is in force instead of.
    var superseded: Set<DocumentID> = []
    /// Nouns of the question that stand nowhere in the index.
    let absent: [String]
    /// What speaks for the best unit; nil where nothing does.
    var confidence: Confidence?
    /// The probability that the best unit answers the question.
    var probability: Double { confidence?.probability ?? 0 }
    /// The confidence below which nothing is said to be found.
    let leastConfidence: Double

    /// The unit that answers best.
    var best: Evidence? { evidence.first { $0.mayAnswer } }
    var isFound: Bool { best != nil && probability >= leastConfidence }

    /// The words that the nearest unit lacks.
    var missing: [String] {
        guard !isFound, let first = evidence.first else { return [] }
        let named = Array((first.missing + first.doubtful).uniqued())
        return named.isEmpty ? absent : named
    }
}

extension OpenIndex {
    /// Searches for a question, and scores the units of the best passages.
    func find(_ text: String, _ options: SearchOptions, today: Date) throws -> Finding {
        var query = try query(QuestionForm.plain(text), isQuestion: true)
        let corrections = query.corrections
        let spelled = query.spelled(text)
        if spelled != text { query = try self.query(QuestionForm.plain(spelled), isQuestion: true) }
        let question = AskedQuestion(spelled)
        let absent = try AbsentWords(question, query, self)
        // Confidence depends on the lead of the first passage, so there must be a second one.
        var wide = options
        wide.top = max(options.top, 3)
        // A later version of what the first passage says may be far behind it.
        wide.readingMargin = .infinity
        let ranked = try rank(query, wide)
        let results = try results(ranked, query: query, top: wide.top, options.filter)
        var sources = try evidenceSources(results, ranked)
        let versions = try versions(of: sources)
        holdInForce(&sources, versions, question)
        var finding = Finding(
            asked: text, question: question, query: query, corrections: corrections, results: results, sources: sources,
            ranked: ranked,
            evidence: try evidence(question, query, sources, absent), versions: versions, absent: absent.written,
            leastConfidence: options.confidence)
        order(&finding, today: today)
        followChanges(&finding)
        try compareRows(&finding)
        try answerByRows(&finding)
        finding.confidence = confidence(of: finding)
        return finding
    }

    private func confidence(of finding: Finding) -> Confidence? {
        guard let best = finding.best ?? finding.evidence.first, let first = finding.results.first,
            best.coverage > 0 || !finding.query.words.isEmpty && finding.sources[best.source].reading != nil
        else { return nil }
        // The lead that words and vectors give: the reader has a weight of its own.
        let scores = finding.results.map(\.explanation.withoutReader)
        let lead = scores.count > 1 ? max(0, scores[0] - (scores.dropFirst().max() ?? 0)) : 0
        // A unit far behind one that lacks a name of the question is no answer instead of it.
        let behind = max(0, (finding.evidence.first?.score ?? 0) - best.score)
        return Confidence(
            coverage: best.coverage, lead: lead,
            sentence: similarity.wordVectors == nil ? nil : first.explanation.sentence,
            doubt: best.doubt + EvidenceWeights().doubtBehind * behind,
            relevance: finding.sources[best.source].reading.map { Double($0.relevance) }, span: best.span ?? -10)
    }

    /// The units of sources, the best first.
    private func evidence(
        _ question: AskedQuestion, _ query: Query, _ sources: [EvidenceSource], _ absent: AbsentWords
    ) throws -> [Evidence] {
        let weights = EvidenceWeights()
        let scorer = EvidenceScorer(
            question, query, idf: try rarities(of: query),
            requirements: try Requirements(question, query, self, sources: sources, absent: absent, weights: weights),
            weights: weights, vocabulary: model.vocabulary)
        var similarity = try sentenceSimilarity(query)
        var evidence: [Evidence] = []
        for (i, source) in sources.enumerated() {
            let relative = source.result.score / max(1e-9, sources[0].result.score)
            var sums: [Range<Int>: [Float]] = [:]
            let others = source.otherRows(than: question)
            for unit in source.units {
                let own = Array(source.text[unit.range]) + [32] + source.context(of: unit)
                let sum = try similarity?.sum(of: own)
                sums[unit.range] = sum
                let before = unit.previous.flatMap { sums[$0] }
                let cosines = sum.flatMap { similarity?.cosines(of: $0, after: before) } ?? SentenceCosines()
                evidence.append(
                    scorer.evidence(
                        unit, in: source, at: i, cosines, relative: relative, other: others[unit.range]))
            }
        }
        evidence.sort {
            ($0.score, $1.source, $1.unit.range.lowerBound, $1.unit.range.upperBound)
                > ($1.score, $0.source, $0.unit.range.lowerBound, $0.unit.range.upperBound)
        }
        // Where the cell of the best row is empty, the cells of other rows are no answers instead of it.
        if let first = evidence.first, let empty = first.emptyCell {
            for i in evidence.indices where evidence[i].unit.kind == .row && evidence[i].mayAnswer {
                evidence[i].missing.append(empty)
            }
        }
        return evidence
    }
}
