/// One file that was seen, whatever came of it.
public struct Source: Sendable, Equatable {
    /// Relative to the corpus root.
    public var path: String
    public var size: Int64
    /// Time of last change, in the caller's unit; values below 2^47 take two bytes less.
    public var modified: Int64
    /// The hash of the file; free when it equals the text hash of its content.
    public var hash: [UInt8]
    public var mediaType: String
    public var state: State
    /// What the file holds, for an indexed one.
    public var content: ContentID?

    public enum State: Sendable, Equatable {
        case indexed
        case skipped(reason: String)
        case failed(reason: String)
    }

    public init(
        path: String, size: Int64, modified: Int64, hash: [UInt8], mediaType: String, state: State,
        content: ContentID? = nil
    ) {
        self.path = path
        self.size = size
        self.modified = modified
        self.hash = hash
        self.mediaType = mediaType
        self.state = state
        self.content = content
    }
}

/// A source to write, with its content named before it has an identifier.
public struct SourceChange: Sendable, Equatable {
    public var source: Source
    public var content: Reference

    public enum Reference: Sendable, Equatable {
        /// The file has no content: it was skipped or failed.
        case none
        /// The document at this position in the same batch.
        case document(Int)
        /// Content that the index holds already.
        case existing(ContentID)
    }

    /// `source.content` is ignored: `content` says it.
    public init(_ source: Source, content: Reference) {
        self.source = source
        self.content = content
    }

    public init(
        path: String, size: Int64, modified: Int64, hash: [UInt8], mediaType: String, state: Source.State = .indexed,
        content: Reference
    ) {
        self.init(
            Source(path: path, size: size, modified: modified, hash: hash, mediaType: mediaType, state: state),
            content: content)
    }
}

/// What one transaction changes: documents to add, sources to insert or update by path, paths to remove.
///
/// Removals come first, so a move is a removal and a change that refers to existing content.
public struct Batch: Sendable, Equatable {
    public var documents: [EncodedDocument]
    public var sources: [SourceChange]
    public var removed: [String]

    public init(documents: [EncodedDocument] = [], sources: [SourceChange] = [], removed: [String] = []) {
        self.documents = documents
        self.sources = sources
        self.removed = removed
    }
}
