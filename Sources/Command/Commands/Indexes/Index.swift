import ArgumentParser
import Console
import Corpora
import Interface
import Foundation
import Pipelines
import Retrieval

/// `r3mem index`.
struct Index: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Index folders or files into one index file.",
        discussion: """
            Reads text, web pages, PDF, mail and office files below each root and writes one index file. The same command \
            continues after a stop; on a finished index it reads only changed files. Files that cannot be read are listed with the \
            reason.

              r3mem index corpora/handbook --to indexes/handbook.r3
              r3mem index notes papers --to all.r3 --exclude 'drafts/**'
            """)

    @Argument(help: ArgumentHelp("Folders or files to index.", valueName: "root"), completion: .directory)
    var roots: [String]

    @Option(
        name: .customLong("to"), help: ArgumentHelp("The index file to write.", valueName: "file"),
        completion: .file(extensions: ["r3"]))
    var target: String

    @Option(
        help: ArgumentHelp(
            "Take only files that match this glob, relative to the root, as in .gitignore. May be repeated.",
            valueName: "glob"))
    var include: [String] = []

    @Option(
        help: ArgumentHelp(
            "Leave out files and folders that match this glob, relative to the root, as in .gitignore. May be repeated.",
            valueName: "glob"))
    var exclude: [String] = []

    @Flag(help: "Ignore .gitignore files and .git/info/exclude.")
    var noIgnore = false

    @Flag(help: "Take hidden files and folders too.")
    var hidden = false

    @Option(
        help: ArgumentHelp(
            "Skip files larger than this, such as 20MB, and list them. "
                + "(default: 64 MB; text, CSV and JSON 256 MB; PDF, office files and mail 512 MB)",
            valueName: "size"))
    var maxFileSize: ByteSize?

    @Flag(name: .customLong("no-ocr"), help: "Do not recognise the text of PDF pages that are images.")
    var noRecognition = false

    @Option(
        name: .customLong("shard"),
        help: ArgumentHelp(
            "Take one of N stable shares of the files, such as 2/8, to be merged with the others. 'refresh' stays within it.",
            valueName: "i/n"))
    var shards: Shards?

    @Flag(help: "Only estimate the time and the size of the index.")
    var dryRun = false

    @Flag(help: "Accept a root without a file to index.")
    var allowEmpty = false

    @OptionGroup var common: RunOptions

    func validate() throws {
        // An unset shell variable gives an empty root. Foundation would take it for the current folder.
        if roots.contains("") { throw ValidationError("A root is empty; name a folder or file, '.' for this one.") }
        try IndexTarget.check(target)
    }

    func run() throws {
        var options = IndexOptions(roots: roots)
        options.include = include
        options.exclude = exclude
        options.ignoreFiles = !noIgnore
        options.hidden = hidden
        options.limits.recognisesPages = !noRecognition
        options.shards = shards
        if let maxFileSize { options.limits.limitFiles(to: maxFileSize) }
        let indexing = Indexing(
            model: try common.model.load(), options: options, threads: common.threads.count, worker: .this)
        if dryRun { return try estimate(indexing) }
        let line = ProgressLine(isQuiet: common.quiet.isOn, nouns: "files")
        let report = try line.during { try indexing.index(to: target, allowEmpty: allowEmpty, progress: $0) }
        try report.finish(index: target, again: "the same command", asJSON: common.json.isOn, isQuiet: common.quiet.isOn)
    }

    private func estimate(_ indexing: Indexing) throws {
        let estimate = try indexing.estimate(to: target)
        if common.json.isOn { return try Output.json(estimate, userInfo: ReasonText.userInfo) }
        Output.line("\(Units.count(estimate.files, "file")), \(Units.bytes(estimate.bytes))")
        Output.line(
            "  about \(Units.seconds(estimate.expectedSeconds)) and an index of about \(Units.bytes(estimate.expectedIndexBytes))"
        )
        ReasonText.tell(estimate.leftOut)
        ReasonText.tell(estimate.idleGlobs)
        ReasonText.list(estimate.skipped)
    }
}

extension Shards: ExpressibleByArgument {
    /// Reads shards as a user writes them.
    package init?(argument: String) { self.init(argument) }
}
