import CArchive

/// The parts of a file that is a zip archive, such as a document of an office program.
///
/// Nothing is written to disk: the names of the parts are only compared, so a name with ".." reaches nothing.
struct Container {
    /// The bytes of the parts that were asked for, by name.
    private(set) var parts: [String: [UInt8]] = [:]
    /// The names of all parts, in the order of the archive.
    private(set) var names: [String] = []
    private(set) var remarks = Remarks()

    /// The most parts of an archive.
    private static let mostParts = 20_000
    /// A part may be so many times as long as the archive. XML is seldom compressed to a hundredth.
    private static let mostGrowth = 400
    /// Parts below this length may grow as they like.
    private static let smallLength = 8 << 20

    /// Reads the parts whose names `isWanted` wants.
    init(_ bytes: [UInt8], limits: ExtractionLimits, isWanted: (String) -> Bool) throws(Refusal) {
        let archive = try Archive(bytes)
        var left = limits.textBytes
        while let entry = try archive.next() {
            names.append(entry.name)
            guard names.count <= Self.mostParts else { throw .expandsTooFar(limit: limits.textBytes) }
            guard isWanted(entry.name) else { continue }
            guard parts[entry.name] == nil else {
                // Programs differ in which of two parts of one name they take.
                remarks.add(.damaged(entry.name))
                continue
            }
            if entry.isEncrypted { throw .needsPassword }
            let limit = min(left, max(Self.smallLength, bytes.count.multipliedReportingOverflow(by: Self.mostGrowth).0))
            switch archive.content(atMost: limit) {
            case .bytes(let content):
                left -= content.count
                parts[entry.name] = content
            case .tooLong: throw .expandsTooFar(limit: limit)
            case .damaged(let content):
                remarks.add(.damaged(entry.name))
                left -= content.count
                parts[entry.name] = content
            }
        }
        guard !names.isEmpty else { throw .containerDamaged("the list of its parts") }
    }

    /// The bytes of a part. Nil when the archive has none of this name.
    subscript(name: String) -> [UInt8]? { parts[name] }

    /// Whether the archive has a part whose name starts so.
    func hasPart(below prefix: String) -> Bool { names.contains { $0.hasPrefix(prefix) } }
}

/// An open zip archive, owned by libarchive.
private final class Archive {
    struct Entry {
        let name: String
        let isEncrypted: Bool
    }

    enum Content {
        case bytes([UInt8])
        case tooLong
        /// What could be read of a damaged part.
        case damaged([UInt8])
    }

    private let pointer: OpaquePointer
    /// The archive. libarchive reads from it as long as the archive is open.
    private let copy: UnsafeMutableRawBufferPointer

    init(_ bytes: [UInt8]) throws(Refusal) {
        guard let pointer = archive_read_new() else { throw .containerDamaged("the archive") }
        self.pointer = pointer
        copy = UnsafeMutableRawBufferPointer.allocate(byteCount: max(1, bytes.count), alignment: 16)
        copy.copyBytes(from: bytes)
        archive_read_support_format_zip(pointer)
        guard archive_read_open_memory(pointer, copy.baseAddress, bytes.count) == ARCHIVE_OK else {
            throw .containerDamaged("the archive")
        }
    }

    deinit {
        archive_read_free(pointer)
        copy.deallocate()
    }

    /// The next entry that is a file. Nil at the end.
    func next() throws(Refusal) -> Entry? {
        while true {
            var entry: OpaquePointer?
            let status = archive_read_next_header(pointer, &entry)
            if status == ARCHIVE_EOF { return nil }
            // A warning tells of a name in an unknown charset, for instance. The entry can be read.
            guard status == ARCHIVE_OK || status == ARCHIVE_WARN, let entry else { return nil }
            guard archive_entry_filetype(entry) == UInt32(0o100000), let name = Archive.name(of: entry) else { continue }
            return Entry(name: name, isEncrypted: archive_entry_is_data_encrypted(entry) != 0)
        }
    }

    private static func name(of entry: OpaquePointer) -> String? {
        (archive_entry_pathname_utf8(entry) ?? archive_entry_pathname(entry)).map { String(cString: $0) }
    }

    /// The content of the entry that `next` returned.
    func content(atMost limit: Int) -> Content {
        var content: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = archive_read_data(pointer, &buffer, buffer.count)
            if count == 0 { return .bytes(content) }
            guard count > 0 else { return .damaged(content) }
            guard content.count + count <= limit else { return .tooLong }
            content += buffer[..<count]
        }
    }
}
