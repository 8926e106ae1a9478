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
    package init(parsing bytes: Data) throws { self = try JSONDecoder().decode(JSON.self, from: bytes) }

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

extension JSON: Codable {
    private struct Name: CodingKey {
        let stringValue: String
        let intValue: Int? = nil
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    package init(from decoder: any Decoder) throws {
        // A decoder cannot be asked for the kind of a value. Each kind is tried; the error is that of the last one.
        if let object = try? decoder.container(keyedBy: Name.self) {
            var members: [String: JSON] = [:]
            for key in object.allKeys { members[key.stringValue] = try object.decode(JSON.self, forKey: key) }
            self = .object(members)
        } else if var list = try? decoder.unkeyedContainer() {
            var values: [JSON] = []
            while !list.isAtEnd { values.append(try list.decode(JSON.self)) }
            self = .array(values)
        } else {
            let value = try decoder.singleValueContainer()
            if let text = try? value.decode(String.self) {
                self = .text(text)
            } else if value.decodeNil() {
                self = .null
            } else if let boolean = try? value.decode(Bool.self) {
                self = .boolean(boolean)
            } else if let integer = try? value.decode(Int.self) {
                self = .integer(integer)
            } else {
                self = .number(try value.decode(Double.self))
            }
        }
    }

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
