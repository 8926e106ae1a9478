import Bytes

/// Long numbers, as those of accounts, cards and telephones, that are written with gaps and without: DE89 3704 0044, 030/7654321.
extension WrittenNumber {
    /// Numbers of this many digits are the same with and without gaps.
    static let fewestToJoin = 7

    /// The rows for a long number that is written without gaps, as those of accounts and telephones are written with gaps: after
    /// two to five digits, and then in fours; or 3, 3 and 4 digits.
    static func regrouped(_ digits: [UInt8]) -> [(word: [UInt8], row: [[UInt8]])] {
        guard fewestToJoin...34 ~= digits.count else { return [] }
        let own = parts(of: digits, size: 4, fromEnd: false)
        var others: [[Int]] = digits.count == 10 ? [[3, 3, 4]] : []
        for first in 2...5 where first != 4 {
            // A group of five digits is cut as a number is.
            let start = first == 5 ? [4, 1] : [first]
            let rest = digits.count - first
            others.append(start + Array(repeating: 4, count: rest / 4) + (rest % 4 > 0 ? [rest % 4] : []))
        }
        return others.flatMap { rows(own, pieces(of: digits, $0)) }
    }

    /// The rows for numbers that are written with gaps, as they are written without.
    static func joinedForms(in text: [UInt8]) -> [(word: [UInt8], row: [[UInt8]])] {
        var found: [(word: [UInt8], row: [[UInt8]])] = []
        var at = 0
        while let start = text[at...].firstIndex(where: \.isDigit) {
            var (end, digits, sizes) = (start, [UInt8](), [Int]())
            while true {
                let group = text[end...].prefix(while: \.isDigit)
                digits += group
                sizes += Array(repeating: 4, count: group.count / 4) + (group.count % 4 > 0 ? [group.count % 4] : [])
                end = group.endIndex
                guard let gap = gapLength(in: text, at: end) else { break }
                end += gap
            }
            at = end
            guard fewestToJoin...34 ~= digits.count, sizes != parts(of: digits, size: 4, fromEnd: false).map(\.digits.count)
            else { continue }
            found += rows(pieces(of: digits, sizes), parts(of: digits, size: 4, fromEnd: false))
        }
        return found
    }

    /// A text in which the gaps between the digits of a number are closed.
    static func joined(_ text: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(text.count)
        var i = 0
        while i < text.count {
            result.append(text[i])
            i += 1
            if result[result.count - 1].isDigit, let gap = gapLength(in: text, at: i) { i += gap }
        }
        return result
    }

    /// The bytes of one or two signs between two digits, such as "-" and ") "; nil where there are none.
    private static func gapLength(in text: [UInt8], at i: Int) -> Int? {
        let signs = Set(" -/()".utf8)
        for length in 1...2 where i + length < text.count && text[i + length].isDigit {
            return text[i..<i + length].allSatisfy(signs.contains) ? length : nil
        }
        return text[i...].starts(with: [0xC2, 0xA0]) && i + 2 < text.count && text[i + 2].isDigit ? 2 : nil
    }

    private static func pieces(of digits: [UInt8], _ sizes: [Int]) -> Pieces {
        var start = 0
        return sizes.map { size in
            defer { start += size }
            return (Array(digits[start..<start + size]), start..<start + size)
        }
    }
}
