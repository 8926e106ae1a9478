/// A stored record: fields by name, in the deterministic form of CBOR (RFC 8949, section 4.2.1).
///
/// Every stored record of an index is one: options, originals, spans, reasons. A reader takes the fields that it knows, has
/// a default for each of them, and writes the others back as it found them. A record without fields takes no byte.
package struct Record: Sendable, Hashable {
    /// A value of a field.
    package indirect enum Value: Sendable, Hashable {
        case integer(Int64)
        case bool(Bool)
        case bytes([UInt8])
        case text(String)
        case list([Value])
        case record(Record)
    }

    /// The fields by name.
    package var fields: [String: Value]

    /// A record of some fields.
    package init(_ fields: [String: Value] = [:]) { self.fields = fields }

    /// The field called `name`; nil where the record has none.
    package subscript(name: String) -> Value? {
        get { fields[name] }
        set { fields[name] = newValue }
    }

    /// Takes a field out of the record.
    package mutating func take(_ name: String) -> Value? { fields.removeValue(forKey: name) }

    /// Takes a field out of the record. `value` stays as it is where the record does not have the field.
    ///
    /// - Returns: whether the field, if there is one, is of the right kind.
    mutating func take<T>(_ name: String, _ kind: (Value) -> T?, into value: inout T) -> Bool {
        guard let field = take(name) else { return true }
        guard let found = kind(field) else { return false }
        value = found
        return true
    }

    /// Takes a field that has no default out of the record.
    mutating func take<T>(_ name: String, _ kind: (Value) -> T?, into value: inout T?) -> Bool {
        guard let field = take(name) else { return true }
        value = kind(field)
        return value != nil
    }
}

extension Record.Value {
    /// The value as an integer; nil for a value of another kind, as for the properties below.
    package var integer: Int? { if case .integer(let value) = self { Int(exactly: value) } else { nil } }
    /// The value as a flag.
    package var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
    /// The value as bytes.
    package var bytes: [UInt8]? { if case .bytes(let value) = self { value } else { nil } }
    /// The value as a text.
    package var text: String? { if case .text(let value) = self { value } else { nil } }
    /// The value as a list.
    package var list: [Record.Value]? { if case .list(let value) = self { value } else { nil } }
    /// The value as a record.
    package var record: Record? { if case .record(let value) = self { value } else { nil } }

    /// An integer that is not negative.
    var size: Int? { integer.flatMap { $0 < 0 ? nil : $0 } }

    /// The texts of a list of texts.
    package var texts: [String]? {
        guard let list else { return nil }
        let texts = list.compactMap(\.text)
        return texts.count == list.count ? texts : nil
    }

    /// A list of texts.
    package static func texts(_ texts: [String]) -> Record.Value { .list(texts.map { .text($0) }) }
}

// MARK: Bytes

extension Record {
    /// The record as it is stored.
    package var bytes: [UInt8] {
        var out: [UInt8] = []
        if !fields.isEmpty { Record.append(.record(self), to: &out) }
        return out
    }

    /// Reads a stored record; nil for bytes that are not the deterministic form of one.
    package init?(bytes: [UInt8]) {
        self.init()
        if bytes.isEmpty { return }
        var reader = Reader(bytes)
        guard let value = reader.value(depth: 0), reader.isAtEnd, let record = value.record, !record.fields.isEmpty else {
            return nil
        }
        self = record
    }

    /// The major types of CBOR that records use, and the simple values.
    fileprivate enum Major: UInt8 {
        case positive, negative, bytes, text, list, map
        case simple = 7
    }

    fileprivate static let no: UInt64 = 20
    fileprivate static let yes: UInt64 = 21

    /// Lists and records stand within each other to this depth; deeper ones are damage.
    fileprivate static let depthLimit = 8

