/// Case, and the term that stands for all usual cases of a word.
extension Words {
    /// The form in lower case, for the alphabets whose case is one to one. The length stays.
    package static func fold(_ form: [UInt8]) -> [UInt8] {
        var folded = form
        mapScalars(of: &folded, in: 0..<form.count, by: folded(scalar:))
        return folded
    }

    /// The form in upper case, for the alphabets that `fold` covers. The length stays.
    package static func upper(_ form: [UInt8]) -> [UInt8] {
        var raised = form
        mapScalars(of: &raised, in: 0..<form.count, by: raised(scalar:))
        return raised
    }

    /// The form with its first character in upper case.
    package static func capitalised(_ form: [UInt8]) -> [UInt8] {
        guard !form.isEmpty else { return form }
        var raised = form
        let first = character(in: form.span, at: 0).length
        mapScalars(of: &raised, in: 0..<first, by: raised(scalar:))
        return raised
    }

    /// The term that stands for a form: the folded word, or the form itself where it is neither lower, Capitalised nor
    /// UPPER.
    package static func term(_ form: [UInt8]) -> [UInt8] {
        let word = fold(form)
        if word == form || form == capitalised(word) || form == upper(word) { return word }
        return form
    }

    /// The forms that a term may appear as, each once: lower, Capitalised and UPPER, or only the term itself where its
    /// case is unusual.
    package static func forms(of term: [UInt8]) -> [[UInt8]] {
        var forms = [term]
        guard fold(term) == term else { return forms }
        for form in [capitalised(term), upper(term)] where !forms.contains(form) { forms.append(form) }
        return forms
    }
}

// MARK: Code points

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

    /// The code point whose lower-case form is `scalar`; `scalar` itself when there is no such code point.
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

    /// Maps the characters of one and two bytes. The map must keep their length.
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
