import ArgumentParser
import Console
import Foundation
import Retrieval

/// `r3mem search`.
struct Search: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Find the passages that fit a query best.",
        discussion: """
            Ranks passages by words and by meaning, reconstructs the best candidates and scores them on their exact text.

              r3mem search indexes/handbook.r3 "refund window" --top 3
              r3mem search notes.r3 refund --json | jq -r '.results[].citation.path'
            """)

    @Argument(help: "The index file.", completion: .file(extensions: ["r3"]))
    var file: String

    @Argument(help: "The words to look for.")
    var query: [String]

    @Flag(help: "Show the parts of each score.")
    var explain = false

    @OptionGroup var top: TopOption
    @OptionGroup var threads: ThreadsOption
    @OptionGroup var model: ModelOption
    @OptionGroup var json: JSONOption

    func validate() throws {
        guard query.contains(where: { !$0.allSatisfy(\.isWhitespace) }) else {
            throw ValidationError("the query is empty; say what to look for")
        }
    }

    /// The output of `--json`.
    private struct Found: Encodable {
        let query: String
        let results: [SearchResult]
    }

    func run() throws {
        let words = query.joined(separator: " ")
        let results = try OpenIndex(path: file, model: model.load(), threads: threads.count).search(words, top.search)
        if json.isOn { return try Output.json(Found(query: words, results: results)) }
        guard !results.isEmpty else {
            return Output.line("nothing in \(Printable.line(file)) fits “\(Printable.line(words))”")
        }
        if results.allSatisfy(\.matched.isEmpty) {
            Output.line("no passage holds a word of the query; the nearest in meaning:")
        }
        for result in results { show(result) }
    }

    private func show(_ result: SearchResult) {
        let number = String(result.rank)
        let indent = String(repeating: " ", count: number.count + 2)
        let detail = "passage \(result.passage), score \(String(format: "%.2f", result.score))"
        Output.line("\(number)  \(Terminal.styled(result.citation.place, .cyan))  \(Terminal.styled("(\(detail))", .dim))")
        let width = min(Terminal.columns(), 120)
        let excerpt = Excerpt(result.text, matched: result.matched, characters: 280)
        Output.line(excerpt.text(width: width, indent: indent) { Terminal.styled($0, .bold) })
        guard explain else { return }
        let e = result.explanation
        var table = Table(.left, .right, .right)
        table.row("part", "value", "weight")
        var parts: [(name: String, value: Double, weight: Double?)] = [
            ("words, term set", e.stored, nil), ("words, exact text", e.exact, 1 / e.bestExact),
            ("memory code", e.memoryCode, e.weights.memoryCode), ("section code", e.section, e.weights.section),
            ("word vectors", e.wordVectors, e.weights.wordVectors), ("nearest sentence", e.sentence, e.weights.sentence),
            ("proximity", e.proximity, e.weights.proximity), ("exact forms", e.forms, e.weights.forms),
        ]
        if let reader = e.reader { parts.append(("reader", reader, e.weights.reader)) }
        parts.append(("total", e.total, nil))
        for part in parts {
            table.row(part.name, String(format: "%.3f", part.value), part.weight.map { String(format: "%.3f", $0) } ?? "")
        }
        Output.line(table.text(indent: indent))
        Output.line(
            indent + "matched: "
                + (result.matched.isEmpty ? "no word" : Printable.line(result.matched.joined(separator: ", "))))
    }
}
