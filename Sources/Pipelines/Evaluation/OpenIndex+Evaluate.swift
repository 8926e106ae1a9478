import Indexes
import Retrieval

extension OpenIndex {
    /// Asks questions and compares the results with the known answers, and with BM25 over the same passages.
    ///
    /// - Parameters:
    ///   - loss: the share of right answers that may be lost where refusals at a stated loss are measured.
    ///   - results: where the passages, questions and results are written to; nil for nowhere.
    package func evaluate(
        _ questions: [Question], name: String, loss: Double = 0.05, results: EvaluationFiles? = nil,
        progress: @escaping ProgressReport
    ) throws -> RetrievalReport {
        let evaluation = try RetrievalEvaluation(self, questions, results)
        return try evaluation.run(name: name, loss: loss, progress: progress)
    }
}

/// One measurement of an index with questions.
private final class RetrievalEvaluation {
    private let index: OpenIndex
    private let questions: [Question]
    private let results: EvaluationFiles?
    private let baseline: BM25Baseline
    private let judge: Judge
    private var answers = MeasureValues(system: "r3mem")
    private var rankings: [MeasureValues] = [MeasureValues(system: "r3mem"), MeasureValues(system: "BM25")]
    private var refusals = RefusalAtLoss()
    private var searches = Latencies()
    private var asks = Latencies()

    init(_ index: OpenIndex, _ questions: [Question], _ results: EvaluationFiles?) throws {
        self.index = index
        self.questions = questions
        self.results = results
        judge = try Judge(index, questions)
        baseline = try BM25Baseline(index)
    }

    func run(name: String, loss: Double, progress: ProgressReport) throws -> RetrievalReport {
        var report = RetrievalReport(name: name, passages: index.snapshot.passageCount)
        try results?.write(index, baseline)
        let timed = Set(Array(questions.indices).spread(60))
        for (i, question) in questions.enumerated() {
            guard progress(WorkProgress(.asking, items: i, totalItems: questions.count)) else {
                report.isComplete = false
                break
            }
            report.questions = i + 1
            if timed.contains(i) { try time(question.question) }
            let (answer, isFound) = try ask(question)
            let ranked = try rank(question, answer)
            try results?.write(question, answer, isFound: isFound, ranked, judge, index, baseline)
        }
        for refused in refusals.refusals(loss: loss) { answers.add(refused, to: "refused-at-loss") }
        report.measures = rankings.flatMap(\.measures) + answers.measures
        report.loss = loss
        report.searchMedian = searches.percentile(50)
        report.search95 = searches.percentile(95)
        report.askMedian = asks.percentile(50)
        return report
    }

    /// Asks a question, and compares what is said with what is known. Where nothing is said, the question is asked once more
    /// without a threshold, for what would have been quoted.
    ///
    /// - Returns: the answer, and whether it was given at first.
    private func ask(_ question: Question) throws -> (answer: Answer, isFound: Bool) {
        var answer = try index.ask(question.question)
        let isFound = answer.isFound
        if !isFound {
            var all = SearchOptions()
            all.confidence = 0
            answer = try index.ask(question.question, all)
        }
        if question.answerable == false {
            answers.add(!isFound, to: "refused")
            refusals.add(unanswerable: answer.confidence)
            return (answer, isFound)
        }
        let known = question.rightAnswers
        guard !known.isEmpty else { return (answer, isFound) }
        let short = isFound ? answer.shortText ?? "" : ""
        answers.add(isFound && AnswerMatch.isExact(short, known), to: "exact-match")
        answers.add(isFound ? AnswerMatch.f1(short, known) : 0, to: "f1")
        // A yes or no stands in no sentence.
        guard !question.isYesOrNo else { return (answer, isFound) }
        let holds = answer.sentences.map { sentence in known.contains { AnswerText.holds(sentence.text, $0) } }
        answers.add(isFound && holds.first == true, to: "first-quoted")
        answers.add(isFound && holds.contains(true), to: "quoted")
        if holds.contains(true) { refusals.add(right: answer.confidence) }
        return (answer, isFound)
    }

    /// Ranks the passages for a question, by this program and by BM25, and compares them with what is known.
    private func rank(_ question: Question, _ answer: Answer) throws -> Rankings {
        let query = try index.query(question.question, isQuestion: true)
        // The first five are those that a user sees. What follows is read for measures at larger ranks.
        let first = answer.sources.prefix(SearchOptions().top).compactMap { judge.passage(of: $0) }
        var deep = SearchOptions()
        deep.top = Rankings.depth
        let rest = try index.rank(query, deep).map(\.id).filter { !first.contains($0) }
        let rankings = Rankings(r3mem: Array((first + rest).prefix(Rankings.depth)), bm25: baseline.best(query.words, 100))
        guard question.answerable != false else { return rankings }
        for (system, ranking) in [rankings.r3mem, rankings.bm25].enumerated() {
            guard let gains = try judge.gains(of: ranking, question, text: baseline.text) else { continue }
            for k in [1, 5, 20] { self.rankings[system].add(gains.recall(at: k), to: "recall@\(k)") }
            if gains.goldCount > 1 { self.rankings[system].add(gains.findsAll(within: 5), to: "all@5") }
            self.rankings[system].add(gains.reciprocalRank(within: 20), to: "mrr@20")
            self.rankings[system].add(gains.ndcg(at: 10), to: "ndcg@10")
        }
        return rankings
    }

    /// Measures a search and an answer where no passage is known yet.
    private func time(_ question: String) throws {
        index.reconstruction.forget()
        try searches.measure { _ = try index.search(question) }
        index.reconstruction.forget()
        try asks.measure { _ = try index.ask(question) }
    }
}

/// The passages that two searches rank for a question, the best first.
struct Rankings {
    /// The most passages of the program's ranking.
    static let depth = 20

    let r3mem: [PassageID]
    let bm25: [PassageID]
}
