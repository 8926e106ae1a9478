import Dispatch
import GRDB
import Synchronization

/// A document as an index lists it.
public struct StoredDocument: Sendable, Equatable {
    public let id: ContentID
    /// The sources that hold it, at least one, in the order of their bytes.
    public let paths: [String]
    public let title: String
    public let mediaType: String
    /// The length of the text in bytes.
    public let byteLength: Int
    /// SHA-256 of the text.
    public let textHash: [UInt8]
    /// The dense codes of the document.
    public let memory: [UInt8]
    /// Its passages within its segment.
    public let passages: Range<Int>

    /// Its passages in order.
    public var passageIDs: [PassageID] { passages.map { PassageID(segment: id.segment, index: $0) } }
}

/// An index as it was at one moment; writers neither change nor wait for it.
///
/// Lists only what some source refers to. Segments are decoded when first asked for and kept.
public final class IndexSnapshot: Sendable {
    public let header: IndexHeader
    /// The documents that are alive, in the order of their identifiers.
    public let documents: [StoredDocument]
    public let sources: [Source]
    /// The segments that hold live passages, ascending.
    public let segmentIDs: [Int]
    /// The number of live passages.
    public let passageCount: Int

    let connection: Connection
    let lexicon: BaseLexicon
    let meta: Meta
    let directories: [Int: DocumentDirectory]
    /// For each segment and passage the position of its document in `documents`, or −1 for a dead one.
    private let owners: [Int: [Int32]]
    private let cache = Mutex<Cache>(Cache())

    private struct Cache {
        var segments: [Int: Segment] = [:]
        var averageLength: Double?
    }

    /// Takes over a connection and keeps a read transaction open on it.
    init(_ connection: Connection, lexicon: BaseLexicon) throws {
        self.connection = connection
        self.lexicon = lexicon
        try connection.run { try $0.execute(sql: "BEGIN") }
        meta = try connection.meta()
        header = meta.header
        var directories: [Int: DocumentDirectory] = [:]
        for id in try connection.segmentIDs(meta) { directories[id] = try connection.directory(of: id) }
        self.directories = directories
        var sources: [Source] = []
        var paths: [ContentID: [String]] = [:]
        for row in try connection.sourceRows(meta) {
            let source = row.source { id in
                guard let entries = directories[id.segment]?.entries, entries.indices.contains(id.ordinal) else {
                    return nil
                }
                return entries[id.ordinal]
            }
            guard let source else { throw IndexError.damaged("source table", in: connection.path) }
            sources.append(source)
            if let id = source.content { paths[id, default: []].append(source.path) }
        }
        self.sources = sources

        var documents: [StoredDocument] = []
        var owners: [Int: [Int32]] = [:]
        var count = 0
        for (id, paths) in paths.sorted(by: { $0.key < $1.key }) {
            guard let directory = directories[id.segment] else { continue }
            let entry = directory.entries[id.ordinal]
            for passage in entry.passages {
                owners[id.segment, default: Array(repeating: -1, count: directory.passageCount)][passage] =
                    Int32(documents.count)
            }
            count += entry.passages.count
            documents.append(
                StoredDocument(
                    id: id, paths: paths, title: entry.title, mediaType: entry.mediaType, byteLength: entry.byteLength,
                    textHash: entry.textHash, memory: entry.memory, passages: entry.passages))
        }
        self.documents = documents
        self.owners = owners
        passageCount = count
        segmentIDs = owners.keys.sorted()
    }

    /// The document that a passage belongs to; nil for one that is dead or does not exist.
    public func document(of passage: PassageID) -> StoredDocument? {
        guard let owners = owners[passage.segment], owners.indices.contains(passage.index), owners[passage.index] >= 0
        else { return nil }
        return documents[Int(owners[passage.index])]
    }

    /// Whether a passage of a segment is alive.
    func isLive(_ segment: Int) -> [Int32] { owners[segment] ?? [] }

    /// Where the passages of a document stand in their source, as the pipeline wrote it.
    public func spans(of document: StoredDocument) throws -> [UInt8] {
        guard let directory = directories[document.id.segment] else { return [] }
        let range = directory.entries[document.id.ordinal].spans
        return range.isEmpty ? [] : Array(try connection.spans(of: document.id.segment, directory)[range])
    }

    /// What turns the text of a document into its source file, as the pipeline wrote it.
    public func original(of document: StoredDocument) throws -> [UInt8] {
        let length = directories[document.id.segment]?.entries[document.id.ordinal].originalLength ?? 0
        return try connection.original(of: document.id, length: length)
    }

    /// The adapter weights that the index carries.
    public var adapter: [UInt8]? { meta.adapter }

    /// A segment, decoded.
    public func segment(_ id: Int) throws -> Segment {
        if let segment = cache.withLock({ $0.segments[id] }) { return segment }
        guard let directory = directories[id] else { preconditionFailure("no segment \(id)") }
        let parts = try connection.parts(of: id)
        let segment = try connection.naming(id) {
            try Segment(
                id: id, parts: parts, directory: directory, memorySize: header.model.passageMemorySize, base: lexicon)
        }
        return cache.withLock { cache in
            if let first = cache.segments[id] { return first }
            cache.segments[id] = segment
            return segment
        }
    }

    /// Decodes all segments with live passages, as many at a time as there are processors.
    public func load() throws {
        let failure = Mutex<(any Error)?>(nil)
        let ids = segmentIDs
        DispatchQueue.concurrentPerform(iterations: ids.count) { i in
            do {
                _ = try segment(ids[i])
            } catch {
                failure.withLock { $0 = $0 ?? error }
            }
        }
        if let error = failure.withLock({ $0 }) { throw error }
    }

    /// The mean token count of live passages; loads all segments.
    public func averageLength() throws -> Double {
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
