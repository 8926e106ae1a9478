/// JSON Schema (draft 2020-12) of answers.
package enum Schema {
    package static func text(_ about: String? = nil) -> JSON { kind("string", about) }
    package static func integer(_ about: String? = nil) -> JSON { kind("integer", about) }
    package static func number(_ about: String? = nil) -> JSON { kind("number", about) }
    package static func boolean(_ about: String? = nil) -> JSON { kind("boolean", about) }

    package static func list(of items: JSON, _ about: String? = nil) -> JSON {
        var schema = kind("array", about).members ?? [:]
        schema["items"] = items
        return .object(schema)
    }

    /// Marks a member that may be absent.
    package static func optional(_ schema: JSON) -> JSON { .array([schema]) }

    /// An object; all members but those that are marked as optional are required.
    package static func object(_ members: [String: JSON], _ about: String? = nil) -> JSON {
        var properties: [String: JSON] = [:]
        var required: [JSON] = []
        for (name, schema) in members.sorted(by: { $0.key < $1.key }) {
            if case .array(let marked) = schema {
                properties[name] = marked[0]
            } else {
                properties[name] = schema
                required.append(.text(name))
            }
        }
        var schema = kind("object", about).members ?? [:]
        schema["properties"] = .object(properties)
        if !required.isEmpty { schema["required"] = .array(required) }
        return .object(schema)
    }

    /// A schema with more members: those of `other`.
    package static func merged(_ schema: JSON, _ other: JSON) -> JSON {
        guard var members = schema.members, let more = other.members else { return schema }
        members["properties"] = .object(
            (members["properties"]?.members ?? [:]).merging(more["properties"]?.members ?? [:]) { $1 })
        if case .array(let names) = members["required"] ?? [], case .array(let others) = more["required"] ?? [] {
            members["required"] = .array(names + others)
        }
        return .object(members)
    }

    private static func kind(_ type: String, _ about: String?) -> JSON {
        var schema: [String: JSON] = ["type": .text(type)]
        if let about { schema["description"] = .text(about) }
        return .object(schema)
    }
}
