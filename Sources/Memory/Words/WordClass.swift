/// What a character is to the rules of words.
package enum WordClass: UInt8, Sendable {
    /// White space of ASCII.
    case space
    /// A character that is part of no word: punctuation, symbols, bytes that are not UTF-8.
    case other
    /// A character that makes a word together with the letters around it.
    case letter
    /// 0 to 9.
    case digit
    /// A character that is a word by itself.
    case ideograph

    /// The class of a code point.
    package init(scalar c: UInt32) {
        if c < 0x80 {
            let byte = UInt8(truncatingIfNeeded: c)
            if (byte | 0x20) &- 0x61 < 26 {
                self = .letter
            } else if byte.isWordSpace {
                self = .space
            } else {
                self = byte &- 0x30 < 10 ? .digit : .other
            }
            return
        }
        self =
            switch c {
            case 0x37E, 0x387, 0x589, 0x5BE, 0x60C, 0x61B, 0x61F, 0x6D4, 0x964, 0x965, 0xD7, 0xF7: .other
            case 0xC0...0x1FFF, 0xAA, 0xB5, 0xBA: .letter
            case 0x2C00...0x2DFF, 0xA640...0xABFF, 0xAC00...0xD7AF, 0xFB00...0xFDFF, 0xFE70...0xFEFC: .letter
            case 0x3041...0x3096, 0x30A1...0x30FA, 0x3100...0x312F, 0x3400...0x4DBF, 0x4E00...0x9FFF,
                0xF900...0xFAFF, 0x20000...0x3FFFF:
                .ideograph
            default: .other
            }
    }

    /// Whether such characters make words.
    package var isWordy: Bool { rawValue >= WordClass.letter.rawValue }
}

extension UInt8 {
    /// Whether the byte is white space: a blank, or one of TAB, LF, VT, FF, CR.
    package var isWordSpace: Bool { self == 0x20 || self &- 0x09 < 5 }
}

extension Words {
    /// The class and the length in bytes of the character that starts at `i`.
    @inline(__always)
    package static func character(in text: Span<UInt8>, at i: Int) -> (wordClass: WordClass, length: Int) {
        let lead = text[i]
        if lead < 0x80 { return (WordClass(scalar: UInt32(lead)), 1) }
        return longCharacter(in: text, at: i)
    }

    private static func longCharacter(in text: Span<UInt8>, at i: Int) -> (wordClass: WordClass, length: Int) {
        let lead = text[i]
        let rest = text.count - i
        func tail(_ k: Int) -> UInt32? {
            let byte = text[i + k]
            return byte & 0xC0 == 0x80 ? UInt32(byte & 0x3F) : nil
        }
        switch lead {
        case 0xC2...0xDF:
            if rest > 1, let a = tail(1) { return (WordClass(scalar: UInt32(lead & 0x1F) << 6 | a), 2) }
        case 0xE0...0xEF:
            if rest > 2, let a = tail(1), let b = tail(2) {
                let scalar = UInt32(lead & 0x0F) << 12 | a << 6 | b
                if scalar >= 0x800, scalar & 0xF800 != 0xD800 { return (WordClass(scalar: scalar), 3) }
            }
        case 0xF0...0xF4:
            if rest > 3, let a = tail(1), let b = tail(2), let c = tail(3) {
                let scalar = UInt32(lead & 0x07) << 18 | a << 12 | b << 6 | c
                if scalar >= 0x10000, scalar <= 0x10FFFF { return (WordClass(scalar: scalar), 4) }
            }
        default: break
        }
        return (.other, 1)
    }
}
