/// Memory codes: what an index keeps of the vectors of passages, and of the sections of documents.
package struct MemoryCodes: Sendable {
    /// The most passages of a section in a document of at most `mostSections` sections.
    static let sectionPassages = 16
    /// The most sections of a document. The sections of a longer document have more passages.
    static let mostSections = 32

    /// Codes of passages, at most 16 bytes each.
    package let passage: ProductQuantizer
    /// Codes of sections, at most 32 bytes each.
    package let section: ProductQuantizer

    /// The codes of a model file, or nil where the file has none.
    init?(_ tensors: ModelTensors, _ encoder: SentenceEncoder?) throws(MemoryError) {
        guard let encoder, let passage = try ProductQuantizer("codes.passage", width: encoder.shape.width, tensors),
            let section = try ProductQuantizer("codes.section", width: encoder.shape.width, tensors)
        else { return nil }
        guard passage.parts <= 16, section.parts <= 32 else {
            throw tensors.invalid("a memory code has at most 16 bytes for a passage and 32 for a section")
        }
        self.passage = passage
        self.section = section
    }

    /// The passages of each section of a document: runs of equal length, where the last may be shorter. A document of one
    /// passage has no section.
    package static func sections(_ passages: Int) -> [Range<Int>] {
        guard passages > 1 else { return [] }
        let size = max(sectionPassages, (passages + mostSections - 1) / mostSections)
        return stride(from: 0, to: passages, by: size).map { $0..<min(passages, $0 + size) }
    }
}
