import Algorithms
import Foundation
import GRDB
import Synchronization

/// A document as an index lists it.
package struct StoredDocument: Sendable, Equatable {
    /// Where the document is stored.
    package let id: DocumentID
    /// The paths of the sources that hold the document, at least one, in the order of their bytes.
    package let paths: [String]
    /// The title; empty for a document without one.
    package let title: String
    /// The media type of the file that the text was read from.
    package let mediaType: String
    /// The length of the text in bytes.
    package let byteLength: Int
    /// SHA-256 of the text.
    package let textHash: [UInt8]
    /// The place of the memory codes of the document's sections among those of its segment.
    package let memory: Range<Int>
    /// The document's passages by their numbers in the segment.
    package let passages: Range<Int>

    /// The document with one of its paths before the others.
    package func first(_ path: String) -> StoredDocument {
        StoredDocument(
            id: id, paths: [path] + paths.filter { $0 != path }, title: title, mediaType: mediaType, byteLength: byteLength,
            textHash: textHash, memory: memory, passages: passages)
    }

    /// The document's passages in order.
    package var passageIDs: [PassageID] { passages.map { PassageID(segment: id.segment, index: $0) } }
}

/// An index as it was at one moment. Writers neither change a snapshot nor wait for it.
///
/// A snapshot lists only documents that some source refers to. A segment is opened at its first use, and kept.
///
/// A snapshot pins the log beside the file: the log grows with each commit after the snapshot. A program that keeps a
/// snapshot for long should call `isCurrent()` now and then. When the snapshot is not current, the program should continue
/// with `reopened()`.
package final class IndexSnapshot: Sendable {
    /// What the index says of itself.
    package let header: IndexHeader
    /// The documents that are alive, in the order of their identifiers.
    package let documents: [StoredDocument]
    /// All files that the index knows, in the order of their paths.
    package let sources: [Source]
    /// The segments that hold live passages, ascending.
    package let segmentIDs: [Int]
    /// The number of live passages.
    package let passageCount: Int

    /// The connection with the read transaction of the snapshot; of several joined snapshots that of the first one.
    var connection: Connection { pinned.withLock { $0 } }
    /// The snapshots that were joined into this one; none for the snapshot of one file.
    let members: [Member]
    let lexicon: TermPrior
    let directories: [Int: DocumentDirectory]
    /// For each segment and passage the position of its document in `documents`, or −1 for a dead passage.
    private let owners: [Int: [Int32]]
    /// The positions in `documents` of those that have one text, by its hash; only of joined snapshots, and where there are
    /// several.
    private let twins: [[UInt8]: [Int]]
    /// The hash over `meta` when the snapshot was taken.
    private let check: [UInt8]?
    private let pinned: Mutex<Connection>
    private let cache: Mutex<Cache>

    private struct Cache {
        var segments: [Int: Segment] = [:]
        var averageLength: Double?
        var deadCounts: [Int: [UInt32: UInt32]] = [:]
    }

    /// Takes over a connection and keeps a read transaction open on it. Segments that `earlier` has decoded are not decoded
    /// again.
    init(_ connection: Connection, lexicon: TermPrior, reusing earlier: IndexSnapshot? = nil) throws {
        members = []
        pinned = Mutex(connection)
        self.lexicon = lexicon
        try connection.beginSnapshot()
        let meta = try connection.meta()
        header = meta.header
        check = try connection.run(Meta.check)
        let (directories, rows) = try connection.contents(meta, lexicon)
        self.directories = directories
        cache = Mutex(Cache(segments: try earlier.map { try $0.segments(keptBy: connection, directories) } ?? [:]))
        sources = try rows.map { row in
            let source = row.source { id in
                guard let entries = directories[id.segment]?.entries, entries.indices.contains(id.ordinal) else {
                    return nil
                }
                return entries[id.ordinal]
            }
            guard let source else { throw IndexError.damaged("source table", in: connection.path) }
            return source
        }
        documents = IndexSnapshot.documents(of: sources, directories)
        twins = [:]
        (owners, passageCount) = IndexSnapshot.owners(of: documents, directories)
        segmentIDs = owners.keys.sorted()
    }

    /// One snapshot of several indexes that one model reads. `IndexSnapshot+Joining` says how it names things.
    init(members: [Member]) {
        self.members = members
        let first = members[0].snapshot
        header = first.header
        lexicon = first.lexicon
        check = nil
        pinned = Mutex(first.connection)
        cache = Mutex(Cache())
        directories = members.reduce(into: [:]) { all, member in
            for (id, directory) in member.snapshot.directories { all[member.number(ofSegment: id)] = directory }
        }
        documents = members.flatMap { member in member.snapshot.documents.map(member.named) }
        let documents = documents
        twins = Dictionary(grouping: documents.indices) { documents[$0].textHash }.filter { $0.value.count > 1 }
        sources = members.flatMap { member in member.snapshot.sources.map(member.named) }
        (owners, passageCount) = IndexSnapshot.owners(of: documents, directories)
        segmentIDs = owners.keys.sorted()
    }

    /// The documents that sources refer to, in the order of their identifiers.
    private static func documents(of sources: [Source], _ directories: [Int: DocumentDirectory]) -> [StoredDocument] {
        let held = sources.enumerated().compactMap { place, source in source.document.map { (id: $0, place: place) } }
            .sorted { ($0.id, $0.place) < ($1.id, $1.place) }
        return held.chunked { $0.id == $1.id }.compactMap { group in
            guard let id = group.first?.id, let entry = directories[id.segment]?.entries[id.ordinal] else { return nil }
            return StoredDocument(entry, id: id, paths: group.map { sources[$0.place].path })
        }
    }

    /// For each segment and passage the position of its document, or −1; and the number of passages that have one.
    private static func owners(
        of documents: [StoredDocument], _ directories: [Int: DocumentDirectory]
    ) -> (owners: [Int: [Int32]], passages: Int) {
        var owners: [Int: [Int32]] = [:]
        var count = 0
        for group in documents.indices.chunked(on: { documents[$0].id.segment }) {
            var owner = [Int32](repeating: -1, count: directories[group.0]?.passageCount ?? 0)
            for position in group.1 {
                let passages = documents[position].passages
                for passage in passages { owner[passage] = Int32(position) }
                count += passages.count
            }
            // A segment without passages has no place among those that are searched.
            if group.1.contains(where: { !documents[$0].passages.isEmpty }) { owners[group.0] = owner }
        }
        return (owners, count)
    }
}

