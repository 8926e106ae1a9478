/// Text in UTF-7 (RFC 2152), which some old mails have: "caf+AOk-" is "café".
enum UTF7 {
    /// The names of the encoding, in lower case.
    static let labels: Set<String> = ["utf-7", "utf7", "unicode-1-1-utf-7", "x-unicode-2-0-utf-7"]

    /// The text in UTF-8. A plus sign that begins no characters, as in "C++ and 1 + 1", stays as it is.
    static func decoded(_ bytes: [UInt8]) -> [UInt8] {
        guard let iconv = Iconv(from: .utf7, to: .utf8) else { return bytes }
        var text: [UInt8] = []
        var start = 0
        while start < bytes.count {
            guard bytes[start] == plus else {
                text.append(bytes[start])
                start += 1
                continue
            }
            // "+", letters of base64, and "-" where it stands behind them.
            var end = bytes[(start + 1)...].firstIndex { !isBase64($0) } ?? bytes.count
            if end < bytes.count, bytes[end] == UInt8(ascii: "-") { end += 1 }
            let run = bytes[start..<end]
            var characters: [UInt8] = []
            // The C library takes "++" for the beginning of a character, and says nothing.
            let isEncoded = iconv.convert(Array(run).span, onto: &characters) == nil && !characters.isEmpty
            text += isEncoded ? characters : Array(run)
            start = end
        }
        return text
    }

    private static let plus = UInt8(ascii: "+")

    private static func isBase64(_ byte: UInt8) -> Bool { byte.isAlphanumeric || byte == plus || byte == UInt8(ascii: "/") }
}
