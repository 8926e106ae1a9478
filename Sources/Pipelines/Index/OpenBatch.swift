import Indexes

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
    /// What is kept of the files that the documents were read from.
    private(set) var remarks: [StoredDocuments.Key: StoredRemarks] = [:]
    private var taken: Set<StoredDocuments.Key> = []

    /// Adds the document of the files with these bytes.
    mutating func add(_ document: EncodedDocument, remarks: StoredRemarks, key: StoredDocuments.Key) {
        self.remarks[key] = remarks
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
            return StoredDocuments.Entry(
                key: key, document: id, mediaType: mediaType, remarks: remarks[key] ?? StoredRemarks())
        }
    }
}
