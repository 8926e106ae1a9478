/// A path as text. In a path that is not UTF-8, each byte that is not printable ASCII is written `\xNN`.
func printable(_ path: [UInt8]) -> String {
    if let text = String(validating: path, as: UTF8.self) { return text }
    var text = ""
    for byte in path {
        if byte >= 0x20, byte < 0x7F {
            text.unicodeScalars.append(Unicode.Scalar(byte))
        } else {
            text += "\\x" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }
    }
    return text
}
