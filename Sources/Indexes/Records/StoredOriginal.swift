/// How the bytes of a file are regained from the text of its document.
///
/// The default is a file that is its text: such an original takes no byte.
package struct StoredOriginal: Sendable, Equatable {
    /// The line ends of a file whose text has LF for all of them.
    package enum LineEnds: String, Sendable {
        case crlf
        case cr
    }

    /// Bytes of the file that do not decode; U+FFFD stands for them in the text.
    package struct Repair: Sendable, Equatable {
        /// The offset of the U+FFFD in the text.
        package let offset: Int
        /// The bytes in the file.
        package let bytes: [UInt8]

        /// A repair from its parts.
        package init(offset: Int, bytes: [UInt8]) {
            self.offset = offset
            self.bytes = bytes
        }
    }

    /// Whether the text was drawn out of a file that cannot be made from it again.
    package var isExtracted = false
    /// The character encoding of the file, as iconv calls it.
    package var encoding = StoredOriginal.utf8
    /// Whether the file starts with a byte order mark, which the text lacks.
    package var hasByteOrderMark = false
    /// The line ends of the file; nil where the text has the file's own.
    package var lineEnds: LineEnds?
    /// Bytes that do not decode, by offset.
    package var repairs: [Repair] = []
    /// Fields that this program does not know; they are kept.
    private var unknown = Record()

    /// The encoding of a file that says no other.
    package static let utf8 = "UTF-8"

    /// The original of a file that is its text.
    package init() {}
}

extension StoredOriginal {
    private enum Key {
        static let isExtracted = "ext"
        static let encoding = "enc"
        static let byteOrderMark = "bom"
        static let lineEnds = "eol"
        static let repairs = "bad"
    }

    /// Reads a stored original; nil for bytes that are no record, or one with a field of another kind.
    package init?(bytes: [UInt8]) {
        guard let record = Record(bytes: bytes) else { return nil }
        unknown = record
        guard unknown.take(Key.isExtracted, \.bool, into: &isExtracted),
            unknown.take(Key.encoding, \.text, into: &encoding),
            unknown.take(Key.byteOrderMark, \.bool, into: &hasByteOrderMark),
            unknown.take(Key.lineEnds, { $0.text.flatMap(LineEnds.init(rawValue:)) }, into: &lineEnds),
            unknown.take(Key.repairs, { $0.bytes.flatMap(StoredOriginal.repairs) }, into: &repairs)
        else { return nil }
    }

    /// The original as it is stored: a field for each that differs from its default.
    package var bytes: [UInt8] {
        var record = unknown
        if isExtracted { record[Key.isExtracted] = .bool(true) }
        if encoding != StoredOriginal.utf8 { record[Key.encoding] = .text(encoding) }
        if hasByteOrderMark { record[Key.byteOrderMark] = .bool(true) }
        if let lineEnds { record[Key.lineEnds] = .text(lineEnds.rawValue) }
        if !repairs.isEmpty { record[Key.repairs] = .bytes(StoredOriginal.bytes(of: repairs)) }
        return record.bytes
    }

    /// For each repair the distance of its offset from the one before, the number of its bytes, and its bytes.
    private static func bytes(of repairs: [Repair]) -> [UInt8] {
        var list = NumberList()
        var last = 0
        for repair in repairs {
            list.append(repair.offset - last)
            list.append(repair.bytes)
            last = repair.offset
        }
        return list.bytes
    }

    private static func repairs(_ bytes: [UInt8]) -> [Repair]? {
        var reader = NumberList.Reader(bytes)
        var repairs: [Repair] = []
        var offset = 0
        while !reader.isAtEnd {
            guard let distance = reader.number(), let bytes = reader.string() else { return nil }
            offset += distance
            guard offset < NumberList.placeLimit else { return nil }
            repairs.append(Repair(offset: offset, bytes: bytes))
        }
        return repairs
    }
}
