import Indexes

/// Passages that were reconstructed, kept as long as they fit: who asks several questions meets the same passages again.
package struct PassageCache {
    /// Bytes of text that are kept.
    private let limit: Int
    private var texts: [PassageID: [UInt8]] = [:], size = 0

    package init(limit: Int = 16 << 20) { self.limit = limit }

    package subscript(id: PassageID) -> [UInt8]? { texts[id] }

    /// All give way where there is no more room: what is asked for again comes back.
    package mutating func keep(_ text: [UInt8], of id: PassageID) {
        guard texts[id] == nil, text.count <= limit else { return }
        if size + text.count > limit { self = PassageCache(limit: limit) }
        texts[id] = text
        size += text.count
    }
}
