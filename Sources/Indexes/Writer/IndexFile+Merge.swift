import Algorithms
import Foundation
import GRDB

/// One of the indexes that a merge makes one of.
package struct MergedIndex: Sendable {
    /// The index as it was when the merge began.
    package let snapshot: IndexSnapshot
    /// The paths that its files have in the merged index, by those that they have here; nil for a file to leave out.
    package let path: @Sendable (String) -> String?

    /// An index of a merge.
    package init(_ snapshot: IndexSnapshot, path: @escaping @Sendable (String) -> String?) {
        self.snapshot = snapshot
        self.path = path
    }
}

/// What a merge has copied.
package struct MergeCounts: Sendable, Equatable {
    /// Segments that were copied.
    package var segments = 0
    /// Documents of the merged index.
    package var documents = 0
    /// Documents that equal one of an index before.
    package var duplicates = 0
    /// Files of the merged index, those that are not indexed included.
    package var files = 0
}

extension IndexFile {
    /// Makes an index of several, whose segments are copied as they are: nothing is coded again. There must be nothing at
    /// the path.
    ///
    /// Only checksums are made anew, because they are bound to the number of the segment. A document that equals one of an
    /// index before stays in its segment, and its files refer to the other one. A segment without any other document is
    /// not copied. One segment is in memory at a time. The file is made under another name and renamed when it is complete:
    /// a crash leaves no incomplete index at the path.
    ///
    /// - Parameters:
    ///   - indexes: at least one; all have the model and the base lexicon of the first.
    ///   - options: what the merged index is made from.
    ///   - goesOn: is given the number of documents that are done; after false the merge ends and leaves nothing behind.
    /// - Returns: nil where `goesOn` ended the merge.
    package static func merge(
        _ indexes: [MergedIndex], to path: String, options: StoredOptions, leftOut: [String: Int],
        goesOn: (Int) -> Bool
    ) throws -> MergeCounts? {
        guard let first = indexes.first?.snapshot else { preconditionFailure("nothing to merge") }
        for index in indexes {
            try index.snapshot.header.check(first.header.model, first.lexicon, path: index.snapshot.connection.path)
        }
        let lock = try WriterLock(index: path)
        defer { withExtendedLifetime(lock) {} }  // held until the file has its name, longer than the writer lives
        return try making(path) { draft in
            let meta = Meta(
                header: IndexHeader(
                    formatVersion: Schema.formatVersion, model: first.header.model, lexiconID: first.header.lexiconID,
                    options: options, leftOut: leftOut.filter { $0.value > 0 }))
            let writer = try IndexWriter(draft: draft, meta, lock: lock, lexicon: first.lexicon)
            guard let counts = try writer.copy(indexes, goesOn: goesOn) else { return nil }
            try writer.seal()
            return counts
        }
    }
}

extension IndexWriter {
    /// A writer of a new index that nobody sees yet. It keeps no log, so that each byte is written once.
    fileprivate convenience init(draft: String, _ meta: Meta, lock: WriterLock, lexicon: TermPrior) throws {
        let connection = try Connection(path: draft, for: .create)
        try connection.run { db in
            try db.inTransaction(.immediate) {
                try Schema.create(in: db)
                try meta.write(to: db, replacing: nil)
                return .commit
            }
        }
        try self.init(connection, lock: lock, lexicon: lexicon)
    }

    /// Gives a complete draft the log that every index has, and closes it.
    fileprivate func seal() throws {
        try connection.run { try $0.execute(sql: "PRAGMA journal_mode = WAL") }
        try close()
    }

