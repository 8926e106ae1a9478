import Bytes

/// How well bytes fit an East Asian encoding.
///
/// The score is the mean weight of the characters outside ASCII. It is near 1 for ordinary prose.
enum MultiByteScore {
    /// The encodings. When two have equal scores, the first wins.
    static let encodings: [TextEncoding] = [.eucJapanese, .korean, .shiftJIS, .big5, .gb18030]

    /// The mean weight of the characters outside ASCII.
    static func score(_ bytes: [UInt8], as encoding: TextEncoding) -> Double {
        var sum = 0.0
        var characters = 0
        var asciiTrails = 0
        var alone = 0
        var i = 0
        while i < bytes.count {
            guard bytes[i] >= 0x80 else {
                i += 1
                continue
            }
            let trail = i + 1 < bytes.count ? bytes[i + 1] : 0
            var (weight, length) = weigh(bytes[i], trail, encoding)
            // The sample may end within a character.
            if i + 1 == bytes.count { weight = 0 }
            if length == 0 { length = 1 }
            sum += weight
            characters += 1
            if length == 2, trail < 0x80 { asciiTrails += 1 }
            if isAlone(bytes, i, i + length) { alone += 1 }
            i += length
        }
        // In Western text, an accented letter and the plain letter after it look like one character with an ASCII trail, which
        // stands alone in a word.
        if characters == 0 || asciiTrails * 4 > characters * 3 || alone * 2 > characters { return 0 }
        // Four in ten characters of Big5 have an ASCII trail. Text without them has another encoding.
        let lacksTrails = encoding == .big5 && characters > 8 && asciiTrails * 10 < characters
        return sum / Double(characters) - (lacksTrails ? 0.3 : 0)
    }

    /// Whether a character has letters of ASCII before or after it, and no character like it.
    private static func isAlone(_ bytes: [UInt8], _ start: Int, _ end: Int) -> Bool {
        let before = start > 0 ? bytes[start - 1] : 32
        let after = end < bytes.count ? bytes[end] : 32
        return before < 0x80 && after < 0x80 && (before.isLetter || after.isLetter)
    }

    /// The weight and the length in bytes of the character that starts with two bytes.
    ///
    /// The weight is −3 when the encoding has no such character.
    private static func weigh(_ lead: UInt8, _ trail: UInt8, _ encoding: TextEncoding) -> (Double, Int) {
        let high = trail >= 0xA1 && trail <= 0xFE
        switch encoding {
        case .gb18030:
            guard lead >= 0x81, lead <= 0xFE else { return (-3, 1) }
            if trail.isDigit { return (-0.2, 4) }
            guard trail >= 0x40, trail <= 0xFE, trail != 0x7F else { return (-3, 1) }
            guard high else { return (-0.3, 2) }
            switch lead {
            case 0xB0...0xD7: return (1, 2)
            case 0xA1, 0xA3: return (0.8, 2)
            case 0xD8...0xF7: return (0.3, 2)
            default: return (0, 2)
            }
        case .big5:
            guard lead >= 0xA1, lead <= 0xF9, (0x40...0x7E).contains(trail) || high else { return (-3, 1) }
            return (lead <= 0xA3 ? 0.8 : lead <= 0xC6 ? 1 : lead >= 0xC9 ? 0.1 : -1, 2)
        case .shiftJIS:
            if (0xA1...0xDF).contains(lead) { return (-0.2, 1) }
            guard (0x81...0x9F).contains(lead) || (0xE0...0xFC).contains(lead), trail >= 0x40, trail <= 0xFC,
                trail != 0x7F
            else { return (-3, 1) }
            switch lead {
            case 0x82: return (trail >= 0x9F ? 1 : 0.6, 2)
            case 0x83: return (trail <= 0x96 ? 1 : 0, 2)
            case 0x81: return (0.8, 2)
            case 0x88...0x97: return (0.9, 2)
            default: return (0, 2)
            }
        case .eucJapanese:
            if lead == 0x8E { return ((0xA1...0xDF).contains(trail) ? 0 : -3, 2) }
            if lead == 0x8F { return (high ? 0 : -3, 3) }
            guard lead >= 0xA1, lead <= 0xFE, high else { return (-3, 1) }
            switch lead {
            case 0xA4: return (trail <= 0xF3 ? 1.1 : -1, 2)
            case 0xA5: return (trail <= 0xF6 ? 1 : -1, 2)
            case 0xA1: return (0.8, 2)
            case 0xB0...0xCF: return (0.8, 2)
            default: return (0, 2)
            }
        default:
            guard lead >= 0x81, lead <= 0xFE else { return (-3, 1) }
            let extended =
                (0x41...0x5A).contains(trail) || (0x61...0x7A).contains(trail) || (0x81...0xA0).contains(trail)
            guard high || extended else { return (-3, 1) }
            if extended { return (-0.3, 2) }
            return ((0xB0...0xC8).contains(lead) ? 1 : lead == 0xA1 || lead == 0xA3 ? 0.5 : -0.5, 2)
        }
    }
}
