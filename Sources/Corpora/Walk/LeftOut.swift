/// How many files and folders the rules of a walk left out, by the kind of rule. A folder counts once.
package struct LeftOut: Sendable, Equatable, Codable {
    /// Left out by `.gitignore` files and `.git/info/exclude`.
    package var ignoreFiles = 0
    /// Left out by the globs to exclude.
    package var exclude = 0
    /// Files that match none of the globs to include.
    package var include = 0
    /// Hidden ones, and the data of Git.
    package var hidden = 0

    /// Counts of nothing.
    package init() {}

    /// The number by all rules.
    package var total: Int { ignoreFiles + exclude + include + hidden }

    /// Adds the counts of another walk.
    package static func += (a: inout LeftOut, b: LeftOut) {
        a.ignoreFiles += b.ignoreFiles
        a.exclude += b.exclude
        a.include += b.include
        a.hidden += b.hidden
    }
}
