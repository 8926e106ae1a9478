import ArgumentParser
import Console
import Interface
import Retrieval

/// `r3mem export`.
struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write all documents of an index back to files.",
        discussion: """
            Text, Markdown, LaTeX and JSON files come back byte for byte under their paths, with their encoding and line \
            ends. Files of other formats come back as their extracted text, under the path plus .txt. Nothing is written \
            outside the folder.

              r3mem export indexes/handbook.r3 --to out/
            """)

    @Argument(help: "The index file.", completion: .file(extensions: ["r3"]))
    var file: String

    @Option(
        name: .customLong("to"), help: ArgumentHelp("The folder to write to; it must be new or empty.", valueName: "dir"),
        completion: .directory)
    var target: String

    @Flag(help: "Write into a folder that is not empty, and replace files of the same names.")
    var overwrite = false

    @OptionGroup var common: RunOptions

    func validate() throws {
        if target.isEmpty { throw ValidationError("The value of --to is empty; name a folder.") }
    }

    func run() throws {
        let index = try OpenIndex(path: file, model: common.model.load(), threads: common.threads.count)
        let line = ProgressLine(isQuiet: common.quiet.isOn, nouns: "documents")
        let report = try line.during { try index.export(to: target, overwrite: overwrite, progress: $0) }
        if common.json.isOn {
            try Output.json(report, userInfo: ReasonText.userInfo)
        } else if !common.quiet.isOn {
            Output.line(
                "\(Printable.line(target)): \(Units.count(report.files, "file")), \(Units.bytes(report.bytes)) in \(Units.seconds(report.seconds)); "
                    + "\(report.exact) byte for byte, \(report.extracted) as extracted text")
        }
        if !common.json.isOn { FileReason.list(report.failed) }
        guard report.isComplete else {
            Output.note(
                "r3mem: stopped; the files written so far are whole, and the same command with --overwrite writes them all")
            throw ExitCode(Interrupts.exitCode)
        }
        guard report.failed.isEmpty else {
            Output.note(
                "r3mem: \(Printable.line(target)): \(Units.count(report.failed.count, "file")) could not be written; see the list"
            )
            throw ExitCode.failure
        }
    }
}
