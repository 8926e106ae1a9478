import Bytes

/// Base64 that GMime does not decode to its end: it goes on after padding, or lines below it are none, as programs of mailing
/// lists add them.
enum Base64Lines {
    /// The bytes of the lines in base64, and in a text then the other lines as they stand. Nil where GMime decodes all, or no line
    /// is base64.
    static func decode(_ encoded: [UInt8], isText: Bool) -> [UInt8]? {
        let padding = encoded.firstIndex(of: UInt8(ascii: "=")) ?? encoded.count
        let goesOn = encoded[padding...].contains { Base64Decoder.value($0) != nil }
        guard isText || goesOn else { return nil }
        var decoder = Base64Decoder()
        var start = 0
        while start < encoded.count {
            let end = encoded[start...].firstIndex(of: 10) ?? encoded.count
            guard isBase64(encoded[start..<end], isAfterPadding: start > padding) else {
                guard start > 0 else { return nil }
                guard isText else { return decoder.bytes }
                return decoder.bytes + (decoder.bytes.last == 10 ? [] : [10]) + encoded[start...]
            }
            for byte in encoded[start..<end] { decoder.add(byte) }
            start = end + 1
        }
        return goesOn ? decoder.bytes : nil
    }

    /// Whether a line is base64. After padding it is whole groups of four signs: a word of a text seldom is.
    private static func isBase64(_ line: ArraySlice<UInt8>, isAfterPadding: Bool) -> Bool {
        let signs = line.filter { !$0.isControlOrSpace }
        let isOneWord = line.drop { $0.isControlOrSpace }.prefix { !$0.isControlOrSpace }.count == signs.count
        return isOneWord && !(isAfterPadding && signs.count % 4 != 0)
            && signs.allSatisfy { Base64Decoder.value($0) != nil || $0 == UInt8(ascii: "=") }
    }
}
