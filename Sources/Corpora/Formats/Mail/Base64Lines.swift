import Bytes

/// Text in base64 with lines below it that are none, as programs of mailing lists add them.
enum Base64Lines {
    /// The bytes of the lines in base64, and then the other lines as they stand. Nil where all lines are base64, or none is.
    static func decode(_ encoded: [UInt8]) -> [UInt8]? {
        var bits: UInt32 = 0
        var count = 0
        var bytes: [UInt8] = []
        var start = 0
        while start < encoded.count {
            let end = encoded[start...].firstIndex(of: 10) ?? encoded.count
            let line = encoded[start..<end].filter { !$0.isControlOrSpace }
            let isBase64 =
                !encoded[start..<end].contains(32) && line.allSatisfy { value($0) != nil || $0 == UInt8(ascii: "=") }
            guard isBase64 else {
                guard start > 0 else { return nil }
                if bytes.last != 10 { bytes.append(10) }
                return bytes + encoded[start...]
            }
            for digit in line.compactMap(value) {
                bits = bits << 6 | UInt32(digit)
                count += 6
                if count >= 8 {
                    count -= 8
                    bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
                }
            }
            start = end + 1
        }
        return nil
    }

    private static func value(_ byte: UInt8) -> UInt8? {
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
