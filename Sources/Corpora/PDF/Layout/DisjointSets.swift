/// Numbers in sets that are united one after the other.
struct DisjointSets {
    private var parents: [Int]

    /// Each of the numbers below `count` in a set of its own.
    init(_ count: Int) { parents = Array(0..<count) }

    /// The number that stands for the set of `i`: its smallest one.
    mutating func root(_ i: Int) -> Int {
        var i = i
        while parents[i] != i {
            parents[i] = parents[parents[i]]
            i = parents[i]
        }
        return i
    }

    mutating func unite(_ a: Int, _ b: Int) {
        let (a, b) = (root(a), root(b))
        parents[max(a, b)] = min(a, b)
    }
}
