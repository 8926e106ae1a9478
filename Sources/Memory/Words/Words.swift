import Bytes

/// What a word is, how it is folded and how it is spelled.
///
/// The rules equal those of `pipelines/training/corpus/words.py`. They name code points and ask no Unicode table, because
/// the versions of such tables differ. Text is bytes; a byte that is no part of a UTF-8 character counts as a character of
/// class `.other`.
package enum Words {
    /// The words of a text in order: runs of letters, runs of one to four digits, single characters of class `.ideograph`.
    package static func forms(in text: Span<UInt8>) -> [Range<Int>] {
        var forms: [Range<Int>] = []
        var start = 0
        while start < text.count {
            let end = pieceEnd(in: text, from: start)
            let first = text[start] == 0x20 ? start + 1 : start
            if first < end, character(in: text, at: first).wordClass.isWordy { forms.append(first..<end) }
            start = end
        }
        return forms
    }

    /// The distinct terms of a text, sorted by their bytes; function words are among them.
    package static func terms(in text: Span<UInt8>) -> [[UInt8]] {
        var terms: Set<[UInt8]> = []
        for range in forms(in: text) {
            let form = [UInt8](unsafeUninitializedCapacity: range.count) { bytes, count in
                for i in range { bytes[i - range.lowerBound] = text[i] }
                count = range.count
            }
            terms.insert(term(form))
        }
        return terms.sorted { $0.lexicographicallyPrecedes($1) }
    }

    /// The end of the pre-token that starts at `start`, which must be 0 or the end of another pre-token.
    ///
    /// Pre-tokens follow one another without a gap. A pre-token is a word or a run of other characters, either of them with
    /// the space before it, or it is a run of white space.
    package static func pieceEnd(in text: Span<UInt8>, from start: Int) -> Int {
        var (wordClass, length) = character(in: text, at: start)
        var end = start
        if wordClass == .space {
            let next = start + 1 < text.count ? character(in: text, at: start + 1) : (.space, 0)
            guard text[start] == 0x20, next.wordClass != .space else {
                end = start + 1
                while end < text.count, text[end].isSpace { end += 1 }
                return end < text.count && text[end - 1] == 0x20 && end - 1 > start ? end - 1 : end
            }
            end = start + 1
            (wordClass, length) = next
        }
        end += length
        let limit =
            switch wordClass {
            case .ideograph: end
            case .digit: min(text.count, end + 3)
            default: text.count
            }
        while end < limit {
            let next = character(in: text, at: end)
            if next.wordClass != wordClass { break }
            end += next.length
        }
        return end
    }

    /// The lines of a list of words. A line feed ends each line.
    package static func lines(in list: [UInt8]) -> [[UInt8]] {
        var lines = list.split(separator: 0x0A, omittingEmptySubsequences: false).map(Array.init)
        if lines.last?.isEmpty == true { lines.removeLast() }
        return lines
    }
}
