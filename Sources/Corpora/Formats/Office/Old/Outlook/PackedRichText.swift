/// Rich text as Outlook packs it into a property ([MS-OXRTFCP]).
enum PackedRichText {
    /// What the window holds before the first byte.
    private static let start = Array(
        (#"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor "#
            + #"MS Sans SerifSymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0"# + "\r\n"
            + #"\par \pard\plain\f0\fs20\b\i\u\tab\tx"#).utf8)
    private static let window = 4096

    /// The rich text, as much of it as is there, and whether that is all of it. Nil where the bytes are nothing of the kind.
    static func unpacked(_ bytes: [UInt8]) -> (text: [UInt8], isWhole: Bool)? {
        guard bytes.count > 16 else { return nil }
        // The header: bytes that follow, bytes of the text, kind, checksum.
        let length = bytes.number(4, 4)
        let text: [UInt8]
        switch bytes.number(8, 4) {
        case 0x414C_454D: text = Array(bytes[16...].prefix(length))
        case 0x7546_5A4C: text = unpacked(bytes[16...], length: length)
        default: return nil
        }
        return (text, text.count == length)
    }

    /// Each control byte says of the next eight things, from its lowest bit on, whether they are a byte or a reference. A
    /// reference has 12 bits for a place in the window and 4 for its length less two. One to the place that is written next
    /// ends the text.
    private static func unpacked(_ packed: ArraySlice<UInt8>, length: Int) -> [UInt8] {
        var text: [UInt8] = []
        var window = start + [UInt8](repeating: 0, count: Self.window - start.count)
        var next = start.count
        var rest = packed
        func append(_ byte: UInt8) {
            text.append(byte)
            window[next] = byte
            next = (next + 1) % Self.window
        }
        while text.count < length, let control = rest.popFirst() {
            for bit in 0..<8 where text.count < length {
                guard let first = rest.popFirst() else { return text }
                guard control >> UInt8(bit) & 1 == 1 else {
                    append(first)
                    continue
                }
                guard let second = rest.popFirst() else { return text }
                let place = Int(first) << 4 | Int(second) >> 4
                if place == next { return text }
                for i in 0..<Int(second & 15) + 2 where text.count < length { append(window[(place + i) % Self.window]) }
            }
        }
        return text
    }
}
