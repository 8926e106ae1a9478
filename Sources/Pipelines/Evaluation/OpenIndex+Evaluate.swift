import Indexes
import Retrieval

extension OpenIndex {
    /// Asks questions and compares the results with the known answers, and with BM25 over the same passages.
    package func evaluate(
        _ questions: [Question], name: String, progress: @escaping ProgressReport
    ) throws -> RetrievalReport {
        let evaluation = try RetrievalEvaluation(self, questions)
        return try evaluation.run(name: name, progress: progress)
    }
}

/// One measurement of an index with questions.
private final class RetrievalEvaluation {
    private let index: OpenIndex
    private let questions: [Question]
    private let documents: [PathKey: StoredDocument]
    private let baseline: BM25Baseline
    private var metrics = AnswerMetrics()
    private var baselineRanks = RankMetrics()
    private var searches = Latencies()
    private var asks = Latencies()

    init(_ index: OpenIndex, _ questions: [Question]) throws {
        self.index = index
        self.questions = questions
        let paths = index.snapshot.documents.flatMap { document in document.paths.map { (PathKey($0), document) } }
        let documents = Dictionary(paths, uniquingKeysWith: { first, _ in first })
        self.documents = documents
        if let absent = questions.compactMap(\.document).first(where: { documents[PathKey($0)] == nil }) {
            throw PipelineError(
                .badQuestions(.unknownDocument), subject: absent,
                fact: "is no document of \(index.path), and a question names it")
        }
        baseline = try BM25Baseline(index)
    }

    func run(name: String, progress: ProgressReport) throws -> RetrievalReport {
        var report = RetrievalReport(name: name, passages: index.snapshot.passageCount)
        let timed = Set(Array(questions.indices).spread(60))
        for (i, question) in questions.enumerated() {
            guard progress(WorkProgress(.asking, items: i, totalItems: questions.count)) else {
                report.isComplete = false
                break
            }
            report.questions = i + 1
            if timed.contains(i) { try time(question.question) }
            try ask(question)
        }
        for k in [1, 5, 20] {
            report.recall["\(k)"] = metrics.ranks.recall(at: k)
            report.recallBM25["\(k)"] = baselineRanks.recall(at: k)
        }
        report.reciprocalRank = metrics.ranks.reciprocalRank(within: 20)
        report.reciprocalRankBM25 = baselineRanks.reciprocalRank(within: 20)
        report.answered = metrics.answered.share
        report.abstained = metrics.refused.share
        report.withPlace = metrics.ranks.questions
        report.withAnswer = metrics.answered.total
        report.unanswerable = metrics.refused.total
        report.searchMedian = searches.percentile(50)
        report.search95 = searches.percentile(95)
        report.askMedian = asks.percentile(50)
        return report
    }

    private func ask(_ question: Question) throws {
        let answer = try index.ask(question.question)
        // A quotation counts where a single sentence holds the answer.
        let quoted = answer.sentences.map(\.text)
        let said = question.answer.flatMap { expected in quoted.first { AnswerText.holds($0, expected) } } ?? quoted.first
        metrics.add(question, said: answer.isFound ? said ?? "" : nil)
        guard question.answerable != false, question.answer != nil || question.document != nil else { return }
        let query = Query(question.question, model: index.model)
        metrics.ranks.add(rank: try rank(of: question, query))
        let best = baseline.best(query.words, 20)
        baselineRanks.add(rank: try best.firstIndex { try holds(question, $0, baseline.text($0)) }.map { $0 + 1 })
    }

    /// The rank of the first passage that holds the answer. The search goes beyond five passages only when the first five
    /// lack the answer.
    private func rank(of question: Question, _ query: Query) throws -> Int? {
        let first = try index.rank(query, SearchOptions()).prefix(5)
        if let at = try first.firstIndex(where: { try holds(question, $0.id, $0.text) }) { return at + 1 }
        var deep = SearchOptions()
        deep.top = 20
        let all = try index.rank(query, deep)
        return try all.firstIndex { try holds(question, $0.id, $0.text) }.map { max(5, $0) + 1 }
    }

    /// Whether a passage holds the answer: by the answer's place where that is known, else by its text.
    private func holds(_ question: Question, _ id: PassageID, _ passage: [UInt8]) throws -> Bool {
        if let document = question.document.flatMap({ documents[PathKey($0)] }) {
            guard index.snapshot.document(of: id)?.id == document.id else { return false }
            if let offset = question.offset { return try index.range(of: id, in: document).contains(offset) }
        }
        return question.answer.map { AnswerText.holds(String(decoding: passage, as: UTF8.self), $0) } ?? true
    }

    /// Measures a search and an answer where no passage is known yet.
    private func time(_ question: String) throws {
        index.reconstruction.forget()
        try searches.measure { _ = try index.search(question) }
        index.reconstruction.forget()
        try asks.measure { _ = try index.ask(question) }
    }
}
