/// A passage as the model leaves it: everything that is needed to search it and to give it back.
public struct EncodedPassage: Sendable, Equatable {
    /// The distinct terms of the passage, UTF-8, in any order: case-folded words and literal mixed-case forms.
    public var words: [[UInt8]]
    /// The dense code of the passage; every passage of an index has one of the same size.
    public var memory: [UInt8]
    /// What the entropy coder had left to say.
    public var residual: [UInt8]
    /// The number of tokens, the passage's length in ranking.
    public var tokenCount: Int
    /// The number of bytes of text.
    public var byteCount: Int
    /// How the residual is coded: 0 by the model, 1 plainly, 2 by the model with matches.
    public var coding: UInt8

    public init(
        words: [[UInt8]], memory: [UInt8], residual: [UInt8], tokenCount: Int, byteCount: Int, coding: UInt8 = 0
    ) {
        self.words = words
        self.memory = memory
        self.residual = residual
        self.tokenCount = tokenCount
        self.byteCount = byteCount
        self.coding = coding
    }
}

/// A document ready to be written: its passages in order, and what is known of the whole.
public struct EncodedDocument: Sendable, Equatable {
    /// SHA-256 of the text, 32 bytes.
    public var textHash: [UInt8]
    /// The length of the text in bytes.
    public var byteLength: Int
    /// The title; an empty one costs nothing, so leave it empty when the text itself gives it.
    public var title: String
    public var mediaType: String
    /// Where passages stand in the source (pages, headings), as the pipeline writes it.
    public var spans: [UInt8]
    /// What turns the text into the source file again, as the pipeline writes it; empty when the text is the file.
    public var original: [UInt8]
    /// The dense codes of the document.
    public var memory: [UInt8]
    public var passages: [EncodedPassage]

    public init(
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
