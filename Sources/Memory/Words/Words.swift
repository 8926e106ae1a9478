/// What a word is, how it is folded and how it is spelled.
///
/// The rules are those of `pipelines/training/words.py`, fixed for ever: they name code points and ask no Unicode
/// table, whose versions differ. Text is bytes; a byte that is no part of a UTF-8 character is a character of class
/// `.other` by itself.
public enum Words {
    /// The folded form: the alphabets whose case is one to one, in lower case. The length stays.
    public static func fold(_ form: [UInt8]) -> [UInt8] {
        var folded = form
        mapScalars(of: &folded, in: 0..<form.count, by: folded(scalar:))
        return folded
    }

    /// The form in upper case, for the same alphabets as `fold`. The length stays.
    public static func upper(_ form: [UInt8]) -> [UInt8] {
        var raised = form
        mapScalars(of: &raised, in: 0..<form.count, by: raised(scalar:))
        return raised
    }

    /// The form with its first character in upper case.
    public static func capitalised(_ form: [UInt8]) -> [UInt8] {
        guard !form.isEmpty else { return form }
        var raised = form
        let first = character(in: form.span, at: 0).length
        mapScalars(of: &raised, in: 0..<first, by: raised(scalar:))
        return raised
    }

    /// The member of the word set that stands for a form: the folded word, or the form itself where it is neither
    /// lower, Capitalised nor UPPER.
    public static func term(_ form: [UInt8]) -> [UInt8] {
        let word = fold(form)
        if word == form || form == capitalised(word) || form == upper(word) { return word }
        return form
    }

    /// All texts that a term may appear as, each once: lower, Capitalised, UPPER, and each with a space before it.
    /// The second one (a space, then the term) stands for the term in prefixes.
    public static func spellings(of term: [UInt8]) -> [[UInt8]] {
        var forms = [term]
        if fold(term) == term {
            for form in [capitalised(term), upper(term)] where !forms.contains(form) { forms.append(form) }
        }
        return forms.flatMap { [$0, [0x20] + $0] }
    }

    /// The words of a text in order: runs of letters, runs of one to four digits, single ideographs.
    public static func forms(in text: Span<UInt8>) -> [Range<Int>] {
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
    public static func terms(in text: Span<UInt8>) -> [[UInt8]] {
        var terms: Set<[UInt8]> = []
        for form in forms(in: text) {
            terms.insert(
                term(
                    [UInt8](unsafeUninitializedCapacity: form.count) { bytes, count in
                        for i in form { bytes[i - form.lowerBound] = text[i] }
                        count = form.count
                    }))
        }
        return terms.sorted { $0.lexicographicallyPrecedes($1) }
    }

    /// The pre-tokens of a text, which follow one another without a gap: a word, or a run of other characters, either
    /// with the space before it; or a run of white space.
    public static func pieces(in text: Span<UInt8>) -> [Range<Int>] {
        var pieces: [Range<Int>] = []
        var start = 0
        while start < text.count {
            let end = pieceEnd(in: text, from: start)
            pieces.append(start..<end)
            start = end
        }
        return pieces
    }

    /// The end of the pre-token that starts at `start`, which must be the end of another one or 0.
    package static func pieceEnd(in text: Span<UInt8>, from start: Int) -> Int {
        var (wordClass, length) = character(in: text, at: start)
        var end = start
        if wordClass == .space {
            let next = start + 1 < text.count ? character(in: text, at: start + 1) : (.space, 0)
            guard text[start] == 0x20, next.wordClass != .space else {
                end = start + 1
                while end < text.count, text[end].isWordSpace { end += 1 }
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

    /// The lines of a list of words, each ended by a line feed.
    public static func lines(in list: [UInt8]) -> [[UInt8]] {
        var lines = list.split(separator: 0x0A, omittingEmptySubsequences: false).map(Array.init)
        if lines.last?.isEmpty == true { lines.removeLast() }
        return lines
    }
}

// MARK: Case

extension Words {
    /// The lower-case form of a code point.
    package static func folded(scalar c: UInt32) -> UInt32 {
        switch c {
        case 0x41...0x5A, 0xC0...0xD6, 0xD8...0xDE, 0x391...0x3A1, 0x3A3...0x3A9, 0x410...0x42F: c + 32
        case 0x130, 0x131: c
        case 0x178: 0xFF
        case 0x100...0x137, 0x14A...0x177: c | 1
        case 0x139...0x148, 0x179...0x17E: c + (c & 1)
        case 0x400...0x40F: c + 80
        default: c
        }
    }

    /// The code point of which `scalar` is the lower-case form, or `scalar`.
    package static func raised(scalar c: UInt32) -> UInt32 {
        switch c {
        case 0x61...0x7A, 0xE0...0xF6, 0xF8...0xFE, 0x3B1...0x3C1, 0x3C3...0x3C9, 0x430...0x44F: c - 32
        case 0x130, 0x131: c
        case 0xFF: 0x178
        case 0x100...0x137, 0x14A...0x177: c & ~1
        case 0x139...0x148, 0x179...0x17E: c - (c & 1 ^ 1)
        case 0x450...0x45F: c - 80
        default: c
        }
    }

    /// Maps the characters of one and two bytes; the map must keep their length.
    private static func mapScalars(of bytes: inout [UInt8], in range: Range<Int>, by map: (UInt32) -> UInt32) {
        var i = range.lowerBound
        while i < range.upperBound {
            let lead = bytes[i]
            if lead < 0x80 {
                bytes[i] = UInt8(truncatingIfNeeded: map(UInt32(lead)))
                i += 1
            } else if lead >= 0xC2, lead < 0xE0, i + 1 < range.upperBound, bytes[i + 1] & 0xC0 == 0x80 {
                let scalar = map(UInt32(lead & 0x1F) << 6 | UInt32(bytes[i + 1] & 0x3F))
                bytes[i] = 0xC0 | UInt8(truncatingIfNeeded: scalar >> 6)
                bytes[i + 1] = 0x80 | UInt8(truncatingIfNeeded: scalar & 0x3F)
                i += 2
            } else {
                i += 1
            }
        }
    }
}
