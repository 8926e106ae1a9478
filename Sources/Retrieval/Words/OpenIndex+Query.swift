import Indexes
import Memory

extension OpenIndex {
    /// What a word counts in the path or title of a document, and in a heading, next to an occurrence in the text.
    private static let fieldWeight = 0.5
    private static let headingWeight = 0.4

    /// A query with what its words can stand for in this index.
    ///
    /// - Parameter isQuestion: whether a capital inside the text begins a name. No other name is looked for instead of one
    ///   that the index lacks: who asks for one person wants no answer about another.
    package func query(_ text: String, isQuestion: Bool = false) throws -> Query {
        var query = Query(text, model: model, isQuestion: isQuestion)
        guard !query.words.isEmpty, snapshot.passageCount > 0 else { return query }
        let words = try words.gathered()
        similarity.prepare(query.text)
        var expansion = Expansion(snapshot, table: words.table, fields: words.fields)
        // Term sets leave function words out, so no other word is looked for instead of one.
        let senses =
            query.isOfFunctionWords
            ? query.senses : try expansion.senses(of: query, names: isQuestion ? query.names : [])
        let lacking =
            query.isOfFunctionWords
            ? []
            : try query.words.indices.filter { try snapshot.passageCount(holding: query.words[$0]) == 0 }
        let fieldWeights = try senses.map { senses in
            let inFields = Set(senses.flatMap { fieldDocuments($0, words.fields) })
            let passages = inFields.reduce(0) { $0 + snapshot.documents[Int($1)].passages.count }
            guard passages > 0 else { return 0.0 }
            // A word of every path says nothing, however rare it is in texts.
            let ofText = BM25.idf(holders: try holderCount(senses), of: max(1, snapshot.passageCount))
            let ofFields = BM25.idf(holders: passages, of: max(1, snapshot.passageCount))
            return OpenIndex.fieldWeight * min(1, ofFields / max(1e-9, ofText))
        }
        query.understand(senses, fieldWeights: fieldWeights, lacking: Set(lacking))
        return query
    }

    /// The idf of each word of a query: large for a word that few passages hold. A word that no passage holds is as rare as
    /// its senses.
    func rarities(of query: Query) throws -> [Double] {
        try query.senses.map { BM25.idf(holders: try holderCount($0), of: max(1, snapshot.passageCount)) }
    }

    /// The words of a query, as the index is asked for them in texts and in names.
    func wordQueries(of query: Query) throws -> [WordQuery] {
        let fields = try words.gathered().fields
        return try zip(query.senses, query.fieldWeights).map { senses, fieldWeight in
            var named: [Int: Double] = [:]
            for sense in senses where fieldWeight > 0 {
                for document in fieldDocuments(sense, fields) {
                    named[Int(document)] = max(named[Int(document)] ?? 0, fieldWeight * sense.weight)
                }
            }
            return WordQuery(
                readings: senses.map { .init(terms: stored($0.terms), weight: $0.weight) },
                documents: named.map { ($0.key, $0.value) }, count: try holderCount(senses))
        }
    }

    /// Those of some terms that term sets hold; all where they hold none.
    private func stored(_ terms: [[UInt8]]) -> [[UInt8]] {
        let kept = terms.filter { !model.vocabulary.isFunctionWord($0) }
        return kept.isEmpty ? terms : kept
    }

    /// What the words of a query count in the path and title of a passage's document and in the headings above it.
    func namedWords(of query: Query, _ passage: PassageID, headings: Set<[UInt8]>) throws -> [Double] {
        guard let document = snapshot.documentPosition(of: passage) else { return query.words.map { _ in 0 } }
        let fields = try words.gathered().fields
        return zip(query.senses, query.fieldWeights).map { senses, weight in
            var count = 0.0
            for sense in senses {
                if weight > 0, sense.terms.allSatisfy({ fields.holds($0, document: document) }) {
                    count = max(count, weight * sense.weight)
                }
                if sense.terms.allSatisfy(headings.contains) {
                    count = max(count, OpenIndex.headingWeight * sense.weight)
                }
            }
            return count
        }
    }

    /// The words of the headings above some passages that the passages do not hold themselves.
    ///
    func headingWords(above passages: [(id: PassageID, text: [UInt8])]) throws -> [Set<[UInt8]>] {
        let known = Dictionary(passages.map { ($0.id, $0.text) }, uniquingKeysWith: { first, _ in first })
        return try headings(above: passages.map(\.id), known: known).map { DocumentFields.words(of: $0) }
    }

    /// The words of the text that a query found, and those of the query that stand only in the name or title.
    func shownMatches(_ passage: ScoredPassage, _ query: Query) -> [String] {
        let bag = WordBag(passage.text)
        var shown: [String] = []
        for word in passage.matched {
            let found = bag.matches(of: word, in: query)
            for match in found.isEmpty ? [query.words[word]] : Array(found.prefix(4)) {
                let text = String(decoding: match, as: UTF8.self)
                if !shown.contains(text) { shown.append(text) }
            }
        }
        return shown
    }

    private func fieldDocuments(_ sense: Sense, _ fields: DocumentFields) -> [Int32] {
        sense.terms.count == 1 ? fields.documents(holding: sense.terms[0]) : []
    }

    /// The number of passages that hold a word; where none does, the number of those that hold its senses, each counted by
    /// itself, at most.
    private func holderCount(_ senses: [Sense]) throws -> Int {
        let exact = try snapshot.passageCount(holding: senses[0].terms[0])
        let count =
            try exact > 0
            ? exact
            : senses.dropFirst().reduce(0) { sum, sense in
                try sum + (sense.terms.map { try snapshot.passageCount(holding: $0) }.min() ?? 0)
            }
        return min(count, snapshot.passageCount)
    }
}
