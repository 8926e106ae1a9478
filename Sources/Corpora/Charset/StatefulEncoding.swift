/// Encodings in which the meaning of a byte depends on earlier escapes. They are converted line by line.
///
/// Each line starts in ASCII. A line that several sequences of bytes could give is kept as a repair.
struct StatefulEncoding: ~Copyable {
    private let encoding: TextEncoding
    private let from: Iconv
    private let to: Iconv

    /// Nil when the encoding is not a stateful one, or the C library lacks it.
    init?(_ encoding: TextEncoding) {
        guard encoding.isStateful else { return nil }
        let table = encoding == .hz ? TextEncoding.gb18030 : encoding
        guard let from = Iconv(from: table, to: .utf8), let to = Iconv(from: .utf8, to: table) else { return nil }
        self.encoding = encoding
        self.from = from
        self.to = to
    }

    /// The longest end of a file that is not decoded when the file was cut inside a character or an escape, in bytes.
    static let longestCut = 3

    /// The text of a file. Nil when a line does not decode.
    ///
    /// A file that was cut may end inside a character. Its last line ends with U+FFFD then.
    func decoded(_ body: Span<UInt8>, _ repairs: inout [EncodedForm.Repair]) -> [UInt8]? {
        var text: [UInt8] = []
        var start = 0
        while start < body.count {
            var end = start
            while end < body.count, body[end] != 10 { end += 1 }
            var lineEnd = end
            if lineEnd > start, body[lineEnd - 1] == 13 { lineEnd -= 1 }
            let line = (start..<lineEnd).map { body[$0] }
            guard let content = decoded(line: line) ?? (end == body.count ? decoded(cut: line) : nil) else { return nil }
            if encoded(line: content) != line {
                repairs.append(EncodedForm.Repair(offset: text.count, bytes: line, count: content.count))
            }
            text += content
            for index in lineEnd..<min(body.count, end + 1) { text.append(body[index]) }
            start = end + 1
        }
        return text
    }

    /// The bytes of a text. Nil when the encoding lacks a character.
    func encoded(_ text: Span<UInt8>) -> [UInt8]? {
        var bytes: [UInt8] = []
        var start = 0
        while start < text.count {
            var end = start
            while end < text.count, text[end] != 10, text[end] != 13 { end += 1 }
            guard let line = encoded(line: (start..<end).map { text[$0] }) else { return nil }
            bytes += line
            if end < text.count { bytes.append(text[end]) }
            start = end + 1
        }
        return bytes
    }

    private func decoded(cut line: [UInt8]) -> [UInt8]? {
        for count in 1...Self.longestCut where count <= line.count {
            if let text = decoded(line: Array(line.dropLast(count))) { return text + [0xEF, 0xBF, 0xBD] }
        }
        return nil
    }

    private func decoded(line: [UInt8]) -> [UInt8]? {
        var text: [UInt8] = []
        guard encoding == .hz else { return from.convert(line.span, onto: &text) == nil ? text : nil }
        guard let wide = HZ.decoded(line) else { return nil }
        return from.convert(wide.span, onto: &text) == nil ? text : nil
    }

    private func encoded(line: [UInt8]) -> [UInt8]? {
        var bytes: [UInt8] = []
        guard to.convert(line.span, onto: &bytes) == nil else { return nil }
        return encoding == .hz ? HZ.encoded(bytes) : bytes
    }
}

/// HZ (RFC 1843): characters of GB 2312 as two bytes of ASCII between "~{" and "~}".
enum HZ {
    private static let tilde = UInt8(ascii: "~")

    /// The line in GB 2312 with eight bits. Nil when it is not HZ.
    static func decoded(_ line: [UInt8]) -> [UInt8]? {
        var out: [UInt8] = []
        var isWide = false
        var i = 0
        while i < line.count {
            let next = i + 1 < line.count ? line[i + 1] : 0
            if isWide {
                if line[i] == tilde, next == UInt8(ascii: "}") {
                    isWide = false
                } else {
                    guard (0x21...0x77).contains(line[i]), (0x21...0x7E).contains(next) else { return nil }
                    out += [line[i] | 0x80, next | 0x80]
                }
                i += 2
            } else if line[i] == tilde {
                switch next {
                case tilde: out.append(tilde)
                case UInt8(ascii: "{"): isWide = true
                default: return nil
                }
                i += 2
            } else {
                out.append(line[i])
                i += 1
            }
        }
        return out
    }

    /// The line in HZ. Nil when it has a character beyond GB 2312.
    static func encoded(_ line: [UInt8]) -> [UInt8]? {
        var out: [UInt8] = []
        var isWide = false
        var i = 0
        while i < line.count {
            let byte = line[i]
            if byte < 0x80 {
                if isWide { out += [tilde, UInt8(ascii: "}")] }
                isWide = false
                out += byte == tilde ? [tilde, tilde] : [byte]
                i += 1
            } else {
                guard i + 1 < line.count, byte >= 0xA1, byte <= 0xF7, line[i + 1] >= 0xA1 else { return nil }
                if !isWide { out += [tilde, UInt8(ascii: "{")] }
                isWide = true
                out += [byte & 0x7F, line[i + 1] & 0x7F]
                i += 2
            }
        }
        return isWide ? out + [tilde, UInt8(ascii: "}")] : out
    }

    /// Whether bytes of ASCII hold text in HZ: several shifts, and each one ends in its line.
    static func isLikely(_ bytes: [UInt8]) -> Bool {
        var shifts = 0
        let lines = bytes.split(separator: 10)
        for (index, line) in lines.enumerated() {
            guard line.contains(tilde) else { continue }
            var rest = Array(line)
            if rest.last == 13 { rest.removeLast() }
            let isLast = index == lines.count - 1
            guard
                (0...(isLast ? StatefulEncoding.longestCut : 0)).contains(where: { decoded(Array(rest.dropLast($0))) != nil }
                )
            else { return false }
            shifts += zip(rest, rest.dropFirst()).count { $0 == tilde && $1 == UInt8(ascii: "{") }
        }
        return shifts > 1
    }
}
