/// What a merge did.
package struct MergeReport: Sendable, Codable, Equatable {
    /// The indexes that were merged.
    package var indexes = 0
    /// The roots of the merged index.
    package var roots: [String] = []
    /// The shards that the merged index takes, as `1,2/8`; nil for the whole corpus.
    package var shards: String?
    /// The files that the merged index knows.
    package var files = 0
    /// The documents of the merged index.
    package var documents = 0
    /// Documents that several of the indexes hold. The merged index keeps one of each.
    package var duplicates = 0
    /// The segments that were copied.
    package var segments = 0
    /// The size of the merged index.
    package var indexBytes = 0
    /// How long the merge took.
    package var seconds = 0.0
    /// False where the merge was stopped. There is no merged index then.
    package var isComplete = true
}
