import Algorithms
import Indexes
import Retrieval

/// Says which documents and passages are right for a question.
struct Judge {
    private let index: OpenIndex
    private let documents: [PathKey: StoredDocument]
    private let paths: [DocumentID: String]

    /// - Throws: `PipelineError` where a question names a document that the index does not have. Documents with grades may
    ///   be absent: they count as missed.
    init(_ index: OpenIndex, _ questions: [Question]) throws {
        self.index = index
        let paths = index.snapshot.documents.flatMap { document in document.paths.map { (PathKey($0), document) } }
        let documents = Dictionary(paths, uniquingKeysWith: { first, _ in first })
        self.documents = documents
        self.paths = Dictionary(uniqueKeysWithValues: index.snapshot.documents.map { ($0.id, $0.paths[0]) })
        let named = questions.lazy.flatMap { [$0.document].compactMap(\.self) + ($0.documents ?? []) }
        if let absent = named.first(where: { documents[PathKey($0)] == nil }) {
            throw PipelineError(
                .badQuestions(.unknownDocument), subject: absent,
                fact: "is no document of \(index.path), and a question names it")
        }
    }

    /// What a ranking of passages gains; nil where nothing is known of the question.
    ///
    /// A question with a set of documents is judged by documents: each counts at the rank of its first passage among the
    /// documents. Any other question is judged by passages, of which the first one that holds the answer counts.
    func gains(of ranking: [PassageID], _ question: Question, text: (PassageID) -> [UInt8]) throws -> RankedGains? {
        if let gold = gold(of: question) {
            let ranked = ranking.compactMap { index.snapshot.document(of: $0)?.id }.uniqued()
            return RankedGains(Array(ranked), gold: gold.found, missed: gold.missed)
        }
        guard question.document != nil || !question.rightAnswers.isEmpty else { return nil }
        return RankedGains(isRight: try ranking.prefix(Rankings.depth).map { try holds(question, $0, text($0)) })
    }

    /// The right documents of a question with their grades, and the grades of those that the index does not have; nil where
    /// the question names no set of documents.
    func gold(of question: Question) -> (found: [DocumentID: Double], missed: [Double])? {
        guard let gold = question.gold else { return nil }
        var found: [DocumentID: Double] = [:]
        var missed: [Double] = []
        for (path, grade) in gold {
            // Files with the same text are one document.
            guard let document = documents[PathKey(path)] else {
                missed.append(grade)
                continue
            }
            found[document.id] = max(grade, found[document.id] ?? 0)
        }
        return (found, missed)
    }

    /// The passage of a result.
    func passage(of result: SearchResult) -> PassageID? {
        documents[PathKey(result.citation.path)].flatMap { document in
            let passages = document.passageIDs
            return passages.indices.contains(result.passage) ? passages[result.passage] : nil
        }
    }

    /// The first path of a document.
    func path(of document: DocumentID) -> String { paths[document] ?? "" }

    /// The first path of a passage's document.
    func path(of passage: PassageID, _ index: OpenIndex) -> String {
        index.snapshot.document(of: passage).map { path(of: $0.id) } ?? ""
    }

    /// The passages that hold the answer of a question.
    func passages(of question: Question, text: (PassageID) -> [UInt8]) throws -> [PassageID] {
        let document = question.document.flatMap { documents[PathKey($0)] }
        let candidates = document?.passageIDs ?? index.snapshot.documents.flatMap(\.passageIDs)
        return try candidates.filter { try holds(question, $0, text($0)) }
    }

    /// Whether a passage holds the answer: by the answer's place where that is known, else by its text.
    private func holds(_ question: Question, _ id: PassageID, _ passage: [UInt8]) throws -> Bool {
        if let document = question.document.flatMap({ documents[PathKey($0)] }) {
            guard index.snapshot.document(of: id)?.id == document.id else { return false }
            if let offset = question.offset { return try index.range(of: id, in: document).contains(offset) }
        }
        let known = question.rightAnswers
        let text = String(decoding: passage, as: UTF8.self)
        return known.isEmpty || known.contains { AnswerText.holds(text, $0) }
    }
}
