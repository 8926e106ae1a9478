import Foundation

/// The rows of an SQLite file, read page by page without its trees and its schema: what a damaged database still holds.
///
/// <https://www.sqlite.org/fileformat2.html> describes its pages. Nothing read here is proven: its reader compares checksums.
package struct RawDatabase {
    /// Tables with row identifiers, and those without.
    package enum Kind {
        case table, index
    }

    /// A value of a row.
    package enum Value: Equatable {
        case null
        case integer(Int64)
        case text([UInt8])
        case blob([UInt8])
    }

    /// A row, with its identifier where its table has them.
    package struct Row: Equatable {
        package let id: Int64?
        package let values: [Value]
    }

    private let bytes: [UInt8], pageSize: Int
    private var pageCount: Int { (bytes.count + pageSize - 1) / pageSize }

    /// A file's bytes; a last page cut short counts as far as it goes. Where its header is lost, its pages have the size under which most is found.
    package init(_ bytes: [UInt8]) {
        let stated = RawDatabase.isDatabase(bytes) ? Int(bytes[16]) << 8 | Int(bytes[17]) : 0
        let sizes = Schema.pageSizes.contains(stated) ? [stated] : Schema.pageSizes
        self = sizes.map { RawDatabase(bytes, pageSize: $0) }.max { $0.rowBytes < $1.rowBytes }!
    }

    private init(_ bytes: [UInt8], pageSize: Int) {
        self.bytes = bytes
        self.pageSize = pageSize
    }

    private static func isDatabase(_ bytes: [UInt8]) -> Bool { bytes.count >= 100 && bytes.starts(with: "SQLite format 3\0".utf8) }

    /// The format that the file's header states, where it has the marks of an index.
    var formatVersion: Int? {
        guard RawDatabase.isDatabase(bytes), number(at: 68, bytes: 4) == Int(Schema.applicationID) else { return nil }
        return number(at: 60, bytes: 4)
    }

    /// Calls `body` with every row of so many columns in tables of a kind, in the order of the pages.
    package func forEachRow(_ kind: Kind, columns: Int, _ body: (Row) throws -> Void) rethrows {
        try forEachRecord(kind) { id, record in
            if let values = RawDatabase.values(record), values.count == columns { try body(Row(id: id, values: values)) }
        }
    }

    private func forEachRecord(_ kind: Kind, _ body: (Int64?, [UInt8]) throws -> Void) rethrows {
        // A row is read once. Where damaged or hostile cells share their pages, this bounds what they cost.
        var budget = 4 * bytes.count
        for page in 0..<pageCount {
            for cell in cells(of: page, kind) where budget > 0 {
                if let (id, payload) = payload(at: cell.at, cell.kind, &budget) { try body(id, payload) }
            }
        }
    }

    /// How many bytes lie in records that can be read.
    private var rowBytes: Int {
        var sum = 0
        for kind in [Kind.table, .index] { forEachRecord(kind) { if RawDatabase.values($1) != nil { sum += $1.count } } }
        return sum
    }
}

// MARK: Pages

extension RawDatabase {
    /// The kinds of pages that hold rows.
    private enum PageKind: UInt8 {
        case indexInterior = 2, indexLeaf = 10, tableLeaf = 13
    }

    /// Where the cells of a page lie; none for a page that holds no rows of this kind.
    private func cells(of page: Int, _ kind: Kind) -> [(at: Int, kind: PageKind)] {
        let start = page * pageSize, header = page == 0 ? 100 : start
        let end = min(start + pageSize, bytes.count)
        guard header + 12 <= end, let found = PageKind(rawValue: bytes[header]), (found == .tableLeaf) == (kind == .table) else { return [] }
        let count = number(at: header + 3, bytes: 2), pointers = header + (found == .indexInterior ? 12 : 8)
        guard pointers + 2 * count <= end else { return [] }
        return (0..<count).map { (start + number(at: pointers + 2 * $0, bytes: 2), found) }
    }

    /// The row identifier and the record of a cell, whose bytes count against `budget`; nil where it does not lie in the file.
    private func payload(at cell: Int, _ kind: PageKind, _ budget: inout Int) -> (id: Int64?, [UInt8])? {
        let pageEnd = min((cell / pageSize + 1) * pageSize, bytes.count)
        var at = kind == .indexInterior ? cell + 4 : cell
        guard let length = varint(&at, end: pageEnd), length >= 0, length <= bytes.count else { return nil }
        var id: Int64?
        if kind == .tableLeaf {
            guard let number = varint(&at, end: pageEnd) else { return nil }
            id = number
        }
        // How much of a long record stays on the page (fileformat2, section 1.6).
        let usable = pageSize, total = Int(length)
        let most = kind == .tableLeaf ? usable - 35 : (usable - 12) * 64 / 255 - 23
        let least = (usable - 12) * 32 / 255 - 23
        let fitted = least + (total - least) % (usable - 4)
        let local = total <= most ? total : fitted <= most ? fitted : least
        guard at + local <= pageEnd else { return nil }
        var record = Array(bytes[at..<at + local])
        budget -= local
        if local == total { return (id, record) }
        guard at + local + 4 <= pageEnd else { return nil }
        var next = number(at: at + local, bytes: 4)
        while record.count < total {
            let start = (next - 1) * usable, size = min(usable - 4, total - record.count)
            guard next > 1, start + 4 + size <= bytes.count, budget > 0 else { return nil }
            record += bytes[start + 4..<start + 4 + size]
            budget -= size
            next = number(at: start, bytes: 4)
        }
        return (id, record)
    }

    /// A number of some bytes, the highest first.
    private func number(at: Int, bytes count: Int) -> Int { bytes[at..<at + count].reduce(0) { $0 << 8 | Int($1) } }

    private func varint(_ at: inout Int, end: Int) -> Int64? { RawDatabase.varint(bytes, &at, end: end) }

    /// A number of up to nine bytes: seven bits in each of eight, then eight.
    private static func varint(_ bytes: [UInt8], _ at: inout Int, end: Int) -> Int64? {
        var value: UInt64 = 0
        for i in 0..<9 {
            guard at < end else { return nil }
            let byte = bytes[at]
            at += 1
            if i == 8 { return Int64(bitPattern: value << 8 | UInt64(byte)) }
            value = value << 7 | UInt64(byte & 127)
            if byte < 128 { break }
        }
        return Int64(bitPattern: value)
    }
}

// MARK: Records

extension RawDatabase {
    /// The values of a record; nil for bytes that are none.
    private static func values(_ record: [UInt8]) -> [Value]? {
        var head = 0
        guard let length = varint(record, &head, end: record.count), length <= record.count else { return nil }
        var at = Int(length), values: [Value] = []
        while head < length {
            guard let type = varint(record, &head, end: Int(length)), let value = value(type, record, &at) else { return nil }
            values.append(value)
        }
        return head == length && at == record.count ? values : nil
    }

    private static func value(_ type: Int64, _ record: [UInt8], _ at: inout Int) -> Value? {
        let size: Int
        switch type {
        case 0: return .null
        case 8, 9: return .integer(type - 8)
        case 1...4: size = Int(type)
        case 5: size = 6
        case 6: size = 8
        case 12...: size = Int((type - 12) / 2)
        default: return nil
        }
        guard size <= record.count - at else { return nil }
        defer { at += size }
        let bytes = Array(record[at..<at + size])
        if type >= 12 { return type % 2 == 0 ? .blob(bytes) : .text(bytes) }
        let sign: Int64 = bytes[0] >= 128 ? -1 : 0
        return .integer(bytes.reduce(sign) { $0 << 8 | Int64($1) })
    }
}
