import ArgumentParser
import Console
import Corpora
import Foundation
import Pipelines
import Retrieval

/// `r3mem eval`.
struct Eval: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Measure size, exactness, speed and retrieval.",
        discussion: """
            --corpus indexes a folder into a temporary file and measures size by part, bits a byte, exactness and rates. \
            --squad asks the questions of a file in the SQuAD form over all its paragraphs. --index with --questions asks \
            the questions of a JSON file over an index. Recall is shown beside that of plain BM25 over the same passages.

              r3mem eval --corpus corpora/handbook
              r3mem eval --index indexes/handbook.r3 \\
                --questions corpora/handbook.questions.json
            """)

    @Option(help: "A folder to index and measure.", completion: .directory)
    var corpus: String?

    @Option(help: "A file in the SQuAD 1.1 form.", completion: .file(extensions: ["json"]))
    var squad: String?

    @Option(help: "An index to ask.", completion: .file(extensions: ["r3"]))
    var index: String?

    @Option(
        help: "Questions: a JSON array of {question, answer, document, answerable}.", completion: .file(extensions: ["json"])
    )
    var questions: String?

    @Option(help: "The most questions to ask, spread evenly over the file.")
    var limit = 500

    @OptionGroup var common: RunOptions

    func validate() throws {
        guard corpus != nil || squad != nil || index != nil else {
            throw ValidationError("nothing to measure: give --corpus, --squad or --index with --questions")
        }
        guard (index == nil) == (questions == nil) else { throw ValidationError("--index and --questions go together") }
        guard limit > 0 else { throw ValidationError("--limit must be at least 1") }
    }

    func run() throws {
        let model = try common.model.load()
        let line = ProgressLine(isQuiet: common.quiet.isOn, nouns: "items")
        if let corpus {
            let report = try line.during {
                try CorpusEvaluation(root: corpus, model: model, threads: common.threads.count, worker: .this).run(
                    progress: $0)
            }
            try show(report)
        }
        if let squad {
            let report = try line.during {
                try SquadFile(path: squad).evaluate(
                    model: model, threads: common.threads.count, limit: limit, worker: .this, progress: $0)
            }
            try show(report)
        }
        if let index, let questions {
            let gold = try Question.read(questions)
            let report = try line.during {
                try OpenIndex(path: index, model: model, threads: common.threads.count)
                    .evaluate(gold.spread(limit), name: URL(fileURLWithPath: questions).lastPathComponent, progress: $0)
            }
            try show(report)
        }
    }

    /// Reports a measurement that a signal stopped.
    ///
    /// - Throws: `ExitCode` 130.
    private func stopped(_ fact: String) throws -> Never {
        Output.note("r3mem: stopped; \(fact)")
        throw ExitCode(Interrupts.exitCode)
    }

    private func show(_ report: CorpusReport) throws {
        guard report.isComplete else { try stopped("nothing was measured") }
        if common.json.isOn { return try Output.json(report, userInfo: ReasonText.userInfo) }
        let s = report.statistics
        Output.line(
            "\(Units.count(s.documents, "document")), \(Units.count(s.passages, "passage")), \(Units.bytes(s.textBytes)) of text"
        )
        Output.line("  index \(Units.bytes(s.indexBytes)): \(fixed(s.ratio, 3)) of the text (model not counted)")
        for (name, bytes) in s.parts.named {
            Output.line("    \(name): \(Units.bytes(bytes)), \(fixed(Double(bytes) / Double(max(1, s.textBytes)), 4))")
        }
        Output.line("  residual \(fixed(report.residualBitsPerByte, 3)) bits a byte")
        Output.line("  exact \(report.exactDocuments) of \(report.documents) documents")
        Output.line(
            "  indexing \(fixed(report.indexingRate, 1)) kB/s, verify \(fixed(report.verifyRate, 1)) kB/s on \(Units.count(report.threads, "thread")); idle refresh \(fixed(report.idleRefresh, 0)) ms"
        )
    }

    private func show(_ report: RetrievalReport) throws {
        guard report.questions > 0 else { try stopped("nothing was measured") }
        if common.json.isOn {
            try Output.json(report)
        } else {
            describe(report)
        }
        guard report.isComplete else { try stopped("the figures are those of the questions asked so far") }
    }

    private func describe(_ report: RetrievalReport) {
        Output.line(
            "\(report.name): \(Units.count(report.questions, "question")) over \(Units.count(report.passages, "passage"))")
        let rows = [("r3mem", report.recall, report.reciprocalRank), ("BM25", report.recallBM25, report.reciprocalRankBM25)]
        for (name, recall, rank) in rows where report.withPlace > 0 {
            let shares = ["1", "5", "20"].map { fixed(recall[$0] ?? 0, 3) }.joined(separator: " / ")
            Output.line("  \(name): recall@1/5/20 \(shares), MRR \(fixed(rank, 3))")
        }
        if report.withAnswer > 0 {
            Output.line(
                "  answer quoted for \(fixed(report.answered, 3)) of \(report.withAnswer) questions with a known answer")
        }
        if report.unanswerable > 0 {
            Output.line("  \(fixed(report.abstained, 3)) of \(report.unanswerable) unanswerable questions refused")
        }
        Output.line(
            "  search median \(fixed(report.searchMedian, 0)) ms, 95th \(fixed(report.search95, 0)) ms; ask median \(fixed(report.askMedian, 0)) ms"
        )
    }

    private func fixed(_ value: Double, _ digits: Int) -> String { String(format: "%.\(digits)f", value) }
}
