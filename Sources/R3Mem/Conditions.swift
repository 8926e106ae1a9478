public import Foundation

internal import Retrieval

/// Which documents a search looks at. Conditions of different kinds must all hold; of one kind one is enough.
public struct Conditions: Sendable, Equatable {
    /// Globs such as `rules/*.md`, or parts of paths.
    public var paths: [String]
    /// Formats such as `pdf` or `markdown`, or extensions of file names.
    public var types: [String]
    /// Words of titles.
    public var titles: [String]
    /// The date that the document states of itself, or else of the last change of its file, is this or later.
    public var since: Date?
    /// The same date is before this.
    public var before: Date?

    /// Conditions; all documents where there are none.
    public init(
        paths: [String] = [], types: [String] = [], titles: [String] = [], since: Date? = nil, before: Date? = nil
    ) {
        self.paths = paths
        self.types = types
        self.titles = titles
        self.since = since
        self.before = before
    }

    /// All documents.
    public static let none = Conditions()

    func filter() throws -> SearchFilter {
        var filter = SearchFilter()
        for path in paths { try filter.add(.path, path) }
        for type in types { try filter.add(.type, type) }
        for title in titles { try filter.add(.title, title) }
        filter.since = since
        filter.before = before
        return filter
    }
}
