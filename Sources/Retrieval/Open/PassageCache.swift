import Indexes

/// A cache of reconstructed passages, because successive questions often need the same passages.
package struct PassageCache {
    /// The largest number of bytes of text that are kept.
    private let limit: Int
    private var texts: [PassageID: [UInt8]] = [:]
    private var size = 0

    package init(limit: Int = 16 << 20) { self.limit = limit }

    package subscript(id: PassageID) -> [UInt8]? { texts[id] }

    /// Keeps a text. Where there is no room for it, all other texts are dropped first.
    package mutating func keep(_ text: [UInt8], of id: PassageID) {
        guard texts[id] == nil, text.count <= limit else { return }
        if size + text.count > limit { self = PassageCache(limit: limit) }
        texts[id] = text
        size += text.count
    }
}
