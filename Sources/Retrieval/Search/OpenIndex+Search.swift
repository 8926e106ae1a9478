import Algorithms
import Indexes
import Memory

extension OpenIndex {
    /// The passages that answer a query best, reconstructed and scored on their text.
    package func search(_ query: String, _ options: SearchOptions = SearchOptions()) throws -> [SearchResult] {
        try search(try self.query(query), options)
    }

    /// The passages that answer a query best, reconstructed and scored on their text.
    package func search(_ query: Query, _ options: SearchOptions = SearchOptions()) throws -> [SearchResult] {
        try results(try rank(query, options), query: query, top: options.top, options.filter)
    }

    /// Passages reconstructed and scored on their text, the best first, without copies.
    ///
    /// Candidates far behind the first one are read only where copies leave fewer passages than are asked for.
    package func rank(_ query: Query, _ options: SearchOptions) throws -> [ScoredPassage] {
        let scope = try PassageScope(options.filter, of: self)
        let candidates = try checked(candidates(query, limit: options.candidates, scope), options, scope)
        guard let best = candidates.first else { return [] }
        let near = candidates.count { $0.score >= best.score - ScoreWeights.margin }
        let first = candidates.prefix(max(near, options.top))
        var ranked = try rescore(first, query).withoutCopies(\.text)
        if ranked.count < options.top, first.count < candidates.count {
            ranked = try rescore(candidates[...], query).withoutCopies(\.text)
        }
        return try read(ranked, query, limit: options.read, margin: options.readingMargin)
    }

    /// The best passages as a user sees them. Of the paths of a document that has several, one that the filter allows is shown.
    func results(
        _ passages: [ScoredPassage], query: Query, top: Int, _ filter: SearchFilter = SearchFilter()
    ) throws -> [SearchResult] {
        let paths = try AllowedPaths(filter)
        let shown = try passages.prefix(top).compactMap { passage in
            try snapshot.document(of: passage.id).map { document in
                let path = document.paths.first(where: paths.allow)
                return (
                    passage: passage, document: path.map(document.first) ?? document,
                    range: try range(of: passage.id, in: document)
                )
            }
        }
        let known = Dictionary(uniqueKeysWithValues: passages.map { ($0.id, $0.text) })
        let citations = try citations(
            shown.map { ($0.document, $0.range, $0.range.lowerBound + query.focus(in: $0.passage.text)) }, known: known)
        return try zip(shown, citations).enumerated().map { rank, found in
            let ((passage, document, range), citation) = found
            let matched = shownMatches(passage, query)
            return SearchResult(
                rank: rank + 1, score: passage.explanation.total, citation: citation,
                passage: passage.id.index - document.passages.lowerBound,
                text: String(decoding: passage.text, as: UTF8.self),
                line: try line(of: matched, in: passage.text, at: range, of: document), matched: matched,
                explanation: passage.explanation)
        }
    }
}

// MARK: Candidates

/// A passage that may be worth reconstructing.
private struct SearchCandidate {
    let id: PassageID
    /// BM25 over the stored term sets.
    let stored: Double
    /// The inner products with the memory codes of the passage and of its section.
    let memory: Double
    let section: Double
    /// The cosine of word vectors.
    let wordVectors: Double
    let score: Double
}

extension OpenIndex {
    /// Passages that may be worth reconstructing, the best first: those with the largest sum of BM25 over the stored term sets
    /// and of their memory codes, ordered by that and by the cosine of word vectors.
    private func candidates(_ query: Query, limit: Int, _ scope: PassageScope) throws -> [SearchCandidate] {
        let memory = try similarity.memory(of: query)
        let weights = ScoreWeights()
        let found = try snapshot.candidates(
            try wordQueries(of: query), limit: limit,
            adding: memory?.sums(passage: Float(weights.memoryCode), section: Float(weights.section)) ?? [:],
            where: { scope.allows($0) })
        let near = try similarity.wordVectors(of: query, to: found.map(\.passage))
        return zip(found, near).map { candidate, cosine in
            let products = memory?.of(candidate.passage) ?? (0, 0)
            return SearchCandidate(
                id: candidate.passage, stored: Double(candidate.score), memory: Double(products.passage),
                section: Double(products.section), wordVectors: Double(cosine),
                score: candidate.total + ScoreWeights.wordVectorsBeforeText * Double(cosine))
        }
        .sorted { ($0.score, $1.id) > ($1.score, $0.id) }
    }
}

extension OpenIndex {
    /// The candidates whose texts a search may return, as many as are scored. Without phrases these are all.
    private func checked(
        _ candidates: [SearchCandidate], _ options: SearchOptions, _ scope: PassageScope
    ) throws -> [SearchCandidate] {
        guard scope.needsText else { return candidates }
        var kept: [SearchCandidate] = []
        for group in candidates.chunks(ofCount: options.rescored) where kept.count < options.rescored {
            let texts = try reconstruction.texts(of: group.map(\.id))
            let isWhole = texts.map { scope.allows($0) }
            // A phrase may end in the next passage of the document.
            let others = group.indices.filter { !isWhole[$0 - group.startIndex] }
            let nexts = others.compactMap { at in passage(1, after: group[at].id).map { (at: at, next: $0) } }
            let ends = zip(nexts, try reconstruction.texts(of: nexts.map(\.next)))
            let crossing = Set(ends.filter { scope.allows(texts[$0.at - group.startIndex], before: $1) }.map(\.0.at))
            let allowed = group.indices.filter { isWhole[$0 - group.startIndex] || crossing.contains($0) }
            let cut = try passages(of: allowed.map { (group[$0].id, texts[$0 - group.startIndex]) }, cutFromExcluded: scope)
            kept += allowed.map { group[$0] }.filter { !cut.contains($0.id) }
        }
        return Array(kept.prefix(options.rescored))
    }

