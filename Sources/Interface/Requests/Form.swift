/// What a request may say: its fields, in the order in which people read them. The same description checks requests and is
/// published as JSON Schema.
package struct Form: Sendable {
    /// One field.
    package struct Field: Sendable {
        /// What a field may hold.
        package enum Kind: Sendable {
            /// A text of so many characters.
            case text(ClosedRange<Int>)
            /// A text, or a list of texts, each of so many characters.
            case texts(ClosedRange<Int>)
            /// Letters, digits, ".", "_" and "-", at most so many.
            case token(Int)
            case number(ClosedRange<Int>)
            case flag
            case choice([String])
        }

        package let name: String
        let kind: Kind
        /// For people and language models.
        let about: String
        let isRequired: Bool

        package init(_ name: String, _ kind: Kind, _ about: String, isRequired: Bool = false) {
            self.name = name
            self.kind = kind
            self.about = about
            self.isRequired = isRequired
        }
    }

    /// The fields.
    package let fields: [Field]

    package init(_ fields: [Field]) { self.fields = fields }

    /// The names of the fields that a request must have.
    package var requiredNames: [String] { fields.filter(\.isRequired).map(\.name) }

    /// The form as JSON Schema for those who write requests.
    package var schema: JSON { schema { $0.described } }

    /// The form as JSON Schema of all that is accepted: null in an optional field stands for its absence.
    package var acceptedSchema: JSON {
        schema { field in
            guard !field.isRequired, var schema = field.described.members else { return field.described }
            if let type = schema["type"] { schema["type"] = [type, "null"] }
            if case .array(let kinds) = schema["anyOf"] { schema["anyOf"] = .array(kinds + [["type": "null"]]) }
            if case .array(let values) = schema["enum"] { schema["enum"] = .array(values + [.null]) }
            return .object(schema)
        }
    }

    private func schema(_ describe: (Field) -> JSON) -> JSON {
        let required = requiredNames.map(JSON.text)
        var schema: [String: JSON] = [
            "type": "object", "additionalProperties": false,
            "properties": .object(Dictionary(fields.map { ($0.name, describe($0)) }, uniquingKeysWith: { $1 })),
        ]
        if !required.isEmpty { schema["required"] = .array(required) }
        return .object(schema)
    }

    fileprivate static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }

    /// Checks a request.
    /// - Throws: `RequestError` with the name of the field that is unknown, missing or wrong.
    package func read(_ json: JSON) throws -> Entries {
        guard let members = json.members else { throw RequestError(.badRequest, "the request is no JSON object") }
        for name in members.keys.sorted() where !fields.contains(where: { $0.name == name }) {
            let known = fields.map(\.name).joined(separator: ", ")
            let remedy = fields.isEmpty ? "there are none here" : "the known ones are \(known)"
            throw RequestError(.unknownField, "\(RequestError.quoted(name)): unknown field; \(remedy)", field: name)
        }
        for field in fields {
            guard let value = members[field.name], value != .null else {
                guard !field.isRequired else {
                    throw RequestError(.badRequest, "\(field.name): missing; it is required", field: field.name)
                }
                continue
            }
            guard let fault = field.fault(of: value) else { continue }
            throw RequestError(.badRequest, "\(field.name): \(fault)", field: field.name)
        }
        return Entries(members: members)
    }

    /// Checks a request whose values are all texts, such as the query of a URL.
    /// - Throws: `RequestError` with the name of the field that is unknown, missing or wrong.
    package func read(query: [(name: String, value: String)]) throws -> Entries {
        var members: [String: JSON] = [:]
        for (name, value) in query {
            let value = fields.first { $0.name == name }?.value(of: value) ?? .text(value)
            switch (members[name], fields.first { $0.name == name }?.kind) {
            case (nil, _): members[name] = value
            case (.array(let values), .texts): members[name] = .array(values + [value])
            case (let first?, .texts): members[name] = [first, value]
            default: throw RequestError(.badRequest, "\(RequestError.quoted(name)): is given twice", field: name)
            }
        }
        return try read(.object(members))
    }
}

