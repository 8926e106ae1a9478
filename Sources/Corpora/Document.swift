/// One file of a corpus as text.
public struct Document: Sendable, Equatable {
    /// The path below the corpus root, with "/" between its parts.
    public let path: String
    /// The document's own title; empty where it states none. It does not depend on the path, which may change.
    public let title: String
    /// The kind of file that the text was read from.
    public let mediaType: MediaType
    /// The text in valid UTF-8, with nothing trimmed or normalised where `original` is exact.
    public let text: [UInt8]
    /// Pages and headings by offset in `text`, sorted by start.
    public let spans: [SourceSpan]
    /// How the bytes of the file are regained from `text`.
    public let original: OriginalForm

    /// A document from its parts.
    public init(
        path: String, title: String, mediaType: MediaType, text: [UInt8], spans: [SourceSpan], original: OriginalForm
    ) {
        self.path = path
        self.title = title
        self.mediaType = mediaType
        self.text = text
        self.spans = spans
        self.original = original
    }
}

/// What became of one file.
public enum Extraction: Sendable, Equatable {
    /// The file was read.
    case document(Document)
    /// The file is not for this index (binary data, an unsupported format, no text): nothing went wrong.
    case skipped(String)
    /// The file should have been read and could not be.
    case failed(String)
    /// Nothing was learnt of the file, for a reason that lies outside it: another time it may be read.
    case unread(String)
}
