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
              r3mem show indexes/handbook.r3 statutes.pdf --page 2
              r3mem show notes.r3 server.log --lines 10:40
            """)

    @Argument(help: "The index file.", completion: .file(extensions: ["r3"]))
    var file: String

    @Argument(help: "The document.")
    var document: String

    @Option(help: ArgumentHelp("Print only this passage. Passages count from 0, as in 'search'.", valueName: "n"))
    var passage: Int?

    @Option(
        help: ArgumentHelp("Print only these lines: 10:40, 10: (to the end) or 10. Lines count from 1.", valueName: "a:b"))
    var lines: LineRange?

    @Option(help: ArgumentHelp("Print only this page. Pages count from 1.", valueName: "n"))
    var page: Int?

    @OptionGroup var threads: ThreadsOption
    @OptionGroup var model: ModelOption
    @OptionGroup var json: JSONOption

    func validate() throws {
        if let passage, passage < 0 { throw ValidationError("--passage counts from 0") }
        if let page, page < 1 { throw ValidationError("--page counts from 1") }
        guard [passage != nil, lines != nil, page != nil].count(where: { $0 }) < 2 else {
            throw ValidationError("name a passage, lines or a page, not several of them")
        }
    }

    func run() throws {
        let index = try OpenIndex(path: file, model: model.load(), threads: threads.count)
        defer { index.abandon() }
        if let page { return try show(index.page(page, ofDocumentNamed: document), "page \(page)") }
        let shown = try index.document(named: document)
        if let lines { return try show(shown.lines(lines.first, through: lines.last), "lines") }
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

    private func show(_ part: ShownPart, _ name: String) throws {
        if json.isOn { return try Output.json(part) }
        let lines = part.lastLine.map { "lines \(part.firstLine ?? 1)–\($0)" } ?? name
        show(part.text, title: "\(part.path), \(lines), bytes \(part.start)–\(part.end)")
    }

    /// Prints the exact bytes; on a terminal a title, and the text without control characters.
    private func show(_ text: String, title: String) {
        guard Terminal.isOutput else { return Output.text(text) }
        Output.line(Terminal.styled(Printable.line(title), .dim))
        Output.text(Printable.text(text))
        if text.last?.isNewline != true { Output.line() }
    }
}

/// Lines of a text as they are typed: `10:40`, `10:`, `:40`, `10`.
struct LineRange: ExpressibleByArgument {
    let first: Int
    /// nil for the last line of the text.
    let last: Int?

    init?(argument: String) {
        let parts = argument.split(separator: ":", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), parts.contains(where: { !$0.isEmpty }) else { return nil }
        guard let first = parts[0].isEmpty ? 1 : Int(parts[0]), first > 0 else { return nil }
        self.first = first
        if parts.count == 1 {
            last = first
        } else if parts[1].isEmpty {
            last = nil
        } else {
            guard let last = Int(parts[1]), last >= first else { return nil }
            self.last = last
        }
    }
}
