import Corpora
import Indexes

/// The documents that files of an index were read to, by the bytes of the files.
struct StoredDocuments: Sendable {
    /// What decides to which document a file is read.
    ///
    /// Files with the same bytes hold the same document where their names end alike: the ending can decide how a file is read.
    struct Key: Sendable, Hashable {
        let hash: [UInt8]
        let suffix: String

        init(hash: [UInt8], path: String) {
            self.hash = hash
            suffix = fileExtension(path)
        }
    }

    /// A stored document and the file that it was read from.
    struct Entry: Sendable {
        let key: Key
        let document: DocumentID
        let mediaType: String
    }

    private var entries: [Key: Entry] = [:]

    /// The documents of the indexed ones of these files.
    init(_ files: some Sequence<Source>) {
        for file in files {
            guard case .indexed(let document, let hash, let mediaType) = file.state else { continue }
            insert(Entry(key: Key(hash: hash, path: file.path), document: document, mediaType: mediaType))
        }
    }

    /// The document of files with these bytes; nil where none is stored.
    subscript(key: Key) -> Entry? { entries[key] }

    /// Remembers a document. The first one of a key stays.
    mutating func insert(_ entry: Entry) {
        if entries[entry.key] == nil { entries[entry.key] = entry }
    }
}

/// The changes of a transaction that is still open, with the documents that it adds.
struct OpenBatch {
    /// The changes.
    private(set) var changes = Batch()
    /// The documents that the batch adds.
    private(set) var added: [StoredDocuments.Key: DocumentReference] = [:]
    /// Bytes of text of the documents.
    private(set) var textBytes = 0
    /// The media types of the documents that a file refers to.
    private var mediaTypes: [StoredDocuments.Key: String] = [:]
    private var taken: Set<StoredDocuments.Key> = []

    /// Adds the document of the files with these bytes.
    mutating func add(_ document: EncodedDocument, key: StoredDocuments.Key) {
        added[key] = changes.add(document)
        mediaTypes[key] = document.mediaType
        textBytes += document.byteLength
    }

    /// Adds the state of a file.
    mutating func put(_ change: SourceChange) { changes.sources.append(change) }

    /// Removes files.
    mutating func remove(_ paths: [String]) { changes.removed += paths }

    /// Whether a file is the first of this batch that refers to the document.
    mutating func take(_ key: StoredDocuments.Key) -> Bool { taken.insert(key).inserted }

    /// The added documents as stored ones, once the batch is written and has given them these identifiers.
    func entries(_ ids: [DocumentID]) -> [StoredDocuments.Entry] {
        added.compactMap { key, reference in
            guard let id = reference.id(among: ids), let mediaType = mediaTypes[key] else { return nil }
            return StoredDocuments.Entry(key: key, document: id, mediaType: mediaType)
        }
    }
}
