import ArgumentParser
import Foundation
import Retrieval

/// `--path`, `--type`, `--title`, `--since` and `--before`: which documents are looked at.
struct FilterOptions: ParsableArguments {
    @Option(
        name: .customLong("path"),
        help: ArgumentHelp(
            "Only documents whose path fits: a glob, or a part of the path. Can be repeated.", valueName: "glob"))
    var paths: [String] = []

    @Option(
        name: .customLong("type"),
        help: ArgumentHelp("Only this format or file extension: pdf, markdown, csv. Can be repeated.", valueName: "type"))
    var types: [String] = []

    @Option(
        name: .customLong("title"), help: ArgumentHelp("Only documents with these words in the title.", valueName: "words"))
    var titles: [String] = []

    @Option(
        name: [.customLong("since"), .customLong("after")],
        help: ArgumentHelp(
            "Only documents of this date or later: 2024-05-17, 2024-05, 2024, 30d. Days are those of the time zone (TZ).",
            valueName: "date"))
    var since: String?

    @Option(
        name: .customLong("before"), help: ArgumentHelp("Only documents from before this date.", valueName: "date"))
    var before: String?

    /// The conditions of the options.
    func filter() throws -> SearchFilter {
        var filter = SearchFilter()
        for path in paths { try filter.add(.path, path) }
        for type in types { try filter.add(.type, type) }
        for title in titles { try filter.add(.title, title) }
        if let since { try filter.add(.since, since) }
        if let before { try filter.add(.before, before) }
        return filter
    }
}

/// Words on the command line that may begin with "-".
enum TypedWords {
    /// The words as one text, without the "--" before which options end.
    static func text(_ words: [String]) -> String {
        var words = words
        if let end = words.firstIndex(of: "--") { words.remove(at: end) }
        return words.joined(separator: " ")
    }

    /// - Throws: `ValidationError` for a word that looks like a mistyped option.
    static func check(_ words: [String], of thing: String) throws {
        guard !text(words).allSatisfy(\.isWhitespace) else {
            throw ValidationError("the \(thing) is empty")
        }
        guard !CommandLine.arguments.contains("--"),
            let option = words.first(where: {
                $0.hasPrefix("--") && $0.dropFirst(2).first?.isLetter == true && !$0.contains(" ")
            })
        else { return }
        throw ValidationError("unknown option '\(option)'; if it belongs to the \(thing), write -- before the \(thing)")
    }

    /// - Throws: `ValidationError` as `check(_:of:)` does, and for words that are conditions alone.
    static func check(
        _ words: [String], of thing: String, _ extent: QuerySyntax.Extent, ifNothingIsAsked fault: String
    ) throws {
        try check(words, of: thing)
        // What cannot be read is an error of `run`, which says more.
        guard let syntax = try? QuerySyntax(text(words), extent), syntax.text.isEmpty else { return }
        throw ValidationError(fault)
    }
}
