import Bytes
import Corpora
import Foundation

/// What `path:` asks of a path, without regard to case.
///
/// A pattern with `*`, `?` or `[` is a glob: with a slash it fits the whole path or an ending of it, without one a name of
/// the path. A part of the path fits always, whatever signs it holds: "[" also stands for itself.
struct PathPattern {
    private let part: [UInt8]
    private let globs: [GlobPattern]
    private let fitsNames: Bool

    init(_ text: String) throws {
        var pattern = PathPattern.folded(text)
        while pattern.starts(with: Array("./".utf8)) { pattern.removeFirst(2) }
        part = pattern
        fitsNames = !pattern.contains(UInt8(ascii: "/"))
        guard pattern.contains(where: { [UInt8(ascii: "*"), UInt8(ascii: "?"), UInt8(ascii: "[")].contains($0) }) else {
            globs = []
            return
        }
        // Names may hold brackets, and people copy them.
        let literal = pattern.flatMap { $0 == UInt8(ascii: "[") ? [UInt8(ascii: "\\"), $0] : [$0] }
        let readings = pattern == literal ? [pattern] : [pattern, literal]
        let places = fitsNames ? readings : readings + readings.map { Array("**/".utf8) + $0 }
        do {
            globs = try places.map { try GlobPattern($0) }
        } catch {
            throw RetrievalError(.badPattern, subject: text, fact: "is no pattern of paths")
        }
    }

    func fits(_ path: String) -> Bool {
        let path = PathPattern.folded(path)
        if path.contains(part) { return true }
        guard fitsNames else { return globs.contains { $0.matches(path) } }
        return path.split(separator: UInt8(ascii: "/")).contains { name in globs.contains { $0.matches(Array(name)) } }
    }

    /// Some systems write the accents of names behind their letters.
    private static func folded(_ text: String) -> [UInt8] {
        let composed = text.utf8.allSatisfy { $0 < 0x80 } ? text : text.precomposedStringWithCanonicalMapping
        return Array(composed.lowercased().utf8)
    }
}

/// The paths that a filter allows.
struct AllowedPaths {
    private let choice: SearchFilter.Choice
    private let patterns: [String: PathPattern]

    init(_ filter: SearchFilter) throws {
        choice = filter.path
        let patterns = try (choice.wanted + choice.unwanted).map { ($0, try PathPattern($0)) }
        self.patterns = Dictionary(patterns, uniquingKeysWith: { first, _ in first })
    }

    func allow(_ path: String) -> Bool { choice.isEmpty || choice.allows { patterns[$0]?.fits(path) == true } }
}