    /// Those of some passages that hold a part of an excluded phrase, which the passage before or after them completes.
    private func passages(
        of found: [(id: PassageID, text: [UInt8])], cutFromExcluded scope: PassageScope
    ) throws -> Set<PassageID> {
        var pairs: [(id: PassageID, text: [UInt8], neighbour: PassageID, isNext: Bool)] = []
        for (id, text) in found {
            let shares = scope.mayShareExcluded(text)
            if shares.withNext, let next = passage(1, after: id) { pairs.append((id, text, next, true)) }
            if shares.withPrevious, let previous = passage(-1, after: id) { pairs.append((id, text, previous, false)) }
        }
        let neighbours = try reconstruction.texts(of: pairs.map(\.neighbour))
        let cut = zip(pairs, neighbours).filter { pair, other in
            pair.isNext ? scope.cutsExcluded(pair.text, before: other) : scope.cutsExcluded(other, before: pair.text)
        }
        return Set(cut.map(\.0.id))
    }
}

extension OpenIndex {
    /// The passage of the same document that stands some places after another one; nil where the document ends before.
    private func passage(_ distance: Int, after id: PassageID) -> PassageID? {
        let other = PassageID(segment: id.segment, index: id.index + distance)
        guard let position = snapshot.documentPosition(of: id), snapshot.documents[position].passages.contains(other.index)
        else { return nil }
        return other
    }
}

// MARK: Scores on the text

extension OpenIndex {
    /// Reconstructs candidates and scores them on their text, the best first: BM25 with true term frequencies, where other
    /// senses of a word count less, and name, title and headings count too; proximity; numbers and identifiers as they are
    /// written; and the nearest sentence.
    private func rescore(_ candidates: ArraySlice<SearchCandidate>, _ query: Query) throws -> [ScoredPassage] {
        let bm25 = try bm25()
        let idf = try rarities(of: query)
        var nearest = try sentenceSimilarity(query)
        let texts = try reconstruction.texts(of: candidates.map(\.id))
        try nearest?.learn(texts)
        let headings = try headingWords(above: zip(candidates, texts).map { ($0.id, $1) })
        let read = try zip(zip(candidates, texts), headings).map { found, headings in
            let (candidate, text) = found
            let bag = WordBag(text)
            let length = Double(try snapshot.segment(candidate.id.segment).tokenCount(of: candidate.id.index))
            let named = try namedWords(of: query, candidate.id, headings: headings)
            let frequencies = query.words.indices.map { bag.frequency(of: $0, in: query) + named[$0] }
            let exact = zip(idf, frequencies).reduce(0) { $0 + $1.0 * bm25.weight(frequency: $1.1, length: length) }
            return (
                candidate: candidate, text: text, matched: frequencies.indices.filter { frequencies[$0] > 0 }, exact: exact,
                proximity: bag.proximity(query, idf: idf), forms: query.exactForms.share(in: text),
                sentence: try nearest?.nearest(in: text) ?? 0
            )
        }
        let best = max(1e-9, read.map(\.exact).max() ?? 1)
        let scored = read.map { passage in
            let candidate = passage.candidate
            return ScoredPassage(
                id: candidate.id, text: passage.text, matched: passage.matched,
                explanation: ScoreExplanation(
                    stored: candidate.stored, exact: passage.exact, bestExact: best, memoryCode: candidate.memory,
                    section: candidate.section,
                    wordVectors: candidate.wordVectors, sentence: passage.sentence, proximity: passage.proximity,
                    forms: passage.forms))
        }
        return scored.sorted { ($0.explanation.total, $1.id) > ($1.explanation.total, $0.id) }
    }

    /// BM25 over the passages of this index.
    func bm25() throws -> BM25 { BM25(passageCount: snapshot.passageCount, averageLength: try snapshot.averageLength()) }

    /// The idf of a word: large for a word that few passages hold.
    func rarity(of word: [UInt8]) throws -> Double {
        BM25.idf(holders: try snapshot.passageCount(holding: word), of: max(1, snapshot.passageCount))
    }

    /// How near sentences come to a query; nil where the model has no word vectors.
    ///
    /// A term weighs its idf as a share of the largest idf. A function word, which term sets leave out, weighs 0.75.
    func sentenceSimilarity(_ query: Query) throws -> SentenceSimilarity? {
        guard let vectors = similarity.wordVectors else { return nil }
        let rarest = BM25.idf(holders: 0, of: max(1, snapshot.passageCount))
        return try SentenceSimilarity(query.terms, vectors: vectors) { terms in
            let holders = try self.snapshot.aboutPassageCounts(holding: terms.map { Words.fold($0) })
            return zip(terms, holders).map { term, holders in
                self.model.vocabulary.isFunctionWord(term)
                    ? 0.75 : Float(BM25.idf(holders: holders, of: max(1, self.snapshot.passageCount)) / rarest)
            }
        }
    }
}
