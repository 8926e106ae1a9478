import Indexes

extension OpenIndex {
    /// At most as many sentences are quoted.
    private static let mostSentences = 3
    /// A quoted sentence is at most this far behind the best one.
    private static let sentenceMargin = 0.5

    /// Answers with the best one to three sentences of the best passages, each with its place.
    package func ask(_ question: String, _ options: SearchOptions = SearchOptions()) throws -> Answer {
        let query = try query(question, isQuestion: true)
        // Confidence depends on the lead of the first passage, so there must be a second one.
        var wide = options
        wide.top = max(options.top, 3)
        let ranked = try rank(query, wide)
        let sources = try results(ranked, query: query, top: wide.top)
        let candidates = try sentences(of: zip(sources, ranked).map { ($0, $1.text) }, query, QuestionKind(question))
        let confidence = confidence(query, sources, best: candidates.first)
        let isFound = confidence >= Confidence.threshold
        let sentences = isFound ? try quote(candidates, ranked, sources) : []
        // All passages that were asked for, and all that are quoted.
        let given = sources.prefix(max(options.top, sentences.map(\.source).max() ?? 0))
        return Answer(
            question: question, isFound: isFound, confidence: confidence, sentences: sentences, sources: Array(given),
            generated: nil)
    }

    private func confidence(_ query: Query, _ sources: [SearchResult], best: SentenceCandidate?) -> Double {
        guard !query.words.isEmpty, let best, let first = sources.first else { return 0 }
        return Confidence.probability(
            coverage: best.coverage, lead: sources.count > 1 ? first.score - sources[1].score : 0,
            sentence: similarity.wordVectors == nil ? nil : first.explanation.sentence)
    }
}

/// A sentence that may be quoted.
private struct SentenceCandidate {
    let score: Double
    /// The share of the question's weight that the sentence covers, with the sentence before and the headings above.
    let coverage: Double
    /// The position of its passage among the sources.
    let source: Int
    /// Its bytes in the text of the passage.
    let range: Range<Int>
}

extension OpenIndex {
    /// The sentences of passages, the best first.
    private func sentences(
        of passages: [(result: SearchResult, text: [UInt8])], _ query: Query, _ kind: QuestionKind
    ) throws -> [SentenceCandidate] {
        let scorer = SentenceScorer(query: query, weights: try rarities(of: query), kind: kind)
        var similarity = try sentenceSimilarity(query)
        var candidates: [SentenceCandidate] = []
        for (source, (result, text)) in passages.enumerated() {
            // Titles and headings speak for the text under them.
            let above = Array((" " + ([result.citation.title] + result.citation.headings).joined(separator: " ")).utf8)
            let relative = result.score / max(1e-9, passages[0].result.score)
            var previous: [UInt8] = []
            var previousSum: [Float]?
            for range in Sentences.ranges(in: text) {
                let sentence = Array(text[range])
                let sum = try similarity?.sum(of: sentence)
                let cosines = sum.flatMap { similarity?.cosines(of: $0, after: previousSum) } ?? SentenceCosines()
                candidates.append(
                    SentenceCandidate(
                        score: scorer.score(sentence, cosines, relative: relative),
                        coverage: scorer.coverage(sentence + [UInt8(ascii: " ")] + previous + above), source: source,
                        range: range))
                (previous, previousSum) = (sentence, sum)
            }
        }
        return candidates.sorted { ($0.score, $1.source, $1.range.lowerBound) > ($1.score, $0.source, $0.range.lowerBound) }
    }

    /// The best sentences with their places, each text once.
    private func quote(
        _ candidates: [SentenceCandidate], _ ranked: [ScoredPassage], _ sources: [SearchResult]
    ) throws -> [Answer.Sentence] {
        var chosen: [(source: Int, text: String, document: StoredDocument, range: Range<Int>)] = []
        for candidate in candidates {
            guard chosen.count < OpenIndex.mostSentences, candidate.score >= candidates[0].score - OpenIndex.sentenceMargin
            else { break }
            let passage = ranked[candidate.source]
            let text = String(decoding: passage.text[candidate.range], as: UTF8.self)
            guard !chosen.contains(where: { $0.text == text }), let document = snapshot.document(of: passage.id) else {
                continue
            }
            let start = sources[candidate.source].citation.start + candidate.range.lowerBound
            chosen.append((candidate.source, text, document, start..<start + candidate.range.count))
        }
        let known = Dictionary(uniqueKeysWithValues: ranked.map { ($0.id, $0.text) })
        let citations = try citations(chosen.map { ($0.document, $0.range, $0.range.lowerBound) }, known: known)
        return zip(chosen, citations).map { Answer.Sentence(text: $0.text, source: $0.source + 1, citation: $1) }
    }
}
