import ArgumentParser
import Console
import Corpora
import Interface
import Foundation
import Pipelines
import Retrieval

/// `r3mem eval`.
struct Eval: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Measure size, exactness, speed and retrieval.",
        discussion: """
            --corpus indexes a folder into a temporary file and measures size by part, bits a byte, exactness and rates. \
            --squad, --hotpot, --pubmedqa, --smart and --beir index the documents of a set and ask its questions. --index \
            with --questions asks the questions of a JSON file over an index. Every measure has its 95 % interval, and \
            stands beside that of plain BM25 over the same passages. --quiet leaves out the progress; the measures are printed.

              r3mem eval --corpus corpora/handbook
              r3mem eval --index indexes/handbook.r3 \\
                --questions corpora/handbook.questions.json
              r3mem eval --beir scifact --write results
            """)

    @Option(help: "A folder to index and measure.", completion: .directory)
    var corpus: String?

    @OptionGroup var sets: EvaluationSetOptions

    @Option(help: "An index to ask.", completion: .file(extensions: ["r3"]))
    var index: String?

    @Option(
        help: "Questions: a JSON array of {question, answer, answers, document, documents, grades, answerable}.",
        completion: .file(extensions: ["json"]))
    var questions: String?

    @Option(help: ArgumentHelp("The most questions to ask, spread evenly over the set.", valueName: "n"))
    var limit = 500

    @Option(
        help: ArgumentHelp(
            "The share of right answers that may be lost where refusals at a stated loss are measured.", valueName: "share"))
    var loss = 0.05

    @Option(
        help: ArgumentHelp("Write passages, questions and results to this folder, as JSON lines.", valueName: "dir"),
        completion: .directory)
    var write: String?

    @OptionGroup var common: RunOptions

    func validate() throws {
        guard corpus != nil || sets.isGiven || index != nil else {
            throw ValidationError("nothing to measure: give --corpus, a set such as --squad, or --index with --questions")
        }
        guard (index == nil) == (questions == nil) else { throw ValidationError("--index and --questions go together") }
        guard limit > 0 else { throw ValidationError("--limit must be at least 1") }
        guard (0..<1).contains(loss) else { throw ValidationError("--loss must be at least 0 and less than 1") }
        guard write == nil || sets.count + (index == nil ? 0 : 1) == 1 else {
            throw ValidationError("--write takes the results of one set of questions")
        }
    }

    func run() throws {
        let model = try common.model.load()
        let line = ProgressLine(isQuiet: common.quiet.isOn, nouns: "items")
        let results = try write.map(EvaluationFiles.init(folder:))
        if let corpus {
            let report = try line.during {
                try CorpusEvaluation(root: corpus, model: model, threads: common.threads.count, worker: .this).run(
                    progress: $0)
            }
            try show(report)
        }
        for set in try sets.read() {
            let report = try line.during {
                try set.evaluate(
                    model: model, threads: common.threads.count, limit: limit, loss: loss, results: results, worker: .this,
                    progress: $0)
            }
            try show(report)
        }
        if let index, let questions {
            let gold = try Question.read(questions)
            let name = URL(fileURLWithPath: questions).lastPathComponent
            let report = try line.during {
                try OpenIndex(path: index, model: model, threads: common.threads.count)
                    .evaluate(gold.spread(limit), name: name, loss: loss, results: results, progress: $0)
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
        var table = Table(.left, .left, .left, .right)
        for measure in report.measures where measure.system == "r3mem" {
            let baseline = report.measure(measure.name, of: "BM25").map { "BM25 " + told($0) } ?? ""
            table.row(measure.name, told(measure), baseline, "of \(measure.questions)")
        }
        Output.line(table.text(indent: "  "))
        if report.measure("refused-at-loss") != nil {
            Output.line("  refused-at-loss: with \(fixed(100 * report.loss, 1)) % of the right answers lost")
        }
        Output.line(
            "  search median \(fixed(report.searchMedian, 0)) ms, 95th \(fixed(report.search95, 0)) ms; "
                + "ask median \(fixed(report.askMedian, 0)) ms")
    }

    /// A measure with its interval.
    private func told(_ measure: Measure) -> String {
        "\(fixed(measure.value, 3)) (\(fixed(measure.low, 3))–\(fixed(measure.high, 3)))"
    }

    private func fixed(_ value: Double, _ digits: Int) -> String { String(format: "%.\(digits)f", value) }
}
