/// Which characters in the strings of a JSON file are written as escapes.
///
/// A document holds the characters themselves. With these rules the escapes come back. An escape that follows no rule is a repair
/// of the encoded form.
package struct JSONEscapes: Sendable, Equatable {
    /// Whether characters outside ASCII are written as `\u00e9`.
    var coversNonASCII = false
    /// Whether the digits of `\u00E9` are upper case.
    var isUpperCase = false
    /// Whether "/" is written as `\/`.
    var coversSlash = false
    /// ASCII marks that are written as `\u003c`, sorted.
    var marks: [UInt8] = []

    /// The name of the rules as an index stores them: letters for the switches, then the marks.
    package var rawValue: String {
        (coversNonASCII ? "u" : "") + (isUpperCase ? "U" : "") + (coversSlash ? "s" : "")
            + String(decoding: marks, as: UTF8.self)
    }

    init() {}

    /// The rules of this name. Nil when no rules have it.
    package init?(rawValue: String) {
        for byte in rawValue.utf8 {
            switch byte {
            case UInt8(ascii: "u"): coversNonASCII = true
            case UInt8(ascii: "U"): isUpperCase = true
            case UInt8(ascii: "s"): coversSlash = true
            case _ where JSONEscapes.isMark(byte): marks.append(byte)
            default: return nil
            }
        }
        guard self.rawValue == rawValue else { return nil }
    }

    /// Whether a rule can cover the byte: an ASCII mark that a string of JSON may hold as it stands.
    static func isMark(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): false
        case 0x20...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: true
        default: false
        }
    }
}

extension JSONEscapes {
    /// Escapes a text piece by piece.
    struct Writer {
        private let rules: JSONEscapes
        private let digits: [UInt8]
        private let isMarked: [Bool]
        private var isInString = false
        /// Whether the byte before is a backslash that escapes the next byte.
        private var isEscaped = false

        init(_ rules: JSONEscapes) {
            self.rules = rules
            digits = Array((rules.isUpperCase ? "0123456789ABCDEF" : "0123456789abcdef").utf8)
            isMarked = (0..<128).map { rules.marks.contains(UInt8($0)) }
        }

        /// The piece with its escapes. The piece must not end within a character.
        mutating func escaped(_ text: Span<UInt8>) -> [UInt8] {
            var out: [UInt8] = []
            out.reserveCapacity(text.count + text.count / 8)
            var i = 0
            while i < text.count {
                let byte = text[i]
                defer { i += 1 }
                guard isInString, !isEscaped else {
                    if byte == UInt8(ascii: "\""), !isEscaped { isInString = true }
                    // The character after a backslash stays whole.
                    let end = isEscaped ? min(text.count, i + JSONEscapes.length(byte)) : i + 1
                    isEscaped = false
                    for j in i..<end { out.append(text[j]) }
                    i = end - 1
                    continue
                }
                switch byte {
                case UInt8(ascii: "\""):
                    isInString = false
                    out.append(byte)
                case UInt8(ascii: "\\"):
                    isEscaped = true
                    out.append(byte)
                case 10: out += [0x5C, UInt8(ascii: "n")]
                case 13: out += [0x5C, UInt8(ascii: "r")]
                case 9: out += [0x5C, UInt8(ascii: "t")]
                case UInt8(ascii: "/") where rules.coversSlash: out += [0x5C, byte]
                case 0..<0x80:
                    if isMarked[Int(byte)] { put(UInt16(byte), &out) } else { out.append(byte) }
                case _ where rules.coversNonASCII:
                    let end = min(text.count, i + JSONEscapes.length(byte))
                    let scalars = String(decoding: (i..<end).map { text[$0] }, as: UTF8.self)
                    for unit in scalars.utf16 { put(unit, &out) }
                    i = end - 1
                default: out.append(byte)
                }
            }
            return out
        }

        private func put(_ unit: UInt16, _ out: inout [UInt8]) {
            out += [0x5C, UInt8(ascii: "u")]
            for shift in [12, 8, 4, 0] { out.append(digits[Int(unit >> UInt16(shift)) & 15]) }
        }
    }

    /// The length of the UTF-8 sequence that starts with a byte.
    static func length(_ byte: UInt8) -> Int { byte < 0xC0 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4 }
}
