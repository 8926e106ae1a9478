/// Two letters that stand beside one another, or a letter and an end of its word, which is 0.
struct LetterPair: Hashable {
    let first: UInt16
    let second: UInt16

    /// Whether one of the letters is outside ASCII.
    var isTelling: Bool { first >= 0x80 || second >= 0x80 }

    /// The pairs of a table, as `LetterPairs` has them.
    static func all(in table: String) -> Set<LetterPair> {
        var pairs: Set<LetterPair> = []
        for entry in table.unicodeScalars.split(separator: " ") {
            let letters = entry.map { $0 == "_" ? 0 : UInt16(truncatingIfNeeded: $0.value) }
            let slash = entry.firstIndex(of: "/").map { entry.distance(from: entry.startIndex, to: $0) } ?? letters.count
            for before in letters[2..<slash] { pairs.insert(LetterPair(first: before, second: letters[0])) }
            for after in letters[slash...].dropFirst() { pairs.insert(LetterPair(first: letters[0], second: after)) }
        }
        return pairs
    }
}

/// How often each two bytes stand beside one another, where one of them is outside ASCII. A space stands at both ends.
struct BytePairCounts {
    private(set) var counts: [(first: UInt8, second: UInt8, count: Int)] = []

    init(_ bytes: [UInt8]) {
        // The pairs are noted when they are first seen: most of the 65,536 never are.
        var places = [Int32](repeating: -1, count: 1 << 16)
        var before: UInt8 = 32
        func count(_ byte: UInt8) {
            if before | byte >= 0x80 {
                let pair = Int(before) << 8 | Int(byte)
                if places[pair] < 0 {
                    places[pair] = Int32(counts.count)
                    counts.append((before, byte, 0))
                }
                counts[Int(places[pair])].count += 1
            }
            before = byte
        }
        for byte in bytes { count(byte) }
        count(32)
    }
}
