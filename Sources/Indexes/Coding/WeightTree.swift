/// A complete binary tree of sums over leaf weights.
struct WeightTree: Sendable {
    /// The number of leaves, a power of two; the root is node 1, the leaves are nodes `leaves..<2 * leaves`.
    let leaves: Int
    private var sums: [UInt32]

    init(_ weights: [UInt32]) {
        var leaves = 1
        while leaves < weights.count { leaves *= 2 }
        self.leaves = leaves
        sums = Array(repeating: 0, count: 2 * leaves)
        for (i, weight) in weights.enumerated() { sums[leaves + i] = weight }
        for node in stride(from: leaves - 1, to: 0, by: -1) { sums[node] = sums[2 * node] + sums[2 * node + 1] }
    }

    var total: UInt32 { sums[1] }

    @inline(__always)
    subscript(node: Int) -> UInt32 { sums[node] }

    /// Sets the weight of a leaf, and returns its weight before.
    @inline(__always)
    @discardableResult
    mutating func set(_ leaf: Int, to weight: UInt32) -> UInt32 {
        let old = sums[leaves + leaf]
        let change = weight &- old
        if change == 0 { return old }
        var node = leaves + leaf
        while node > 0 {
            sums[node] = sums[node] &+ change
            node >>= 1
        }
        return old
    }
}
