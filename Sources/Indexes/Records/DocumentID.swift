/// Names a stored document: the `ordinal`-th of a segment. Compaction gives documents new names.
package struct DocumentID: Sendable, Hashable, Comparable {
    /// The segment that holds the document.
    package let segment: Int
    /// The place of the document in its segment.
    package let ordinal: Int

    /// The name of a document.
    package init(segment: Int, ordinal: Int) {
        self.segment = segment
        self.ordinal = ordinal
    }

    /// The order in which documents are stored.
    package static func < (a: DocumentID, b: DocumentID) -> Bool {
        (a.segment, a.ordinal) < (b.segment, b.ordinal)
    }
}

extension DocumentID {
    static let ordinalBits = 16

    /// Segment and ordinal in one integer, as rows store them.
    var packed: Int64 { Int64(segment) << Int64(DocumentID.ordinalBits) | Int64(ordinal) }

    init(packed: Int64) {
        segment = Int(packed >> Int64(DocumentID.ordinalBits))
        ordinal = Int(packed & (1 << Int64(DocumentID.ordinalBits) - 1))
    }
}

/// Names a passage: the `index`-th of a segment. Compaction gives passages new names.
package struct PassageID: Sendable, Hashable, Comparable {
    /// The segment that holds the passage.
    package let segment: Int
    /// The place of the passage in its segment.
    package let index: Int

    /// The name of a passage.
    package init(segment: Int, index: Int) {
        self.segment = segment
        self.index = index
    }

    /// The order in which passages are stored.
    package static func < (a: PassageID, b: PassageID) -> Bool {
        (a.segment, a.index) < (b.segment, b.index)
    }
}
