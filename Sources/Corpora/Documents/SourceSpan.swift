/// The page or the path of headings that a range of a text belongs to.
///
/// The spans of a document are sorted by `start`. A span ends where the next span of its kind starts.
package struct SourceSpan: Sendable, Equatable {
    /// A place in the file that a person can go to.
    package enum Place: Sendable, Equatable {
        /// A page, counted from 1.
        case page(Int)
        /// The headings above the text, outermost first. There is at least one.
        case heading([String])
    }

    /// The byte offset in the text of the document where the span starts.
    package let start: Int
    /// The place of the text from `start` on.
    package let place: Place

    /// Makes a span that starts at a byte offset.
    package init(start: Int, place: Place) {
        self.start = start
        self.place = place
    }
}

extension [SourceSpan] {
    /// The page that holds the byte at `offset`. Nil when the text has no pages.
    package func page(at offset: Int) -> Int? {
        for span in reversed() where span.start <= offset {
            if case .page(let number) = span.place { return number }
        }
        return nil
    }

    /// The headings above the byte at `offset`, outermost first. Empty above the first heading.
    package func headings(at offset: Int) -> [String] {
        for span in reversed() where span.start <= offset {
            if case .heading(let path) = span.place { return path }
        }
        return []
    }
}
