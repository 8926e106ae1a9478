import Algorithms
import Foundation
import Indexes
import Retrieval
import SystemPackage

/// What a merged index is made from, found from the options of the indexes that it is made of.
///
/// Indexes of the same roots are merged where they are shards of one corpus. When all shards are there, the merged index is
/// one of the whole corpus; until then it takes those that it has. Indexes of different roots are merged where each is
/// whole: the merged index has the roots of all.
package struct MergePlan {
    /// An index to merge.
    package struct Member {
        /// The path of the index file.
        package let path: String
        /// What it was made from.
        package let options: IndexOptions

        /// An index to merge.
        package init(path: String, options: IndexOptions) {
            self.path = path
            self.options = options
        }
    }

    /// The options of the merged index.
    package let options: IndexOptions
    /// For each index the positions of its roots among those of the merged index.
    package let places: [[Int]]
    /// The indexes whose walks count: one of the shards of each corpus, which all saw the same.
    package let walked: [Int]

    /// The plan for at least one index.
    package init(_ members: [Member]) throws(MergeError) {
        var corpora: [Corpus] = []
        var corpusOfMember: [Int] = []
        for (i, member) in members.enumerated() {
            if let at = corpora.firstIndex(where: { $0.hasRoots(of: member) }) {
                try corpora[at].add(member)
                corpusOfMember.append(at)
            } else {
                for corpus in corpora { try corpus.checkApart(member) }
                corpusOfMember.append(corpora.count)
                corpora.append(Corpus(first: member, position: i, shards: member.options.shards))
            }
        }
        if corpora.count > 1, let part = corpora.first(where: { $0.shards?.isWhole == false }), let shards = part.shards {
            throw .shardsMissing(shards, index: part.first.path)
        }
        var options = corpora[0].first.options
        for corpus in corpora {
            var other = corpus.first.options
            other.roots = options.roots
            other.shards = options.shards
            let differences = other.differences(from: options)
            if !differences.isEmpty {
                throw .otherOptions(index: corpus.first.path, first: corpora[0].first.path, differences)
            }
        }
        options.roots = corpora.flatMap(\.first.options.roots)
        options.shards = corpora[0].shards.flatMap { $0.isWhole ? nil : $0 }
        self.options = options
        let starts = Array(corpora.reductions(0) { $0 + $1.first.options.roots.count })
        places = corpusOfMember.map { at in corpora[at].first.options.roots.indices.map { starts[at] + $0 } }
        walked = corpora.map(\.position)
    }
}

/// The indexes of one list of roots.
private struct Corpus {
    let first: MergePlan.Member
    /// The position of the first one.
    let position: Int
    /// The shards of all of them.
    var shards: Shards?
    /// Each shard with the index that takes it.
    private var takers: [Int: String]

    init(first: MergePlan.Member, position: Int, shards: Shards?) {
        self.first = first
        self.position = position
        self.shards = shards
        takers = Dictionary(uniqueKeysWithValues: (shards?.numbers ?? []).map { ($0, first.path) })
    }

    func hasRoots(of member: MergePlan.Member) -> Bool {
        first.options.roots.map(PathKey.init) == member.options.roots.map(PathKey.init)
    }

    /// Adds another index of the same roots.
    mutating func add(_ member: MergePlan.Member) throws(MergeError) {
        guard let shards, let others = member.options.shards else {
            throw .sameRoot(member.options.roots[0], index: member.path, first: first.path)
        }
        if others.count != shards.count {
            throw .otherShardCount(others.count, index: member.path, first: first.path, count: shards.count)
        }
        var options = member.options
        options.shards = first.options.shards
        let differences = options.differences(from: first.options)
        if !differences.isEmpty { throw .otherOptions(index: member.path, first: first.path, differences) }
        for number in others.numbers {
            if let taker = takers.updateValue(member.path, forKey: number) {
                throw .sameShard(number, of: shards.count, index: member.path, first: taker)
            }
        }
        self.shards = Shards(Array(takers.keys), of: shards.count)
    }

    /// Refuses an index with a root that is one of these, or lies in one, or holds one.
    func checkApart(_ member: MergePlan.Member) throws(MergeError) {
        let (roots, others) = (first.options.roots.map(PathKey.init), member.options.roots.map(PathKey.init))
        if shards != nil, member.options.shards != nil, Set(roots) == Set(others) {
            throw .otherOrder(index: member.path, first: first.path)
        }
        for root in member.options.roots {
            for other in first.options.roots {
                let (path, otherPath) = (place(root), place(other))
                if path == otherPath { throw .sameRoot(root, index: member.path, first: first.path) }
                if path.starts(with: otherPath) {
                    throw .rootInside(root, index: member.path, outer: other, of: first.path)
                }
                if otherPath.starts(with: path) {
                    throw .rootInside(other, index: first.path, outer: root, of: member.path)
                }
            }
        }
    }

    private func place(_ root: String) -> FilePath {
        FilePath(URL(fileURLWithPath: root).resolvingSymlinksInPath().path)
    }
}
