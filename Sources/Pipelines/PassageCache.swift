import Indexes

/// Passages that were reconstructed, kept as long as they fit: who asks several questions meets the same passages again.
package struct PassageCache {
    /// Bytes of text that are kept; 0 keeps none.
    package var limit = 16 << 20 {
        didSet { if size > limit { removeAll() } }
    }
    private var texts: [PassageID: [UInt8]] = [:], size = 0

    package init() {}

    package subscript(id: PassageID) -> [UInt8]? { texts[id] }

    /// All give way where there is no more room: what is asked for again comes back.
    package mutating func keep(_ text: [UInt8], of id: PassageID) {
        guard texts[id] == nil, text.count <= limit else { return }
        if size + text.count > limit { removeAll() }
        texts[id] = text
        size += text.count
    }

    private mutating func removeAll() {
        texts = [:]
        size = 0
    }
}
