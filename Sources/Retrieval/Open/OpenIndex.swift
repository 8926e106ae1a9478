import Indexes
import Memory

/// An index with the model that reads it: a consistent view that no writer changes.
///
/// One value serves any number of threads.
package final class OpenIndex: Sendable {
    /// The path of the index file; of several files their paths with commas.
    package let path: String
    /// The root folders of the documents.
    package let roots: CorpusRoots
    /// The view of the index.
    package let snapshot: IndexSnapshot
    /// The texts of passages.
    package let reconstruction: Reconstruction
    let similarity: Similarity
    let pool: CodecPool
    let words: IndexWords
    let documentOrder = DocumentOrder()
    /// The model that reads the index.
    package var model: LoadedModel { pool.model }

    /// - Parameter threads: 0 for as many as the machine has cores.
    /// - Throws: `IndexError` where the file is no index of this model.
    package convenience init(path: String, model: LoadedModel, threads: Int = 0) throws {
        let lexicon = try model.termPrior()  // while another thread makes the model's hash
        let snapshot = try IndexFile.open(at: path, model: model.identity, lexicon: lexicon)
        self.init(path: path, snapshot, CodecPool(model: model, threads: threads))
    }

    /// Several indexes as one, ranked with common statistics. The paths of their documents begin with the names of the files.
    ///
    /// - Throws: `IndexError` where a file is no index of this model.
    package convenience init(paths: [String], model: LoadedModel, threads: Int = 0) throws {
        guard paths.count > 1 else {
            try self.init(path: paths[0], model: model, threads: threads)
            return
        }
        let lexicon = try model.termPrior()
        let snapshots = try paths.map { try IndexFile.open(at: $0, model: model.identity, lexicon: lexicon) }
        let members = zip(CorpusRoots.labels(ofIndexes: paths), snapshots).map { (label: $0, snapshot: $1) }
        self.init(
            path: paths.joined(separator: ", "), try IndexSnapshot.joining(members),
            CodecPool(model: model, threads: threads))
    }

    /// Several open indexes of one model as one. The paths of their documents begin with the names that they are given.
    package convenience init(joining members: [(name: String, index: OpenIndex)]) throws {
        self.init(
            path: members.map(\.index.path).joined(separator: ", "),
            try IndexSnapshot.joining(members.map { (label: $0.name, snapshot: $0.index.snapshot) }), members[0].index.pool)
    }

    init(path: String, _ snapshot: IndexSnapshot, _ pool: CodecPool) {
        self.path = path
        roots = CorpusRoots(snapshot)
        self.snapshot = snapshot
        self.pool = pool
        reconstruction = Reconstruction(snapshot, pool: pool, path: path)
        similarity = Similarity(snapshot, pool: pool)
        words = IndexWords(snapshot)
    }

    /// Closes the files, and leaves the memory to the end of the process: for a program that has its answer and ends. To free
    /// a large index takes as long as a search of a small one.
    package func abandon() {
        try? snapshot.close()  // where this fails, a log stays beside the file as after a crash
        _ = Unmanaged.passRetained(self)
    }

    /// The byte range of a passage in its document's text.
    package func range(of passage: PassageID, in document: StoredDocument) throws -> Range<Int> {
        let segment = try snapshot.segment(passage.segment)
        let start = (document.passages.lowerBound..<passage.index).reduce(0) { $0 + segment.byteCount(of: $1) }
        return start..<start + segment.byteCount(of: passage.index)
    }

    /// The text of a document, checked against its hash.
    package func text(of document: StoredDocument) throws -> [UInt8] { try reconstruction.texts(of: [document])[0].get() }

    /// A part of the index that is not as it was written.
    package func damaged(_ part: String) -> IndexError { IndexError.damaged(part, of: path) }
}

extension IndexError {
    /// A part of an index that is not as it was written.
    static func damaged(_ part: String, of path: String) -> IndexError {
        IndexError(
            .damaged(part: part), subject: path, fact: "damaged: \(part) is not as it was written")
    }
}
