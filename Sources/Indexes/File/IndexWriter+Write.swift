import Foundation
import GRDB

extension IndexWriter {
    /// Writes a batch in one transaction: its documents as one segment, then removals, then sources.
    ///
    /// A document that equals stored content in everything but its codes is not stored again. Returns what each document
    /// of the batch is now called.
    @discardableResult
    public func write(_ batch: Batch) throws -> [ContentID] {
        try change { db, state in
            let ids = try store(batch.documents, db, &state)
            for path in batch.removed { try remove(Array(path.utf8), db, &state) }
            for change in batch.sources {
                let content: ContentID?
                switch change.content {
                case .none: content = nil
                case .document(let position):
                    guard ids.indices.contains(position) else {
                        throw invalid("a source refers to document \(position) of \(ids.count)")
                    }
                    content = ids[position]
                case .existing(let id): content = id
                }
                let entry = content.flatMap(state.entry)
                if let content, entry == nil { throw invalid("a source refers to \(content), which is not stored") }
                try remove(Array(change.source.path.utf8), db, &state)
                let row = SourceRow(change.source, content: content, entry: entry)
                try row.write(to: db)
                state.meta.sources.add(row.digest)
            }
            return ids
        }
    }

    private func store(_ documents: [EncodedDocument], _ db: Database, _ state: inout State) throws -> [ContentID] {
        let segment = state.meta.nextSegment
        var fresh: [EncodedDocument] = []
        var seen: [[UInt8]: [Int]] = [:]
        let ids = try documents.map { document in
            for id in state.contents[document.textHash] ?? [] where try isSame(document, as: id, state) { return id }
            for ordinal in seen[document.textHash] ?? [] where document.isSame(as: fresh[ordinal]) {
                return ContentID(segment: segment, ordinal: ordinal)
            }
            seen[document.textHash, default: []].append(fresh.count)
            fresh.append(document)
            return ContentID(segment: segment, ordinal: fresh.count - 1)
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
                documents, id: id, memorySize: state.meta.header.model.passageMemorySize, lexicon: lexicon)
        } catch {
            throw invalid(error.fact)
        }
        if state.meta.header.formatVersion < Schema.formatVersion {
            try db.execute(sql: "PRAGMA user_version = \(Schema.formatVersion)")
            state.meta.header.formatVersion = Schema.formatVersion
        }
        var arguments: [(any DatabaseValueConvertible)?] = [id]
        for part in SegmentPart.allCases { arguments.append(Data(encoded.parts[part] ?? [])) }
        try db.execute(
            sql: "INSERT INTO segment VALUES (?, ?, ?, ?, ?, ?, ?, ?)", arguments: StatementArguments(arguments))
        for (ordinal, document) in documents.enumerated() where !document.original.isEmpty {
            let content = ContentID(segment: id, ordinal: ordinal)
            try db.execute(
                sql: "INSERT INTO original VALUES (?, ?)",
                arguments: [content.packed, Data(document.original + content.seal(document.original))])
        }
        state.meta.nextSegment += 1
        state.meta.segments.add(checksum(UInt64(id).littleEndianBytes))
        state.add(DocumentDirectory(documents), segment: id)
    }

    private func remove(_ path: [UInt8], _ db: Database, _ state: inout State) throws {
        guard let found = try SourceRow.fetch(path: path, from: db) else { return }
        guard let row = found else { throw IndexError.damaged("source table", in: connection.path) }
        try db.execute(sql: "DELETE FROM source WHERE path = ?", arguments: [Data(path)])
        state.meta.sources.remove(row.digest)
    }

    private func isSame(_ document: EncodedDocument, as id: ContentID, _ state: State) throws -> Bool {
        guard let directory = state.directories[id.segment], let entry = state.entry(id), entry.title == document.title,
            entry.mediaType == document.mediaType,
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

extension EncodedDocument {
    /// Whether two documents with the same text are the same in all else that is not coded.
    fileprivate func isSame(as other: EncodedDocument) -> Bool {
        title == other.title && mediaType == other.mediaType && original == other.original && spans == other.spans
    }
}
