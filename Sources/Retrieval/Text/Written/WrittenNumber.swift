import Bytes

/// Numbers that are written with and without separators between groups of three digits: 1204567, 1,204,567, 1.204.567,
/// 1 204 567 and 1'204'567 are one number.
///
/// Terms are runs of at most four digits, so the terms of the two forms differ.
enum WrittenNumber {
    /// The rows of terms that stand for words of a text where a number is written in the other form: each word with the terms
    /// that hold its digits.
    static func otherForms(in text: [UInt8]) -> [(word: [UInt8], row: [[UInt8]])] {
        var found: [(word: [UInt8], row: [[UInt8]])] = []
        var at = 0
        while let start = text[at...].firstIndex(where: \.isDigit) {
            let groups = groups(in: text, from: start)
            let digits = groups.parts.flatMap { $0 }
            at = groups.end
            if groups.parts.count == 1 { found += regrouped(digits) }
            // 0123 is no number, and the groups after a point are decimals.
            guard digits.count > 3, digits[0] != 0x30, start == 0 || text[start - 1] != 0x2E else { continue }
            let runs = parts(of: digits, size: 4, fromEnd: false)
            let triples = parts(of: digits, size: 3, fromEnd: true)
            let (own, other) = groups.parts.count > 1 ? (triples, runs) : (runs, triples)
            found += rows(own, other)
        }
        return found + joinedForms(in: text)
    }

    /// Parts of a number's digits, with their places in it.
    typealias Pieces = [(digits: [UInt8], place: Range<Int>)]

    /// Each of a number's own pieces with those pieces of another grouping that share digits with it.
    static func rows(_ own: Pieces, _ other: Pieces) -> [(word: [UInt8], row: [[UInt8]])] {
        own.map { word, place in (word, other.filter { $0.place.overlaps(place) }.map(\.digits)) }
    }

    /// A text without the separators of groups, and with a point for the comma of decimals.
    static func ungrouped(_ text: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(text.count)
        var at = 0
        while let start = text[at...].firstIndex(where: \.isDigit) {
            result += text[at..<start]
            let groups = groups(in: text, from: start)
            for part in groups.parts { result += part }
            at = groups.end
            if at + 1 < text.count, text[at] == 0x2C, text[at + 1].isDigit {
                result.append(0x2E)
                at += 1
            }
        }
        return result + text[at...]
    }

    /// The groups of digits of the number at a place, and where it ends: one group where it has no separators.
    private static func groups(in text: [UInt8], from start: Int) -> (parts: [ArraySlice<UInt8>], end: Int) {
        var end = text[start...].firstIndex { !$0.isDigit } ?? text.count
        var parts = [text[start..<end]]
        guard end - start < 4 else { return (parts, end) }
        var separator: Int?
        while let length = separatorLength(in: text, at: end), separator == nil || separator == Int(text[end]) {
            let next = text[(end + length)...]
            let stop = next.firstIndex { !$0.isDigit } ?? text.count
            guard stop - next.startIndex == 3 else { break }
            separator = Int(text[end])
            parts.append(next[..<stop])
            end = stop
        }
        // 1.204 may be a decimal or a version, and 10.100.200.5 is an address; 1.204.567 and 1.204,50 are numbers.
        let goesOn = end + 1 < text.count && text[end + 1].isDigit ? text[end] : nil
        let isNumber = separator != 0x2E || goesOn == 0x2C || parts.count > 2 && goesOn != 0x2E
        return isNumber ? (parts, end) : ([parts[0]], parts[0].endIndex)
    }

    /// The bytes of a separator of groups at a place; nil where there is none.
    private static func separatorLength(in text: [UInt8], at i: Int) -> Int? {
        guard i < text.count else { return nil }
        switch text[i] {
        case 0x2C, 0x2E, 0x27, 0x20: return 1
        case 0xC2: return text[i...].starts(with: [0xC2, 0xA0]) ? 2 : nil
        case 0xE2:
            // Thin spaces, and the apostrophe of print.
            let marks: [[UInt8]] = [[0xE2, 0x80, 0x89], [0xE2, 0x80, 0xAF], [0xE2, 0x80, 0x99]]
            return marks.contains { text[i...].starts(with: $0) } ? 3 : nil
        default: return nil
        }
    }

    static func parts(of digits: [UInt8], size: Int, fromEnd: Bool) -> Pieces {
        var places: [Range<Int>] = []
        var start = 0
        while start < digits.count {
            let first = fromEnd && start == 0 && digits.count % size > 0 ? digits.count % size : size
            let end = min(digits.count, start + first)
            places.append(start..<end)
            start = end
        }
        return places.map { (Array(digits[$0]), $0) }
    }
}
