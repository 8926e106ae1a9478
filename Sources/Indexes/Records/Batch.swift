/// What one transaction changes: documents to add, sources to insert or update by path, paths to remove.
///
/// Removals come first: a move is a removal and a change that refers to a stored document.
package struct Batch: Sendable, Equatable {
    /// The documents to add. `add` is the only way to name one of them.
    package private(set) var documents: [EncodedDocument] = []
    /// The sources to insert, or to update where their paths are known.
    package var sources: [SourceChange]
    /// The paths of the sources to remove.
    package var removed: [String]

    /// A batch without documents.
    package init(sources: [SourceChange] = [], removed: [String] = []) {
        self.sources = sources
        self.removed = removed
    }

    /// Adds a document, and returns what a source of this batch calls it.
    package mutating func add(_ document: EncodedDocument) -> DocumentReference {
        documents.append(document)
        return DocumentReference(.added(documents.count - 1))
    }

    /// Whether the batch changes nothing.
    package var isEmpty: Bool { documents.isEmpty && sources.isEmpty && removed.isEmpty }
}

/// What a source that is to be written calls its document.
package struct DocumentReference: Sendable, Equatable {
    enum Target: Sendable, Equatable {
        /// The document at this position of the batch.
        case added(Int)
        case stored(DocumentID)
    }

    let target: Target

    init(_ target: Target) { self.target = target }

    /// A document that the index holds already.
    package static func stored(_ id: DocumentID) -> DocumentReference { DocumentReference(.stored(id)) }

    /// The identifier of the document once its batch is written, which gave the added documents these identifiers.
    package func id(among added: [DocumentID]) -> DocumentID? {
        switch target {
        case .stored(let id): id
        case .added(let position): added.indices.contains(position) ? added[position] : nil
        }
    }
}

/// A source to write: its document may be one that has no identifier yet.
package struct SourceChange: Sendable, Equatable {
    /// The path of the file, as it is listed.
    package var path: String
    /// The size of the file in bytes.
    package var size: Int64
    /// The time of the last change in milliseconds since 1970; nil where the time cannot be trusted to tell a later change.
    package var modified: Int64?
    /// What becomes of the file.
    package var state: State
    /// What is kept of an indexed file beside its document.
    package var remarks: StoredRemarks

    /// What came of the file.
    package enum State: Sendable, Equatable {
        case indexed(DocumentReference, hash: [UInt8], mediaType: String)
        case skipped(Reason)
        case failed(Reason)
    }

    /// A change from its parts.
    package init(
        path: String, size: Int64, modified: Int64?, state: State, remarks: StoredRemarks = StoredRemarks()
    ) {
        self.path = path
        self.size = size
        self.modified = modified
        self.state = state
        self.remarks = remarks
    }

    /// A stored source as it is, its document under a new name where one is given.
    package init(_ source: Source, document: DocumentReference? = nil) {
        let state: State =
            switch source.state {
            case .indexed(let id, let hash, let mediaType):
                .indexed(document ?? .stored(id), hash: hash, mediaType: mediaType)
            case .skipped(let reason): .skipped(reason)
            case .failed(let reason): .failed(reason)
            }
        self.init(
            path: source.path, size: source.size, modified: source.modified, state: state, remarks: source.remarks)
    }
}

extension SourceChange {
    /// The source as it is stored; nil where it refers to a document that is not there.
    package func source(added: [DocumentID]) -> Source? {
        let stored: Source.State
        switch state {
        case .indexed(let reference, let hash, let mediaType):
            guard let id = reference.id(among: added) else { return nil }
            stored = .indexed(id, hash: hash, mediaType: mediaType)
        case .skipped(let reason): stored = .skipped(reason)
        case .failed(let reason): stored = .failed(reason)
        }
        return Source(path: path, size: size, modified: modified, state: stored, remarks: remarks)
    }
}
