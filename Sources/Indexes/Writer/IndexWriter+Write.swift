import Algorithms
import Foundation
import GRDB

extension IndexWriter {
    /// Writes a batch in one transaction: its documents as one segment, then removals, then sources.
    ///
    /// A document that equals a stored one in everything but its codes is not stored again.
    ///
    /// - Parameter options: what the index is made from after the batch; nil where that stays.
    /// - Returns: the identifiers of the documents of the batch.
    @discardableResult
    package func write(_ batch: Batch, options: StoredOptions? = nil) throws -> [DocumentID] {
        try change { db, state in
            if let options { state.meta.header.options = options }
            let ids = try store(batch.documents, db, &state)
            for path in batch.removed { try remove(Array(path.utf8), db, &state) }
            for change in batch.sources { try write(change, added: ids, db, &state) }
            return ids
        }
    }

    private func write(_ change: SourceChange, added: [DocumentID], _ db: Database, _ state: inout State) throws {
        guard let source = change.source(added: added) else {
            throw invalid("\(change.path) refers to a document that the batch does not hold")
        }
        var entry: DocumentDirectory.Entry?
        if let id = source.document {
            entry = state.entry(id)
            if entry == nil { throw invalid("\(change.path) refers to \(id), which is not stored") }
        }
        try remove(Array(change.path.utf8), db, &state)
        try state.put(SourceRow(source, entry: entry), db)
    }

    private func store(_ documents: [EncodedDocument], _ db: Database, _ state: inout State) throws -> [DocumentID] {
        let segment = state.meta.nextSegment
        var fresh: [EncodedDocument] = []
        var seen: [[UInt8]: [Int]] = [:]
        let ids = try documents.map { document in
            let traits = document.traits
            if let id = try state.documents[document.textHash]?.first(where: { try isSame(traits, as: $0, state) }) {
                return id
            }
            for ordinal in seen[document.textHash] ?? [] where traits == fresh[ordinal].traits {
                return DocumentID(segment: segment, ordinal: ordinal)
            }
            seen[document.textHash, default: []].append(fresh.count)
            fresh.append(document)
            return DocumentID(segment: segment, ordinal: fresh.count - 1)
        }
        if !fresh.isEmpty { try append(fresh, db, &state) }
        return ids
    }

    /// Appends documents as one new segment.
    func append(_ documents: [EncodedDocument], _ db: Database, _ state: inout State) throws {
        let id = state.meta.nextSegment
        let encoded: EncodedSegment
        do {
            encoded = try EncodedSegment(
                documents, id: id, memorySize: state.meta.header.model.passageMemorySize, prior: lexicon)
        } catch {
            throw invalid(error.fact)
        }
        let pieces = encoded.residuals.chunks(ofCount: ResidualPiece.size).enumerated()
        try state.insert(DocumentDirectory(documents), sealed: encoded.parts, residuals: pieces, segment: id, db)
        for (ordinal, document) in documents.enumerated() where !document.original.isEmpty {
            try state.insert(original: document.original, of: DocumentID(segment: id, ordinal: ordinal), db)
        }
        state.meta.nextSegment += 1
    }

    private func remove(_ path: [UInt8], _ db: Database, _ state: inout State) throws {
        guard let found = try SourceRow.fetch(path: path, from: db) else { return }
        guard let row = found else { throw IndexError.damaged("source table", in: connection.path) }
        try db.execute(sql: "DELETE FROM source WHERE path = ?", arguments: [Data(path)])
        state.meta.sources.remove(row.digest)
    }

    /// The stored document that equals this one in everything but its codes; nil where there is none. It may be one that no
    /// source refers to any more.
    package func document(like document: EncodedDocument) throws -> DocumentID? {
        try stored(document.textHash) { document.traits }
    }

    /// The stored document with a text that has these traits; nil where there is none.
    func stored(_ textHash: [UInt8], _ traits: () throws -> DocumentTraits) throws -> DocumentID? {
        try state.withLock { state in
            guard let ids = state.documents[textHash], !ids.isEmpty else { return nil }
            let traits = try traits()
            return try ids.first { try isSame(traits, as: $0, state) }
        }
    }

    private func isSame(_ document: DocumentTraits, as id: DocumentID, _ state: State) throws -> Bool {
        guard let directory = state.directories[id.segment], let entry = state.entry(id),
            entry.title == document.title, entry.mediaType == document.mediaType,
            entry.originalLength == document.original.count, entry.spans.count == document.spans.count
        else { return false }
        if try connection.original(of: id, length: entry.originalLength) != document.original { return false }
        if document.spans.isEmpty { return true }
        return try Array(connection.spans(of: id.segment, directory)[entry.spans]) == document.spans
    }

    private func invalid(_ fact: String) -> IndexError {
        IndexError(.invalidBatch, subject: connection.path, fact: fact)
    }
}

/// What two documents with the same text can differ in, apart from their codes.
struct DocumentTraits: Equatable {
    let title: String
    let mediaType: String
    let spans: [UInt8]
    let original: [UInt8]
}

extension EncodedDocument {
    fileprivate var traits: DocumentTraits {
        DocumentTraits(title: title, mediaType: mediaType, spans: spans, original: original)
    }
}
