/// How the bytes of a file are regained from the text of its document.
///
/// The default is a file that is its text: such an original takes no byte.
package struct StoredOriginal: Sendable, Equatable {
    /// The line ends of a file whose text has LF for all of them.
    package enum LineEnds: String, Sendable {
        case crlf
        case cr
    }

    /// Bytes of the file for which the text has something else, such as U+FFFD for bytes that do not decode.
    package struct Repair: Sendable, Equatable {
        /// The offset in the text.
        package let offset: Int
        /// The bytes in the file.
        package let bytes: [UInt8]
        /// The number of bytes in the text that stand for them: 3 for U+FFFD.
        package let count: Int

        /// A repair from its parts.
        package init(offset: Int, bytes: [UInt8], count: Int = 3) {
            self.offset = offset
            self.bytes = bytes
            self.count = count
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
    /// The name of the rule by which strings of JSON are escaped; nil where the text has the escapes of the file.
    package var escapes: String?
    /// Bytes for which the text has something else, by offset.
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
        static let edits = "edt"
        static let escapes = "esc"
    }

    /// Reads a stored original; nil for bytes that are no record, or one with a field of another kind.
    package init?(bytes: [UInt8]) {
        guard let record = Record(bytes: bytes) else { return nil }
        unknown = record
        guard unknown.take(Key.isExtracted, \.bool, into: &isExtracted),
            unknown.take(Key.encoding, \.text, into: &encoding),
            unknown.take(Key.byteOrderMark, \.bool, into: &hasByteOrderMark),
            unknown.take(Key.lineEnds, { $0.text.flatMap(LineEnds.init(rawValue:)) }, into: &lineEnds),
            unknown.take(Key.repairs, { $0.bytes.flatMap(StoredOriginal.repairs) }, into: &repairs),
            unknown.take(Key.edits, { $0.bytes.flatMap(StoredOriginal.edits) }, into: &repairs),
            unknown.take(Key.escapes, \.text, into: &escapes)
        else { return nil }
    }

    /// The original as it is stored: a field for each that differs from its default.
    package var bytes: [UInt8] {
        var record = unknown
        if isExtracted { record[Key.isExtracted] = .bool(true) }
        if encoding != StoredOriginal.utf8 { record[Key.encoding] = .text(encoding) }
        if hasByteOrderMark { record[Key.byteOrderMark] = .bool(true) }
        if let lineEnds { record[Key.lineEnds] = .text(lineEnds.rawValue) }
        if repairs.contains(where: { $0.count != 3 }) {
            record[Key.edits] = .bytes(StoredOriginal.bytes(ofEdits: repairs))
        } else if !repairs.isEmpty {
            record[Key.repairs] = .bytes(StoredOriginal.bytes(of: repairs))
        }
        if let escapes { record[Key.escapes] = .text(escapes) }
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

extension StoredOriginal {
    /// A kind of edit: the bytes in the file, and the number of bytes in the text that stand for them.
    private struct Kind: Hashable {
        let bytes: [UInt8]
        let count: Int
    }

    /// The number of kinds of edits, each kind, and for each edit the distance of its offset from the one before and its kind.
    private static func bytes(ofEdits repairs: [Repair]) -> [UInt8] {
        var numbers: [Kind: Int] = [:]
        var kinds: [Kind] = []
        for repair in repairs {
            let kind = Kind(bytes: repair.bytes, count: repair.count)
            if numbers.updateValue(numbers[kind] ?? kinds.count, forKey: kind) == nil { kinds.append(kind) }
        }
        var list = NumberList()
        list.append(kinds.count)
        for kind in kinds {
            list.append(kind.count)
            list.append(kind.bytes)
        }
        var last = 0
        for repair in repairs {
            list.append(repair.offset - last)
            list.append(numbers[Kind(bytes: repair.bytes, count: repair.count)]!)
            last = repair.offset
        }
        return list.bytes
    }

    private static func edits(_ bytes: [UInt8]) -> [Repair]? {
        var reader = NumberList.Reader(bytes)
        guard let count = reader.number(), count <= bytes.count else { return nil }
        var kinds: [Kind] = []
        for _ in 0..<count {
            guard let count = reader.number(), let bytes = reader.string() else { return nil }
            kinds.append(Kind(bytes: bytes, count: count))
        }
        var repairs: [Repair] = []
        var offset = 0
        while !reader.isAtEnd {
            guard let distance = reader.number(), let kind = reader.number(), kind < kinds.count else { return nil }
            offset += distance
            guard offset < NumberList.placeLimit else { return nil }
            repairs.append(Repair(offset: offset, bytes: kinds[kind].bytes, count: kinds[kind].count))
        }
        return repairs
    }
}
