import Indexes

/// Why indexes cannot be merged.
package enum MergeError: Error, Sendable, Equatable {
    /// A file is given twice, or two names of it are.
    case sameFile(String)
    /// Two indexes are coded with different models.
    case otherModel(ModelIdentity, index: String, first: String, firstModel: ModelIdentity)
    /// Two indexes have a root in common and are not shards of one corpus.
    case sameRoot(String, index: String, first: String)
    /// Shards of one corpus name its roots in another order than those of `first`.
    case otherOrder(index: String, first: String)
    /// A root of an index lies in one of another index.
    case rootInside(String, index: String, outer: String, of: String)
    /// Two indexes are made with different filters or limits: each pair has the value of `index` and that of `first`.
    case otherOptions(index: String, first: String, [OptionDifference])
    /// Two indexes take the same shard of one corpus.
    case sameShard(Int, of: Int, index: String, first: String)
    /// Two indexes divide one corpus into different numbers of shards.
    case otherShardCount(Int, index: String, first: String, count: Int)
    /// An index that takes some shards of its corpus is to be merged with an index of another corpus.
    case shardsMissing(Shards, index: String)
}