extension Form.Field {
    /// The value of a field that is written as a text; the text itself where it is none.
    func value(of text: String) -> JSON {
        switch kind {
        case .number: Int(text).map(JSON.integer) ?? .text(text)
        case .flag: text == "true" ? true : text == "false" ? false : .text(text)
        default: .text(text)
        }
    }

    /// The field as JSON Schema.
    package var described: JSON {
        func text(_ length: ClosedRange<Int>) -> JSON {
            ["type": "string", "minLength": .integer(length.lowerBound), "maxLength": .integer(length.upperBound)]
        }
        var schema: [String: JSON] =
            switch kind {
            case .text(let length): text(length).members ?? [:]
            case .texts(let length): ["anyOf": [text(length), ["type": "array", "items": text(length), "maxItems": 32]]]
            case .token(let longest):
                ["type": "string", "pattern": "^[A-Za-z0-9._-]+$", "maxLength": .integer(longest)]
            case .number(let range):
                ["type": "integer", "minimum": .integer(range.lowerBound), "maximum": .integer(range.upperBound)]
            case .flag: ["type": "boolean"]
            case .choice(let values): ["type": "string", "enum": .array(values.map(JSON.text))]
            }
        schema["description"] = .text(about)
        return .object(schema)
    }

    /// What is wrong with a value; nil for a right one.
    func fault(of value: JSON) -> String? {
        /// Lengths are counted in code points, as JSON Schema counts them.
        func isText(_ value: JSON, _ length: ClosedRange<Int>) -> Bool {
            value.text.map { length.contains($0.unicodeScalars.count) } ?? false
        }
        func words(_ length: ClosedRange<Int>) -> String {
            "a text of \(length.lowerBound) to \(length.upperBound) characters"
        }
        switch (kind, value) {
        case (.text(let length), _): return isText(value, length) ? nil : "must be \(words(length))"
        case (.texts(let length), .array(let values)):
            return values.count <= 32 && values.allSatisfy { isText($0, length) }
                ? nil : "must be at most 32 texts, each \(words(length))"
        case (.texts(let length), _):
            return isText(value, length) ? nil : "must be \(words(length)), or a list of such texts"
        case (.token(let longest), .text(let text))
        where (1...longest).contains(text.utf8.count) && text.utf8.allSatisfy(Form.isTokenByte):
            return nil
        case (.token(let longest), _): return "must be 1 to \(longest) letters, digits, \".\", \"_\" and \"-\""
        case (.number(let range), .integer(let number)) where range.contains(number): return nil
        // JSON does not tell 5.0 from 5.
        case (.number(let range), .number(let number))
        where number.rounded() == number && number >= Double(range.lowerBound) && number <= Double(range.upperBound):
            return nil
        case (.number(let range), _): return "must be a whole number from \(range.lowerBound) to \(range.upperBound)"
        case (.flag, .boolean): return nil
        case (.flag, _): return "must be true or false"
        case (.choice(let values), .text(let text)) where values.contains(text): return nil
        case (.choice(let values), _): return "must be one of \(values.joined(separator: ", "))"
        }
    }
}

/// The values of a request that its form accepts.
package struct Entries: Sendable {
    let members: [String: JSON]

    /// A text; nil where there is none.
    package func text(_ name: String) -> String? { members[name]?.text }

    /// The texts of a field that may be one or several.
    package func texts(_ name: String) -> [String] {
        switch members[name] {
        case .text(let text): [text]
        case .array(let values): values.compactMap(\.text)
        default: []
        }
    }

    /// A whole number; nil where there is none.
    package func number(_ name: String) -> Int? {
        switch members[name] {
        case .integer(let number): number
        case .number(let number): Int(number)
        default: nil
        }
    }

    /// A flag; false where there is none.
    package func flag(_ name: String) -> Bool { members[name] == .boolean(true) }
}
