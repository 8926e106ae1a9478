/// One file that was seen, and what came of it.
package struct Source: Sendable, Equatable {
    /// The path relative to the corpus root.
    package var path: String
    /// The size of the file in bytes.
    package var size: Int64
    /// The time of the last change in milliseconds since 1970; nil where the time cannot be trusted to tell a later change.
    package var modified: Int64?
    /// What came of the file.
    package var state: State
    /// What is kept of an indexed file beside its document.
    package var remarks: StoredRemarks

    /// What came of a file.
    package enum State: Sendable, Equatable {
        /// The file holds a document. Its hash costs nothing where it is the hash of the document's text.
        case indexed(DocumentID, hash: [UInt8], mediaType: String)
        /// The file is not for this index.
        case skipped(Reason)
        /// The file should have been read and could not be.
        case failed(Reason)
    }

    /// What was not read of an indexed file.
    package var notes: [Reason] { remarks.notes }

    /// The date that the document of the file states of itself, as its reader writes it.
    package var date: String? { remarks.date }

    /// The document that the file holds; nil for a file that is not indexed.
    package var document: DocumentID? { if case .indexed(let id, _, _) = state { id } else { nil } }

    /// A source from its parts.
    package init(
        path: String, size: Int64, modified: Int64?, state: State, remarks: StoredRemarks = StoredRemarks()
    ) {
        self.path = path
        self.size = size
        self.modified = modified
        self.state = state
        self.remarks = remarks
    }

    /// A hash that no file has: that of a file whose bytes are not known.
    static let unknownHash = [UInt8](repeating: 0, count: 32)

    /// Whether a hash tells a change of the file. A file that is not indexed has none.
    package var isContentKnown: Bool {
        if case .indexed(_, let hash, _) = state { hash != Source.unknownHash } else { false }
    }

    /// The file as if its bytes were not known: the next refresh reads it again, and its document stays until then.
    package var withoutContent: Source {
        var source = self
        source.modified = nil
        if case .indexed(let document, _, let mediaType) = state {
            source.state = .indexed(document, hash: Source.unknownHash, mediaType: mediaType)
        }
        return source
    }

    /// The source under another path.
    func moved(to path: String) -> Source {
        Source(path: path, size: size, modified: modified, state: state, remarks: remarks)
    }
}
