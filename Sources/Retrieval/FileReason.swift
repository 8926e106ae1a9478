/// A file, a document or a part of an index, and what is wrong with it. A front end adds the remedy by the code.
package struct FileReason: Sendable, Equatable {
    /// The path of the file, or the part of the index.
    package let path: String
    /// The fact.
    package let fact: String
    /// The code of a fact that has a remedy of its own.
    package let code: RetrievalError.Code?

    /// A path with a fact.
    package init(path: String, fact: String, code: RetrievalError.Code? = nil) {
        self.path = path
        self.fact = fact
        self.code = code
    }

    /// A path with an error about it.
    package init(path: String, error: any Error) {
        self.init(path: path, fact: ErrorText.description(of: error), code: (error as? RetrievalError)?.code)
    }
}

extension FileReason: Codable {
    /// Turns a reason into words for people, where an encoder has this key.
    package typealias Words = @Sendable (FileReason) -> String
    /// The key of an encoder's `Words`.
    package static let words = CodingUserInfoKey(rawValue: "words of a file's reason")!

    private enum Key: String, CodingKey {
        case path, reason
    }

    /// Writes the path, and under `reason` the words, or the fact alone where the encoder has no `Words`.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(path, forKey: .path)
        try container.encode((encoder.userInfo[Self.words] as? Words)?(self) ?? fact, forKey: .reason)
    }

    /// Reads a path and the words, without the code.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        self.init(
            path: try container.decode(String.self, forKey: .path), fact: try container.decode(String.self, forKey: .reason))
    }
}
