import Corpora
import Indexes

/// The documents that files of an index were read to, by the bytes of the files.
struct StoredDocuments: Sendable {
    /// What decides to which document a file is read.
    ///
    /// Files with the same bytes hold the same document where their names end alike: the ending can decide how a file is
    /// read.
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
        /// What was not read of the file, and the date that it states.
        let remarks: StoredRemarks
    }

    private var entries: [Key: Entry] = [:]

    /// The documents of the indexed ones of these files.
    init(_ files: some Sequence<Source>) {
        for file in files {
            guard case .indexed(let document, let hash, let mediaType) = file.state else { continue }
            insert(
                Entry(
                    key: Key(hash: hash, path: file.path), document: document, mediaType: mediaType,
                    remarks: file.remarks))
        }
    }

    /// The document of files with these bytes; nil where none is stored.
    subscript(key: Key) -> Entry? { entries[key] }

    /// Remembers a document. The first one of a key stays.
    mutating func insert(_ entry: Entry) {
        if entries[entry.key] == nil { entries[entry.key] = entry }
    }
}
