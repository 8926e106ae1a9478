import Foundation

/// JSON as any other program reads it: by its keys, without a type of r3mem.
enum JSONValue: Decodable, Equatable {
    case null
    case boolean(Bool)
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])

    init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if value.decodeNil() {
            self = .null
        } else if let boolean = try? value.decode(Bool.self) {
            self = .boolean(boolean)
        } else if let number = try? value.decode(Double.self) {
            self = .number(number)
        } else if let string = try? value.decode(String.self) {
            self = .string(string)
        } else if let array = try? value.decode([JSONValue].self) {
            self = .array(array)
        } else {
            self = .object(try value.decode([String: JSONValue].self))
        }
    }

    /// The value of a key, or of a place in an array; nil where there is none.
    subscript(_ steps: String...) -> JSONValue? {
        var value: JSONValue? = self
        for step in steps {
            switch value {
            case .object(let members): value = members[step]
            case .array(let elements): value = Int(step).flatMap { elements.indices.contains($0) ? elements[$0] : nil }
            default: return nil
            }
        }
        return value
    }

    /// Every key path with the kind of its value, a line each: "results[].citation.path: string".
    var shape: String { lines(at: "").sorted().map { $0 + "\n" }.joined() }

    private func lines(at path: String) -> Set<String> {
        switch self {
        case .null: ["\(path): null"]
        case .boolean: ["\(path): boolean"]
        case .number: ["\(path): number"]
        case .string: ["\(path): string"]
        case .array(let elements):
            Set(["\(path): array"]).union(elements.flatMap { $0.lines(at: path + "[]") })
        case .object(let members):
            Set(path.isEmpty || path.hasSuffix("[]") ? [] : ["\(path): object"])
                .union(members.flatMap { $1.lines(at: path.isEmpty ? $0 : "\(path).\($0)") })
        }
    }
}
