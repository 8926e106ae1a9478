import ArgumentParser
import Pipelines

/// `r3mem verify`.
struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Reconstruct every document and compare it with its hash.",
        discussion: """
            Checks every checksum of the file and every byte of every document. Exits with 1 where anything is wrong, and names it.

              r3mem verify indexes/handbook.r3
            """)

    @Argument(help: "The index file.", completion: .file(extensions: ["r3"]))
    var file: String

    @OptionGroup var threads: ThreadsOption
    @OptionGroup var model: ModelOption
    @OptionGroup var json: JSONOption
    @OptionGroup var quiet: QuietOption

    func run() throws {
        let index = try OpenIndex(path: file, model: model.load(), threads: threads.count)
        let line = ProgressLine(isQuiet: quiet.isOn, nouns: "documents")
        let report = try line.during { try index.verify(progress: $0) }
        if json.isOn {
            try Output.json(report)
        } else if !quiet.isOn || !report.wrong.isEmpty {
            let rate = report.seconds > 0 ? ", \(Units.bytes(Double(report.textBytes) / report.seconds))/s" : ""
            Output.line(
                "\(Printable.line(file)): \(Units.count(report.documents, "document")), \(Units.bytes(report.textBytes)) of text, "
                    + "each byte reconstructed and each hash equal (\(Units.seconds(report.seconds))\(rate))")
            FileReason.list(report.wrong)
        }
        guard report.wrong.isEmpty else {
            Output.note(
                "r3mem: \(Printable.line(file)): \(Units.count(report.wrong.count, "part")) wrong; restore the file from a copy or index its sources again"
            )
            throw ExitCode.failure
        }
        guard report.isComplete else {
            Output.note("r3mem: stopped; nothing wrong so far, and nothing was changed")
            throw ExitCode(Interrupts.exitCode)
        }
    }
}
