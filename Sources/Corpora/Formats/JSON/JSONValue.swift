import Bytes

/// A value of JSON (RFC 8259).
indirect enum JSONValue {
    case object([String: JSONValue])
    case array([JSONValue])
    case string(String)
    /// A number, true, false or null, as it is written.
    case other(String)

    /// Parses a text. Nil when it is not JSON, or when values are nested too deep.
    init?(_ text: [UInt8]) {
        var parser = Parser(text)
        guard let value = parser.value(depth: 0), parser.isAtEnd else { return nil }
        self = value
    }

    subscript(key: String) -> JSONValue? { if case .object(let members) = self { members[key] } else { nil } }

    var string: String? { if case .string(let text) = self { text } else { nil } }

    var array: [JSONValue] { if case .array(let values) = self { values } else { [] } }

    var keys: [String] { if case .object(let members) = self { members.keys.sorted() } else { [] } }

    private struct Parser {
        private let source: [UInt8]
        private var i = 0
        private static let deepest = 200

        init(_ source: [UInt8]) { self.source = source }

        var isAtEnd: Bool { source[i...].allSatisfy(\.isControlOrSpace) }

        private mutating func next() -> UInt8? {
            while i < source.count, source[i].isControlOrSpace { i += 1 }
            return i < source.count ? source[i] : nil
        }

        private mutating func take(_ byte: UInt8) -> Bool {
            guard next() == byte else { return false }
            i += 1
            return true
        }

        mutating func value(depth: Int) -> JSONValue? {
            guard depth < Self.deepest, let first = next() else { return nil }
            switch first {
            case UInt8(ascii: "{"):
                i += 1
                var members: [String: JSONValue] = [:]
                if take(UInt8(ascii: "}")) { return .object(members) }
                repeat {
                    guard next() == UInt8(ascii: "\""), let key = text(), take(UInt8(ascii: ":")),
                        let value = value(depth: depth + 1)
                    else { return nil }
                    members[key] = value
                } while take(UInt8(ascii: ","))
                return take(UInt8(ascii: "}")) ? .object(members) : nil
            case UInt8(ascii: "["):
                i += 1
                var values: [JSONValue] = []
                if take(UInt8(ascii: "]")) { return .array(values) }
                repeat {
                    guard let value = value(depth: depth + 1) else { return nil }
                    values.append(value)
                } while take(UInt8(ascii: ","))
                return take(UInt8(ascii: "]")) ? .array(values) : nil
            case UInt8(ascii: "\""): return text().map(JSONValue.string)
            default:
                let word = source[i...].prefix { !$0.isControlOrSpace && !",]}:\"[{".utf8.contains($0) }
                guard !word.isEmpty else { return nil }
                i += word.count
                return .other(String(decoding: word, as: UTF8.self))
            }
        }

        /// The characters of a string, with those that escapes stand for.
        private static func unescaped(_ bytes: ArraySlice<UInt8>) -> String {
            guard bytes.contains(0x5C) else { return String(decoding: bytes, as: UTF8.self) }
            var units: [UInt16] = []
            var rest = bytes
            while let byte = rest.first {
                guard byte == 0x5C else {
                    let plain = rest.prefix { $0 != 0x5C }
                    units += Array(String(decoding: plain, as: UTF8.self).utf16)
                    rest = rest.dropFirst(plain.count)
                    continue
                }
                rest = rest.dropFirst()
                let mark = rest.popFirst() ?? 0x5C
                switch mark {
                case UInt8(ascii: "n"): units.append(10)
                case UInt8(ascii: "r"): units.append(13)
                case UInt8(ascii: "t"): units.append(9)
                case UInt8(ascii: "b"), UInt8(ascii: "f"): units.append(32)
                case UInt8(ascii: "u"):
                    units.append(UInt16(String(decoding: rest.prefix(4), as: UTF8.self), radix: 16) ?? 0xFFFD)
                    rest = rest.dropFirst(4)
                default:
                    let whole = [mark] + rest.prefix(JSONEscapes.length(mark) - 1)
                    units += Array(String(decoding: whole, as: UTF8.self).utf16)
                    rest = rest.dropFirst(whole.count - 1)
                }
            }
            return String(decoding: units, as: UTF16.self)
        }

        private mutating func text() -> String? {
            let start = i
            i += 1
            while i < source.count, source[i] != UInt8(ascii: "\"") { i += source[i] == 0x5C ? 2 : 1 }
            guard i < source.count else { return nil }
            i += 1
            return Self.unescaped(source[(start + 1)..<(i - 1)])
        }
    }
}
