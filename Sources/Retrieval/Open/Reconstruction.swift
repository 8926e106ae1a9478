import Algorithms
import Indexes
import Memory
import Synchronization

/// Text regained from memory by running the model backward. Passages that were reconstructed are kept for the next question.
package final class Reconstruction: Sendable {
    private let snapshot: IndexSnapshot
    private let pool: CodecPool
    private let path: String
    private let cache = Mutex(PassageCache())
    /// The starts of passages whose headings were asked for.
    private let starts = Mutex(PassageCache(limit: 2 << 20))

    init(_ snapshot: IndexSnapshot, pool: CodecPool, path: String) {
        self.snapshot = snapshot
        self.pool = pool
        self.path = path
    }

    /// The texts of passages, in the order of `passages`.
    /// - Throws: when the length of a text differs from the length in the index. Its place in the document would be wrong.
    package func texts(of passages: [PassageID]) throws -> [[UInt8]] {
        let known = cache.withLock { cache in passages.map { cache[$0] } }
        let missing = zip(passages, known).filter { $1 == nil }.map(\.0)
        let fresh = try decode(missing)
        guard try zip(missing, fresh).allSatisfy({ try hasItsLength($0, $1) }) else {
            throw IndexError.damaged("passages", of: path)
        }
        cache.withLock { cache in for (id, text) in zip(missing, fresh) { cache.keep(text, of: id) } }
        var rest = fresh[...]
        return known.map { $0 ?? rest.removeFirst() }
    }

    /// The starts of passages, each up to the end of the paragraph that holds a byte, or more. They are not compared with the
    /// index.
    package func starts(of wanted: [PassageID: Int]) throws -> [PassageID: [UInt8]] {
        var found: [PassageID: [UInt8]] = [:]
        for (id, byte) in wanted {
            found[id] =
                cache.withLock { $0[id] }
                ?? starts.withLock { $0[id] }.flatMap { text in
                    var start = PassageStart(byte)
                    start.append(text)
                    return start.isEnough ? text : nil
                }
        }
        let missing = wanted.keys.filter { found[$0] == nil }.sorted()
        let fresh = try decode(missing) { .paragraph(holding: wanted[$0] ?? 0) }
        starts.withLock { starts in for (id, text) in zip(missing, fresh) { starts.keep(text, of: id) } }
        for (id, text) in zip(missing, fresh) { found[id] = text }
        return found
    }

    /// The texts of documents, reconstructed together and each checked against its hash. These are not kept.
    package func texts(of documents: [StoredDocument]) throws -> [Result<[UInt8], IndexError>] {
        var passages = try decode(documents.flatMap(\.passageIDs))[...]
        return try documents.map { document in
            let parts = passages.prefix(document.passages.count)
            passages = passages.dropFirst(document.passages.count)
            let text = parts.flatMap { $0 }
            let areWhole = try zip(document.passageIDs, parts).allSatisfy { try hasItsLength($0, $1) }
            if areWhole, SHA256.hash(text) == document.textHash { return .success(text) }
            return .failure(IndexError.damaged("text of \(document.paths.first ?? "a document")", of: path))
        }
    }

    /// Drops all texts that are kept.
    package func forget() {
        cache.withLock { $0 = PassageCache() }
        starts.withLock { $0 = PassageCache(limit: 2 << 20) }
    }

    private func hasItsLength(_ id: PassageID, _ text: [UInt8]) throws -> Bool {
        try snapshot.segment(id.segment).byteCount(of: id.index) == text.count
    }

    private func decode(
        _ passages: [PassageID], part: (PassageID) -> ReconstructionRequest.Part = { _ in .whole }
    ) throws -> [[UInt8]] {
        // Groups are small enough that all threads have work, and large enough that each thread runs full batches.
        let size = max(1, min(2 * Codec.batch, (passages.count + pool.threads - 1) / pool.threads))
        let requests = try requests(passages, part)
        let groups = Array(requests.chunks(ofCount: size))
        return try pool.map(groups.count) { codec, g in try codec.decode(Array(groups[g])) }.flatMap { $0 }
    }

    /// What the decoder is given of some passages.
    private func requests(
        _ passages: [PassageID], _ part: (PassageID) -> ReconstructionRequest.Part
    ) throws -> [ReconstructionRequest] {
        var terms: [PassageID: [[UInt8]]] = [:]
        for (id, passages) in Dictionary(grouping: passages, by: \.segment) {
            for (passage, found) in zip(passages, try snapshot.segment(id).terms(of: passages.map(\.index))) {
                terms[passage] = found
            }
        }
        return try passages.map { try request($0, terms: terms[$0] ?? [], part($0)) }
    }

    private func request(
        _ id: PassageID, terms: [[UInt8]], _ part: ReconstructionRequest.Part
    ) throws -> ReconstructionRequest {
        let segment = try snapshot.segment(id.segment)
        guard let coding = ResidualCoding(rawValue: segment.coding(of: id.index)) else {
            throw IndexError.damaged("residual", of: path)
        }
        return ReconstructionRequest(
            residual: Residual(coding: coding, bytes: Array(try snapshot.residual(of: id))),
            memory: PassageMemory(terms: terms),
            tokenCount: segment.tokenCount(of: id.index), byteCount: segment.byteCount(of: id.index), part: part)
    }
}
