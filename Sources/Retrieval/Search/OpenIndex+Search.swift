import Corpora
import Foundation
import Indexes
import Memory

/// How the parts of a score are weighed; tuned on held-out questions (`docs/retrieval.md`).
package struct ScoreWeights: Sendable {
    /// Of the cosine of word vectors before the text is known, where there is no nearest sentence to go by.
    package var wordVectorsAlone = 1.0
    package var memory = 0.05, wordVectors = 0.5, sentence = 1.5, proximity = 0.12
    /// Candidates further than this behind the best one are not reconstructed, as long as there are as many as are asked for.
    package var margin = 0.75

    package init() {}
}

/// A passage with its text and the parts of its score.
package struct ScoredPassage: Sendable {
    package let id: PassageID, text: [UInt8]
    /// Positions in the query of the words that the text holds, in any form of their stems.
    package var matched: [Int] = []
    package var explanation: ScoreExplanation
}

extension OpenIndex {
    /// The passages that answer a query best, reconstructed and scored on their text.
    package func search(_ query: String, _ options: SearchOptions = SearchOptions()) throws -> [SearchResult] {
        let query = Query(query, model: model)
        return try results(try rank(query, options), query: query, top: options.top)
    }

    /// Candidates by word sets and dense memory, reconstructed, scored exactly, best first, near-duplicates dropped. Those far behind are read
    /// only where near-duplicates leave fewer than are asked for.
    package func rank(_ query: Query, _ options: SearchOptions, weights: ScoreWeights = ScoreWeights()) throws -> [ScoredPassage] {
        let candidates = try candidates(query, limit: options.rescored, weights: weights)
        let near = candidates.count { $0.explanation.total >= candidates[0].explanation.total - weights.margin }
        let first = try read(candidates.prefix(max(near, options.top)))
        let ranked = OpenIndex.distinct(try rescore(first, query, weights))
        guard ranked.count < options.top, first.count < candidates.count else { return ranked }
        return OpenIndex.distinct(try rescore(first + read(candidates.dropFirst(first.count)), query, weights))
    }

    private typealias Candidate = (id: PassageID, explanation: ScoreExplanation)

    private func read(_ candidates: ArraySlice<Candidate>) throws -> [ScoredPassage] {
        zip(candidates, try reconstruct(candidates.map(\.id))).map { ScoredPassage(id: $0.id, text: $1, explanation: $0.explanation) }
    }

    /// Passages worth reconstructing, best first: BM25 over the stored word sets fused with the cosines of memory and of word vectors.
    private func candidates(_ query: Query, limit: Int, weights: ScoreWeights) throws -> [Candidate] {
        let lexical = try snapshot.candidates(terms: query.words, limit: max(200, 4 * limit))
        let vectors = try denseVectors()
        let code = try pool.map(1) { codec, _ in codec.memory(of: query.tokens[...]) }[0]
        let similar = vectors.similarities(code: code, terms: query.terms)
        let best = Double(lexical.first?.score ?? 1)
        var merged: [PassageID: ScoreExplanation] = [:]
        func add(_ id: PassageID, _ stored: Double) {
            guard merged[id] == nil, let i = vectors.index(of: id) else { return }
            var e = ScoreExplanation()
            e.stored = stored
            e.memory = Double(similar.memory[i])
            e.wordVectors = similar.words.isEmpty ? 0 : Double(similar.words[i])
            e.total = stored / best + weights.memory * e.memory + weights.wordVectorsAlone * e.wordVectors
            merged[id] = e
        }
        for candidate in lexical { add(candidate.passage, Double(candidate.score)) }
        var fused = similar.memory.map { Float(weights.memory) * $0 }
        for i in similar.words.indices { fused[i] += Float(weights.wordVectorsAlone) * similar.words[i] }
        for i in fused.indices.sorted(by: { (fused[$0], $1) > (fused[$1], $0) }).prefix(limit) { add(vectors.passages[i], 0) }
        let all = merged.map { (id: $0.key, explanation: $0.value) }
        return Array(all.sorted { ($0.explanation.total, $1.id) > ($1.explanation.total, $0.id) }.prefix(limit))
    }

    private func denseVectors() throws -> DenseVectors {
        try dense.withLock { vectors in
            if let vectors { return vectors }
            let made = try DenseVectors(snapshot, model: model)
            vectors = made
            return made
        }
    }

