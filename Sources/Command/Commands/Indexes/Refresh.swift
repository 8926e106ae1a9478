import ArgumentParser
import Corpora
import Pipelines

/// `r3mem refresh`.
struct Refresh: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Bring an index up to date with its folders.",
        discussion: """
            Reads new and changed files, follows moved files and forgets deleted ones. A file that cannot be read at the \
            moment keeps its text in the index. The roots and filters are those that the index was made with, unless an \
            option changes them for this and all later refreshes. No file is coded again that the index has already.

              r3mem refresh indexes/handbook.r3
              r3mem refresh all.r3 --root /home/ann/notes=/srv/notes
              r3mem refresh all.r3 --add papers --drop notes --exclude 'drafts/**'
            """)

    @Argument(help: "The index file.", completion: .file(extensions: ["r3"]))
    var file: String

    @Option(
        name: .customLong("root"),
        help: ArgumentHelp(
            "Take a root from its new place. OLD is its path, or its name in the index. May be repeated.",
            valueName: "old=new"))
    var moves: [RootMove] = []

    @Option(
        help: ArgumentHelp("Add a folder or file to the roots. May be repeated.", valueName: "root"), completion: .directory)
    var add: [String] = []

    @Option(
        help: ArgumentHelp(
            "Drop a root, by its path or its name in the index, with all documents below it. May be repeated.",
            valueName: "root"))
    var drop: [String] = []

    @Option(
        help: ArgumentHelp(
            "Take only files that match this glob. It replaces all globs of the index. May be repeated.", valueName: "glob"))
    var include: [String] = []

    @Flag(help: "Take all files again, whatever --include said before.")
    var noInclude = false

    @Option(
        help: ArgumentHelp(
            "Leave out files and folders that match this glob. It replaces all globs of the index. May be repeated.",
            valueName: "glob"))
    var exclude: [String] = []

    @Flag(help: "Leave out nothing any more, whatever --exclude said before.")
    var noExclude = false

    @Flag(inversion: .prefixedNo, help: "Honour .gitignore files and .git/info/exclude, or ignore them.")
    var ignore: Bool?

    @Flag(inversion: .prefixedNo, help: "Take hidden files and folders too, or leave them out.")
    var hidden: Bool?

    @Flag(inversion: .prefixedNo, help: "Recognise the text of PDF pages that are images, or do not.")
    var ocr: Bool?

    @Option(help: ArgumentHelp("Skip files larger than this, such as 20MB, and list them.", valueName: "size"))
    var maxFileSize: ByteSize?

    @Flag(help: "Go back to the usual limits: 64 MB; text, CSV and JSON 256 MB; PDF, office files and mail 512 MB.")
    var noMaxFileSize = false

    @Flag(help: "Accept that all files of a root are gone, and remove their documents.")
    var allowEmpty = false

    @OptionGroup var common: RunOptions

    func validate() throws {
        // An unset shell variable gives an empty word. Foundation would take it for the current folder.
        if add.contains("") || drop.contains("") {
            throw ValidationError("A root is empty; name a folder or file, '.' for this one.")
        }
        for (name, isGiven, isTakenBack) in [
            ("include", !include.isEmpty, noInclude), ("exclude", !exclude.isEmpty, noExclude),
            ("max-file-size", maxFileSize != nil, noMaxFileSize),
        ] where isGiven && isTakenBack {
            throw ValidationError("--\(name) and --no-\(name) contradict each other; pass one.")
        }
    }

    private var changes: OptionChanges {
        var changes = OptionChanges()
        changes.moves = moves
        changes.added = add
        changes.dropped = drop
        if noInclude || !include.isEmpty { changes.include = include }
        if noExclude || !exclude.isEmpty { changes.exclude = exclude }
        changes.ignoreFiles = ignore
        changes.hidden = hidden
        changes.recognition = ocr
        changes.fileSize = noMaxFileSize ? .usual : maxFileSize.map { .atMost($0) }
        return changes
    }

    func run() throws {
        let model = try common.model.load()
        let line = ProgressLine(isQuiet: common.quiet.isOn, nouns: "files")
        let report = try line.during {
            try Indexing.refresh(
                file, model: model, threads: common.threads.count, changes: changes, allowEmpty: allowEmpty, worker: .this,
                progress: $0)
        }
        try report.finish(index: file, again: "'r3mem refresh'", asJSON: common.json.isOn, isQuiet: common.quiet.isOn)
    }
}

extension RootMove: ExpressibleByArgument {
    /// Reads a move as a user writes it.
    package init?(argument: String) { self.init(argument) }
}
