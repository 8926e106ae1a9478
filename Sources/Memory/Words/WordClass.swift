import Bytes

/// The class of a character in the rules of words.
package enum WordClass: UInt8, Sendable {
    /// White space of ASCII.
    case space
    /// A character that is part of no word: punctuation, box drawing, a byte that is not UTF-8.
    case other
    /// A character that makes a word together with the letters around it.
    case letter
    /// 0 to 9.
    case digit
    /// A character that is a word by itself: an ideograph, a kana, an emoji, a sign of currency or mathematics, an arrow.
    case ideograph

    /// The class of a code point.
    package init(scalar c: UInt32) {
        if c < 0x80 {
            let byte = UInt8(truncatingIfNeeded: c)
            self = byte.isLetter ? .letter : byte.isSpace ? .space : byte.isDigit ? .digit : .other
            return
        }
        self =
            switch c {
            case 0x37E, 0x387, 0x589, 0x5BE, 0x60C, 0x61B, 0x61F, 0x6D4, 0x964, 0x965, 0xD7, 0xF7: .other
            case 0xC0...0x1FFF, 0xAA, 0xB5, 0xBA: .letter
            case 0x2C00...0x2DFF, 0xA640...0xABFF, 0xAC00...0xD7AF, 0xFB00...0xFDFF, 0xFE70...0xFEFC: .letter
            case 0x20A0...0x20CF, 0x2100...0x22FF, 0x2600...0x27BF, 0x1F000...0x1FAFF: .ideograph
            case 0x3041...0x3096, 0x30A1...0x30FA, 0x3100...0x312F, 0x3400...0x4DBF, 0x4E00...0x9FFF: .ideograph
            case 0xF900...0xFAFF, 0x20000...0x3FFFF: .ideograph
            default: .other
            }
    }

    /// Whether characters of the class make words.
    package var isWordy: Bool { rawValue >= WordClass.letter.rawValue }
}
