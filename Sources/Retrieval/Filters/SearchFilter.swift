import Foundation

/// Which passages a search may return. A filter acts before passages are ranked.
package struct SearchFilter: Sendable, Equatable {
    /// Conditions on one property of a document.
    package struct Choice: Sendable, Equatable {
        /// One of these must fit, where there are any.
        package var wanted: [String] = []
        /// None of these may fit.
        package var unwanted: [String] = []

        /// A filter without demands.
        package init() {}

        /// Whether nothing is demanded.
        package var isEmpty: Bool { wanted.isEmpty && unwanted.isEmpty }

        func allows(_ fits: (String) -> Bool) -> Bool {
            (wanted.isEmpty || wanted.contains(where: fits)) && !unwanted.contains(where: fits)
        }
    }

    /// Patterns of paths: globs, or parts of a path where they hold no `*`, `?` or `[`.
    package var path = Choice()
    /// Formats (`pdf`, `markdown`) or extensions of file names (`md`).
    package var type = Choice()
    /// Words of titles.
    package var title = Choice()
    /// The date that the document states of itself, or else the last change of the file, must be this time or later.
    package var since: Date?
    /// The same date must be before this time.
    package var before: Date?
    /// Words that must follow one another in the text.
    package var phrases: [QuotedWords] = []
    /// Words that must not follow one another in the text; mostly one word.
    package var excluded: [QuotedWords] = []

    /// A filter without demands.
    package init() {}

    /// Whether every passage passes.
    package var isEmpty: Bool { self == SearchFilter() }

    /// Whether the filter asks for documents of some kind.
    var concernsDocuments: Bool {
        !path.isEmpty || !type.isEmpty || !title.isEmpty || since != nil || before != nil
    }

    /// The conditions of both filters.
    package func and(_ other: SearchFilter) -> SearchFilter {
        var both = self
        both.path.wanted += other.path.wanted
        both.path.unwanted += other.path.unwanted
        both.type.wanted += other.type.wanted
        both.type.unwanted += other.type.unwanted
        both.title.wanted += other.title.wanted
        both.title.unwanted += other.title.unwanted
        both.since = [since, other.since].compactMap { $0 }.max()
        both.before = [before, other.before].compactMap { $0 }.min()
        both.phrases += other.phrases
        both.excluded += other.excluded
        return both
    }
}
