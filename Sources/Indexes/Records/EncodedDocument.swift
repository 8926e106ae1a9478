/// An encoded passage: everything that is needed to search the passage and to reconstruct its text.
package struct EncodedPassage: Sendable, Equatable {
    /// The distinct terms of the passage, UTF-8, in any order.
    package var terms: [[UInt8]]
    /// The memory code of the passage. All passages of an index have memory codes of equal size.
    package var memory: [UInt8]
    /// The residual.
    package var residual: [UInt8]
    /// The number of tokens, which is the passage's length in ranking.
    package var tokenCount: Int
    /// The number of bytes of text.
    package var byteCount: Int
    /// How the residual is coded: 0 as tokens by the model, 1 as plain bytes.
    package var coding: UInt8

    /// A passage from its parts.
    package init(
        terms: [[UInt8]], memory: [UInt8], residual: [UInt8], tokenCount: Int, byteCount: Int, coding: UInt8
    ) {
        self.terms = terms
        self.memory = memory
        self.residual = residual
        self.tokenCount = tokenCount
        self.byteCount = byteCount
        self.coding = coding
    }
}

/// An encoded document: its passages in order, and the facts about the whole document.
package struct EncodedDocument: Sendable, Equatable {
    /// SHA-256 of the text, 32 bytes.
    package var textHash: [UInt8]
    /// The length of the text in bytes.
    package var byteLength: Int
    /// The title. An empty title costs nothing: leave it empty where the text itself gives it.
    package var title: String
    /// The media type of the file that the text was read from.
    package var mediaType: String
    /// The bytes of `StoredSpans`: where the text comes from.
    package var spans: [UInt8]
    /// The bytes of `StoredOriginal`: how the file is regained. Empty where the text is the file.
    package var original: [UInt8]
    /// The memory code of the document.
    package var memory: [UInt8]
    /// The passages in the order of the text.
    package var passages: [EncodedPassage]

    /// A document from its parts.
    package init(
        textHash: [UInt8], byteLength: Int, title: String = "", mediaType: String, spans: [UInt8] = [],
        original: [UInt8] = [], memory: [UInt8] = [], passages: [EncodedPassage]
    ) {
        self.textHash = textHash
        self.byteLength = byteLength
        self.title = title
        self.mediaType = mediaType
        self.spans = spans
        self.original = original
        self.memory = memory
        self.passages = passages
    }
}
