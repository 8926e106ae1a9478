/// The rules of one `.gitignore` file, or of a list of patterns in the syntax of `.gitignore`.
///
/// A pattern with a "/" before its end is anchored at the folder of the file. Every other pattern matches at any depth. A
/// pattern with a "/" at its end matches only folders. A pattern that starts with "!" takes back an earlier match. The last
/// matching pattern decides.
struct IgnoreRules: Sendable {
    private struct Rule: Sendable {
        let pattern: GlobPattern
        let negated: Bool
        let foldersOnly: Bool
        let anchored: Bool
    }

    private var rules: [Rule] = []

    /// Parses the text of a `.gitignore` file. As in Git, a line that is no pattern has no effect.
    init(file text: [UInt8]) {
        for line in text.split(separator: UInt8(ascii: "\n")) {
            if let rule = try? Self.rule(Self.trimmed(line), negation: true) { rules.append(rule) }
        }
    }

    /// Parses patterns that a person gave. In such a pattern, "!" is an ordinary byte.
    init(patterns: [String]) throws(CorporaError) {
        for pattern in patterns {
            // A shell may complete a name to "./notes".
            let path = pattern.hasPrefix("./") ? pattern.dropFirst() : pattern[...]
            guard let rule = try Self.rule(Array(path.utf8)[...], negation: false) else {
                throw CorporaError(.badPattern(.empty), subject: pattern)
            }
            rules.append(rule)
        }
    }

    var isEmpty: Bool { rules.isEmpty }

    /// The verdict of the rules on a path relative to their folder.
    ///
    /// - Returns: true when the path is ignored, false when a "!" pattern takes it back, nil when no rule matches.
    func verdict(_ path: [UInt8], isFolder: Bool) -> Bool? {
        let name = Array(path[(path.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? 0)...])
        for rule in rules.reversed() where isFolder || !rule.foldersOnly {
            if rule.pattern.matches(rule.anchored ? path : name) { return !rule.negated }
        }
        return nil
    }

    /// Whether the rules match the path of a file, or of a folder above the file.
    func coversFile(_ path: [UInt8]) -> Bool {
        for (i, byte) in path.enumerated() where byte == UInt8(ascii: "/") && i > 0 {
            if verdict(Array(path[..<i]), isFolder: true) == true { return true }
        }
        return verdict(path, isFolder: false) == true
    }

    /// A line without its carriage return and trailing spaces. A backslash keeps a space. Empty for a comment.
    private static func trimmed(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var line = line
        if line.last == 13 { line.removeLast() }
        while line.last == 32, line.dropLast().last != UInt8(ascii: "\\") { line.removeLast() }
        return line.first == UInt8(ascii: "#") ? [] : line
    }

    /// The rule of one line. Nil when the line holds no pattern.
    private static func rule(_ line: ArraySlice<UInt8>, negation: Bool) throws(CorporaError) -> Rule? {
        var line = line
        var negated = false
        if negation, line.first == UInt8(ascii: "!") {
            negated = true
            line.removeFirst()
        }
        var foldersOnly = false
        if line.last == UInt8(ascii: "/") {
            foldersOnly = true
            line.removeLast()
        }
        let anchored = line.contains(UInt8(ascii: "/"))
        if line.first == UInt8(ascii: "/") { line.removeFirst() }
        guard !line.isEmpty else { return nil }
        return Rule(pattern: try GlobPattern(line), negated: negated, foldersOnly: foldersOnly, anchored: anchored)
    }
}
