import Memory

/// Words that a search found, to be recognised in a text: the one rule for excerpts, snippets, lines and marks.
///
/// A word of a text is one of them when both are the same folded word. Other forms of a word need no rule here:
/// `SearchResult.matched` names each form that stands in the text.
package struct MatchedWords: Sendable {
    private let words: Set<[UInt8]>

    /// Words as a search found them, or terms of an index. A text of several words stands for each of them.
    package init(_ matched: some Sequence<String> = [String]()) {
        words = matched.reduce(into: []) { words, text in
            let bytes = Array(text.utf8)
            for place in Words.forms(in: bytes.span) { words.insert(Words.fold(Array(bytes[place]))) }
        }
    }

    /// The words of a query or a question in every form that an index takes for the same word. A query that makes no sense
    /// has none.
    package init(ofQuery text: String, in index: OpenIndex) throws {
        // The search says what is wrong with a query; a document is shown all the same, without marks.
        guard let syntax = try? QuerySyntax(text) else {
            self.init()
            return
        }
        self.init(
            try index.query(syntax.text).senses.joined().flatMap(\.terms).map { String(decoding: $0, as: UTF8.self) })
    }

    /// Whether there are no words.
    package var isEmpty: Bool { words.isEmpty }

    /// The places of the words in a text, in order.
    package func places(in text: [UInt8]) -> [Range<Int>] {
        isEmpty ? [] : Words.forms(in: text.span).filter { words.contains(Words.fold(Array(text[$0]))) }
    }

    /// Whether one of the words stands in a text.
    package func stand(in text: some StringProtocol) -> Bool { !places(in: Array(text.utf8)).isEmpty }

    /// How many of the words stand in a text.
    func count(in text: [UInt8]) -> Int { Set(places(in: text).map { Words.fold(Array(text[$0])) }).count }
}
