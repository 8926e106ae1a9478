/// JSON text in which the strings hold characters in place of escapes.
///
/// `\"` and `\\` stay, so that strings still end where they ended.
struct JSONText {
    /// The text with characters for escapes.
    private(set) var text: [UInt8] = []
    /// The rules by which most characters of the file are escaped.
    private(set) var escapes = JSONEscapes()
    /// The characters of the file that follow other rules.
    private(set) var repairs: [EncodedForm.Repair] = []

    /// The most exceptions to the rules that are kept.
    private static let mostRepairs = 1 << 20

    /// A character inside a string.
    private struct Character {
        /// The bytes in the file.
        let source: Range<Int>
        /// The character. Nil for a piece that stays as it is.
        let scalar: Unicode.Scalar?
        let isEscape: Bool
    }

    /// Nil when there is no escape to read, or when too many characters follow no rule.
    init?(_ source: [UInt8]) {
        guard source.contains(0x5C) else { return nil }
        escapes = JSONText.rules(source)
        text.reserveCapacity(source.count)
        var last = 0
        var state = Reader(source)
        var inString = JSONEscapes.Writer(escapes)
        _ = inString.escaped([UInt8(ascii: "\"")].span)
        let isPlain = (0..<128).map { !escapes.marks.contains($0) && $0 >= 32 && !($0 == 0x2F && escapes.coversSlash) }
        while let character = state.next() {
            guard let scalar = character.scalar else { continue }
            if !character.isEscape, scalar.isASCII, isPlain[Int(scalar.value)] { continue }
            text += source[last..<character.source.lowerBound]
            last = character.source.upperBound
            let start = text.count
            text += Array(String(scalar).utf8)
            let written = Array(source[character.source])
            var writer = inString
            if writer.escaped(Array(String(scalar).utf8).span) != written {
                guard repairs.count < JSONText.mostRepairs else { return nil }
                repairs.append(EncodedForm.Repair(offset: start, bytes: written, count: text.count - start))
            }
        }
        text += source[last...]
    }

    /// The rules that most characters follow.
    private static func rules(_ source: [UInt8]) -> JSONEscapes {
        var escaped = [Int](repeating: 0, count: 129)
        var plain = [Int](repeating: 0, count: 129)
        var slashes = 0
        var cases = (upper: 0, lower: 0)
        var reader = Reader(source)
        while let character = reader.next() {
            guard let scalar = character.scalar else { continue }
            let index = min(128, Int(scalar.value))
            if character.isEscape, source[character.source.lowerBound + 1] == UInt8(ascii: "u") {
                escaped[index] += 1
                for byte in source[character.source] {
                    if byte >= 0x41, byte <= 0x46 { cases.upper += 1 }
                    if byte >= 0x61, byte <= 0x66 { cases.lower += 1 }
                }
            } else if character.isEscape {
                if index == 0x2F { slashes += 1 }
            } else {
                plain[index] += 1
            }
        }
        var rules = JSONEscapes()
        rules.coversNonASCII = escaped[128] > plain[128]
        rules.isUpperCase = cases.upper > cases.lower
        rules.coversSlash = slashes > plain[0x2F]
        rules.marks = (0..<128).map(UInt8.init).filter {
            JSONEscapes.isMark($0) && escaped[Int($0)] > plain[Int($0)] && !($0 == 0x2F && rules.coversSlash)
        }
        return rules
    }
}

extension JSONText {
    /// Finds the characters inside strings that are escapes, or that another file might escape.
    private struct Reader {
        private let source: [UInt8]
        private var i = 0
        private var isInString = false

        init(_ source: [UInt8]) { self.source = source }

        mutating func next() -> Character? {
            while i < source.count {
                let byte = source[i]
                let start = i
                i += 1
                if byte == UInt8(ascii: "\"") {
                    isInString.toggle()
                } else if byte == UInt8(ascii: "\\") {
                    if isInString, let escape = escape(start) { return escape }
                    // The character after the backslash may have several bytes.
                    i = min(source.count, i + (i < source.count ? JSONEscapes.length(source[i]) : 0))
                } else if isInString, byte >= 0x80 {
                    i = min(source.count, start + JSONEscapes.length(byte))
                    let scalar = String(decoding: source[start..<i], as: UTF8.self).unicodeScalars.first
                    return Character(source: start..<i, scalar: scalar, isEscape: false)
                } else if isInString, byte == 10 || byte == 13 || byte == 9 || JSONEscapes.isMark(byte) && byte != 32 {
                    return Character(source: start..<i, scalar: Unicode.Scalar(byte), isEscape: false)
                }
            }
            return nil
        }

        /// The escape that starts with the backslash at `start`. Nil for one that stays as it is.
        private mutating func escape(_ start: Int) -> Character? {
            guard start + 1 < source.count else { return nil }
            let scalar: Unicode.Scalar
            var end = start + 2
            switch source[start + 1] {
            case UInt8(ascii: "n"): scalar = "\n"
            case UInt8(ascii: "r"): scalar = "\r"
            case UInt8(ascii: "t"): scalar = "\t"
            case UInt8(ascii: "/"): scalar = "/"
            case UInt8(ascii: "u"):
                guard let unit = unit(start) else { return nil }
                end = start + 6
                if unit & 0xFC00 == 0xD800, let low = self.unit(end), low & 0xFC00 == 0xDC00 {
                    end += 6
                    scalar = Unicode.Scalar(0x10000 + (unit & 0x3FF) << 10 + low & 0x3FF)!
                } else if let single = Unicode.Scalar(unit), unit >= 0x80 || unit < 0x80 && isText(UInt8(unit)) {
                    scalar = single
                } else {
                    return nil
                }
            default: return nil
            }
            i = end
            return Character(source: start..<end, scalar: scalar, isEscape: true)
        }

        /// Whether a string may hold this ASCII character as it stands and still ends where it ends.
        private func isText(_ byte: UInt8) -> Bool {
            byte == 10 || byte == 9 || byte >= 32 && byte < 127 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
        }

        /// The number of the escape `\uXXXX` at an offset.
        private func unit(_ start: Int) -> UInt32? {
            guard start + 6 <= source.count, source[start] == 0x5C, source[start + 1] == UInt8(ascii: "u") else {
                return nil
            }
            var value: UInt32 = 0
            for byte in source[start + 2..<start + 6] {
                let digit: UInt8
                switch byte {
                case 0x30...0x39: digit = byte - 0x30
                case 0x41...0x46: digit = byte - 0x37
                case 0x61...0x66: digit = byte - 0x57
                default: return nil
                }
                value = value << 4 | UInt32(digit)
            }
            return value
        }
    }
}
