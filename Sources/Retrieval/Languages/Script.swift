import Bytes

/// The script that a word is written in, as far as the rules of words differ between scripts.
enum Script: Sendable, Hashable, CaseIterable {
    case latin, greek, cyrillic, armenian, hebrew, arabic, devanagari, tamil
    /// Hangul: particles are written with the word before them.
    case hangul
    /// Thai, Lao, Burmese, Khmer: no spaces between words.
    case unspaced
    /// Digits, ideographs, kana, symbols, and scripts without rules of their own.
    case other

    /// The script of the first character of a term.
    init(of term: [UInt8]) {
        guard let first = term.first, first >= 0x80 else {
            self = term.first.map(\.isLetter) == true ? .latin : .other
            return
        }
        let scalar = UTF8Character(in: term.span, at: 0).scalar ?? 0
        self =
            switch scalar {
            case 0xC0...0x24F, 0x1E00...0x1EFF, 0x2C60...0x2C7F, 0xA720...0xA7FF, 0xFB00...0xFB06: .latin
            case 0x370...0x3FF, 0x1F00...0x1FFF: .greek
            case 0x400...0x52F: .cyrillic
            case 0x530...0x58F: .armenian
            case 0x590...0x5FF, 0xFB1D...0xFB4F: .hebrew
            case 0x600...0x77F, 0x8A0...0x8FF, 0xFB50...0xFDFF, 0xFE70...0xFEFF: .arabic
            case 0x900...0x97F: .devanagari
            case 0xB80...0xBFF: .tamil
            case 0xE00...0xEFF, 0x1000...0x109F, 0x1780...0x17FF: .unspaced
            case 0xAC00...0xD7A3: .hangul
            default: .other
            }
    }
}
