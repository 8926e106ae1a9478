import Foundation
import Retrieval

/// The words of a query, to be marked in a text in any form that the index takes for the same word.
package struct Highlights: Sendable {
    private let words: Set<String>

    /// No words.
    package init() { words = [] }

    /// The words of a query or a question. A query that makes no sense has none.
    package init(_ text: String, in index: OpenIndex) throws {
        guard let syntax = try? QuerySyntax(text) else {
            words = []
            return
        }
        words = Set(
            try index.query(syntax.text).senses.joined().flatMap(\.terms).map {
                Highlights.plain(String(decoding: $0, as: UTF8.self))
            })
    }

    /// Words as a search found them.
    package init(_ matched: [String]) {
        words = Set(matched.flatMap { $0.split(separator: " ") }.map { Highlights.plain(String($0)) })
    }

    /// The words of a text that are to be marked, in order.
    package func places(in text: Substring) -> [Range<String.Index>] {
        guard !words.isEmpty else { return [] }
        var places: [Range<String.Index>] = []
        var start: String.Index?
        func end(_ i: String.Index) {
            if let first = start, words.contains(Highlights.plain(String(text[first..<i]))) { places.append(first..<i) }
            start = nil
        }
        for i in text.indices {
            if text[i].isLetter || text[i].isNumber {
                if start == nil { start = i }
            } else {
                end(i)
            }
        }
        end(text.endIndex)
        return places
    }

    private static func plain(_ word: String) -> String {
        word.lowercased().folding(options: .diacriticInsensitive, locale: nil)
    }
}
