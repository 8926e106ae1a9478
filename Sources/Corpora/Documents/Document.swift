/// The text of a file with its spans and original form.
package struct Document: Sendable, Equatable {
    /// The title that the document itself states. It does not depend on the path of the file.
    package let title: String?
    /// The kind of file that the text was read from.
    package let mediaType: MediaType
    /// The text in valid UTF-8. When `original` is exact, the text is neither trimmed nor normalised.
    package let content: FileBytes
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
        self.init(
            title: title, mediaType: mediaType, content: FileBytes(text), spans: spans, original: original, notes: notes,
            date: date)
    }

    /// Makes a document from its parts, the text of a long file among them.
    package init(
        title: String?, mediaType: MediaType, content: FileBytes, spans: [SourceSpan], original: OriginalForm,
        notes: [ReadingNote] = [], date: String? = nil
    ) {
        self.title = title
        self.mediaType = mediaType
        self.content = content
        self.spans = spans
        self.original = original
        self.notes = notes
        self.date = date
    }

    /// The text as an array: a copy where it is the bytes of a long file.
    package var text: [UInt8] { content.array }
}

/// The result of reading one file.
package enum Extraction: Sendable, Equatable {
    /// The file was read.
    case document(Document)
    /// The file was not read.
    case refused(Refusal)
}