extension StoredDocument {
    fileprivate init(_ entry: DocumentDirectory.Entry, id: DocumentID, paths: [String]) {
        self.init(
            id: id, paths: paths, title: entry.title, mediaType: entry.mediaType, byteLength: entry.byteLength,
            textHash: entry.textHash, memory: entry.memory, passages: entry.passages)
    }
}

// MARK: Documents

extension IndexSnapshot {
    /// The document that a passage belongs to; nil for a passage that is dead or does not exist.
    package func document(of passage: PassageID) -> StoredDocument? {
        documentPosition(of: passage).map { documents[$0] }
    }

    /// The position in `documents` of the document that a passage belongs to; nil for a passage that is dead or does not
    /// exist.
    package func documentPosition(of passage: PassageID) -> Int? {
        guard let owners = owners[passage.segment], owners.indices.contains(passage.index), owners[passage.index] >= 0
        else { return nil }
        return Int(owners[passage.index])
    }

    /// The paths of a document but for its first one, and those of documents of other joined indexes with the same text.
    package func otherPaths(of document: StoredDocument) -> [String] {
        let index = Member.position(ofSegment: document.id.segment)
        let others = (twins[document.textHash] ?? []).map { documents[$0] }.filter {
            Member.position(ofSegment: $0.id.segment) != index
        }
        return document.paths.dropFirst() + others.flatMap(\.paths)
    }

