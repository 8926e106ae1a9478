import Foundation

/// A value of JSON.
package enum JSON: Sendable, Equatable {
    case null
    case boolean(Bool)
    case integer(Int)
    case number(Double)
    case text(String)
    case array([JSON])
    case object([String: JSON])

    /// Reads JSON text.
    /// - Throws: where the bytes are no JSON, or nested more than some hundred times.
    package init(parsing bytes: Data) throws {
        self.init(parsed: try JSONSerialization.jsonObject(with: bytes, options: .fragmentsAllowed))
    }

    /// A value as Foundation parses it. A decoder cannot be asked for the kind of a value: it would try each kind.
    private init(parsed value: Any) {
        switch value {
        case let text as String: self = .text(text)
        case let values as [Any]: self = .array(values.map(JSON.init(parsed:)))
        case let members as [String: Any]: self = .object(members.mapValues(JSON.init(parsed:)))
        case let number as NSNumber:
            // The type that an Objective-C number was made from: "c" for truth values, "d" for fractions.
            switch UInt8(bitPattern: number.objCType[0]) {
            case UInt8(ascii: "c"): self = .boolean(number.boolValue)
            case UInt8(ascii: "d"), UInt8(ascii: "Q"): self = .number(number.doubleValue)
            default: self = .integer(number.intValue)
            }
        default: self = .null
        }
    }

    /// The JSON that a value encodes as. Reasons get their words.
    package init(_ value: some Encodable) throws { try self.init(parsing: JSON.bytes(of: value)) }

    /// A value as one line of JSON with sorted keys. Reasons get their words.
    package static func bytes(of value: some Encodable) throws -> Data {
        let encoder = JSONEncoder()
        for (key, value) in ReasonText.userInfo { encoder.userInfo[key] = value }
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(value)
    }

    /// One line of JSON with sorted keys.
    package var line: String {
        // Every case has a form in JSON: numbers come from JSON or are finite.
        String(decoding: (try? JSON.bytes(of: self)) ?? Data("null".utf8), as: UTF8.self)
    }

    /// The value of a key of an object; nil for other values.
    package subscript(key: String) -> JSON? {
        if case .object(let members) = self { return members[key] }
        return nil
    }

    /// The text; nil for other values.
    package var text: String? {
        if case .text(let text) = self { return text }
        return nil
    }

    /// The members of an object; nil for other values.
    package var members: [String: JSON]? {
        if case .object(let members) = self { return members }
        return nil
    }
}

extension JSON: Encodable {
    package func encode(to encoder: any Encoder) throws {
        switch self {
        case .null:
            var value = encoder.singleValueContainer()
            try value.encodeNil()
        case .boolean(let boolean): try boolean.encode(to: encoder)
        case .integer(let integer): try integer.encode(to: encoder)
        case .number(let number): try number.encode(to: encoder)
        case .text(let text): try text.encode(to: encoder)
        case .array(let values): try values.encode(to: encoder)
        case .object(let members): try members.encode(to: encoder)
        }
    }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    package init(stringLiteral text: String) { self = .text(text) }
    package init(integerLiteral integer: Int) { self = .integer(integer) }
    package init(booleanLiteral boolean: Bool) { self = .boolean(boolean) }
    package init(arrayLiteral values: JSON...) { self = .array(values) }
    package init(dictionaryLiteral members: (String, JSON)...) {
        self = .object(Dictionary(members, uniquingKeysWith: { $1 }))
    }
}
