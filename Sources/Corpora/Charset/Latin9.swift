import Bytes

/// Tells ISO-8859-15 from ISO-8859-1, which differ in eight characters: € for ¤, Š š Ž ž for ¦ ¨ ´ ¸, and Œ œ Ÿ for ¼ ½ ¾.
enum Latin9 {
    /// Whether some of these bytes stand where only the characters of ISO-8859-15 stand, and none where it has none.
    static func isLikely(_ bytes: [UInt8]) -> Bool {
        var found = false
        for i in bytes.indices where bytes[i] >= 0x80 {
            if bytes[i] < 0xA0 { return false }
            let before = i > 0 ? bytes[i - 1] : 32
            let after = i + 1 < bytes.count ? bytes[i + 1] : 32
            let far = i > 1 ? bytes[i - 2] : 32
            switch bytes[i] {
            case 0xA4:
                // A sign of money stands beside a number.
                let isMoney = before.isDigit || after.isDigit || (before == 32 || before == 0xA0) && far.isDigit
                guard isMoney else { return false }
                found = true
            case 0xA6, 0xB4, 0xBC, 0xBE:
                let isFirst = isLetter(after) && !isLetter(before) && !before.isDigit && before != 0xA0
                // In ISO-8859-1, ´ often is the apostrophe after a letter that stands alone, as in L´AVION.
                let isInWord = isUpper(before) && isUpper(after) && (bytes[i] != 0xB4 || isLetter(far))
                guard isFirst || isInWord else { return false }
                found = true
            case 0xA8, 0xB8, 0xBD:
                guard isLetter(before) && isLetter(after) else { return false }
                found = true
            default: break
            }
        }
        return found
    }

    private static func isLetter(_ byte: UInt8) -> Bool { byte.isLetter || byte >= 0xC0 && byte != 0xD7 && byte != 0xF7 }

    private static func isUpper(_ byte: UInt8) -> Bool { byte.isUppercase || 0xC0...0xDE ~= byte && byte != 0xD7 }
}
