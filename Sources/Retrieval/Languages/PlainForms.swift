import Bytes
import Foundation

/// Words without accents and without the differences that Unicode makes between forms of one letter.
///
/// Nothing of this is stored, so tables of Unicode may differ between versions. A value remembers the characters that it
/// has seen.
struct PlainForms {
    private var known: [UInt32: [UInt8]] = [:]

    /// The plain form of a word: lower case, without accents, ligatures as letters, wide and presentation forms as usual
    /// ones. Marks that are vowels or tones of their script stay.
    mutating func plain(_ word: [UInt8]) -> [UInt8] {
        if word.allSatisfy({ $0 < 0x80 }) { return word.map { $0.isUppercase ? $0 | 0x20 : $0 } }
        return scalarwise(word) ?? whole(word)
    }

    /// The plain form of a word, character by character; nil where its characters may belong together.
    private mutating func scalarwise(_ word: [UInt8]) -> [UInt8]? {
        var result: [UInt8] = []
        var bytes = word.makeIterator()
        var decoder = UTF8()
        while true {
            switch decoder.decode(&bytes) {
            case .scalarValue(let scalar):
                if 0x300...0x36F ~= scalar.value { return nil }
                result += plain(scalar)
            case .emptyInput: return result
            case .error: return nil
            }
        }
    }

    private mutating func whole(_ word: [UInt8]) -> [UInt8] {
        var text = String(decoding: word, as: UTF8.self)
        // Cyrillic й is a letter of its own, so a composed form must not fall apart.
        if text.unicodeScalars.contains(where: { 0x300...0x36F ~= $0.value }) {
            text = text.precomposedStringWithCanonicalMapping
        }
        return text.unicodeScalars.flatMap { plain($0) }
    }

    /// The plain form in which ä, ö, ü, å and ø are written with two letters; nil where it is the plain form.
    mutating func digraphs(_ word: [UInt8]) -> [UInt8]? {
        // The letters themselves, a letter with a mark behind it, or the sign of a unit.
        guard word.contains(where: { $0 == 0xC3 || $0 == 0xCC || $0 == 0xE2 }) else { return nil }
        let text = String(decoding: word, as: UTF8.self).precomposedStringWithCanonicalMapping
        var found = false
        let long = text.unicodeScalars.flatMap { scalar -> [UInt8] in
            if let pair = PlainForms.pairs[scalar] {
                found = true
                return Array(pair.utf8)
            }
            return plain(scalar)
        }
        return found ? long : nil
    }

    private mutating func plain(_ scalar: Unicode.Scalar) -> [UInt8] {
        if scalar.value < 0x80 { return [UInt8(scalar.value) | (UInt8(scalar.value).isUppercase ? 0x20 : 0)] }
        if let form = known[scalar.value] { return form }
        let form = PlainForms.form(of: scalar)
        known[scalar.value] = form
        return form
    }

    private static func form(of scalar: Unicode.Scalar) -> [UInt8] {
        if let letters = special[scalar] { return Array(letters.utf8) }
        if isAccent(scalar.value) { return [] }
        let lower = String(scalar).lowercased()
        // Hangul and Cyrillic would fall apart into letters.
        if 0xAC00...0xD7A3 ~= scalar.value || 0x400...0x52F ~= scalar.value { return special(lower) }
        let parts = lower.decomposedStringWithCompatibilityMapping.lowercased().unicodeScalars
        let kept = parts.filter { !isAccent($0.value) }
        return special(String(String.UnicodeScalarView(kept)))
    }

    private static func special(_ text: String) -> [UInt8] {
        text.unicodeScalars.flatMap { scalar in special[scalar].map { Array($0.utf8) } ?? Array(String(scalar).utf8) }
    }

    /// Marks that a word is often written without: accents, points of Hebrew and Arabic, and characters that show nothing.
    private static func isAccent(_ c: UInt32) -> Bool {
        switch c {
        case 0x300...0x36F, 0x1AB0...0x1AFF, 0x1DC0...0x1DFF, 0x20D0...0x20FF, 0xFE20...0xFE2F: true
        case 0x591...0x5BD, 0x5BF...0x5C7: true
        case 0x610...0x61A, 0x640, 0x64B...0x65F, 0x670, 0x6D6...0x6ED: true
        case 0xAD, 0x200B...0x200F, 0x2060, 0xFEFF: true
        default: false
        }
    }

    private static let pairs: [Unicode.Scalar: String] = [
        "ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "Ä": "ae", "Ö": "oe", "Ü": "ue", "Å": "aa", "Ø": "oe",
    ]

    /// Letters that Unicode does not take apart.
    private static let special: [Unicode.Scalar: String] = [
        "ß": "ss", "ẞ": "ss", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ø": "o", "Ø": "o", "đ": "d", "Đ": "d", "ð": "d",
        "Ð": "d", "þ": "th", "Þ": "th", "ł": "l", "Ł": "l", "ħ": "h", "Ħ": "h", "ı": "i", "ŋ": "n", "ſ": "s", "ŧ": "t",
        "ς": "σ", "ё": "е", "ѐ": "е", "ѝ": "и", "ґ": "г", "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ٱ": "ا",
    ]
}