    /// Copies all documents and files; nil where `goesOn` ended it.
    fileprivate func copy(_ indexes: [MergedIndex], goesOn: (Int) -> Bool) throws -> MergeCounts? {
        var counts = MergeCounts()
        var paths: Set<PathKey> = []
        var done = 0
        for index in indexes {
            var places: [DocumentID: DocumentID] = [:]
            let documents = Dictionary(grouping: index.snapshot.documents, by: \.id.segment)
            for (segment, documents) in documents.sorted(by: { $0.key < $1.key }) {
                guard goesOn(done) else { return nil }
                let twins = try twins(of: documents, in: index.snapshot)
                if twins.count < documents.count {
                    let copy = try copy(segment: segment, of: index.snapshot.connection)
                    counts.segments += 1
                    for id in documents.map(\.id) { places[id] = DocumentID(segment: copy, ordinal: id.ordinal) }
                }
                places.merge(twins) { $1 }
                counts.duplicates += twins.count
                counts.documents += documents.count - twins.count
                done += documents.count
            }
            try copySources(of: index, places, &paths)
        }
        counts.files = paths.count
        return goesOn(done) ? counts : nil
    }

    /// The documents of this index that equal some of another one in everything but their codes.
    private func twins(of documents: [StoredDocument], in snapshot: IndexSnapshot) throws -> [DocumentID: DocumentID] {
        var twins: [DocumentID: DocumentID] = [:]
        for document in documents {
            twins[document.id] = try stored(document.textHash) {
                DocumentTraits(
                    title: document.title, mediaType: document.mediaType, spans: try snapshot.spanBytes(of: document),
                    original: try snapshot.originalBytes(of: document))
            }
        }
        return twins
    }

    /// Copies a segment with its originals in one transaction, and returns its number here.
    private func copy(segment id: Int, of source: Connection) throws -> Int {
        try change { db, state in
            let copy = state.meta.nextSegment
            var parts: [SegmentPart: [UInt8]] = [:]
            for part in SegmentPart.columns { parts[part] = part.seal(try source.part(part, of: id), segment: copy) }
            let residuals = try (0..<source.residualCount(of: id)).map {
                (offset: $0, element: try source.residual($0, of: id)[...])
            }
            try state.insert(
                try source.directory(of: id, lexicon), sealed: parts, residuals: residuals, segment: copy, db)
            for (ordinal, original) in try source.originals(of: id) {
                try state.insert(original: original, of: DocumentID(segment: copy, ordinal: ordinal), db)
            }
            state.meta.nextSegment += 1
            return copy
        }
    }

    /// Copies the files of an index, whose documents have places here. What several shards could not look at stands in each of
    /// them under one path; where one of them holds its text, the text stays.
    private func copySources(
        of index: MergedIndex, _ places: [DocumentID: DocumentID], _ paths: inout Set<PathKey>
    ) throws {
        let changes = index.snapshot.sources.compactMap { source -> SourceChange? in
            guard let path = index.path(source.path) else { return nil }
            guard paths.insert(PathKey(path)).inserted || source.document != nil else { return nil }
            let place = source.document.flatMap { places[$0] }
            return SourceChange(source.moved(to: path), document: place.map { .stored($0) })
        }
        for group in changes.chunks(ofCount: 4096) {
            var batch = Batch()
            batch.sources = Array(group)
            try write(batch)
        }
    }
}

extension Connection {
    /// The stored originals of a segment with the places of their documents, each compared with its checksum.
    fileprivate func originals(of segment: Int) throws -> [(ordinal: Int, bytes: [UInt8])] {
        let first = DocumentID(segment: segment, ordinal: 0).packed
        let next = DocumentID(segment: segment + 1, ordinal: 0).packed
        let rows = try run { db in
            try Row.fetchAll(
                db, sql: "SELECT document, bytes FROM original WHERE document >= ? AND document < ?",
                arguments: [first, next])
        }
        return try rows.map { row in
            guard let packed = Int64.fromDatabaseValue(row[0]), let sealed = Data.fromDatabaseValue(row[1]),
                sealed.count >= 8
            else { throw IndexError.damaged("original table", in: path) }
            let id = DocumentID(packed: packed)
            return (id.ordinal, try original(of: id, length: sealed.count - 8))
        }
    }
}
