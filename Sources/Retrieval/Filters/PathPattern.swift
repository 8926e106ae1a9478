import Bytes
import Corpora

/// What `path:` asks of a path, without regard to case.
///
/// A pattern with `*`, `?` or `[` is a glob: with a slash it fits the whole path or an ending of it, without one a name of
/// the path. Any other pattern must be a part of the path.
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
        do {
            globs =
                try fitsNames ? [GlobPattern(pattern)] : [GlobPattern(pattern), GlobPattern(Array("**/".utf8) + pattern)]
        } catch {
            throw RetrievalError(.badFilter, subject: text, fact: "is no pattern of paths")
        }
    }

    func fits(_ path: String) -> Bool {
        let path = PathPattern.folded(path)
        guard !globs.isEmpty else { return path.contains(part) }
        guard fitsNames else { return globs.contains { $0.matches(path) } }
        return path.split(separator: UInt8(ascii: "/")).contains { name in globs.contains { $0.matches(Array(name)) } }
    }

    private static func folded(_ text: String) -> [UInt8] { Array(text.lowercased().utf8) }
}
