import Indexes

/// A cache of reconstructed passages, because successive questions often need the same passages.
package struct PassageCache {
    /// The largest number of bytes of text that are kept.
    private let limit: Int
    private var texts: [PassageID: [UInt8]] = [:]
    private var size = 0

    /// An empty cache for so many bytes of text.
    package init(limit: Int = 16 << 20) { self.limit = limit }

    /// The text of a passage; nil where the cache does not have it.
    package subscript(id: PassageID) -> [UInt8]? { texts[id] }

    /// Keeps a text in place of the one that was kept. Where there is no room for it, all other texts are dropped first.
    package mutating func keep(_ text: [UInt8], of id: PassageID) {
        guard text.count <= limit else { return }
        size -= texts[id]?.count ?? 0
        if size + text.count > limit { self = PassageCache(limit: limit) }
        texts[id] = text
        size += text.count
    }
}
