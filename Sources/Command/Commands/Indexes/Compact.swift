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

    /// The output of `--json`: the size of the file in bytes, and whether a reader keeps deleted text in it.
    private struct Sizes: Encodable {
        let before: Int
        let after: Int
        let isHeld: Bool
    }

    func run() throws {
        let sizes = try Indexing.compact(file, model: model.load())
        if sizes.isHeld {
            Output.note(
                "r3mem: \(Printable.line(file)): another program reads an older state; deleted text stays in the file until "
                    + "that program goes on to the new one or ends, a server within a quarter of a minute")
        }
        if json.isOn {
            return try Output.json(Sizes(before: sizes.before, after: sizes.after, isHeld: sizes.isHeld))
        }
        if !quiet.isOn {
            Output.line("\(Printable.line(file)): \(Units.bytes(sizes.before)) before, \(Units.bytes(sizes.after)) after")
        }
    }
}
