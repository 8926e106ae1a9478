import Indexes
import Memory
import Synchronization

/// Cosines of queries with all live passages of an index: of memory codes, and of summed word vectors.
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

    /// The cosines of one query, passage by passage.
    struct Cosines {
        private let vectors: PassageVectors
        let memory: [Float]
        /// Zeros where the model has no word vectors.
        let wordVectors: [Float]

        var passages: [PassageID] { vectors.passages }

        fileprivate init(_ vectors: PassageVectors, memory: [Float], wordVectors: [Float]) {
            self.vectors = vectors
            self.memory = memory
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
        let code = try pool.map(1) { codec, _ in codec.memory(of: query.tokens[...]) }[0]
        let memory = passages.memory.cosines(code.map(Float.init))
        guard let wordVectors else { return Cosines(passages, memory: memory, wordVectors: memory.map { _ in 0 }) }
        var sum = [Float](repeating: 0, count: wordVectors.dimension)
        for term in query.terms { wordVectors.add(wordVectors.rows(of: term), to: &sum) }
        return Cosines(passages, memory: memory, wordVectors: passages.words.cosines(sum))
    }
}

/// The vectors of all live passages of an index.
private struct PassageVectors: Sendable {
    private(set) var passages: [PassageID] = []
    private(set) var position: [PassageID: Int] = [:]
    /// Memory codes.
    private(set) var memory: QuantizedVectors
    /// Sums of the word vectors of term sets; of width 0 where the model has none.
    private(set) var words: QuantizedVectors

    init(_ snapshot: IndexSnapshot, model: LoadedModel, wordVectors: WordVectors?) throws {
        memory = QuantizedVectors(width: model.backbone.shape.storedCode)
        words = QuantizedVectors(width: wordVectors?.dimension ?? 0)
        var rows: [[Int]] = []
        var segmentID: Int?
        for document in snapshot.documents {
            let segment = try snapshot.segment(document.id.segment)
            if let wordVectors, segmentID != segment.id {
                rows = (0..<segment.termCount).map { wordVectors.rows(of: segment.term($0)) }
                segmentID = segment.id
            }
            for id in document.passageIDs {
                position[id] = passages.count
                passages.append(id)
                memory.append((MemoryCode.unpack(segment.memory(of: id.index), count: memory.width) ?? []).map(Float.init))
                guard let wordVectors else { continue }
                var sum = [Float](repeating: 0, count: wordVectors.dimension)
                for term in segment.termNumbers(of: id.index) { wordVectors.add(rows[Int(term)], to: &sum) }
                words.append(sum)
            }
        }
    }
}