    private static func append(_ value: Value, to out: inout [UInt8]) {
        switch value {
        case .integer(let number):
            appendHead(number < 0 ? .negative : .positive, UInt64(bitPattern: number < 0 ? ~number : number), to: &out)
        case .bool(let flag): appendHead(.simple, flag ? yes : no, to: &out)
        case .bytes(let bytes):
            appendHead(.bytes, UInt64(bytes.count), to: &out)
            out += bytes
        case .text(let text): append(text, to: &out)
        case .list(let values):
            appendHead(.list, UInt64(values.count), to: &out)
            for value in values { append(value, to: &out) }
        case .record(let record):
            appendHead(.map, UInt64(record.fields.count), to: &out)
            let fields = record.fields.map { name, value in
                var bytes: [UInt8] = []
                append(name, to: &bytes)
                return (name: bytes, value: value)
            }
            for field in fields.sorted(by: { $0.name.lexicographicallyPrecedes($1.name) }) {
                out += field.name
                append(field.value, to: &out)
            }
        }
    }

    private static func append(_ text: String, to out: inout [UInt8]) {
        appendHead(.text, UInt64(text.utf8.count), to: &out)
        out += text.utf8
    }

    /// Appends a major type with its number, in as few bytes as the number needs.
    private static func appendHead(_ major: Major, _ number: UInt64, to out: inout [UInt8]) {
        let size = number < 24 ? 0 : number <= 0xff ? 1 : number <= 0xffff ? 2 : number <= 0xffff_ffff ? 4 : 8
        let low = size == 0 ? UInt8(number) : 24 + UInt8(size.trailingZeroBitCount)
        out.append(major.rawValue << 5 | low)
        for byte in (0..<size).reversed() { out.append(UInt8(truncatingIfNeeded: number >> UInt64(8 * byte))) }
    }
}

/// Reads values from bytes, and refuses each form that `Record.bytes` does not write.
private struct Reader {
    private let bytes: [UInt8]
    private var at = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var isAtEnd: Bool { at == bytes.count }

    mutating func value(depth: Int) -> Record.Value? {
        guard depth < Record.depthLimit, let (major, number) = head() else { return nil }
        switch major {
        case .positive: return Int64(exactly: number).map { .integer($0) }
        case .negative: return Int64(exactly: number).map { .integer(~$0) }
        case .simple: return number == Record.yes ? .bool(true) : number == Record.no ? .bool(false) : nil
        case .bytes: return string(number).map { .bytes($0) }
        case .text: return string(number).flatMap { String(validating: $0, as: UTF8.self) }.map { .text($0) }
        case .list:
            var values: [Record.Value] = []
            for _ in 0..<number {
                guard let value = value(depth: depth + 1) else { return nil }
                values.append(value)
            }
            return .list(values)
        case .map:
            var record = Record()
            var last: [UInt8] = []
            for _ in 0..<number {
                let start = at
                guard let (major, length) = head(), major == .text, let name = string(length) else { return nil }
                let stored = Array(bytes[start..<at])
                guard record.fields.isEmpty || last.lexicographicallyPrecedes(stored),
                    let text = String(validating: name, as: UTF8.self), record[text] == nil,
                    let value = value(depth: depth + 1)
                else { return nil }
                last = stored
                record[text] = value
            }
            return .record(record)
        }
    }

    /// A major type with its number; nil for a number in more bytes than it needs.
    private mutating func head() -> (Record.Major, UInt64)? {
        guard at < bytes.count, let major = Record.Major(rawValue: bytes[at] >> 5) else { return nil }
        let low = bytes[at] & 31
        at += 1
        if low < 24 { return (major, UInt64(low)) }
        guard low < 28 else { return nil }
        let size = 1 << Int(low - 24)
        guard bytes.count - at >= size else { return nil }
        let number = bytes[at..<at + size].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        at += size
        let smallest: UInt64 = size == 1 ? 24 : 1 << UInt64(4 * size)
        return number >= smallest && major != .simple ? (major, number) : nil
    }

    private mutating func string(_ length: UInt64) -> [UInt8]? {
        guard length <= UInt64(bytes.count - at) else { return nil }
        defer { at += Int(length) }
        return Array(bytes[at..<at + Int(length)])
    }
}
