/// An encoded passage: everything that is needed to search the passage and to reconstruct its text.
package struct EncodedPassage: Sendable, Equatable {
    /// The distinct terms of the passage, UTF-8, in any order.
    package var terms: TermList
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
        self.terms = TermList(terms)
        self.memory = memory
        self.residual = residual
        self.tokenCount = tokenCount
        self.byteCount = byteCount
        self.coding = coding
    }
}

/// Terms, one after the other in one array. A list of arrays would take ten times the memory.
package struct TermList: Sendable, Equatable, RandomAccessCollection, ExpressibleByArrayLiteral {
    private var bytes: [UInt8] = []
    private var ends: [UInt32] = []

    /// The terms of a list of arrays.
    package init(_ terms: [[UInt8]]) {
        bytes.reserveCapacity(terms.reduce(0) { $0 + $1.count })
        ends.reserveCapacity(terms.count)
        for term in terms {
            bytes += term
            ends.append(UInt32(bytes.count))
        }
    }

    package init(arrayLiteral terms: [UInt8]...) { self.init(terms) }

    package var startIndex: Int { 0 }
    package var endIndex: Int { ends.count }
    package subscript(index: Int) -> [UInt8] {
        Array(bytes[(index == 0 ? 0 : Int(ends[index - 1]))..<Int(ends[index])])
    }
}

/// How much of a segment a document takes.
package struct DocumentSize {
    private let passages: Int
    private var postings = 0

    /// The size of a document of which no passage is known yet.
    package init(passages: Int) { self.passages = passages }

    /// Counts a passage.
    package mutating func add(_ passage: EncodedPassage) { postings += passage.terms.count }

    /// Whether a segment can hold the document.
    package var fits: Bool { passages <= SegmentLimits.passages && postings <= SegmentLimits.postings }
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
