import Indexes
import Memory
import Synchronization

/// How near queries come to the passages of an index: by the memory codes of all passages, and by summed word vectors of some.
///
/// The codes are gathered when they are first asked for, and kept. The index stores no word vectors: those of a passage are
/// summed up from its term set for each query.
package final class Similarity: Sendable {
    private let snapshot: IndexSnapshot
    private let pool: CodecPool
    /// nil before the table is first asked for.
    private let table = Mutex<WordVectors??>(nil)
    private let codes: Deferred<Result<StoredCodes, any Error>>
    /// The vector of the query that was prepared last.
    private let prepared = Mutex<(text: [UInt8], vector: Deferred<[Float]?>)?>(nil)

    init(_ snapshot: IndexSnapshot, pool: CodecPool) {
        self.snapshot = snapshot
        self.pool = pool
        codes = Deferred { Result { try StoredCodes(snapshot) } }
    }

    /// Has other threads make what `memory(of:)` needs, while this one finds out what the words of a query mean.
    func prepare(_ text: [UInt8]) {
        guard pool.model.codes != nil else { return }
        codes.prepare()
        let vector = Deferred { [self] in self.vector(of: text) }
        prepared.withLock { $0 = (text, vector) }
        vector.prepare()
    }

    private func vector(of text: [UInt8]) -> [Float]? { pool.withCodec { $0.encoding?.vector(of: text) } }

    /// The word vectors of the model; nil where the model has none.
    var wordVectors: WordVectors? {
        table.withLock { table in
            if let table { return table }
            let made = WordVectors(pool.model)
            table = .some(made)
            return made
        }
    }

    /// The inner products of a query's vector with memory codes, near their cosines.
    struct MemoryProducts {
        fileprivate let codes: StoredCodes
        /// One for each passage of the index, dead ones too.
        let passages: [Float]
        /// Likewise with the code of the passage's section, or of the passage where its document has no sections.
        let sections: [Float]

        /// The products of a passage and of its section; nil for a passage of a segment without live passages.
        func of(_ passage: PassageID) -> (passage: Float, section: Float)? {
            codes.segments[passage.segment].map { range in
                (passages[range.lowerBound + passage.index], sections[range.lowerBound + passage.index])
            }
        }

        /// For each segment the weighted sums of both products of each of its passages.
        func sums(passage: Float, section: Float) -> [Int: [Float]] {
            codes.segments.mapValues { range in range.map { passage * passages[$0] + section * sections[$0] } }
        }
    }

    /// The products of a query with the codes of all passages; nil where the model has no codes.
    func memory(of query: Query) throws -> MemoryProducts? {
        let prepared = prepared.withLock { $0?.text == query.text ? $0?.vector : nil }
        guard let kinds = pool.model.codes, let vector = prepared?.value ?? vector(of: query.text) else { return nil }
        let stored = try codes.value.get()
        let near = kinds.table(for: vector, bytes: MemoryCodes.passageBytes).products(stored.passages)
        let sections = kinds.table(for: vector, bytes: MemoryCodes.sectionBytes).products(stored.sections)
        return MemoryProducts(
            codes: stored, passages: near,
            sections: stored.section.indices.map { stored.section[$0] < 0 ? near[$0] : sections[Int(stored.section[$0])] })
    }

    /// The cosines of the summed word vectors of a query with those of some passages; zeros where the model has none.
    func wordVectors(of query: Query, to passages: [PassageID]) throws -> [Float] {
        guard let vectors = wordVectors else { return passages.map { _ in 0 } }
        var asked = [Float](repeating: 0, count: vectors.dimension)
        for term in query.terms { vectors.add(vectors.rows(of: term), to: &asked) }
        asked = WordVectors.unit(asked)
        var cosines: [PassageID: Float] = [:]
        for (id, passages) in Dictionary(grouping: passages, by: \.segment) {
            for (passage, terms) in zip(passages, try snapshot.segment(id).terms(of: passages.map(\.index))) {
                var sum = [Float](repeating: 0, count: vectors.dimension)
                for term in terms { vectors.add(vectors.rows(of: term), to: &sum) }
                cosines[passage] = zip(WordVectors.unit(sum), asked).reduce(0) { $0 + $1.0 * $1.1 }
            }
        }
        return passages.map { cosines[$0] ?? 0 }
    }
}

/// The memory codes of an index as they are stored, one after the other.
private struct StoredCodes: Sendable {
    /// The places of the passages of each segment.
    private(set) var segments: [Int: Range<Int>] = [:]
    private(set) var passages: [UInt8] = []
    private(set) var sections: [UInt8] = []
    /// The number of each passage's section, or −1.
    private(set) var section: [Int32] = []

    init(_ snapshot: IndexSnapshot) throws {
        for id in snapshot.segmentIDs {
            let segment = try snapshot.segment(id)
            segments[id] = section.count..<section.count + segment.passageCount
            section += Array(repeating: -1, count: segment.passageCount)
            passages += segment.passageMemory
        }
        for document in snapshot.documents {
            let parts = MemoryCodes.sections(document.passages.count)
            guard let start = segments[document.id.segment]?.lowerBound, !parts.isEmpty,
                document.memory.count == parts.count * MemoryCodes.sectionBytes
            else { continue }
            for (i, part) in parts.enumerated() {
                let number = Int32(sections.count / MemoryCodes.sectionBytes + i)
                for passage in part { section[start + document.passages.lowerBound + passage] = number }
            }
            sections += try snapshot.sectionMemory(of: document)
        }
    }
}
