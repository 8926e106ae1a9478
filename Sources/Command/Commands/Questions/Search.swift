import ArgumentParser
import Console
import Foundation
import Interface
import Retrieval

/// `r3mem search`.
struct Search: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Find the passages that fit a query best.",
        discussion: """
            Ranks passages by words and by meaning, reconstructs the best candidates and scores them on their exact text. A \
            word also finds its other forms, with and without accents, parts of compounds and identifiers, and where the \
            index lacks it, words that are spelled almost alike. "words in quotation marks" must follow one another; -word \
            must not occur. path:*.md, type:pdf, title:words, after:2024-05 and before:2025 choose documents, as the \
            options do. Several index files are searched as one: after the first, each word that ends with .r3 or names an \
            index, as long as a word is left for the query. -- ends the files.

              r3mem search indexes/handbook.r3 "refund window" --top 3
              r3mem search notes.r3 '"north gate" -market path:rules/*'
              r3mem search notes.r3 minutes.r3 "north gate"
              r3mem search notes.r3 refund --json | jq -r '.results[].citation.path'
              cd notes && r3mem search ../notes.r3 refund --format files | xargs -d '\\n' wc
            """)

    @Argument(help: "The index file; more may follow.", completion: .file(extensions: ["r3"]))
    var file: String

    @Argument(parsing: .allUnrecognized, help: "The words to look for.")
    var query: [String]

    private var asked: AskedIndexes { AskedIndexes(first: file, query) }

    @Option(
        help: ArgumentHelp(
            "text, json, jsonl, csv, md (Markdown) or files (paths only). (default: text)", valueName: "format"))
    var format: SearchFormat?

    @Flag(help: "Show the parts of each score.")
    var explain = false

    @OptionGroup var filters: FilterOptions
    @OptionGroup var top: TopOption
    @OptionGroup var threads: ThreadsOption
    @OptionGroup var model: ModelOption
    @OptionGroup var json: JSONOption

    func validate() throws {
        if json.isOn, let format, format != .json {
            throw ValidationError("--json and --format \(format) contradict each other; pass one.")
        }
        try asked.check("query")
        try TypedWords.check(
            asked.words, of: "query", .everything,
            ifNothingIsAsked: "the query says only what to leave out or where to look; add a word to look for")
    }

    func run() throws {
        let asked = asked
        let typed = TypedWords.text(asked.words)
        let syntax = try QuerySyntax(typed)
        var options = top.search
        options.filter = syntax.filter.and(try filters.filter())
        let index = try OpenIndex(paths: asked.files, model: model.load(), threads: threads.count)
        defer { index.abandon() }
        let found = try FoundPassages(of: typed, syntax, in: index, options)
        let format = json.isOn ? .json : format ?? .text
        guard format == .text else { return try found.print(format) }
        show(found, isFiltered: !options.filter.isEmpty, roots: index.roots)
    }

    private func show(_ found: FoundPassages, isFiltered: Bool, roots: CorpusRoots) {
        asked.note(found.corrections)
        if found.results.isEmpty {
            let condition = isFiltered ? " under these conditions" : ""
            Output.line("nothing in \(Printable.line(asked.named)) fits “\(Printable.line(found.query))”\(condition)")
        } else if !found.results.contains(where: { !$0.matched.isEmpty }) {
            Output.line("no passage holds a word of the query; the nearest in meaning:")
        }
        for suggestion in found.suggestions where !suggestion.used.isEmpty {
            Output.note("did you mean " + suggestion.used.map { "“\(Printable.line($0))”" }.joined(separator: " or ") + "?")
        }
        for result in found.results { show(result, roots: roots) }
    }

    private func show(_ result: SearchResult, roots: CorpusRoots) {
        let number = String(result.rank)
        let indent = String(repeating: " ", count: number.count + 2)
        let detail = "passage \(result.passage), score \(String(format: "%.2f", result.score))"
        let place = Terminal.linked(
            Terminal.styled(result.place, .cyan), to: roots.filePath(of: result.citation.path))
        Output.line("\(number)  \(place)  \(Terminal.styled("(\(detail))", .dim))")
        let width = min(Terminal.columns(), 120)
        let matched = MatchedWords(result.matched)
        let excerpt = Excerpt(result.text, characters: 280) { matched.stand(in: $0) }
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