    /// Those of some passages of a segment that are alive.
    func live(_ passages: [UInt32], of segment: Int) -> [UInt32] {
        guard let owners = owners[segment] else { return [] }
        return passages.filter { owners[Int($0)] >= 0 }
    }

    /// The live passages of a segment.
    func liveCount(of segment: Int) -> Int { owners[segment]?.count { $0 >= 0 } ?? 0 }

    /// The memory codes of the sections of a document, one after the other.
    package func sectionMemory(of document: StoredDocument) throws -> ArraySlice<UInt8> {
        try segment(document.id.segment).sectionMemory(document.memory)
    }

    /// Where the text of a document comes from.
    package func spans(of document: StoredDocument) throws -> StoredSpans {
        guard let spans = StoredSpans(bytes: try spanBytes(of: document)) else {
            let (connection, segment) = place(ofSegment: document.id.segment)
            throw IndexError.damaged("spans of segment \(segment)", in: connection.path)
        }
        return spans
    }

    /// The spans of a document as they are stored.
    package func spanBytes(of document: StoredDocument) throws -> [UInt8] {
        guard let directory = directories[document.id.segment] else { return [] }
        let range = directory.entries[document.id.ordinal].spans
        let (connection, segment) = place(ofSegment: document.id.segment)
        return range.isEmpty ? [] : Array(try connection.spans(of: segment, directory)[range])
    }

    /// How the file of a document is regained from its text.
    package func original(of document: StoredDocument) throws -> StoredOriginal {
        guard let original = StoredOriginal(bytes: try originalBytes(of: document)) else {
            let (connection, segment) = place(ofSegment: document.id.segment)
            throw IndexError.damaged("original \(segment)/\(document.id.ordinal)", in: connection.path)
        }
        return original
    }

    /// The original of a document as it is stored.
    package func originalBytes(of document: StoredDocument) throws -> [UInt8] {
        let length = directories[document.id.segment]?.entries[document.id.ordinal].originalLength ?? 0
        let (connection, segment) = place(ofSegment: document.id.segment)
        return try connection.original(of: DocumentID(segment: segment, ordinal: document.id.ordinal), length: length)
    }
}

// MARK: Segments

extension IndexSnapshot {
    /// A segment, opened.
    package func segment(_ id: Int) throws -> Segment {
        if !members.isEmpty {
            let member = members[Member.position(ofSegment: id)]
            return try member.snapshot.segment(member.segment(ofNumber: id))
        }
        if let segment = cache.withLock({ $0.segments[id] }) { return segment }
        guard let directory = directories[id] else { preconditionFailure("no segment \(id)") }
        let parts = try connection.parts(of: id)
        let segment = try connection.naming(id) {
            try Segment(
                id: id, parts: parts, directory: directory, memorySize: header.model.passageMemorySize, prior: lexicon,
                path: connection.path)
        }
        return cache.withLock { cache in
            if let first = cache.segments[id] { return first }
            cache.segments[id] = segment
            return segment
        }
    }

    /// The residual of a passage. The pieces that hold it are read, and some of a segment are kept.
    package func residual(of passage: PassageID) throws -> ArraySlice<UInt8> {
        if !members.isEmpty {
            let member = members[Member.position(ofSegment: passage.segment)]
            let segment = member.segment(ofNumber: passage.segment)
            return try member.snapshot.residual(of: PassageID(segment: segment, index: passage.index))
        }
        let segment = try segment(passage.segment)
        return try segment.residual(of: passage.index) { try connection.residual($0, of: passage.segment) }
    }

    /// Opens all segments with live passages, as many at a time as there are processors.
    package func load() throws {
        _ = try concurrently(segmentIDs.count) { try segment(segmentIDs[$0]) }
    }

