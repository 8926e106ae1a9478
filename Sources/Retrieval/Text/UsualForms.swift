import Foundation

/// A text as a reader sees its letters: wide forms and ligatures as usual letters, accents on their letters, and no soft
/// hyphens or other characters that show nothing. Lowered digits are digits.
enum UsualForms {
    /// The text in usual forms; nil where it has no others.
    static func of(_ text: [UInt8]) -> [UInt8]? {
        guard mayDiffer(text) else { return nil }
        var scalars = String.UnicodeScalarView()
        var differs = false
        var hasMarks = false
        for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
            switch scalar.value {
            case 0xAD, 0x200B, 0x200E, 0x200F, 0x2060, 0xFEFF:
                differs = true
            case 0x2080...0x2089:
                // CO₂ is typed as CO2.
                scalars.append(Unicode.Scalar(UInt8(scalar.value - 0x2080 + 0x30)))
                differs = true
            case 0xFB00...0xFB06, 0xFF01...0xFFEF:
                scalars.append(contentsOf: String(scalar).precomposedStringWithCompatibilityMapping.unicodeScalars)
                differs = true
                // The marks of half-width kana belong to the letter before.
                if scalar.value == 0xFF9E || scalar.value == 0xFF9F { hasMarks = true }
            case 0x300...0x36F:
                hasMarks = true
                scalars.append(scalar)
            default:
                scalars.append(scalar)
            }
        }
        guard differs || hasMarks else { return nil }
        let usual = String(scalars)
        return Array((hasMarks ? usual.precomposedStringWithCanonicalMapping : usual).utf8)
    }

    /// Whether a byte begins one of the characters. Most texts have none, and are not looked at closer.
    private static func mayDiffer(_ text: [UInt8]) -> Bool {
        var i = 0
        while i < text.count {
            switch text[i] {
            case 0xCC, 0xCD: return true
            case 0xC2: if i + 1 < text.count, text[i + 1] == 0xAD { return true }
            case 0xE2:
                if isUnusual(text, i) { return true }
            case 0xEF: if i + 1 < text.count, text[i + 1] >= 0xAC { return true }
            default: break
            }
            i += 1
        }
        return false
    }

    /// Whether a character of U+2000 to U+2FFF, which starts at a byte, shows nothing or is a lowered digit.
    private static func isUnusual(_ text: [UInt8], _ i: Int) -> Bool {
        guard i + 2 < text.count else { return false }
        return switch text[i + 1] {
        case 0x80: [0x8B, 0x8E, 0x8F].contains(text[i + 2])
        case 0x81: text[i + 2] == 0xA0
        case 0x82: 0x80...0x89 ~= text[i + 2]
        default: false
        }
    }
}
