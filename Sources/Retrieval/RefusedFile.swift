import Corpora
import Indexes

/// A file or folder that is not in the index, and why; or an indexed file, and what was not read of it.
package struct RefusedFile: Sendable, Hashable {
    /// The path in the index.
    package let path: String
    /// The reason, without words.
    package let reason: Reason

    /// A file and its reason.
    package init(path: String, reason: Reason) {
        self.path = path
        self.reason = reason
    }
}

extension RefusedFile: Codable {
    /// Turns a reason into words for people, where an encoder has this key.
    package typealias Words = @Sendable (Reason) -> String
    /// The key of an encoder's `Words`.
    package static let words = CodingUserInfoKey(rawValue: "reason words")!

    private enum Key: String, CodingKey {
        case path, reason, number, details
    }

    /// Writes path, number and details, and under `reason` the words.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(path, forKey: .path)
        try container.encode(reason.number, forKey: .number)
        try container.encode(reason.details, forKey: .details)
        try container.encodeIfPresent((encoder.userInfo[Self.words] as? Words)?(reason), forKey: .reason)
    }

    /// Reads what `encode` wrote; the words are not read back.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        path = try container.decode(String.self, forKey: .path)
        reason = Reason(
            try container.decode(Int.self, forKey: .number), try container.decode([String].self, forKey: .details))
    }
}

extension Reason {
    /// The reason as an index stores it.
    package init(_ refusal: Refusal) { self.init(refusal.number, refusal.details) }

    /// The note as an index stores it.
    package init(_ note: ReadingNote) { self.init(note.number, note.details) }
}
