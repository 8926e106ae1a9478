import Corpora
import Foundation
import Indexes
import Memory
import Synchronization

/// An index with the model that reads it: a consistent view, never changed by a writer.
package final class OpenIndex: Sendable {
    package let path: String
    package let snapshot: IndexSnapshot
    package let pool: CodecPool
    let dense = Mutex<DenseVectors?>(nil)
    package let cache = Mutex(PassageCache())
    package var model: LoadedModel { pool.model }

    /// - Parameter threads: 0 for as many as the machine has cores.
    /// - Throws: `IndexError` where the file is no index of this model.
    package init(path: String, model: LoadedModel, threads: Int = 0) throws {
        self.path = path
        snapshot = try IndexFile.open(at: path, model: model.identity, lexicon: model.makeBaseLexicon())
        pool = CodecPool(model: model, threads: threads)
    }

    /// Reconstructs passages by running the model backward, in the order asked for.
    /// - Throws: where one is not as long as the index says, for its place in the document would be wrong.
    package func reconstruct(_ passages: [PassageID]) throws -> [[UInt8]] {
        let known = cache.withLock { cache in passages.map { cache[$0] } }
        let missing = zip(passages, known).filter { $1 == nil }.map(\.0), fresh = try decode(missing)
        guard try zip(missing, fresh).allSatisfy({ try hasItsLength($0, $1) }) else { throw damaged("passages") }
        cache.withLock { cache in for (id, text) in zip(missing, fresh) { cache.keep(text, of: id) } }
        var rest = fresh[...]
        return known.map { $0 ?? rest.removeFirst() }
    }

    private func hasItsLength(_ id: PassageID, _ text: [UInt8]) throws -> Bool {
        try snapshot.segment(id.segment).byteCount(of: id.index) == text.count
    }

    private func decode(_ passages: [PassageID]) throws -> [[UInt8]] {
        // Groups small enough that all threads have work, large enough that each runs full batches.
        let size = max(1, min(2 * Codec.batch, (passages.count + pool.threads - 1) / pool.threads))
        let groups = stride(from: 0, to: passages.count, by: size).map { Array(passages[$0..<min(passages.count, $0 + size)]) }
        return try pool.map(groups.count) { codec, g in try codec.decode(groups[g].map(self.request)) }.flatMap { $0 }
    }

    /// What the decoder is given of a passage.
    private func request(_ id: PassageID) throws -> ReconstructionRequest {
        let segment = try snapshot.segment(id.segment), shape = model.backbone.shape
        guard let document = snapshot.document(of: id), let coding = ResidualCoding(rawValue: segment.coding(of: id.index)),
            let passage = MemoryCode.unpack(segment.memory(of: id.index), count: shape.code),
            let whole = MemoryCode.unpack(document.memory, count: shape.code)
        else {
            throw damaged("memory")
        }
        return ReconstructionRequest(
            residual: Residual(coding: coding, bytes: Array(segment.residual(of: id.index))),
            memory: PassageMemory(terms: segment.terms(of: id.index), passage: passage, document: whole),
            tokenCount: segment.tokenCount(of: id.index), byteCount: segment.byteCount(of: id.index))
    }

    /// The text of a document, checked against its hash.
    package func text(of document: StoredDocument) throws -> [UInt8] { try texts(of: [document])[0].get() }

    /// The texts of documents, reconstructed together and each checked against its hash.
    func texts(of documents: [StoredDocument]) throws -> [Result<[UInt8], RetrievalError>] {
        let passages = try decode(documents.flatMap(\.passageIDs))
        var at = 0
        return try documents.map { document in
            let parts = passages[at..<at + document.passages.count], text = parts.flatMap { $0 }
            at += document.passages.count
            let areWhole = try zip(document.passageIDs, parts).allSatisfy { try hasItsLength($0, $1) }
            if areWhole, SHA256.hash(text) == document.textHash { return .success(text) }
            return .failure(
                RetrievalError(
                    .wrongText, document.paths.first ?? path, "its reconstructed text has another hash than the text that was indexed",
                    remedy: "the index is damaged: restore it from a copy or index the corpus again"))
        }
    }

    package func damaged(_ part: String) -> IndexError {
        IndexError(
            .damaged(part: part), subject: path, fact: "damaged: \(part) is not as it was written")
    }

    /// Byte range of a passage in its document's text.
    package func range(of passage: PassageID, in document: StoredDocument) throws -> Range<Int> {
        let segment = try snapshot.segment(passage.segment)
        let start = (document.passages.lowerBound..<passage.index).reduce(0) { $0 + segment.byteCount(of: $1) }
        return start..<start + segment.byteCount(of: passage.index)
    }
}
