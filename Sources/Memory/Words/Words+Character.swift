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
