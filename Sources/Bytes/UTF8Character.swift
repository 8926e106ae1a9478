/// A character in a text of bytes.
package struct UTF8Character {
    /// The code point; nil for a byte that is no part of valid UTF-8.
    package let scalar: UInt32?
    /// The length in bytes; 1 for a byte that is no part of valid UTF-8.
    package let length: Int

    /// The character that starts at `i`.
    ///
    /// Forms that are too long, surrogates and code points above 0x10FFFF are not valid.
    package init(in text: Span<UInt8>, at i: Int) {
        let lead = text[i]
        let rest = text.count - i
        func tail(_ k: Int) -> UInt32? {
            let byte = text[i + k]
            return byte & 0xC0 == 0x80 ? UInt32(byte & 0x3F) : nil
        }
        switch lead {
        case 0..<0x80:
            self.init(UInt32(lead), 1)
            return
        case 0xC2...0xDF:
            if rest > 1, let a = tail(1) {
                self.init(UInt32(lead & 0x1F) << 6 | a, 2)
                return
            }
        case 0xE0...0xEF:
            if rest > 2, let a = tail(1), let b = tail(2) {
                let scalar = UInt32(lead & 0x0F) << 12 | a << 6 | b
                if scalar >= 0x800, scalar & 0xF800 != 0xD800 {
                    self.init(scalar, 3)
                    return
                }
            }
        case 0xF0...0xF4:
            if rest > 3, let a = tail(1), let b = tail(2), let c = tail(3) {
                let scalar = UInt32(lead & 0x07) << 18 | a << 12 | b << 6 | c
                if scalar >= 0x10000, scalar <= 0x10FFFF {
                    self.init(scalar, 4)
                    return
                }
            }
        default: break
        }
        self.init(nil, 1)
    }

    private init(_ scalar: UInt32?, _ length: Int) {
        self.scalar = scalar
        self.length = length
    }
}
