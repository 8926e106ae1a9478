import Foundation
import Retrieval

/// A request for sentence vectors, as clients of the OpenAI API send it.
package struct EmbeddingsRequest: Sendable {
    private struct Reply: Encodable {
        struct Item: Encodable {
            let object = "embedding"
            let index: Int
            let embedding: Vector
        }

        /// A vector as a list of numbers, or as the bytes of 32-bit floats in base64.
        enum Vector: Encodable {
            case numbers([Float])
            case base64([Float])

            func encode(to encoder: any Encoder) throws {
                switch self {
                case .numbers(let numbers): try numbers.encode(to: encoder)
                case .base64(let numbers):
                    try numbers.withUnsafeBytes { Data($0) }.base64EncodedString().encode(to: encoder)
                }
            }
        }

        let object = "list"
        let model: String
        let data: [Item]
        let usage: [String: Int]
    }

    private let texts: [String]
    /// The name of the index whose model is asked.
    package let model: String
    private let isBase64: Bool

    /// - Throws: `RequestError` for a request that is malformed or asks for vectors of another length.
    package init(_ json: JSON) throws {
        guard let members = json.members else { throw RequestError(.badRequest, "the request is no JSON object") }
        let known: Set<String> = ["model", "input", "encoding_format", "user"]
        for (name, value) in members.sorted(by: { $0.key < $1.key }) where !known.contains(name) && value != .null {
            throw RequestError(
                .unknownField, "\(RequestError.quoted(name)): is not supported, and would change the answer; leave it out",
                field: name)
        }
        guard let model = members["model"]?.text, !model.isEmpty else {
            throw RequestError(.badRequest, "model: missing; name an index", field: "model")
        }
        switch members["input"] {
        case .text(let text): texts = [text]
        case .array(let values): texts = values.compactMap(\.text)
        default: texts = []
        }
        let count: Int = if case .array(let values) = members["input"] { values.count } else { 1 }
        guard texts.count == count, (1...256).contains(count), texts.allSatisfy({ !$0.isEmpty && $0.utf8.count <= 32_768 })
        else {
            throw RequestError(
                .badRequest, "input: must be a text, or a list of 1 to 256 texts, of at most 32 kB each", field: "input")
        }
        switch members["encoding_format"] {
        case nil, .null, "float": isBase64 = false
        case "base64": isBase64 = true
        default: throw RequestError(.badRequest, "encoding_format: must be float or base64", field: "encoding_format")
        }
        self.model = model
    }

    /// The vectors.
    /// - Throws: `RequestError` where the model has no sentence encoder.
    package func answer(from index: OpenIndex) throws -> Data {
        guard let vectors = try index.vectors(of: texts) else {
            throw RequestError(.notFound, "the model of this index has no sentence encoder", field: "model")
        }
        let tokens = texts.reduce(0) { $0 + ($1.utf8.count + 3) / 4 }
        return try JSON.bytes(
            of: Reply(
                model: model,
                data: vectors.enumerated().map { i, vector in
                    .init(index: i, embedding: isBase64 ? .base64(vector) : .numbers(vector))
                }, usage: ["prompt_tokens": tokens, "total_tokens": tokens]))
    }
}
