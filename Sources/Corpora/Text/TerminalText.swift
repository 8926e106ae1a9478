import Bytes

/// Takes terminal control sequences and zero bytes out of text.
///
/// A terminal shows neither. Letters that a terminal prints twice at one place, as manuals do for bold text, count once.
enum TerminalText {
    private static let escape: UInt8 = 0x1B
    private static let backspace: UInt8 = 8
    /// Whether a file with these zero bytes may be text: they form few runs among many other bytes.
    ///
    /// Zero bytes at the end of a file do not count, because programs reserve room there.
    static func zerosAreFew(_ bytes: [UInt8]) -> Bool {
        let end = (bytes.lastIndex { $0 != 0 } ?? -1) + 1
        var runs = end < bytes.count ? 1 : 0
        var zeros = 0
        var before: UInt8 = 1
        for byte in bytes[..<end] {
            if byte == 0 {
                zeros += 1
                if before != 0 { runs += 1 }
            }
            before = byte
        }
        return runs * 16 <= end - zeros && zeros <= end / 2
    }

    /// Whether the control characters of a file are those of terminal control sequences.
    static func hides(_ bytes: [UInt8]) -> Bool {
        let cuts = cuts(in: bytes)
        return !cuts.isEmpty && !ByteCounts(TextDecoding.edited(bytes, cuts).span).areBinary
    }

    /// The text without control sequences, with a form that gives the same bytes back.
    ///
    /// The decoding itself when there is nothing to take out.
    static func cleaned(_ decoding: TextDecoding, of bytes: [UInt8]) -> TextDecoding {
        guard decoding.text.contains(where: { $0 == escape || $0 == 0 || $0 == backspace }) else { return decoding }
        let result = decoding.edited(decoding.avoidingRepairs(cuts(in: decoding.text)), of: bytes)
        return result.text.contains(where: { !$0.isControlOrSpace }) ? result : decoding
    }
}

extension TerminalText {
    /// The control sequences and zero bytes of a text.
    private static func cuts(in text: [UInt8]) -> [TextEdit] {
        var cuts: [TextEdit] = []
        var i = 0
        while i < text.count {
            if let cut = cut(text, i, after: cuts.last?.range.upperBound ?? 0) {
                i = cut.range.upperBound
                cuts.append(cut)
            } else {
                i += 1
            }
        }
        return cuts
    }

    private static func cut(_ text: [UInt8], _ i: Int, after last: Int) -> TextEdit? {
        switch text[i] {
        case 0:
            var end = i
            while end < text.count, text[end] == 0 { end += 1 }
            let joinsWords = i > 0 && !text[i - 1].isControlOrSpace && end < text.count && !text[end].isControlOrSpace
            return TextEdit(range: i..<end, replacement: joinsWords ? [32] : [])
        case backspace:
            // The character before is printed over by the character after.
            var start = i
            while start > last, text[start - 1] & 0xC0 == 0x80 { start -= 1 }
            guard start > last, i + 1 < text.count, !text[start - 1].isControlOrSpace, !text[i + 1].isControlOrSpace else {
                return nil
            }
            return TextEdit(range: start - 1..<i + 1, replacement: [])
        case escape: return sequence(text, i)
        default: return nil
        }
    }

    /// The control sequence of ECMA-48 that starts with the escape at `start`. Nil for a lone escape.
    private static func sequence(_ text: [UInt8], _ start: Int) -> TextEdit? {
        guard start + 1 < text.count else { return nil }
        var i = start + 2
        switch text[start + 1] {
        case UInt8(ascii: "["):
            while i < text.count, (0x30...0x3F).contains(text[i]) { i += 1 }
            while i > start + 2, i < text.count, (0x20...0x2F).contains(text[i]), i - start < 64 { i += 1 }
            guard i < text.count, (0x40...0x7E).contains(text[i]), i - start < 64 else { return nil }
            // A move of the cursor stands for the space that it leaves.
            let moves = "CGHfd".utf8.contains(text[i])
            return TextEdit(range: start..<i + 1, replacement: moves ? [32] : [])
        case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "X"), UInt8(ascii: "^"), UInt8(ascii: "_"):
            // A string for the terminal, such as a link or the name of the window.
            while i < text.count, i - start < 4096, text[i] != 7, text[i] != escape, text[i] != 10 { i += 1 }
            guard i < text.count, i - start < 4096 else { return nil }
            if text[i] == 7 { return TextEdit(range: start..<i + 1, replacement: []) }
            guard text[i] == escape, i + 1 < text.count, text[i + 1] == UInt8(ascii: "\\") else { return nil }
            return TextEdit(range: start..<i + 2, replacement: [])
        case 0x21...0x2F:
            while i < text.count, (0x21...0x2F).contains(text[i]), i - start < 8 { i += 1 }
            guard i < text.count, (0x30...0x7E).contains(text[i]) else { return nil }
            return TextEdit(range: start..<i + 1, replacement: [])
        case 0x30...0x7E: return TextEdit(range: start..<i, replacement: [])
        default: return nil
        }
    }
}
