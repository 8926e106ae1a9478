import Corpora
import Indexes

/// A file as the index knows it.
package struct KnownFile: Sendable, Equatable {
    /// What came of the file.
    package enum State: Sendable, Equatable {
        case indexed(ContentID, hash: [UInt8], mediaType: String)
        case skipped(Reason)
        case failed(Reason)
    }

    package let path: String
    package let size: Int64
    /// The time of the last change in milliseconds; nil where it cannot be trusted to tell a later change.
    package let modified: Int64?
    package let state: State

    package init(path: String, size: Int64, modified: Int64?, state: State) {
        self.path = path
        self.size = size
        self.modified = modified
        self.state = state
    }

    /// The document that the file holds; nil for a file that is not indexed.
    package var document: ContentID? { if case .indexed(let id, _, _) = state { id } else { nil } }
}

extension KnownFile {
    init(_ source: Source) {
        let state: State =
            switch source.state {
            case .indexed: source.content.map { .indexed($0, hash: source.hash, mediaType: source.mediaType) } ?? .failed(.lostText)
            case .skipped(let reason): .skipped(Reason(stored: reason))
            case .failed(let reason): .failed(Reason(stored: reason))
            }
        self.init(path: source.path, size: source.size, modified: source.modified == 0 ? nil : source.modified, state: state)
    }
}

/// What a source that is to be written calls its document. A batch hands out references to the documents that it adds.
struct DocumentReference: Sendable, Equatable {
    fileprivate let reference: SourceChange.Reference

    /// A document that the index holds already.
    static func stored(_ id: ContentID) -> DocumentReference { DocumentReference(reference: .existing(id)) }

    /// The identifier of the document, once its batch gave the added documents these identifiers.
    func id(among added: [ContentID]) -> ContentID? {
        switch reference {
        case .existing(let id): id
        case .document(let position): added[position]
        case .none: nil
        }
    }
}

/// What came of a file that is to be written.
enum ChangedState {
    case indexed(DocumentReference, hash: [UInt8], mediaType: String)
    case skipped(Reason)
    case failed(Reason)
}

/// The changes of one transaction.
struct PendingBatch {
    private(set) var batch = Batch()

    var isEmpty: Bool { batch.documents.isEmpty && batch.sources.isEmpty && batch.removed.isEmpty }

    mutating func add(_ document: EncodedDocument) -> DocumentReference {
        batch.documents.append(document)
        return DocumentReference(reference: .document(batch.documents.count - 1))
    }

    mutating func put(path: String, size: Int64, modified: Int64?, _ state: ChangedState) {
        let change: SourceChange =
            switch state {
            case .indexed(let document, let hash, let mediaType):
                SourceChange(
                    path: path, size: size, modified: modified ?? 0, hash: hash, mediaType: mediaType, content: document.reference)
            case .skipped(let reason):
                SourceChange(
                    path: path, size: size, modified: modified ?? 0, hash: [], mediaType: "", state: .skipped(reason: reason.stored),
                    content: .none)
            case .failed(let reason):
                SourceChange(
                    path: path, size: size, modified: modified ?? 0, hash: [], mediaType: "", state: .failed(reason: reason.stored),
                    content: .none)
            }
        batch.sources.append(change)
    }

    mutating func remove(_ paths: [String]) { batch.removed += paths }
}

extension Reason {
    /// The reason as one string.
    var stored: String { ([String(number)] + details).joined(separator: "\u{1F}") }

    init(stored: String) {
        let parts = stored.split(separator: "\u{1F}", omittingEmptySubsequences: false).map(String.init)
        guard let number = parts.first.flatMap({ Int($0) }) else {
            self = .lostText
            return
        }
        self.init(number, Array(parts.dropFirst()))
    }

    /// The reason as an index stores it.
    package init(_ refusal: Refusal) { self.init(refusal.number, refusal.details) }
}
