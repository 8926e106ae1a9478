import ArgumentParser
import Console
import Corpora
import Interface
import Foundation
import Pipelines

/// `r3mem run`.
struct Run: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run a pipeline file: index or refresh, then answer its questions.",
        discussion: """
            A pipeline file names the sources, filters, index, model, retrieval options, generator and questions in one \
            place. Its paths are relative to the file. pipelines/README.md describes every key.

              r3mem run pipelines/handbook.yaml
            """)

    @Argument(help: "The pipeline file.", completion: .file(extensions: ["yaml", "yml"]))
    var pipeline: String

    @OptionGroup var common: RunOptions

    func run() throws {
        let file = try PipelineFile(path: pipeline)
        let line = ProgressLine(isQuiet: common.quiet.isOn, nouns: "files")
        let report = try line.during {
            try file.run(model: common.model.path, threads: common.threads.count, worker: .this, progress: $0)
        }
        if common.json.isOn {
            try Output.json(report, userInfo: ReasonText.userInfo)
        } else {
            if !common.quiet.isOn { report.index.summarise(file.index) }
            show(report)
        }
        guard report.isComplete else {
            Output.note(
                "r3mem: stopped; the documents indexed so far are kept in \(Printable.line(file.index)), and the same command continues"
            )
            throw ExitCode(Interrupts.exitCode)
        }
    }

    /// Prints the answers, which `--quiet` asks for too, and how many are right.
    private func show(_ report: PipelineReport) {
        guard !report.answers.isEmpty else { return }
        let width = Terminal.isOutput ? max(80, Terminal.columns()) : 160
        let half = (width - 44) / 2
        var table = Table(.left, .left, .left, .left)
        table.row("", "question", "answer", "document")
        for answer in report.answers {
            let mark = answer.isRight.map { $0 ? "+" : "-" } ?? " "
            table.row(
                mark, Printable.line(answer.question, atMost: half),
                Printable.line(answer.text ?? "(nothing found)", atMost: half),
                Printable.line(answer.citedDocument ?? "", atMost: 38))
        }
        Output.line(table.text())
        if !common.quiet.isOn { show(report.summary) }
    }

    private func show(_ s: PipelineReport.Summary) {
        var parts = ["\(Units.count(s.questions, "question")) in \(Units.seconds(s.seconds))"]
        if s.withAnswer > 0 { parts.append("answer quoted in \(s.answerQuoted) of \(s.withAnswer)") }
        if s.withDocument > 0 {
            parts.append(
                "document first in \(s.documentFirst), among the passages in \(s.documentFound) of \(s.withDocument)")
        }
        if s.unanswerable > 0 { parts.append("nothing said in \(s.declined) of \(s.unanswerable) unanswerable") }
        Output.line(parts.joined(separator: "; "))
    }
}
