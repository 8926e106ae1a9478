/// How the bytes of a residual are to be read. The raw values are stored in indexes.
package enum ResidualCoding: UInt8, Sendable {
    /// Range-coded tokens under the backbone, given the memory, with the bias of a `MatchModel`.
    case tokens = 0
    /// The bytes of the text under a small adaptive model (`PlainCoder`), for text that the backbone codes badly.
    case plain = 1
}

/// The bytes that make the reconstruction of a passage exact, given its memory.
package struct Residual: Sendable, Equatable {
    /// How to read the bytes.
    package let coding: ResidualCoding
    /// The code.
    package let bytes: [UInt8]

    /// A residual that is coded so.
    package init(coding: ResidualCoding, bytes: [UInt8]) {
        self.coding = coding
        self.bytes = bytes
    }
}

/// What the decoder knows of a passage besides its residual.
package struct PassageMemory: Sendable {
    /// The term set, sorted by bytes.
    package let terms: [[UInt8]]
    /// The code that the backbone's forward run left of the passage, D entries, or none.
    package let passage: [Int8]
    /// The code of the document, likewise.
    package let document: [Int8]

    /// What the index keeps of a passage beside its residual.
    package init(terms: [[UInt8]], passage: [Int8] = [], document: [Int8] = []) {
        self.terms = terms
        self.passage = passage
        self.document = document
    }
}

/// A passage to be reconstructed.
package struct ReconstructionRequest: Sendable {
    /// The residual.
    package let residual: Residual
    /// The memory that the residual was coded with.
    package let memory: PassageMemory
    /// The tokens of the passage.
    package let tokenCount: Int
    /// The bytes of the passage.
    package let byteCount: Int
    /// How much of the passage is wanted.
    package let part: Part

    /// How much of a passage is wanted.
    package enum Part: Sendable {
        /// All of it.
        case whole
        /// The start up to the end of the paragraph that holds a byte, or more.
        case paragraph(holding: Int)
    }

    /// All that a passage is decoded from.
    package init(
        residual: Residual, memory: PassageMemory, tokenCount: Int, byteCount: Int, part: Part = .whole
    ) {
        self.residual = residual
        self.memory = memory
        self.tokenCount = tokenCount
        self.byteCount = byteCount
        self.part = part
    }
}
