internal import Retrieval

/// A document in a list.
public struct DocumentSummary: Sendable, Hashable, Codable {
    /// The path of the document.
    public let path: String
    /// Other paths with the same text.
    public let otherPaths: [String]
    /// The title, or the name of the file.
    public let title: String
    /// The format that the file was read as, such as `pdf` or `markdown`.
    public let format: String
    /// The length of the text in UTF-8.
    public let byteCount: Int
    /// The number of passages.
    public let passageCount: Int
    /// The SHA-256 of the text, in hexadecimal.
    public let sha256: String
}

/// A document with its text.
public struct Document: Sendable, Hashable, Codable {
    /// The path of the document.
    public let path: String
    /// The title, or the name of the file.
    public let title: String
    /// The format that the file was read as, such as `pdf` or `markdown`.
    public let format: String
    /// The whole text.
    public let text: String
    /// The text in passages, in order. Joined they are the text.
    public let passages: [Passage]
}

/// A passage of a document: a part of at most some hundred words, which is found and reconstructed as one.
public struct Passage: Sendable, Hashable, Codable {
    /// The number in its document, from 0.
    public let number: Int
    /// The text of the passage.
    public let text: String
    /// Where it stands.
    public let place: Place
}

extension DocumentSummary {
    init(_ document: ListedDocument) {
        path = document.path
        otherPaths = document.alsoAt
        title = document.title
        format = document.mediaType
        byteCount = document.textBytes
        passageCount = document.passages
        sha256 = document.sha256
    }
}

extension Document {
    init(_ shown: ShownDocument) {
        path = shown.path
        title = shown.title
        format = shown.mediaType
        text = shown.text
        passages = shown.passages.map { Passage($0, of: shown.path, title: shown.title) }
    }
}

extension Passage {
    init(_ shown: ShownPassage, of path: String, title: String) {
        number = shown.number
        text = shown.text
        place = Place(path: path, title: title, page: shown.page, headings: shown.headings, bytes: shown.start..<shown.end)
    }
}
