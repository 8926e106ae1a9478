/// What the fields of a form show ([MS-DOC], 2.9.78).
enum OldWordForm {
    /// The state of a box, or the entry that is chosen of a list. Nil for a field of text.
    static func shown(_ data: [UInt8], _ place: Int) -> String? {
        let start = place + data.number(place + 4, 2)
        guard start + 10 < data.count, data.number(start, 4) == 0xFFFF_FFFF else { return nil }
        let flags = data.number(start + 4, 2)
        let result = flags >> 2 & 0x1F
        var i = start + 10
        /// Reads a text that states its length.
        func text(_ zeros: Int) -> String {
            let length = 2 * data.number(i, 2)
            defer { i += 2 + length + zeros }
            return data.utf16(i + 2, until: i + 2 + length)
        }
        _ = text(2)
        let isStated = result != 25
        switch flags & 3 {
        case 1: return (isStated ? result : data.number(i, 2)) == 0 ? "[ ]" : "[x]"
        case 2:
            let chosen = isStated ? result : data.number(i, 2)
            i += 2
            // The format of the text, texts for help and for the bar of states, and names of macros.
            for _ in 0..<5 { _ = text(2) }
            let count = data.number(i + 2, 2)
            i += 6
            guard chosen < min(count, 1000) else { return nil }
            for _ in 0..<chosen { _ = text(0) }
            return text(0)
        default: return nil
        }
    }
}
