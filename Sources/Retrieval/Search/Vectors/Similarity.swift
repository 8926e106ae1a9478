import Indexes
import Memory
import Synchronization

/// How near queries come to all live passages of an index: by memory codes, and by summed word vectors.
///
/// The vectors of passages are computed when they are first asked for, and kept. The index stores no word vectors.
package final class Similarity: Sendable {
    private let snapshot: IndexSnapshot
    private let pool: CodecPool
    /// nil before the table is first asked for.
    private let table = Mutex<WordVectors??>(nil)
    private let vectors = Mutex<PassageVectors?>(nil)

    init(_ snapshot: IndexSnapshot, pool: CodecPool) {
        self.snapshot = snapshot
        self.pool = pool
    }

    /// The word vectors of the model; nil where the model has none.
    var wordVectors: WordVectors? {
        table.withLock { table in
            if let table { return table }
            let made = WordVectors(pool.model)
            table = .some(made)
            return made
        }
    }

    /// The similarities of one query, passage by passage.
    struct Cosines {
        private let vectors: PassageVectors
        /// The inner product of the query's vector with the passage's memory code, near their cosine. Zeros where the model
        /// has no codes.
        let memory: [Float]
        /// Likewise with the code of the passage's section, or of the passage where its document has no sections.
        let sections: [Float]
        /// Zeros where the model has no word vectors.
        let wordVectors: [Float]

        var passages: [PassageID] { vectors.passages }

        fileprivate init(_ vectors: PassageVectors, memory: [Float], sections: [Float], wordVectors: [Float]) {
            self.vectors = vectors
            self.memory = memory
            self.sections = sections
            self.wordVectors = wordVectors
        }

        /// Where the cosines of a passage stand.
        func position(of passage: PassageID) -> Int? { vectors.position[passage] }
    }

    func cosines(of query: Query) throws -> Cosines {
        let wordVectors = wordVectors
        let passages = try vectors.withLock { kept in
            if let kept { return kept }
            let made = try PassageVectors(snapshot, model: pool.model, wordVectors: wordVectors)
            kept = made
            return made
        }
        let (memory, sections) = passages.similarities(to: query, pool)
        guard let wordVectors else {
            return Cosines(passages, memory: memory, sections: sections, wordVectors: memory.map { _ in 0 })
        }
        var sum = [Float](repeating: 0, count: wordVectors.dimension)
        for term in query.terms { wordVectors.add(wordVectors.rows(of: term), to: &sum) }
        return Cosines(passages, memory: memory, sections: sections, wordVectors: passages.words.cosines(sum))
    }
}

/// The vectors of all live passages of an index.
private struct PassageVectors: Sendable {
    private(set) var passages: [PassageID] = []
    private(set) var position: [PassageID: Int] = [:]
    /// The memory codes of all passages, one after the other; empty where the model has none.
    private var codes: [UInt8] = []
    /// The memory codes of all sections, and the number of each passage's section, or −1.
    private var sectionCodes: [UInt8] = []
    private var section: [Int32] = []
    /// Sums of the word vectors of term sets; of width 0 where the model has none.
    private(set) var words: QuantizedVectors

    init(_ snapshot: IndexSnapshot, model: LoadedModel, wordVectors: WordVectors?) throws {
        words = QuantizedVectors(width: wordVectors?.dimension ?? 0)
        var rows: [[Int]] = []
        var segmentID: Int?
        for document in snapshot.documents {
            let segment = try snapshot.segment(document.id.segment)
            if let wordVectors, segmentID != segment.id {
                rows = (0..<segment.termCount).map { wordVectors.rows(of: segment.term($0)) }
                segmentID = segment.id
            }
            addSections(of: document, model)
            for id in document.passageIDs {
                position[id] = passages.count
                passages.append(id)
                codes += segment.memory(of: id.index)
                guard let wordVectors else { continue }
                var sum = [Float](repeating: 0, count: wordVectors.dimension)
                for term in segment.termNumbers(of: id.index) { wordVectors.add(rows[Int(term)], to: &sum) }
                words.append(sum)
            }
        }
    }

    private mutating func addSections(of document: StoredDocument, _ model: LoadedModel) {
        let size = model.codes == nil ? 0 : MemoryCodes.sectionBytes
        let sections = MemoryCodes.sections(document.passages.count)
        guard size > 0, !sections.isEmpty, document.memory.count == sections.count * size else {
            section += document.passages.map { _ in -1 }
            return
        }
        let first = sectionCodes.count / size
        for (i, range) in sections.enumerated() { section += range.map { _ in Int32(first + i) } }
        sectionCodes += document.memory
    }

    /// The inner products of a query's vector with the codes of all passages, and of the passages' sections.
    func similarities(to query: Query, _ pool: CodecPool) -> (passages: [Float], sections: [Float]) {
        let none = [Float](repeating: 0, count: passages.count)
        guard let kinds = pool.model.codes, codes.count == passages.count * MemoryCodes.passageBytes,
            let vector = pool.withCodec({ $0.encoding?.vector(of: query.text) })
        else { return (none, none) }
        let near = kinds.table(for: vector, bytes: MemoryCodes.passageBytes).products(codes)
        let sections = kinds.table(for: vector, bytes: MemoryCodes.sectionBytes).products(sectionCodes)
        return (near, section.indices.map { section[$0] < 0 ? near[$0] : sections[Int(section[$0])] })
    }
}
