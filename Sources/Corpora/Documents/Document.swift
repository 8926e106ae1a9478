/// The text of a file with its spans and original form.
package struct Document: Sendable, Equatable {
    /// The title that the document itself states. It does not depend on the path of the file.
    package let title: String?
    /// The kind of file that the text was read from.
    package let mediaType: MediaType
    /// The text in valid UTF-8. When `original` is exact, the text is neither trimmed nor normalised.
    package let text: [UInt8]
    /// The pages and headings of `text`, sorted by start.
    package let spans: [SourceSpan]
    /// How the bytes of the file are regained from `text`.
    package let original: OriginalForm
    /// What was not read of the file.
    package let notes: [ReadingNote]
    /// The date that the document itself states, as `DocumentDate` writes it.
    package let date: String?

    /// Makes a document from its parts.
    package init(
        title: String?, mediaType: MediaType, text: [UInt8], spans: [SourceSpan], original: OriginalForm,
        notes: [ReadingNote] = [], date: String? = nil
    ) {
        self.title = title
        self.mediaType = mediaType
        self.text = text
        self.spans = spans
        self.original = original
        self.notes = notes
        self.date = date
    }
}

/// The result of reading one file.
package enum Extraction: Sendable, Equatable {
    /// The file was read.
    case document(Document)
    /// The file was not read.
    case refused(Refusal)
}
