/// Names stored content: the `ordinal`-th document of a segment. Compaction gives content new names.
public struct ContentID: Sendable, Hashable, Comparable {
    public let segment: Int
    public let ordinal: Int

    public init(segment: Int, ordinal: Int) {
        self.segment = segment
        self.ordinal = ordinal
    }

    public static func < (a: ContentID, b: ContentID) -> Bool {
        (a.segment, a.ordinal) < (b.segment, b.ordinal)
    }
}

extension ContentID {
    static let ordinalBits = 16

    /// One integer for both, as rows store it.
    var packed: Int64 { Int64(segment) << Int64(ContentID.ordinalBits) | Int64(ordinal) }

    init(packed: Int64) {
        segment = Int(packed >> Int64(ContentID.ordinalBits))
        ordinal = Int(packed & (1 << Int64(ContentID.ordinalBits) - 1))
    }
}

/// Names a passage: the `index`-th of a segment. Compaction gives passages new names.
public struct PassageID: Sendable, Hashable, Comparable {
    public let segment: Int
    public let index: Int

    public init(segment: Int, index: Int) {
        self.segment = segment
        self.index = index
    }

    public static func < (a: PassageID, b: PassageID) -> Bool {
        (a.segment, a.index) < (b.segment, b.index)
    }
}
