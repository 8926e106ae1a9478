/// The text of a file with its spans and original form.
public struct Document: Sendable, Equatable {
    /// The title that the document itself states. It does not depend on the path of the file.
    public let title: String?
    /// The kind of file that the text was read from.
    public let mediaType: MediaType
    /// The text in valid UTF-8. When `original` is exact, the text is neither trimmed nor normalised.
    public let text: [UInt8]
    /// The pages and headings of `text`, sorted by start.
    public let spans: [SourceSpan]
    /// How the bytes of the file are regained from `text`.
    public let original: OriginalForm
    /// What was not read of the file.
    public let notes: [ReadingNote]

    /// Makes a document from its parts.
    public init(
        title: String?, mediaType: MediaType, text: [UInt8], spans: [SourceSpan], original: OriginalForm,
        notes: [ReadingNote] = []
    ) {
        self.title = title
        self.mediaType = mediaType
        self.text = text
        self.spans = spans
        self.original = original
        self.notes = notes
    }
}

/// The result of reading one file.
public enum Extraction: Sendable, Equatable {
    /// The file was read.
    case document(Document)
    /// The file was not read.
    case refused(Refusal)
}
