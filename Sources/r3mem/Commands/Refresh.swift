import ArgumentParser
import Corpora
import Pipelines

/// `r3mem refresh`.
struct Refresh: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Bring an index up to date with its folders.",
        discussion: """
            Reads what is new, changed or moved and forgets what was deleted; nothing else is touched, and what cannot be read \
            for a while keeps its text. The roots and filters are those that the index was made with.

              r3mem refresh indexes/handbook.r3
            """)

    @Argument(help: "The index file.", completion: .file(extensions: ["r3"]))
    var file: String

    @Flag(help: "Accept that all files are gone, and remove all documents.")
    var allowEmpty = false

    @OptionGroup var threads: ThreadsOption
    @OptionGroup var model: ModelOption
    @OptionGroup var json: JSONOption
    @OptionGroup var quiet: QuietOption

    func run() throws {
        let model = try model.load()
        let line = ProgressLine(isQuiet: quiet.isOn, nouns: "files")
        let report = try line.during {
            try Indexing.refresh(file, model: model, threads: threads.count, allowEmpty: allowEmpty, worker: .this, progress: $0)
        }
        try report.finish(index: file, again: "'r3mem refresh'", asJSON: json.isOn, isQuiet: quiet.isOn)
    }
}
