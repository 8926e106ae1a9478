import ArgumentParser
import Console
import Foundation
import Retrieval

/// `r3mem show`.
struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print the text of a document, reconstructed from the index.",
        discussion: """
            DOCUMENT is its path below the root, an ending of that path that no other document has, or the path of its \
            file. The text is printed only after its hash was compared with that of the indexed text.

              r3mem show indexes/handbook.r3 policies/returns-2025.md
              r3mem show indexes/handbook.r3 statutes.pdf --passage 3
            """)

    @Argument(help: "The index file.", completion: .file(extensions: ["r3"]))
    var file: String

    @Argument(help: "The document.")
    var document: String

    @Option(help: ArgumentHelp("Print only this passage. Passages count from 0, as in 'search'.", valueName: "n"))
    var passage: Int?

    @OptionGroup var threads: ThreadsOption
    @OptionGroup var model: ModelOption
    @OptionGroup var json: JSONOption

    func validate() throws {
        if let passage, passage < 0 { throw ValidationError("--passage counts from 0") }
    }

    func run() throws {
        let shown = try OpenIndex(path: file, model: model.load(), threads: threads.count).document(named: document)
        guard let passage else {
            return json.isOn
                ? try Output.json(shown) : show(shown.text, title: "\(shown.title) (\(shown.path), \(shown.mediaType))")
        }
        guard shown.passages.indices.contains(passage) else {
            throw RetrievalError(
                .noSuchPassage(count: shown.passages.count), subject: shown.path,
                fact: "has \(Units.count(shown.passages.count, "passage")), no passage \(passage)")
        }
        let one = shown.passages[passage]
        if json.isOn { return try Output.json(one) }
        let place =
            one.page.map { ", page \($0)" } ?? (one.headings.isEmpty ? "" : ", " + one.headings.joined(separator: " › "))
        show(one.text, title: "\(shown.path), passage \(passage)\(place), bytes \(one.start)–\(one.end)")
    }

    /// Prints the exact bytes; on a terminal a title, and the text without control characters.
    private func show(_ text: String, title: String) {
        guard Terminal.isOutput else { return Output.text(text) }
        Output.line(Terminal.styled(Printable.line(title), .dim))
        Output.text(Printable.text(text))
        if text.last?.isNewline != true { Output.line() }
    }
}
