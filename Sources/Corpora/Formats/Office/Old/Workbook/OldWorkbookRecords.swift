import Bytes

/// The records of an Excel workbook before 2007, and the texts in them.
struct OldWorkbookRecords {
    struct Record {
        let type: Int
        let start: Int
        let end: Int
    }

    let stream: [UInt8]
    /// Whether texts are bytes in an encoding, as in Excel 5 and 95. Later ones are UTF-16, or its lower bytes.
    let isOfBytes: Bool
    private var encoding = TextEncoding.windows1252

    init(_ stream: [UInt8]) {
        self.stream = stream
        isOfBytes = stream.number(4, 2) == 0x500
        guard isOfBytes else { return }
        var i = 0
        while let record = self[i], record.type != Kind.end {
            if record.type == Kind.codePage { encoding = Self.encoding(codePage: stream.number(record.start, 2)) }
            i = record.end
        }
    }

    private static func encoding(codePage: Int) -> TextEncoding {
        switch codePage {
        case 10000, 0x8000: .macRoman
        case 10007: .macCyrillic
        default: TextEncoding(label: "cp\(codePage)") ?? .windows1252
        }
    }

    /// The record at an offset. Nil beyond the end.
    subscript(offset: Int) -> Record? {
        guard offset >= 0, offset + 4 <= stream.count else { return nil }
        let end = offset + 4 + stream.number(offset + 2, 2)
        return end <= stream.count ? Record(type: stream.number(offset, 2), start: offset + 4, end: end) : nil
    }

    /// A text that states its length in so many bytes, and where it ends.
    func text(_ start: Int, until end: Int, lengthBytes: Int) -> String { textAndEnd(start, until: end, lengthBytes).text }

    func textAndEnd(_ start: Int, until end: Int, _ lengthBytes: Int) -> (text: String, end: Int) {
        let count = stream.number(start, lengthBytes)
        let first = start + lengthBytes
        if isOfBytes { return (decoded(first..<max(first, min(end, first + count))), first + count) }
        let isWide = stream.number(first, 1) & 1 == 1
        let width = isWide ? 2 : 1
        return (
            characters(first + 1, min(count, (end - first - 1) / width), isWide: isWide), first + 1 + count * width
        )
    }

    /// Characters that stand in the records that follow a place. Each of these says how wide its characters are.
    func characters(continuedAt end: Int, count: Int) -> String {
        var (left, end, text) = (count, end, "")
        while left > 0, let next = self[end], next.type == Kind.continuation, next.end > next.start {
            let isWide = stream.number(next.start, 1) & 1 == 1
            let piece = min(left, (next.end - next.start - 1) / (isWide ? 2 : 1))
            text += characters(next.start + 1, piece, isWide: isWide)
            left -= max(1, piece)
            end = next.end
        }
        return text
    }

    /// A text that states its length in two bytes, and may go on in the records that follow.
    func longText(_ record: Record) -> String {
        let text = text(record.start, until: record.end, lengthBytes: 2)
        let left = stream.number(record.start, 2) - text.utf16.count
        return isOfBytes || left <= 0 ? text : text + characters(continuedAt: record.end, count: left)
    }

    /// Characters of UTF-16, or of its lower bytes.
    func characters(_ start: Int, _ count: Int, isWide: Bool) -> String {
        let end = min(stream.count, start + count * (isWide ? 2 : 1))
        guard start < end else { return "" }
        if !isWide { return String(decoding: stream[start..<end].map { UInt16($0) }, as: UTF16.self) }
        return stream.utf16(start, until: end)
    }

    private func decoded(_ range: Range<Int>) -> String {
        let bytes = Array(stream[range.clamped(to: 0..<stream.count)])
        if bytes.allSatisfy({ $0 < 0x80 }) { return String(decoding: bytes, as: UTF8.self) }
        let decoding = TextDecoding(bytes, as: encoding, maxRepairs: bytes.count)
        return String(decoding: decoding?.text ?? bytes.map { $0 < 0x80 ? $0 : 0x3F }, as: UTF8.self)
    }
}

extension OldWorkbookRecords {
    /// The kinds of records that are read ([MS-XLS], 2.3.1).
    enum Kind {
        static let formula = 0x6
        static let end = 0xA
        static let header = 0x14
        static let footer = 0x15
        static let note = 0x1C
        static let epoch = 0x22
        static let password = 0x2F
        static let font = 0x31
        static let continuation = 0x3C
        static let codePage = 0x42
        static let object = 0x5D
        static let sheet = 0x85
        static let compactNumbers = 0xBD
        static let richLabel = 0xD6
        static let style = 0xE0
        static let merge = 0xE5
        static let strings = 0xFC
        static let sharedText = 0xFD
        static let boxText = 0x1B6
        static let validation = 0x1BE
        static let number = 0x203
        static let label = 0x204
        static let truth = 0x205
        static let textOfFormula = 0x207
        static let compactNumber = 0x27E
        static let format = 0x41E
        static let beginning = 0x809
        static let chartText = 0x100D
        static let chartRole = 0x1065
    }
}
