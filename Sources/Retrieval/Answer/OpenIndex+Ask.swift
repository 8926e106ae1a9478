import Foundation
import Indexes
import Memory

extension OpenIndex {
    /// Below this confidence nothing is said to be found: 3 % of right answers are lost there, 39 % of the unanswerable questions refused
    /// (`docs/retrieval.md`).
    static let foundFrom = 0.12

    /// Probability that a sentence answers, from the share of the question's weight found in it (and in the sentence before and the headings
    /// above), from how far the first passage leads the next one, and from the cosine of its nearest sentence. Fitted on SQuAD questions over an
    /// index that lacks half of their paragraphs.
    /// - Parameter sentence: nil where the model has no word vectors; then the fit made before sentences were compared holds.
    static func confidence(coverage: Double, lead: Double, sentence: Double?) -> Double {
        guard let sentence else { return 1 / (1 + exp(4.95 - 5.5 * coverage - 4.2 * lead)) }
        return 1 / (1 + exp(5.17 - 4.78 * coverage - 2.46 * lead - 2.54 * sentence))
    }

    /// Answers with the best one to three sentences of the best passages, each with where it stands; extractive, offline.
    package func ask(_ question: String, _ options: SearchOptions = SearchOptions()) throws -> Answer {
        let query = Query(question, model: model)
        // Confidence looks at the lead of the first passage, so there must be others.
        let wanted = options.top
        var options = options
        options.top = max(wanted, 3)
        let ranked = try rank(query, options)
        let sources = try results(ranked, query: query, top: options.top)
        let weights = try query.words.map(rarity)
        let scorer = SentenceScorer(query: query, weights: weights, kind: QuestionKind(question))
        var similarity = try sentenceSimilarity(query)
        let lead = sources.count > 1 ? sources[0].score - sources[1].score : 0
        var candidates: [(score: Double, coverage: Double, source: Int, range: Range<Int>)] = []
        for (s, source) in sources.enumerated() {
            let text = Array(source.text.utf8), ranges = Sentences.ranges(in: text)
            // Titles and headings speak for the text under them.
            let above = Array((" " + ([source.citation.title] + source.citation.headings).joined(separator: " ")).utf8)
            let relative = source.score / max(1e-9, sources[0].score)
            var previous: [UInt8] = [], previousSum: [Float]?
            for range in ranges {
                let sentence = Array(text[range]), sum = try similarity?.sum(of: sentence)
                let cosines = sum.flatMap { similarity?.cosines(of: $0, after: previousSum) } ?? (0, 0)
                let coverage = scorer.coverage(sentence + [32] + previous + above)
                candidates.append((scorer.score(sentence, cosines, relative: relative), coverage, s, range))
                (previous, previousSum) = (sentence, sum)
            }
        }
        candidates.sort { ($0.score, $1.source, $1.range.lowerBound) > ($1.score, $0.source, $0.range.lowerBound) }
        let confidence =
            query.words.isEmpty
            ? 0
            : candidates.first.map {
                OpenIndex.confidence(coverage: $0.coverage, lead: lead, sentence: model.wordVectors == nil ? nil : sources[0].explanation.sentence)
            } ?? 0
        let isFound = confidence >= OpenIndex.foundFrom
        var chosen: [(source: Int, text: String, document: StoredDocument, range: Range<Int>)] = []
        for candidate in candidates where isFound && chosen.count < 3 {
            guard candidate.score >= candidates[0].score - 0.5 else { break }
            let source = sources[candidate.source], quoted = String(decoding: Array(source.text.utf8)[candidate.range], as: UTF8.self)
            guard !chosen.contains(where: { $0.text == quoted }), let document = snapshot.document(of: ranked[candidate.source].id) else { continue }
            let start = source.citation.start + candidate.range.lowerBound
            chosen.append((candidate.source, quoted, document, start..<start + candidate.range.count))
        }
        let known = Dictionary(uniqueKeysWithValues: ranked.map { ($0.id, $0.text) })
        let citations = try citations(chosen.map { ($0.document, $0.range) }, known: known)
        let sentences = zip(chosen, citations).map { Answer.Sentence(text: $0.text, source: $0.source + 1, citation: $1) }
        // As many sources as were wanted, and those that are quoted.
        let given = Array(sources.prefix(max(wanted, sentences.map(\.source).max() ?? 0)))
        return Answer(question: question, isFound: isFound, confidence: confidence, sentences: sentences, sources: given, generated: nil)
    }
}

