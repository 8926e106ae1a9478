/// Decodes base64 that may go on after its padding, digit by digit.
struct Base64Decoder {
    private(set) var bytes: [UInt8] = []
    private var bits: UInt32 = 0
    private var count = 0

    /// Whether the last byte is not complete: more digits belong to it.
    var isInsideByte: Bool { count == 6 || bits & (1 << UInt32(count) - 1) != 0 }

    /// Takes a digit. Padding ends a byte, and other signs are passed over.
    mutating func add(_ byte: UInt8) {
        guard let digit = Self.value(byte) else {
            if byte == UInt8(ascii: "=") { end() }
            return
        }
        bits = bits << 6 | UInt32(digit)
        count += 6
        guard count >= 8 else { return }
        count -= 8
        bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
    }

    /// Starts a new byte with the next digit.
    mutating func end() {
        bits = 0
        count = 0
    }

    /// The value of a digit. Nil for another sign.
    static func value(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte - 65
        case UInt8(ascii: "a")...UInt8(ascii: "z"): byte - 71
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte + 4
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        default: nil
        }
    }
}
