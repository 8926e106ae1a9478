/// The streams of a compound file, in which Microsoft Office before 2007 and Outlook keep documents ([MS-CFB]).
struct CompoundFile {
    /// A stream or a folder of streams.
    private struct Entry {
        let name: String
        let isStream: Bool
        let left: Int
        let right: Int
        let child: Int
        let start: Int
        let size: Int
    }

    private let bytes: [UInt8]
    private let sectorSize: Int
    private var next: [UInt32] = []
    private var shortNext: [UInt32] = []
    private var shortBytes: [UInt8] = []
    private var entries: [Entry] = []
    /// The indices of streams by their paths, such as "__attach_version1.0_#00000000/__substg1.0_37010102".
    private(set) var paths: [String: Int] = [:]
    /// The indices of streams by their paths in small letters: names are the same in capitals and small letters.
    private var folded: [String: Int] = [:]

    /// The first bytes of every compound file.
    static let signature: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]
    private static let endOfChain: UInt32 = 0xFFFF_FFFE
    private static let shortLimit = 4096
    private static let mostEntries = 100_000

    /// Nil when the file is too damaged to be opened.
    init?(_ bytes: [UInt8]) {
        guard bytes.starts(with: Self.signature), bytes.count >= 512 else { return nil }
        self.bytes = bytes
        let shift = bytes.number(30, 2)
        guard shift == 9 || shift == 12 else { return nil }
        sectorSize = 1 << shift
        guard readTable() else { return nil }
        let directory = chain(bytes.number(48, 4), in: next) { sector($0) }
        readEntries(directory)
        guard let root = entries.first else { return nil }
        shortNext = Self.numbers(chain(bytes.number(60, 4), in: next) { sector($0) })
        shortBytes = chain(root.start, in: next) { sector($0) }
        var seen: Set<Int> = []
        name(root.child, below: "", depth: 0, &seen)
        folded = Dictionary(paths.map { ($0.key.lowercased(), $0.value) }, uniquingKeysWith: min)
    }

    /// The content of a stream, in whatever capitals its path is written. Nil when there is none.
    subscript(path: String) -> [UInt8]? {
        guard let index = paths[path] ?? folded[path.lowercased()] else { return nil }
        let entry = entries[index]
        let content: [UInt8]
        if entry.size < Self.shortLimit {
            content = chain(entry.start, in: shortNext, size: entry.size) { number in
                let start = number * 64
                return start < shortBytes.count ? shortBytes[start..<min(shortBytes.count, start + 64)] : nil
            }
        } else {
            content = chain(entry.start, in: next, size: entry.size) { sector($0) }
        }
        return Array(content.prefix(max(0, entry.size)))
    }

    private func sector(_ number: Int) -> ArraySlice<UInt8>? {
        let (start, overflow) = (number + 1).multipliedReportingOverflow(by: sectorSize)
        guard !overflow, number >= 0, start < bytes.count else { return nil }
        return bytes[start..<min(bytes.count, start + sectorSize)]
    }

    /// The pieces of a chain, one after the other. A chain is never longer than the file.
    private func chain(
        _ start: Int, in table: [UInt32], size: Int = .max, _ piece: (Int) -> ArraySlice<UInt8>?
    ) -> [UInt8] {
        var content: [UInt8] = []
        var number = start
        var steps = 0
        while number >= 0, number < Int(Self.endOfChain) - 10, steps <= table.count,
            content.count < min(size, self.bytes.count), let bytes = piece(number)
        {
            content += bytes
            steps += 1
            guard number < table.count else { break }
            number = Int(table[number])
        }
        return content
    }

    /// Reads the table that says which sector follows which one.
    private mutating func readTable() -> Bool {
        var places = (0..<109).map { bytes.number(76 + 4 * $0, 4) }
        var more = bytes.number(68, 4)
        var steps = 0
        while more < Int(Self.endOfChain) - 10, steps < 10_000, let sector = sector(more) {
            let numbers = Self.numbers(Array(sector))
            places += numbers.dropLast().map { Int($0) }
            more = Int(numbers.last ?? Self.endOfChain)
            steps += 1
        }
        for place in places where place < Int(Self.endOfChain) - 10 {
            guard let sector = sector(place) else { continue }
            next += Self.numbers(Array(sector))
            guard next.count <= bytes.count else { return false }
        }
        return !next.isEmpty
    }

    private static func numbers(_ bytes: [UInt8]) -> [UInt32] {
        stride(from: 0, to: bytes.count - 3, by: 4).map { UInt32(bytes.number($0, 4)) }
    }

    private mutating func readEntries(_ directory: [UInt8]) {
        for start in stride(from: 0, to: directory.count - 127, by: 128) {
            guard entries.count < Self.mostEntries else { return }
            let length = min(64, max(2, directory.number(start + 64, 2))) - 2
            let units = (0..<length / 2).map { UInt16(directory.number(start + 2 * $0, 2)) }
            entries.append(
                Entry(
                    name: String(decoding: units, as: UTF16.self), isStream: directory[start + 66] == 2,
                    left: directory.number(start + 68, 4), right: directory.number(start + 72, 4),
                    child: directory.number(start + 76, 4), start: directory.number(start + 116, 4),
                    size: directory.number(start + 120, 4)))
        }
    }

    /// Names the streams of a folder.
    private mutating func name(_ first: Int, below folder: String, depth: Int, _ seen: inout Set<Int>) {
        guard depth < 10 else { return }
        var open = [first]
        while let index = open.popLast() {
            guard index < entries.count, seen.insert(index).inserted else { continue }
            let entry = entries[index]
            open += [entry.left, entry.right]
            if entry.isStream {
                paths[folder + entry.name] = index
            } else if entry.child < entries.count, paths.count < Self.mostEntries {
                name(entry.child, below: folder + entry.name + "/", depth: depth + 1, &seen)
            }
        }
    }
}

extension [UInt8] {
    /// The number of `count` bytes at an offset, the lowest first. 0 beyond the end.
    func number(_ offset: Int, _ count: Int) -> Int {
        guard offset >= 0, offset <= self.count - count else { return 0 }
        return (0..<count).reduce(0) { $0 | Int(self[offset + $1]) << (8 * $1) }
    }
}
