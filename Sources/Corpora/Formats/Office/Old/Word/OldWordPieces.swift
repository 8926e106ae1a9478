import Algorithms

/// The pieces of the stream in which the text of a Word document stands.
struct OldWordPieces {
    private struct Piece {
        let characters: Range<Int>
        let place: Int
        let isWide: Bool
        /// A list of properties that hold for all of the piece.
        let properties: [UInt8]
    }

    /// A character in UTF-16, with its number in the document and its place in the stream.
    struct Character {
        let unit: UInt16
        let number: Int
        let place: Int
        /// The number of its piece, which tells where other properties hold.
        let piece: Int
    }

    private let stream: [UInt8]
    private var pieces: [Piece] = []

    var isEmpty: Bool { pieces.isEmpty }
    /// The number of characters.
    var count: Int { pieces.last?.characters.upperBound ?? 0 }

    init(_ stream: [UInt8], _ table: [UInt8]) {
        self.stream = stream
        var i = stream.number(418, 4)
        let end = min(table.count, i + stream.number(422, 4))
        var lists: [[UInt8]] = []
        while i < end, table[i] == 1 {
            let next = i + 3 + table.number(i + 1, 2)
            lists.append(i + 3 < min(end, next) ? Array(table[i + 3..<min(end, next)]) : [])
            i = next
        }
        guard i < end, table[i] == 2 else { return }
        let length = min(table.number(i + 1, 4), end - i - 5)
        let count = (length - 4) / 12
        guard count > 0 else { return }
        let starts = i + 5
        for index in 0..<count {
            let first = table.number(starts + 4 * index, 4)
            let last = table.number(starts + 4 * index + 4, 4)
            let piece = starts + 4 * (count + 1) + 8 * index
            let value = table.number(piece + 2, 4)
            let isWide = value & 0x4000_0000 == 0
            let place = isWide ? value & 0x3FFF_FFFF : (value & 0x3FFF_FFFF) / 2
            // No character of a file stands in several places.
            guard first == pieces.last?.characters.upperBound ?? 0, last >= first, last <= stream.count else { return }
            pieces.append(
                Piece(
                    characters: first..<last, place: place, isWide: isWide,
                    properties: Self.properties(table.number(piece + 6, 2), lists)))
        }
    }

    /// The properties that the last number of a piece stands for: one of a few, or a list.
    private static func properties(_ number: Int, _ lists: [[UInt8]]) -> [UInt8] {
        if number & 1 == 1 { return lists.indices.contains(number >> 1) ? lists[number >> 1] : [] }
        let known: [Int: [UInt8]] = [
            0x41: [0x00, 0x08], 0x57: [0x37, 0x08], 0x5C: [0x3C, 0x08], 0x68: [0x48, 0x2A], 0x73: [0x53, 0x2A],
            0x18: [0x16, 0x24], 0x19: [0x17, 0x24],
        ]
        return known[number >> 1 & 0x7F].map { $0 + [UInt8(number >> 8)] } ?? []
    }

    /// The list of properties that hold for all of a piece. Empty for most.
    func properties(of piece: Int) -> [UInt8] { pieces[piece].properties }

    /// Calls `body` with the characters of a range.
    func characters(_ range: Range<Int>, _ body: (Character) -> Void) {
        // The pieces stand in the order of their characters.
        for index in pieces.partitioningIndex(where: { $0.characters.upperBound > range.lowerBound })..<pieces.count {
            let piece = pieces[index]
            if piece.characters.lowerBound >= range.upperBound { return }
            for character in piece.characters.clamped(to: range) {
                let offset = character - piece.characters.lowerBound
                let place = piece.place + (piece.isWide ? 2 * offset : offset)
                guard place + (piece.isWide ? 1 : 0) < stream.count else { break }
                let unit = piece.isWide ? UInt16(stream.number(place, 2)) : Self.unit(stream[place])
                body(Character(unit: unit, number: character, place: place, piece: index))
            }
        }
    }

    /// The character of a byte in windows-1252.
    private static func unit(_ byte: UInt8) -> UInt16 {
        guard (0x80...0x9F).contains(byte) else { return UInt16(byte) }
        return upper[Int(byte) - 0x80]
    }

    private static let upper: [UInt16] = [
        0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D, 0x017D,
        0x8F,
        0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D, 0x017E,
        0x0178,
    ]
}
