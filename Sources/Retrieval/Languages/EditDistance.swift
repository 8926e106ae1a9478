/// How many slips of the pen lie between two words.
package enum EditDistance {
    /// The number of letters to insert, leave out, change, or exchange with their neighbour (Damerau and Levenshtein,
    /// optimal string alignment); nil where it is more than `limit`.
    package static func between(_ one: [UInt32], _ other: [UInt32], atMost limit: Int) -> Int? {
        guard abs(one.count - other.count) <= limit else { return nil }
        guard !one.isEmpty, !other.isEmpty else { return max(one.count, other.count) }
        var beforeLast: [Int] = []
        var last = Array(0...other.count)
        for i in 1...one.count {
            var row = [i] + Array(repeating: 0, count: other.count)
            var least = i
            for j in 1...other.count {
                let change = one[i - 1] == other[j - 1] ? 0 : 1
                row[j] = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + change)
                if i > 1, j > 1, one[i - 1] == other[j - 2], one[i - 2] == other[j - 1] {
                    row[j] = min(row[j], beforeLast[j - 2] + 1)
                }
                least = min(least, row[j])
            }
            if least > limit { return nil }
            (beforeLast, last) = (last, row)
        }
        return last[other.count] <= limit ? last[other.count] : nil
    }

    /// The length of the longest stretch that two words share.
    static func commonStretch(_ one: [UInt32], _ other: [UInt32]) -> Int {
        var best = 0
        var last = [Int](repeating: 0, count: other.count + 1)
        for a in one {
            var row = [Int](repeating: 0, count: other.count + 1)
            for (j, b) in other.enumerated() where a == b {
                row[j + 1] = last[j] + 1
                best = max(best, row[j + 1])
            }
            last = row
        }
        return best
    }

    /// The code points of a word.
    static func scalars(_ word: some Sequence<UInt8>) -> [UInt32] {
        String(decoding: Array(word), as: UTF8.self).unicodeScalars.map(\.value)
    }
}
