import ArgumentParser
import Console
import Pipelines

/// `r3mem compact`.
struct Compact: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Remove deleted text from the file.",
        discussion: """
            'refresh' removes the text of deleted and changed files from all answers; 'compact' removes it from the file, \
            which becomes smaller. No document is coded again.

              r3mem compact indexes/handbook.r3
            """)

    @Argument(help: "The index file.", completion: .file(extensions: ["r3"]))
    var file: String

    @OptionGroup var model: ModelOption
    @OptionGroup var json: JSONOption
    @OptionGroup var quiet: QuietOption

    /// The output of `--json`: the size of the file in bytes.
    private struct Sizes: Encodable {
        let before: Int
        let after: Int
    }

    func run() throws {
        let sizes = try Indexing.compact(file, model: model.load())
        if json.isOn { return try Output.json(Sizes(before: sizes.before, after: sizes.after)) }
        if !quiet.isOn {
            Output.line("\(Printable.line(file)): \(Units.bytes(sizes.before)) before, \(Units.bytes(sizes.after)) after")
        }
    }
}
