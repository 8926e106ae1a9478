/// Puts the letters of a line from the order in which they stand into the order in which they are read.
enum PDFDirection {
    /// The kinds of letters that decide the order.
    private enum Kind {
        case right
        case left
        case digit
        /// A mark that stands inside numbers, as in 1,5.
        case separator
        /// A sign that stands inside numbers, as in 03-555.
        case sign
        /// A sign that belongs to the number beside it, as in 17%.
        case terminator
        case neutral
    }

    /// The letters in reading order.
    ///
    /// - Parameters:
    ///   - glyphs: the letters of each glyph, from left to right.
    ///   - isRightToLeft: whether the line as a whole runs from right to left.
    ///   - mirrors: whether brackets in text from right to left are the shapes that stand on the page.
    static func logical(_ glyphs: [[UInt32]], isRightToLeft: Bool, mirrors: Bool) -> [UInt32] {
        let kinds = glyphs.map { kind($0.first ?? 0x20) }
        guard !isRightToLeft else { return reversed(glyphs[...], kinds[...], mirrors) }
        // A line of another direction holds runs from right to left.
        var out: [UInt32] = []
        var i = 0
        while i < glyphs.count {
            guard kinds[i] == .right else {
                out += glyphs[i]
                i += 1
                continue
            }
            var end = i + 1
            var next = end
            while next < glyphs.count, kinds[next] != .left {
                next += 1
                if kinds[next - 1] == .right { end = next }
            }
            out += reversed(glyphs[i..<end], kinds[i..<end], mirrors)
            i = end
        }
        return out
    }

    private static func kind(_ letter: UInt32) -> Kind {
        switch letter {
        case 0x30...0x39, 0x660...0x669, 0x6F0...0x6F9: return .digit
        case 0x2B, 0x2D, 0x2212: return .sign
        case 0x2C, 0x2E, 0x2F, 0x3A, 0x66B, 0x66C: return .separator
        case 0x23...0x25, 0xA2...0xA5, 0xB0, 0xB1, 0x66A, 0x2030...0x2034, 0x20A0...0x20CF: return .terminator
        default: return letter.isRightToLeft ? .right : letter.isLetter ? .left : .neutral
        }
    }

    /// The letters from right to left, but numbers and words of the other direction as they stand.
    private static func reversed(_ glyphs: ArraySlice<[UInt32]>, _ kinds: ArraySlice<Kind>, _ mirrors: Bool) -> [UInt32] {
        var parts: [[UInt32]] = []
        var i = glyphs.startIndex
        while i < glyphs.endIndex {
            let isNumber = kinds[i] == .digit || kinds[i] == .terminator
            let end = runEnd(i, kinds, signsPart: isNumber && signsPart(i, glyphs, kinds))
            parts.append(glyphs[i..<end].flatMap { $0 })
            i = end
        }
        parts.reverse()
        guard mirrors else { return parts.flatMap { $0 } }
        return parts.flatMap { $0.count == 1 ? [mirrored[$0[0]] ?? $0[0]] : $0 }
    }

    /// Whether a page gives the brackets of text from right to left as the shapes that stand on it, and not as they are read.
    ///
    /// Of a pair of shapes, the opening one stands on the left.
    static func drawsShapes(_ rows: some Sequence<[UInt32]>) -> Bool {
        var votes = 0
        for letters in rows where letters.contains(where: \.isRightToLeft) {
            var open = false
            var close = false
            for letter in letters where openers.contains(letter) || closers.contains(letter) {
                let opens = openers.contains(letter)
                if !opens, open { votes += 1 } else if opens, close { votes -= 1 }
                (open, close) = (opens && !close, !opens && !open)
            }
        }
        return votes > 0
    }

    /// Whether the parts of a number stand from right to left: after an Arabic letter, plus and minus signs and hyphens part it
    /// (Unicode's bidirectional algorithm, rules W2 and W4).
    private static func signsPart(_ i: Int, _ glyphs: ArraySlice<[UInt32]>, _ kinds: ArraySlice<Kind>) -> Bool {
        // The text before the number stands to the right of it.
        guard let before = kinds[i...].firstIndex(where: { $0 == .right || $0 == .left }) else { return false }
        return glyphs[before].first?.isArabic ?? false
    }

    /// The end of the run of letters from left to right that starts at `i`; one glyph further for other letters.
    private static func runEnd(_ i: Int, _ kinds: ArraySlice<Kind>, signsPart: Bool) -> Int {
        // A sign of money before a number is a part of it, but not after an Arabic letter (rule W5).
        var i = i
        let start = i
        while !signsPart, i + 1 < kinds.endIndex, i - start < longestSigns, kinds[i] == .terminator { i += 1 }
        guard kinds[i] == .left && i == start || kinds[i] == .digit else { return start + 1 }
        var end = i + 1
        var holdsWord = kinds[i] == .left
        var next = end
        while next < kinds.endIndex, kinds[next] != .right {
            let between = kinds[end..<next]
            if kinds[next] == .left || kinds[next] == .digit {
                let isOneNumber =
                    between.count <= 1 && between.allSatisfy { $0 == .separator || $0 == .sign && !signsPart }
                    || !signsPart && between.allSatisfy { $0 == .terminator }
                guard isOneNumber || holdsWord else { break }
                holdsWord = holdsWord || kinds[next] == .left
                end = next + 1
            }
            next += 1
        }
        if !signsPart, kinds[end - 1] == .digit { while end < kinds.endIndex, kinds[end] == .terminator { end += 1 } }
        return end
    }

    /// A longer run of signs before a digit is no part of a number.
    private static let longestSigns = 8
    private static let openers: Set<UInt32> = [0x28, 0x5B, 0x7B, 0xAB]
    private static let closers: Set<UInt32> = [0x29, 0x5D, 0x7D, 0xBB]
    private static let mirrored: [UInt32: UInt32] = [
        0x28: 0x29, 0x29: 0x28, 0x5B: 0x5D, 0x5D: 0x5B, 0x7B: 0x7D, 0x7D: 0x7B, 0xAB: 0xBB, 0xBB: 0xAB, 0x3C: 0x3E,
        0x3E: 0x3C,
    ]
}
