import Bytes

/// Bytes that are signs of windows-1252 in their usual places: 25°C, £5, m², § 7, © 2024.
///
/// English and German text often has no other bytes outside ASCII. In other encodings each of them is a letter, which would stand
/// alone, or in a word of ASCII.
struct WesternSigns {
    private let bytes: [UInt8]
    /// Whether quotation marks point outwards somewhere: « before a word and » after one.
    private let hasGuillemets: Bool

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        hasGuillemets = bytes.contains(0xAB) && bytes.contains(0xBB)
    }

    /// Whether all bytes outside ASCII are signs, and letters and digits of ASCII are no fewer than they.
    var areAll: Bool {
        var signs = 0
        var words = 0
        for i in bytes.indices {
            if bytes[i].isAlphanumeric { words += 1 }
            guard bytes[i] >= 0x80 else { continue }
            guard isSign(i) || isMark(i) else { return false }
            signs += 1
        }
        return signs > 0 && signs <= words
    }

    /// The bytes with a space in place of each sign.
    var withoutSigns: [UInt8] { bytes.indices.map { bytes[$0] >= 0x80 && isSign($0) ? 32 : bytes[$0] } }

    private func byte(_ i: Int) -> UInt8 {
        // A no-break space parts words as a space does.
        bytes.indices.contains(i) && bytes[i] != 0xA0 ? bytes[i] : 32
    }

    /// Whether a byte is a letter or digit of ASCII, or a letter of windows-1252 or of another encoding.
    private func isWord(_ byte: UInt8) -> Bool { byte.isAlphanumeric || byte >= 0xC0 && byte != 0xD7 && byte != 0xF7 }

    /// The letters of ASCII that stand without a gap before or after a place.
    private func word(_ place: Int, step: Int) -> String {
        var word: [UInt8] = []
        var i = place + step
        while word.count < 5, byte(i).isLetter {
            word.append(byte(i))
            i += step
        }
        return String(decoding: step < 0 ? word.reversed() : word, as: UTF8.self)
    }

    /// Signs of sums, measures, trade and law, with the middle dot, the bullet and daggers.
    private static let alone: Set<UInt8> = [
        0x80, 0x86, 0x87, 0x89, 0x95, 0x96, 0x97, 0x99, 0xA2, 0xA3, 0xA4, 0xA5, 0xA6, 0xA7, 0xA9, 0xAC, 0xAE, 0xB0, 0xB1,
        0xB2,
        0xB3, 0xB5, 0xB6, 0xB7, 0xB9, 0xBC, 0xBD, 0xBE, 0xD7, 0xF7,
    ]
    private static let units: Set<String> = ["m", "cm", "km", "mm", "dm", "nm", "ft", "in", "yd", "mi", "s", "x", "r", "n"]

    /// Whether the byte at a place is a sign that no letter could be.
    private func isSign(_ i: Int) -> Bool {
        let before = byte(i - 1)
        let after = byte(i + 1)
        if bytes[i] == 0xA0 { return !(before.isLetter && after.isLetter) && before < 0xC0 && after < 0xC0 }
        let isFree = !isWord(before) && !isWord(after)
        if Self.alone.contains(bytes[i]) {
            if isFree || before.isDigit && after < 0xC0 || after.isDigit && before < 0xC0 { return true }
        }
        let endsWord = before.isLetter && !isWord(after)
        switch bytes[i] {
        case 0xB0: return !isWord(before) && "CFKNESWR".utf8.contains(after) && !isWord(byte(i + 2))
        case 0x86, 0x87, 0x99, 0xAE, 0xB2: return endsWord
        case 0xB3: return endsWord && Self.units.contains(word(i, step: -1))
        case 0xA9: return !isWord(before) && after.isUppercase && !byte(i + 2).isUppercase
        case 0xB5:
            let unit = word(i, step: 1)
            return !isWord(before) && (unit == "mol" || unit.count < 3 && unit.first.map("mgslLAVFWJNTHM".contains) ?? false)
        case 0xB7: return before.isLetter && after.isLetter
        case 0xAA, 0xBA: return before.isDigit && !isWord(after) || "nN".utf8.contains(before) && after == 32
        case 0xAB: return hasGuillemets && !isWord(before)
        case 0xBB: return hasGuillemets && !isWord(after)
        default: return false
        }
    }

    /// The ends of English words that an apostrophe cuts short.
    private static let endings: Set<String> = ["s", "t", "d", "m", "ll", "re", "ve"]

    /// Whether the byte at a place is a quotation mark or a space that another encoding could have as a letter.
    private func isMark(_ i: Int) -> Bool {
        let before = byte(i - 1)
        let after = byte(i + 1)
        switch bytes[i] {
        case 0xA0: return true
        case 0x82, 0x84, 0x91, 0x93, 0x8B: return !isWord(before) && !after.isControlOrSpace
        case 0x94, 0x9B: return !before.isControlOrSpace && !isWord(after)
        case 0x85: return !after.isLetter || !before.isLetter
        case 0x92, 0xB4:
            return before.isLetter && (!isWord(after) || Self.endings.contains(word(i, step: 1)))
                || !isWord(before) && after.isDigit
        default: return false
        }
    }
}
