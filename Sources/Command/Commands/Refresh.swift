import ArgumentParser
import Corpora
import Pipelines

/// `r3mem refresh`.
struct Refresh: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Bring an index up to date with its folders.",
        discussion: """
            Reads new and changed files, follows moved files and forgets deleted ones. A file that cannot be read at the \
            moment keeps its text in the index. The roots and filters are those that the index was made with; a folder that was \
            moved or renamed is named with --root, and its files are not coded again.

              r3mem refresh indexes/handbook.r3
              r3mem refresh all.r3 --root /home/ann/notes=/srv/notes
            """)

    @Argument(help: "The index file.", completion: .file(extensions: ["r3"]))
    var file: String

    @Option(
        name: .customLong("root"),
        help: ArgumentHelp(
            "Take a root from its new place. OLD is its path, or its name in the index. May be repeated.",
            valueName: "old=new"))
    var moves: [RootMove] = []

    @Flag(help: "Accept that all files of a root are gone, and remove their documents.")
    var allowEmpty = false

    @OptionGroup var common: RunOptions

    func run() throws {
        let model = try common.model.load()
        let line = ProgressLine(isQuiet: common.quiet.isOn, nouns: "files")
        let report = try line.during {
            try Indexing.refresh(
                file, model: model, threads: common.threads.count, moves: moves, allowEmpty: allowEmpty, worker: .this,
                progress: $0)
        }
        try report.finish(index: file, again: "'r3mem refresh'", asJSON: common.json.isOn, isQuiet: common.quiet.isOn)
    }
}

extension RootMove: ExpressibleByArgument {
    /// Reads a move as a user writes it.
    package init?(argument: String) { self.init(argument) }
}
