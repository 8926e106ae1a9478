import ArgumentParser
import Corpora
import Pipelines

/// `r3mem refresh`.
struct Refresh: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Bring an index up to date with its folders.",
        discussion: """
            Reads new and changed files, follows moved files and forgets deleted ones. A file that cannot be read at the \
            moment keeps its text in the index. The roots and filters are those that the index was made with.

              r3mem refresh indexes/handbook.r3
            """)

    @Argument(help: "The index file.", completion: .file(extensions: ["r3"]))
    var file: String

    @Flag(help: "Accept that all files of a root are gone, and remove their documents.")
    var allowEmpty = false

    @OptionGroup var common: RunOptions

    func run() throws {
        let model = try common.model.load()
        let line = ProgressLine(isQuiet: common.quiet.isOn, nouns: "files")
        let report = try line.during {
            try Indexing.refresh(
                file, model: model, threads: common.threads.count, allowEmpty: allowEmpty, worker: .this, progress: $0)
        }
        try report.finish(index: file, again: "'r3mem refresh'", asJSON: common.json.isOn, isQuiet: common.quiet.isOn)
    }
}
