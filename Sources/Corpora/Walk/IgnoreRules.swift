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
        /// The position of the pattern among those that a person gave; 0 in a file.
        var number = 0

        func matches(_ place: Place) -> Bool { pattern.matches(anchored ? place.path : place.name) }
    }

    /// A path with its last name, which every rule that is not anchored is compared with.
    private struct Place {
        let path: [UInt8]
        let name: [UInt8]

        init(_ path: [UInt8]) {
            self.path = path
            name = Array(path[(path.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? 0)...])
        }
    }

    private var rules: [Rule] = []
    /// The number of patterns that a person gave.
    private(set) var count = 0

    /// Parses the text of a `.gitignore` file. As in Git, a byte order mark is skipped, and a line that is no pattern has no
    /// effect.
    init(file text: [UInt8]) {
        let mark = TextEncoding.utf8.byteOrderMark
        for line in text.dropFirst(text.starts(with: mark) ? mark.count : 0).split(separator: UInt8(ascii: "\n")) {
            // What is no pattern is no rule.
            if let rule = try? Self.rule(Self.trimmed(line)) { rules.append(rule) }
        }
    }

    /// Parses patterns that a person gave. One that starts with "!" takes back what one before it matches.
    ///
    /// - Parameter forms: what a pattern says of this folder: patterns relative to it, or nothing.
    init(patterns: [String], forms: (String) -> [String]) throws(CorporaError) {
        count = patterns.count
        for (number, pattern) in patterns.enumerated() {
            for form in forms(pattern) {
                // A shell may complete a name to "./notes".
                let path = form.hasPrefix("./") ? form.dropFirst() : form[...]
                guard var rule = try Self.rule(Array(path.utf8)[...]) else {
                    throw CorporaError(.badPattern(.empty), subject: pattern)
                }
                guard !rule.negated || number > 0 else {
                    throw CorporaError(.badPattern(.takesNothingBack), subject: pattern)
                }
                rule.number = number
                rules.append(rule)
            }
        }
    }

    /// Takes out of a set the numbers of the patterns that match a path, or a folder above it. A pattern that takes something
    /// back is taken out whether it matches or not.
    func remove(matching path: [UInt8], isFolder: Bool, from idle: inout Set<Int>) {
        guard !idle.isEmpty else { return }
        let folders = Self.folders(above: path).map(Place.init)
        let place = Place(path)
        for rule in rules where idle.contains(rule.number) {
            let matches = (isFolder || !rule.foldersOnly) && rule.matches(place) || folders.contains(where: rule.matches)
            if rule.negated || matches { idle.remove(rule.number) }
        }
    }

    /// Whether there is no pattern. One that says nothing of this folder counts.
    var isEmpty: Bool { rules.isEmpty && count == 0 }

    /// The verdict of the rules on a path relative to their folder.
    ///
    /// - Returns: true when the path is ignored, false when a "!" pattern takes it back, nil when no rule matches.
    func verdict(_ path: [UInt8], isFolder: Bool) -> Bool? {
        let place = Place(path)
        return rules.last { (isFolder || !$0.foldersOnly) && $0.matches(place) }.map { !$0.negated }
    }

    /// Whether the rules match the path of a file, or of a folder above the file. As in Git, nothing takes a file back whose
    /// folder matches.
    func coversFile(_ path: [UInt8]) -> Bool {
        Self.folders(above: path).contains { verdict($0, isFolder: true) == true } || verdict(path, isFolder: false) == true
    }

    /// Whether the rules choose a file: the last rule that matches its path or that of a folder above it takes nothing back.
    func chooses(_ path: [UInt8]) -> Bool {
        let folders = Self.folders(above: path).map(Place.init)
        let file = Place(path)
        let last = rules.last { rule in folders.contains(where: rule.matches) || !rule.foldersOnly && rule.matches(file) }
        return last.map { !$0.negated } ?? false
    }

    private static func folders(above path: [UInt8]) -> [[UInt8]] {
        path.indices.filter { $0 > 0 && path[$0] == UInt8(ascii: "/") }.map { Array(path[..<$0]) }
    }

    /// A line without its carriage return and trailing spaces. A backslash keeps a space. Empty for a comment.
    private static func trimmed(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var line = line
        if line.last == 13 { line.removeLast() }
        while line.last == 32, line.dropLast().last != UInt8(ascii: "\\") { line.removeLast() }
        return line.first == UInt8(ascii: "#") ? [] : line
    }

    /// The rule of one line. Nil when the line holds no pattern.
    private static func rule(_ line: ArraySlice<UInt8>) throws(CorporaError) -> Rule? {
        var line = line
        var negated = false
        if line.first == UInt8(ascii: "!") {
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
