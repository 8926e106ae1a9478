/// Text in UTF-7 (RFC 2152), which some old mails have: "caf+AOk-" is "café".
enum UTF7 {
    /// The names of the encoding, in lower case.
    static let labels: Set<String> = ["utf-7", "utf7", "unicode-1-1-utf-7", "x-unicode-2-0-utf-7"]

    /// The text in UTF-8.
    static func decoded(_ bytes: [UInt8]) -> [UInt8] {
        var out: [UInt8] = []
        var i = 0
        while i < bytes.count {
            guard bytes[i] == UInt8(ascii: "+") else {
                out.append(bytes[i])
                i += 1
                continue
            }
            let start = i + 1
            var end = start
            while end < bytes.count, value(bytes[end]) != nil { end += 1 }
            let isClosed = end < bytes.count && bytes[end] == UInt8(ascii: "-")
            if end == start {
                // "+-" is a plus sign.
                out.append(bytes[i])
            } else {
                var units: [UInt16] = []
                var bits = 0
                var buffer: UInt32 = 0
                for byte in bytes[start..<end] {
                    buffer = buffer << 6 | UInt32(value(byte) ?? 0)
                    bits += 6
                    if bits >= 16 {
                        bits -= 16
                        units.append(UInt16(truncatingIfNeeded: buffer >> UInt32(bits)))
                    }
                }
                out += Array(String(decoding: units, as: UTF16.self).utf8)
            }
            i = end + (isClosed ? 1 : 0)
        }
        return out
    }

    /// The six bits of a letter of base64. Nil for another byte.
    private static func value(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte - UInt8(ascii: "A")
        case UInt8(ascii: "a")...UInt8(ascii: "z"): byte - UInt8(ascii: "a") + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0") + 52
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        default: nil
        }
    }
}
