import Corpora
import Retrieval

/// What the globs of an index say of one of its roots.
///
/// Globs are relative to each root. A glob that begins with the absolute path of a root is relative to that root alone. A glob
/// that begins with the name of a root, as paths in the index have it, also fits below that root.
struct RootPatterns {
    private let root: String
    /// Ends with "/"; empty for the only root.
    private let label: String
    private let others: [String]

    init(_ root: (root: String, label: String), of roots: [String]) {
        self.root = root.root
        label = root.label
        others = roots.filter { $0 != root.root }
    }

    /// A glob as globs relative to the root; none where it is about another root.
    func forms(of glob: String) -> [String] {
        let (sign, glob) = glob.hasPrefix("!") ? ("!", String(glob.dropFirst())) : ("", glob)
        if let rest = RootPatterns.rest(of: glob, below: root) { return [sign + "/" + rest] }
        if others.contains(where: { RootPatterns.rest(of: glob, below: $0) != nil }) { return [] }
        let isNamed = !label.isEmpty && glob.hasPrefix(label) && glob.count > label.count
        return (isNamed ? [sign + "/" + glob.dropFirst(label.count)] : []) + [sign + glob]
    }

    /// A glob after roots have moved: of one that begins with the path of a root, the rest below its new place.
    static func moved(_ glob: String, from old: [String], to new: [String]) -> String {
        let (sign, body) = glob.hasPrefix("!") ? ("!", String(glob.dropFirst())) : ("", glob)
        for (root, place) in zip(old, new) {
            if let rest = rest(of: body, below: root) { return sign + place + "/" + rest }
        }
        return glob
    }

    /// What follows the path of a root in a glob; nil where it begins with something else, or nothing follows.
    private static func rest(of glob: String, below root: String) -> String? {
        guard root != "/", glob.hasPrefix(root + "/"), glob.count > root.count + 1 else { return nil }
        return String(glob.dropFirst(root.count + 1))
    }
}

/// A glob of `--include` or `--exclude` that matches no file or folder.
package struct IdleGlob: Sendable, Codable, Equatable {
    /// The name of the option, without its dashes.
    package let option: String
    package let glob: String
}

extension IndexOptions {
    /// The globs that match nothing below any root. A root that could not be walked may hold something.
    func idleGlobs(_ roots: [WalkedRoot]) -> [IdleGlob] {
        var include = Set(include.indices)
        var exclude = Set(exclude.indices)
        for root in roots {
            guard let listing = try? root.outcome.get() else { return [] }
            include.formIntersection(listing.idleInclude)
            exclude.formIntersection(listing.idleExclude)
        }
        return include.sorted().map { IdleGlob(option: "include", glob: self.include[$0]) }
            + exclude.sorted().map { IdleGlob(option: "exclude", glob: self.exclude[$0]) }
    }
}
