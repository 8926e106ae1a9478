import ArgumentParser
import Pipelines

/// `r3mem compact`.
struct Compact: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Drop from the file what refreshes left behind.",
        discussion: """
            Text of deleted and changed files is gone from all answers after 'refresh', and from the file after 'compact'. Nothing \
            is coded again.

              r3mem compact indexes/handbook.r3
            """)

    @Argument(help: "The index file.", completion: .file(extensions: ["r3"]))
    var file: String

    @OptionGroup var model: ModelOption
    @OptionGroup var json: JSONOption
    @OptionGroup var quiet: QuietOption

    /// What `--json` prints: bytes of the file.
    private struct Sizes: Encodable {
        let before: Int, after: Int
    }

    func run() throws {
        let sizes = try Indexing.compact(file, model: model.load())
        if json.isOn { return try Output.json(Sizes(before: sizes.before, after: sizes.after)) }
        if !quiet.isOn { Output.line("\(Printable.line(file)): \(Units.bytes(sizes.before)) before, \(Units.bytes(sizes.after)) after") }
    }
}
