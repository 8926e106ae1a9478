/// One file of a corpus as text.
public struct Document: Sendable, Equatable {
    /// The title that the document itself states. It does not depend on the file's path, which may change.
    public let title: String?
    /// The kind of file that the text was read from.
    public let mediaType: MediaType
    /// The text in valid UTF-8, with nothing trimmed or normalised where `original` is exact.
    public let text: [UInt8]
    /// Pages and headings by offset in `text`, sorted by start.
    public let spans: [SourceSpan]
    /// How the bytes of the file are regained from `text`.
    public let original: OriginalForm

    /// A document from its parts.
    public init(title: String?, mediaType: MediaType, text: [UInt8], spans: [SourceSpan], original: OriginalForm) {
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
    /// The file was not read.
    case refused(Refusal)
}
