import ArgumentParser
import Console
import Foundation
import Interface
import Retrieval

/// The form in which `search` prints its results.
enum SearchFormat: String, CaseIterable, ExpressibleByArgument {
    case text, json, jsonl, csv, md, files
}

extension FoundPassages {
    /// Prints the results in a format other than text.
    func print(_ format: SearchFormat) throws {
        switch format {
        case .text: break
        case .json: try Output.json(self)
        case .jsonl: for result in results { try Output.json(result, isOneLine: true) }
        case .csv:
            Output.line(FoundPassages.columns.joined(separator: ","))
            for result in results { plain(FoundPassages.row(result).map(FoundPassages.field).joined(separator: ",")) }
        case .md: for result in results { Output.line(FoundPassages.item(result)) }
        case .files:
            var seen: Set<String> = []
            for result in results where seen.insert(result.citation.path).inserted { plain(result.citation.path) }
        }
    }

    /// Prints a line as it is, but no control characters on a terminal.
    private func plain(_ line: String) { Output.line(Terminal.isOutput ? Printable.text(line) : line) }

    private static let columns = ["rank", "score", "path", "line", "page", "headings", "passage", "start", "end", "text"]

    private static func row(_ result: SearchResult) -> [String] {
        let citation = result.citation
        return [
            String(result.rank), String(format: "%.4f", result.score), citation.path, result.line.map(String.init) ?? "",
            citation.page.map(String.init) ?? "", citation.headings.joined(separator: " > "), String(result.passage),
            String(citation.start), String(citation.end), result.text,
        ]
    }

    /// A field of CSV as RFC 4180 has it. A spreadsheet takes a text that begins with a sign for a formula, so an apostrophe
    /// keeps it a text.
    private static func field(_ text: String) -> String {
        var text = text
        if let first = text.first, "=+-@".contains(first), Double(text) == nil { text = "'" + text }
        let isPlain = !text.contains { $0 == "," || $0 == "\"" || $0.isNewline }
        return isPlain ? text : "\"" + text.replacing("\"", with: "\"\"") + "\""
    }

    /// A result as an item of a Markdown list, with its text as a quotation.
    private static func item(_ result: SearchResult) -> String {
        let place = Printable.line(result.place).flatMap { sign -> [Character] in
            "\\`*_{}[]<>&~|".contains(sign) ? ["\\", sign] : [sign]
        }
        let allowed = CharacterSet.urlPathAllowed.subtracting(CharacterSet(charactersIn: "()"))
        let path = result.citation.path.addingPercentEncoding(withAllowedCharacters: allowed) ?? result.citation.path
        let quoted = Printable.text(result.text).split(separator: "\n", omittingEmptySubsequences: false).map {
            "   > " + $0
        }
        return "\(result.rank). [\(String(place))](\(path))\n\n" + quoted.joined(separator: "\n") + "\n"
    }
}

extension SearchResult {
    /// The place with the line of the words that were found.
    var place: String { citation.place(line: line) }
}