    /// BM25 with true term frequencies (k1 0.9, b 0.4) over whole words, half as much for other words of the same stem, proximity, and the nearest
    /// sentence; best first.
    private func rescore(_ passages: [ScoredPassage], _ query: Query, _ weights: ScoreWeights) throws -> [ScoredPassage] {
        let idf = try query.words.map(rarity)
        var sentences = try sentenceSimilarity(query)
        let average = try snapshot.averageLength()
        var out = passages
        for p in out.indices {
            let bag = WordBag(out[p].text)
            let lengthFactor =
                0.9 * (1 - 0.4 + 0.4 * Double(try snapshot.segment(out[p].id.segment).tokenCount(of: out[p].id.index)) / max(1, average))
            var exact = 0.0
            for (i, word) in query.words.enumerated() {
                let whole = Double(bag.words[word] ?? 0), stem = Double(bag.stems[query.stems[i]] ?? 0) - whole
                let tf = whole + 0.5 * stem
                if tf > 0 { out[p].matched.append(i) }
                exact += idf[i] * tf * 1.9 / (tf + lengthFactor)
            }
            out[p].explanation.exact = exact
            out[p].explanation.proximity = bag.proximity(query, idf: idf)
            out[p].explanation.sentence = try sentences?.nearest(in: out[p].text) ?? 0
        }
        let best = max(1e-9, out.map(\.explanation.exact).max() ?? 1)
        for p in out.indices {
            let e = out[p].explanation
            out[p].explanation.total =
                e.exact / best + weights.memory * e.memory + weights.wordVectors * e.wordVectors + weights.sentence * e.sentence
                + weights.proximity * e.proximity
        }
        return out.sorted { ($0.explanation.total, $1.id) > ($1.explanation.total, $0.id) }
    }

    /// The weight of a word in BM25: how few of the passages hold it.
    func rarity(of word: [UInt8]) throws -> Double {
        let n = Double(max(1, snapshot.passageCount)), df = Double(try snapshot.passageCount(holding: word))
        return log(1 + (n - df + 0.5) / (df + 0.5))
    }

    /// nil where the model has no word vectors. Terms count as they are rare in this index, function words, which it does not hold, in part.
    func sentenceSimilarity(_ query: Query) throws -> SentenceSimilarity? {
        guard let wordVectors = try denseVectors().wordVectors else { return nil }
        let n = Double(max(1, snapshot.passageCount)), rarest = log(1 + (n + 0.5) / 0.5)
        return try SentenceSimilarity(query.terms, vectors: wordVectors) { term in
            self.model.vocabulary.isFunctionWord(term) ? 0.75 : Float(try self.rarity(of: Words.fold(term)) / rarest)
        }
    }

    /// Drops passages whose words are nearly all those of a better one, and all numbers too.
    private static func distinct(_ passages: [ScoredPassage]) -> [ScoredPassage] {
        var kept: [(passage: ScoredPassage, words: Set<[UInt8]>)] = []
        for passage in passages {
            let words = Set(WordBag(passage.text).words.keys)
            let isCopy = kept.contains { other in
                // Two years of one contract differ in a number.
                guard !other.words.symmetricDifference(words).contains(where: WordBag.isNumber) else { return false }
                let common = other.words.intersection(words).count
                return Double(common) > 0.95 * Double(max(1, other.words.union(words).count))
            }
            if !isCopy { kept.append((passage, words)) }
        }
        return kept.map(\.passage)
    }

    /// The first `top` passages as a user sees them.
    func results(_ passages: [ScoredPassage], query: Query, top: Int) throws -> [SearchResult] {
        let shown = try passages.prefix(top).compactMap { passage in
            try snapshot.document(of: passage.id).map { (passage: passage, document: $0, range: try range(of: passage.id, in: $0)) }
        }
        let known = Dictionary(uniqueKeysWithValues: passages.map { ($0.id, $0.text) })
        let citations = try citations(shown.map { ($0.document, $0.range) }, known: known)
        return zip(shown, citations).enumerated().map { rank, found in
            let (passage, document, _) = found.0
            return SearchResult(
                rank: rank + 1, score: passage.explanation.total, citation: found.1, passage: passage.id.index - document.passages.lowerBound,
                text: String(decoding: passage.text, as: UTF8.self),
                matched: passage.matched.map { String(decoding: query.words[$0], as: UTF8.self) },
                explanation: passage.explanation)
        }
    }
}

/// The words of a text with their counts, whole and stemmed, in order.
package struct WordBag {
    package private(set) var words: [[UInt8]: Int] = [:], stems: [[UInt8]: Int] = [:]
    package private(set) var order: [[UInt8]] = []

    package init(_ text: [UInt8]) {
        for range in Words.forms(in: text.span) {
            let word = Words.fold(Array(text[range])), stem = Stem.of(word)
            words[word, default: 0] += 1
            stems[stem, default: 0] += 1
            order.append(stem)
        }
    }

    static func isNumber(_ word: [UInt8]) -> Bool { word.contains { $0 >= 48 && $0 <= 57 } }

    /// 0…1: share of the query's neighbouring word pairs (weighed by their rarer word) that stand within four words of each other here.
    func proximity(_ query: Query, idf: [Double]) -> Double {
        guard !query.pairs.isEmpty else { return 0 }
        let weight = Dictionary(zip(query.stems, idf), uniquingKeysWith: max)
        var places: [[UInt8]: [Int]] = [:]
        for (i, stem) in order.enumerated() where weight[stem] != nil { places[stem, default: []].append(i) }
        var found = 0.0, all = 0.0
        for (first, second) in query.pairs {
            let w = max(weight[first] ?? 0, weight[second] ?? 0)
            all += w
            guard let a = places[first], let b = places[second] else { continue }
            if a.contains(where: { i in b.contains { $0 != i && abs($0 - i) <= 4 } }) { found += w }
        }
        return all > 0 ? found / all : 0
    }
}
