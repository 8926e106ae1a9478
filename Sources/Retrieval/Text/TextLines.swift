import Bytes
import Memory

/// What the form of a line tells.
enum LineForm: Equatable, Sendable {
    case blank
    /// A row of a table, with the byte between its cells.
    case row(UInt8)
    /// The line between the head and the body of a Markdown table.
    case rule
    case heading
    case item
    /// "Key: value", beside other such lines.
    case pair
    case text
}

/// The lines of a text with their forms.
struct TextLines: Sendable {
    /// The bytes of each line, without its line feed.
    private(set) var ranges: [Range<Int>] = []
    private(set) var forms: [LineForm] = []
    /// Whether each line ends where its writer ended it, and not at the margin.
    private(set) var areEnded: [Bool] = []

    /// A longer line is prose, whatever stands at its start.
    private static let longestPair = 160
    private static let longestKey = 40

    init(_ text: [UInt8]) {
        var start = 0
        for line in text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            ranges.append(start..<start + line.count)
            forms.append(TextLines.form(of: line))
            start += line.count + 1
        }
        findSeparatedValues(text)
        findPairs(text)
        findSettings(text)
        areEnded = ends(in: text)
    }

    /// The form of the line that holds a byte.
    func form(at offset: Int) -> LineForm { forms[line(at: offset)] }

    /// The number of the line that holds a byte.
    func line(at offset: Int) -> Int {
        var low = 0
        var high = ranges.count - 1
        while low < high {
            let middle = (low + high + 1) / 2
            if ranges[middle].lowerBound <= offset { low = middle } else { high = middle - 1 }
        }
        return low
    }

    private static func form(of line: ArraySlice<UInt8>) -> LineForm {
        guard let first = line.first(where: { !$0.isSpace }) else { return .blank }
        let bar = UInt8(ascii: "|")
        if line.contains(bar) {
            if line.allSatisfy({ "|-:+= ".utf8.contains($0) || $0.isSpace }), line.contains(UInt8(ascii: "-")) {
                return .rule
            }
            if first == bar || TextLines.hasSpacedBar(line) { return .row(bar) }
        }
        let rest = line.drop { $0.isSpace }
        if first == UInt8(ascii: "#") {
            let marks = rest.prefix { $0 == UInt8(ascii: "#") }.count
            if marks <= 6, rest.dropFirst(marks).first?.isSpace ?? true { return .heading }
        }
        return isItem(rest) ? .item : .text
    }

    /// Where an item begins after its mark.
    static func itemStart(_ text: [UInt8], _ item: Range<Int>) -> Int {
        guard isItem(text[item]), let space = text[item].firstIndex(where: \.isSpace) else { return item.lowerBound }
        return text[space..<item.upperBound].firstIndex { !$0.isSpace } ?? item.lowerBound
    }

    private static func hasSpacedBar(_ line: ArraySlice<UInt8>) -> Bool {
        line.indices.contains { i in
            line[i] == UInt8(ascii: "|") && i > line.startIndex && line[i - 1] == 32
                && (i + 1 == line.endIndex || line[i + 1] == 32)
        }
    }

    /// Whether a line begins with the mark of a list item: "- ", "• ", "3. ", "b) ".
    private static func isItem(_ line: ArraySlice<UInt8>) -> Bool {
        if let first = line.first, "-*+".utf8.contains(first) { return line.dropFirst().first?.isSpace ?? false }
        if ["• ", "– ", "— ", "◦ ", "▪ "].contains(where: { line.starts(with: $0.utf8) }) { return true }
        let digits = line.prefix(3).prefix(while: \.isDigit).count
        let rest = line.dropFirst(digits == 0 && line.first?.isLowercase == true ? 1 : digits)
        guard rest.startIndex > line.startIndex, let mark = rest.first else { return false }
        return (mark == UInt8(ascii: ")") || digits > 0 && mark == UInt8(ascii: "."))
            && rest.dropFirst().first?.isSpace ?? false
    }

    /// Marks rows of separated values: at least three lines in a row with as many separators, none of them as prose has it.
    private mutating func findSeparatedValues(_ text: [UInt8]) {
        for separator in "\t;,".utf8 {
            var first = 0
            while first < ranges.count {
                let count = separators(separator, text[ranges[first]])
                var end = first + 1
                while end < ranges.count, count > 0, separators(separator, text[ranges[end]]) == count { end += 1 }
                if end - first >= 3, count >= (separator == 9 ? 1 : 2) {
                    for i in first..<end where forms[i] == .text { forms[i] = .row(separator) }
                }
                first = end
            }
        }
    }

    /// The number of separators outside quotation marks; 0 for a line of prose.
    private func separators(_ separator: UInt8, _ line: ArraySlice<UInt8>) -> Int {
        var count = 0
        var isQuoted = false
        for i in line.indices {
            if line[i] == UInt8(ascii: "\"") { isQuoted.toggle() }
            guard line[i] == separator, !isQuoted else { continue }
            // Prose has a space after a comma.
            if separator != 9, i + 1 < line.endIndex, line[i + 1] == 32 { return 0 }
            count += 1
        }
        return count
    }

    private mutating func findPairs(_ text: [UInt8]) {
        let isPair = zip(ranges, forms).map { $1 == .text && TextLines.keyEnd(text[$0]) != nil }
        for i in isPair.indices where isPair[i] {
            if i > 0 && isPair[i - 1] || i + 1 < isPair.count && isPair[i + 1] { forms[i] = .pair }
        }
    }

    /// Marks the lines "key = value" after a line "[section]", which is their heading, and such lines with keys in capitals
    /// beside one another, as files of settings have them.
    private mutating func findSettings(_ text: [UInt8]) {
        var isInSection = false
        for i in ranges.indices {
            switch forms[i] {
            case .text where TextLines.isSection(text[ranges[i]]):
                isInSection = i + 1 < ranges.count && TextLines.settingEnd(text[ranges[i + 1]]) != nil
                if isInSection { forms[i] = .heading }
            case .text:
                guard let sign = TextLines.settingEnd(text[ranges[i]]) else {
                    isInSection = false
                    continue
                }
                let isCapital = !text[ranges[i].lowerBound..<sign].contains(where: \.isLowercase)
                let isBeside =
                    i > 0 && forms[i - 1] == .pair
                    || i + 1 < ranges.count && TextLines.settingEnd(text[ranges[i + 1]]) != nil
                if isInSection || isCapital && isBeside { forms[i] = .pair }
            case .blank: break
            case .row, .rule, .heading, .item, .pair: isInSection = false
            }
        }
    }

    /// Whether a line is "[section]".
    private static func isSection(_ line: ArraySlice<UInt8>) -> Bool {
        line.count > 2 && line.count <= longestKey && line.first == UInt8(ascii: "[") && line.last == UInt8(ascii: "]")
            && line.dropFirst().dropLast().allSatisfy { $0.isAlphanumeric || "._- \"".utf8.contains($0) }
    }

    /// Where the key of "key = value" ends, a word of letters, digits, and the signs of names; nil for any other line.
    static func settingEnd(_ line: ArraySlice<UInt8>) -> Int? {
        guard line.count <= longestPair, let sign = line.prefix(longestKey).firstIndex(of: UInt8(ascii: "=")) else {
            return nil
        }
        let key = line[..<sign].prefix { !$0.isSpace }
        guard key.first?.isAlphanumeric == true, key.allSatisfy({ $0.isAlphanumeric || "._-".utf8.contains($0) }),
            line[key.endIndex..<sign].allSatisfy(\.isSpace), line[(sign + 1)...].contains(where: { !$0.isSpace })
        else { return nil }
        return sign
    }

    /// Where the key of "Key: value" ends; nil for any other line.
    static func keyEnd(_ line: ArraySlice<UInt8>) -> Int? {
        guard line.count <= longestPair, let first = line.first, first.isAlphanumeric || first >= 0x80,
            let colon = line.prefix(longestKey).firstIndex(of: UInt8(ascii: ":")), colon + 2 < line.endIndex,
            line[colon + 1].isSpace, line[(colon + 2)...].contains(where: { !$0.isSpace })
        else { return nil }
        let key = line[..<colon]
        guard !key.contains(where: { ".!?,;".utf8.contains($0) }), key.count(where: { $0 == 32 }) < 5 else { return nil }
        return colon
    }
}
