import Foundation
import TestSupport

/// A copy of the sample corpus with its index, made once for all tests that read it.
struct Handbook: Sendable {
    let folder: TemporaryFolder
    /// The output of `index --json`.
    let report: Data

    var corpus: String { folder.path("handbook") }
    var index: String { folder.path("handbook.r3") }

    static let shared = Result { try Handbook() }

    private init() throws {
        folder = try TemporaryFolder()
        try folder.copy(Command.root.appendingPathComponent("corpora/handbook"), as: "handbook")
        let outcome = try Command.run(
            "index", folder.path("handbook"), "--to", folder.path("handbook.r3"), "--json", "--quiet")
        guard outcome.status == 0 else { throw ChildProcess.Failure(message: outcome.errors) }
        report = outcome.output
    }
}

/// Three notes with their index, for tests that need no real corpus.
struct Notes: Sendable {
    let folder: TemporaryFolder

    var corpus: String { folder.path("notes") }
    var index: String { folder.path("notes.r3") }

    static let shared = Result { try Notes() }

    /// Text with an escape sequence that would set the title of a terminal.
    static let hostile = "The lamp in the cellar is switched on \u{1B}]0;owned\u{07} by the second switch from the left.\n"

    init() throws {
        folder = try TemporaryFolder()
        try folder.write(
            "notes/fees.txt", "The yearly fee for a bike stand is forty-two euros.\nIt is due on the first of May.\n")
        try folder.write(
            "notes/keys/cellar.md",
            "# Keys\n\n## Cellar\n\nThe key to the cellar hangs behind the blue door of the workshop.\n")
        try folder.write("notes/lamp.txt", Notes.hostile)
        let outcome = try Command.run("index", corpus, "--to", index, "--quiet")
        guard outcome.status == 0 else { throw ChildProcess.Failure(message: outcome.errors) }
    }
}
