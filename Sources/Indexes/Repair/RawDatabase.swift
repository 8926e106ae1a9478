import Foundation

/// The rows of a damaged SQLite file, read page by page without its trees and its schema.
///
/// <https://www.sqlite.org/fileformat2.html> describes the pages. No row is proven here: the caller compares checksums.
package struct RawDatabase {
    /// Tables with row identifiers, and tables without them.
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
        /// The row identifier; nil in a table without one.
        package let id: Int64?
        /// The values in the order of the columns.
        package let values: [Value]
    }

    private let bytes: [UInt8]
    private let pageSize = Schema.pageSize
    private var pageCount: Int { (bytes.count + pageSize - 1) / pageSize }

    /// The rows of a file. A last page that is cut short counts as far as it goes.
    package init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The format that the file's header states; nil where the header is not that of an index.
    var formatVersion: Int? {
        guard bytes.count >= 100, bytes.starts(with: Schema.magic),
            number(at: Schema.applicationIDPlace.lowerBound, bytes: 4) == Int(Schema.applicationID)
        else { return nil }
        return number(at: 60, bytes: 4)
    }

    /// Calls `body` with each row that has this number of columns, in all tables of a kind, in the order of the pages.
    package func forEachRow(_ kind: Kind, columns: Int, _ body: (Row) throws -> Void) rethrows {
        // Whole rows share no page, damaged or hostile ones may: the budget bounds the time that these take.
        var budget = 4 * bytes.count
        for page in 0..<pageCount {
            for cell in cells(of: page, kind) where budget > 0 {
                guard let (id, payload) = payload(at: cell.at, cell.kind, &budget),
                    let values = RawDatabase.values(payload), values.count == columns
                else { continue }
                try body(Row(id: id, values: values))
            }
        }
    }
}

// MARK: Pages

extension RawDatabase {
    /// The kinds of pages that hold rows.
    private enum PageKind: UInt8 {
        case indexInterior = 2, indexLeaf = 10, tableLeaf = 13
    }

    /// Where the cells of a page lie. A page of another kind has none.
    private func cells(of page: Int, _ kind: Kind) -> [(at: Int, kind: PageKind)] {
        let start = page * pageSize
        let header = page == 0 ? 100 : start
        let end = min(start + pageSize, bytes.count)
        guard header + 12 <= end, let found = PageKind(rawValue: bytes[header]), (found == .tableLeaf) == (kind == .table)
        else { return [] }
        let count = number(at: header + 3, bytes: 2)
        let pointers = header + (found == .indexInterior ? 12 : 8)
        guard pointers + 2 * count <= end else { return [] }
        return (0..<count).map { (start + number(at: pointers + 2 * $0, bytes: 2), found) }
    }

    /// The row identifier and the record of a cell; nil where the record is not all in the file. Its bytes are taken off
    /// `budget`.
    private func payload(at cell: Int, _ kind: PageKind, _ budget: inout Int) -> (id: Int64?, [UInt8])? {
        let pageEnd = min((cell / pageSize + 1) * pageSize, bytes.count)
        var at = kind == .indexInterior ? cell + 4 : cell
        guard let length = varint(&at, end: pageEnd), length >= 0, length <= bytes.count else { return nil }
        var id: Int64?
        if kind == .tableLeaf {
            guard let number = varint(&at, end: pageEnd) else { return nil }
            id = number
        }
        // The part of a long record that stays on the page (fileformat2, section 1.6).
        let usable = pageSize
        let total = Int(length)
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
            let start = (next - 1) * usable
            let size = min(usable - 4, total - record.count)
            guard next > 1, start + 4 + size <= bytes.count, budget > 0 else { return nil }
            record += bytes[start + 4..<start + 4 + size]
            budget -= size
            next = number(at: start, bytes: 4)
        }
        return (id, record)
    }

    /// A number of some bytes, the highest byte first.
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
    /// The values of a record; nil for bytes that are no record.
    private static func values(_ record: [UInt8]) -> [Value]? {
        var head = 0
        guard let length = varint(record, &head, end: record.count), length <= record.count else { return nil }
        var at = Int(length)
        var values: [Value] = []
        while head < length {
            guard let type = varint(record, &head, end: Int(length)), let value = value(type, record, &at)
            else { return nil }
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
