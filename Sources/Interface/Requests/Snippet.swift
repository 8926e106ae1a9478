import Retrieval

/// The part of a passage with the most of some words, cut at spaces.
package struct Snippet {
    /// The bytes of the part in the passage.
    package let range: Range<Int>
    package let text: String

    /// - Parameters:
    ///   - words: the words of the query, as a search found them.
    ///   - longest: the number of bytes that the part has at most.
    package init(_ passage: String, around words: MatchedWords, longest: Int) {
        let bytes = Array(passage.utf8)
        guard bytes.count > longest else {
            range = bytes.indices
            text = passage
            return
        }
        let hits = words.places(in: bytes).map(\.lowerBound)
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
}
