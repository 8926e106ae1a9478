/// Where a range of a document's text comes from: a page, or a path of headings.
///
/// The spans of a document are sorted by `start`; each holds until the next one of the same kind starts.
public struct SourceSpan: Sendable, Equatable {
    /// A place in the source that a reader can go to.
    public enum Place: Sendable, Equatable {
        /// A page, counted from 1.
        case page(Int)
        /// The headings above the text, outermost first; never empty.
        case heading([String])
    }

    /// The UTF-8 byte offset in the document's text where the span starts.
    public let start: Int
    /// The place that the text from `start` on comes from.
    public let place: Place

    /// A span that starts at a byte offset.
    public init(start: Int, place: Place) {
        self.start = start
        self.place = place
    }
}

extension [SourceSpan] {
    /// The page that holds the byte at `offset`, or nil where the text has no pages.
    public func page(at offset: Int) -> Int? {
        for span in reversed() where span.start <= offset {
            if case .page(let number) = span.place { return number }
        }
        return nil
    }

    /// The headings above the byte at `offset`, outermost first; empty above the first heading.
    public func headings(at offset: Int) -> [String] {
        for span in reversed() where span.start <= offset {
            if case .heading(let path) = span.place { return path }
        }
        return []
    }
}
