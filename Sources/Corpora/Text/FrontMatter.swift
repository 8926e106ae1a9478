import Bytes

/// The facts that a text states about itself before it begins: between two lines `---` (YAML) or `+++` (TOML).
struct FrontMatter {
    /// The offset after the front matter. 0 without one.
    private(set) var end = 0
    /// The facts in order, with their names in lower case.
    private(set) var fields: [(name: String, value: String)] = []

    private static let dates = ["date", "updated", "published", "modified", "lastmod", "last_modified", "last-modified"]

    init(_ text: [UInt8]) {
        let newline = UInt8(ascii: "\n")
        func line(at start: Int) -> Range<Int> { start..<(text[start...].firstIndex(of: newline) ?? text.count) }
        func isMark(_ line: Range<Int>, _ mark: String) -> Bool {
            (text[line].last == 13 ? text[line].dropLast() : text[line]).elementsEqual(mark.utf8)
        }
        let first = line(at: 0)
        let isTOML = isMark(first, "+++")
        guard isTOML || isMark(first, "---") else { return }
        var start = first.upperBound + 1
        while start < text.count {
            let place = line(at: start)
            let end = place.upperBound
            if isMark(place, isTOML ? "+++" : "---") || !isTOML && isMark(place, "...") {
                self.end = min(text.count, end + 1)
                return
            }
            if let field = Self.field(text[place], separator: UInt8(ascii: isTOML ? "=" : ":")) { fields.append(field) }
            start = end + 1
        }
        // No line closes it: it is text.
        fields = []
    }

    /// The title that it states.
    var title: String? { fields.first { $0.name == "title" }.flatMap { DocumentTitle.clean($0.value.utf8) } }

    /// The latest date that it states.
    var date: String? { DocumentDate.latest(fields.filter { Self.dates.contains($0.name) }.map(\.value)) }

    /// The date that a text states in its front matter, or in its first lines in the way of Org, reStructuredText or
    /// AsciiDoc.
    static func date(of text: [UInt8]) -> String? {
        let matter = FrontMatter(text)
        if matter.end > 0 { return matter.date }
        let marks = ["#+date:", ":date:", ":revdate:"].map { Array($0.utf8) }
        let lines = text.prefix(4096).split(separator: UInt8(ascii: "\n")).prefix(30)
        return DocumentDate.latest(
            lines.compactMap { line -> String? in
                let start = line.prefix(12).map(\.lowercasedASCII)
                guard let mark = marks.first(where: start.starts) else { return nil }
                return String(decoding: line.dropFirst(mark.count), as: UTF8.self)
            })
    }

    /// A fact of the top level: `name: value`.
    private static func field(_ line: ArraySlice<UInt8>, separator: UInt8) -> (name: String, value: String)? {
        guard let first = line.first, first.isLetter, let at = line.firstIndex(of: separator) else { return nil }
        let name = String(decoding: line[..<at].filter { !$0.isSpace }, as: UTF8.self).lowercased()
        var value = line[(at + 1)...].drop(while: \.isControlOrSpace)
        while let last = value.last, last.isControlOrSpace { value.removeLast() }
        if let quote = value.first, quote == 34 || quote == 39 {
            if let close = value.dropFirst().firstIndex(of: quote) { value = value[(value.startIndex + 1)..<close] }
        } else if let comment = value.indices.first(where: {
            value[$0] == 35 && $0 > value.startIndex && value[$0 - 1] == 32
        }) {
            value = value[..<comment]
        }
        return (name, String(decoding: value, as: UTF8.self))
    }
}
