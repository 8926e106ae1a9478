import ArgumentParser
import Console
import Foundation
import Pipelines

/// `r3mem merge`.
struct Merge: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Make one index of several.",
        discussion: """
            Copies indexes of different folders, or the shards of one corpus, into a new index file. Nothing is coded again, \
            and a document that several of them hold is kept once. 'refresh' then follows the folders of all. The indexes must \
            have the same model and filters; they stay as they are.

              r3mem merge notes.r3 papers.r3 --to all.r3
              r3mem merge shard-*.r3 --to corpus.r3
            """)

    @Argument(help: "The index files, two or more.", completion: .file(extensions: ["r3"]))
    var files: [String]

    @Option(
        name: .customLong("to"), help: ArgumentHelp("The index file to write. It must not exist yet.", valueName: "file"),
        completion: .file(extensions: ["r3"]))
    var target: String

    @OptionGroup var model: ModelOption
    @OptionGroup var json: JSONOption
    @OptionGroup var quiet: QuietOption

    func validate() throws {
        guard files.count > 1 else { throw ValidationError("One index alone is not merged; name two or more.") }
        try IndexTarget.check(target)
    }

    func run() throws {
        let model = try model.load()
        let line = ProgressLine(isQuiet: quiet.isOn, nouns: "documents")
        let report = try line.during { try Indexing.merge(files, to: target, model: model, progress: $0) }
        if json.isOn {
            try Output.json(report)
        } else if !quiet.isOn, report.isComplete {
            show(report)
        }
        guard report.isComplete else {
            Output.note("r3mem: stopped; \(Printable.line(target)) was not made")
            throw ExitCode(Interrupts.exitCode)
        }
    }

    private func show(_ report: MergeReport) {
        var parts = ["\(Units.count(report.documents, "document")) of \(report.indexes) indexes"]
        if report.duplicates > 0 { parts.append(Units.count(report.duplicates, "duplicate")) }
        if let shards = report.shards { parts.append("shards \(shards) of the corpus") }
        Output.line("\(Printable.line(target)): \(parts.joined(separator: ", "))")
        Output.line("  the index takes \(Units.bytes(report.indexBytes)); made in \(Units.seconds(report.seconds))")
    }
}
