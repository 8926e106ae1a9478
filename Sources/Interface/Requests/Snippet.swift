/// The part of a passage with the most of some words, cut at spaces.
package struct Snippet {
    /// The bytes of the part in the passage.
    package let range: Range<Int>
    package let text: String

    /// - Parameters:
    ///   - words: words of the query, folded. A word counts where a word of the text begins with it.
    ///   - longest: the number of bytes that the part has at most.
    package init(_ passage: String, around words: [String], longest: Int) {
        let bytes = Array(passage.utf8)
        guard bytes.count > longest else {
            range = bytes.indices
            text = passage
            return
        }
        let lower = Array(passage.lowercased().utf8)
        // Another length after folding: places would not be those of the text.
        let hits = lower.count == bytes.count ? Snippet.places(of: words, in: lower) : []
        var best = (start: 0, count: -1)
        for start in [0] + hits.map({ max(0, $0 - longest / 4) }) {
            let count = hits.count { (start..<start + longest).contains($0) }
            if count > best.count { best = (start, count) }
        }
        func isSpace(_ i: Int) -> Bool { [32, 10, 9].contains(bytes[i]) }
        func isInside(_ i: Int) -> Bool { i < bytes.count && bytes[i] & 0xC0 == 0x80 }
        var start = min(best.start, bytes.count - longest)
        if start > 0 {
            start = (start..<min(start + 40, bytes.count - 1)).first(where: isSpace).map { $0 + 1 } ?? start
            while isInside(start) { start += 1 }
        }
        var end = min(bytes.count, start + longest)
        if end < bytes.count {
            end = (max(start + 1, end - 40)..<end).last(where: isSpace) ?? end
            while end > start, isInside(end) { end -= 1 }
        }
        range = start..<end
        text = String(decoding: bytes[range], as: UTF8.self)
    }

    /// Where words of a text begin that begin with one of some words.
    private static func places(of words: [String], in text: [UInt8]) -> [Int] {
        let sought = words.flatMap { $0.lowercased().split(separator: " ") }.map { Array($0.utf8) }.filter { $0.count > 1 }
        func isLetter(_ byte: UInt8) -> Bool {
            byte >= 0x80 || (48...57).contains(byte) || (97...122).contains(byte)
        }
        return text.indices.filter { i in
            isLetter(text[i]) && (i == 0 || !isLetter(text[i - 1])) && sought.contains { text[i...].starts(with: $0) }
        }
    }
}