/// What sort of thing a question asks for.
enum QuestionKind: Sendable {
    case number, time, person, place, other

    init(_ question: String) {
        let q = " " + question.lowercased() + " "
        func has(_ phrases: String...) -> Bool { phrases.contains { q.contains($0) } }
        if has(
            " how many ", " how much ", " how long ", " how far ", " how old ", " how often ", " what percentage ", " wie viele ", " wie viel ",
            " wie lange ", " wie hoch ")
        {
            self = .number
        } else if has(" when ", " what year ", " what date ", " which year ", " wann ", " what time ") {
            self = .time
        } else if has(" who ", " whom ", " whose ", " wer ", " wem ", " wen ") {
            self = .person
        } else if has(" where ", " wo ", " which city ", " which country ") {
            self = .place
        } else {
            self = .other
        }
    }
}

/// Scores sentences against a question.
struct SentenceScorer: Sendable {
    private let stems: [[UInt8]], weights: [Double], total: Double
    private let query: Query, kind: QuestionKind
    /// What "how many" asks to count, stemmed.
    private let unit: [UInt8]?

    init(query: Query, weights: [Double], kind: QuestionKind) {
        self.query = query
        stems = query.stems
        self.weights = weights
        total = max(1e-9, weights.reduce(0, +))
        self.kind = kind
        unit = kind == .number ? query.counted : nil
    }

    /// 0…1: share of the question's weight whose words occur.
    func coverage(_ text: [UInt8]) -> Double {
        let bag = WordBag(text)
        return zip(stems, weights).reduce(0) { $0 + (bag.stems[$1.0] != nil ? $1.1 : 0) } / total
    }

    /// Coverage, whether the sentence holds the sort of thing asked for, its cosines with the question (`SentenceSimilarity`), and the score of
    /// its passage as a share of the best one's. In units of full coverage; fitted as the logit of a choice among all sentences (`docs/retrieval.md`).
    func score(_ sentence: [UInt8], _ cosines: (alone: Double, withPrevious: Double), relative: Double) -> Double {
        var score = coverage(sentence) + 0.7 * cosines.alone + 0.4 * cosines.withPrevious + 0.8 * relative * relative
        switch kind {
        case .number:
            if SentenceScorer.hasNumber(sentence, except: query.words) { score += 0.4 }
            if let unit, SentenceScorer.counts(unit, in: sentence) { score += 0.4 }
        case .time: if SentenceScorer.hasNumber(sentence, except: query.words) { score += 0.4 }
        case .person, .place: if SentenceScorer.hasName(sentence, except: stems) { score += 0.4 }
        case .other: break
        }
        // A heading says what a text is about, and nothing of it.
        if sentence.first == UInt8(ascii: "#") { score -= 1 } else if Words.forms(in: sentence.span).count < 4 { score -= 0.35 }
        return score
    }

    /// Whether a number stands here that the question does not have.
    private static func hasNumber(_ sentence: [UInt8], except words: [[UInt8]]) -> Bool {
        Words.forms(in: sentence.span).contains { range in
            sentence[range.lowerBound] >= 48 && sentence[range.lowerBound] <= 57 && !words.contains(Array(sentence[range]))
        }
    }

    /// Whether a number or number word stands at most two words before `unit`.
    private static func counts(_ unit: [UInt8], in sentence: [UInt8]) -> Bool {
        var since = Int.max
        for range in Words.forms(in: sentence.span) {
            let word = Words.fold(Array(sentence[range]))
            if (word[0] >= 48 && word[0] <= 57) || QuestionWords.numbers.contains(word) {
                since = 0
            } else {
                if since < 3, Stem.of(word) == unit { return true }
                since = since < 3 ? since + 1 : Int.max
            }
        }
        return false
    }

    /// Whether a capitalised word that the question does not have stands inside the sentence.
    private static func hasName(_ sentence: [UInt8], except stems: [[UInt8]]) -> Bool {
        Words.forms(in: sentence.span).dropFirst().contains { range in
            sentence[range.lowerBound] >= 65 && sentence[range.lowerBound] <= 90 && !stems.contains(Stem.of(Words.fold(Array(sentence[range]))))
        }
    }
}