    /// How many dead passages of a segment hold each term, by the terms' numbers.
    func deadCounts(of id: Int) throws -> [UInt32: UInt32] {
        if !members.isEmpty {
            let member = members[Member.position(ofSegment: id)]
            return try member.snapshot.deadCounts(of: member.segment(ofNumber: id))
        }
        if let counts = cache.withLock({ $0.deadCounts[id] }) { return counts }
        var counts: [UInt32: UInt32] = [:]
        let dead = (owners[id] ?? []).indices.filter { owners[id]?[$0] == -1 }
        if !dead.isEmpty {
            for term in try segment(id).termNumbers(of: dead).joined() { counts[term, default: 0] += 1 }
        }
        cache.withLock { $0.deadCounts[id] = counts }
        return counts
    }

    /// The mean token count of live passages. Opens all segments.
    package func averageLength() throws -> Double {
        if let average = cache.withLock(\.averageLength) { return average }
        try load()
        var sum = 0
        for document in documents where !document.passages.isEmpty {
            let segment = try segment(document.id.segment)
            for passage in document.passages { sum += segment.tokenCount(of: passage) }
        }
        let average = Double(sum) / Double(max(passageCount, 1))
        cache.withLock { $0.averageLength = average }
        return average
    }
}

// MARK: Later commits

extension IndexSnapshot {
    /// Closes the file, or the files of joined snapshots. What was read stays, and nothing more can be read.
    package func close() throws {
        for member in members { try member.snapshot.close() }
        if members.isEmpty { try IndexError.translating(connection.path) { try connection.close() } }
    }

    /// Whether a snapshot taken now would equal this snapshot.
    ///
    /// If so, the log is copied into the file, and this snapshot continues in a newer transaction. The next writer can then
    /// begin the log anew.
    package func isCurrent() throws -> Bool {
        guard members.isEmpty else { return try members.allSatisfy { try $0.snapshot.isCurrent() } }
        let old = connection
        if old.isAlone { return true }  // nobody else can write
        // A server looks before each question. The log was read when the index was opened.
        let new = try Connection(path: old.path, for: .read, readsLog: false)
        try? new.foldLog()  // when this fails, the log only stays larger
        try new.beginSnapshot()
        guard try new.identity == old.identity && new.run(Meta.check) == check else { return false }
        pinned.withLock { $0 = new }
        return true
    }

    /// A snapshot of the present state of the index. It keeps the decoded segments of this snapshot that still exist. This
    /// snapshot does not change.
    /// - Throws: `IndexError`, also when the index now needs another model or base lexicon.
    package func reopened() throws -> IndexSnapshot {
        guard members.isEmpty else {
            return IndexSnapshot(members: try members.map { try $0.reopened() })
        }
        if connection.isAlone { return self }
        let snapshot = try IndexSnapshot(
            Connection(path: connection.path, for: .read), lexicon: lexicon, reusing: self)
        try snapshot.header.check(header.model, lexicon, path: connection.path)
        return snapshot
    }

    /// Names the commit of the snapshot: another commit of the index has another name. nil for joined snapshots.
    package var commitID: String? {
        members.isEmpty ? check.map { $0.map { String(format: "%02x", $0) }.joined() } : nil
    }

    /// The identifiers of the segments that are decoded at present.
    package var decodedSegments: [Int] { cache.withLock { $0.segments.keys.sorted() } }

    /// The decoded segments that `later` still has, when both connections are to one file.
    ///
    /// An index never uses the identifier of a segment twice. But a file may have been overwritten with another index: a
    /// segment is kept only where its documents and the lengths of its passages are the same.
    private func segments(keptBy later: Connection, _ directories: [Int: DocumentDirectory]) throws -> [Int: Segment] {
        guard let identity = connection.identity, identity == later.identity else { return [:] }
        return try cache.withLock(\.segments).filter { id, segment in
            guard let directory = directories[id], directory.entries == self.directories[id]?.entries else { return false }
            return segment.fingerprint == Segment.fingerprint(try later.part(.passages, of: id))
        }
    }
}
