import Memory

/// The shards of a corpus that an index takes: some of a number of stable shares of its files.
///
/// A file belongs to the shard that the hash of its path below its root names. So shards that are made apart hold no file
/// twice, and together all files; and a file that is added, changed or removed concerns one shard.
package struct Shards: Sendable, Hashable, CustomStringConvertible {
    /// The number of shards that the files are divided into.
    package let count: Int
    /// The shards that are taken, from 1, ascending.
    package let numbers: [Int]

    /// The most shards.
    package static let limit = 65536

    /// Nil where a number is given twice or is not one of the shards.
    package init?(_ numbers: [Int], of count: Int) {
        let sorted = numbers.sorted()
        guard (1...Shards.limit).contains(count), let first = sorted.first, let last = sorted.last, first >= 1,
            last <= count, zip(sorted, sorted.dropFirst()).allSatisfy(<)
        else { return nil }
        self.count = count
        self.numbers = sorted
    }

    /// Reads `2/8`, or `1,2/8` for two of eight.
    package init?(_ text: String) {
        let sides = text.split(separator: "/", omittingEmptySubsequences: false)
        guard sides.count == 2, let count = Int(sides[1]) else { return nil }
        let numbers = sides[0].split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
        guard !numbers.contains(nil) else { return nil }
        self.init(numbers.compactMap(\.self), of: count)
    }

    /// The shards as they are given and stored: `1,2/8`.
    package var description: String { "\(numbers.map(String.init).joined(separator: ","))/\(count)" }

    /// Whether the shards are the whole corpus.
    package var isWhole: Bool { numbers.count == count }

    /// Whether a file belongs to the shards.
    /// - Parameter path: the path below the root; of a root that is a file, its name.
    package func take(_ path: String) -> Bool { numbers.contains(Shards.number(of: path, among: count)) }

    /// The shard that a file belongs to, from 1: the first eight bytes of the SHA-256 of its path, little-endian, modulo the
    /// number of shards, plus 1.
    package static func number(of path: String, among count: Int) -> Int {
        let start = SHA256.hash(Array(path.utf8)).prefix(8)
        let hash = start.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return Int(hash % UInt64(count)) + 1
    }
}
