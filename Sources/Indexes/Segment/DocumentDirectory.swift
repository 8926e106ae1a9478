/// The directory of a segment. It holds everything that is stored for each document, except the passages.
struct DocumentDirectory: Sendable {
    struct Entry: Sendable, Equatable {
        var textHash: [UInt8]
        var byteLength: Int
        var title: String
        var mediaType: String
        /// The codes of the document's sections, among those of all documents.
        var memory: Range<Int>
        var passages: Range<Int>
        var spans: Range<Int>
        var originalLength: Int
    }

    var entries: [Entry]

    var passageCount: Int { entries.last?.passages.upperBound ?? 0 }
    var spansLength: Int { entries.last?.spans.upperBound ?? 0 }
    var memoryLength: Int { entries.last?.memory.upperBound ?? 0 }
    var units: Units { Units(passageCounts: entries.lazy.map(\.passages.count)) }
}

extension DocumentDirectory {
    init(_ documents: [EncodedDocument]) {
        var passage = 0
        var span = 0
        var memory = 0
        entries = documents.map { document in
            let entry = Entry(
                textHash: document.textHash, byteLength: document.byteLength, title: document.title,
                mediaType: document.mediaType, memory: memory..<memory + document.memory.count,
                passages: passage..<passage + document.passages.count, spans: span..<span + document.spans.count,
                originalLength: document.original.count)
            passage = entry.passages.upperBound
            span = entry.spans.upperBound
            memory = entry.memory.upperBound
            return entry
        }
    }

    /// The number of documents, their hashes as they are, and all other fields entropy-coded.
    func encoded(statistics: TermStatistics) -> [UInt8] {
        var coder = BitEncoder()
        var codec = DirectoryCodec(statistics)
        for entry in entries { _ = codec.code(entry, with: &coder) }
        return UInt64(entries.count).littleEndianBytes.prefix(4) + entries.flatMap(\.textHash) + coder.finish()
    }

    init(decoding bytes: [UInt8], statistics: TermStatistics) throws {
        let damage = DamagedPart(.documents)
        guard bytes.count >= 4 else { throw damage }
        let count = Int(UInt64(littleEndianBytes: bytes[..<4]))
        guard count <= SegmentLimits.documents, 4 + 32 * count <= bytes.count else { throw damage }
        var decoder = BitDecoder(Array(bytes[(4 + 32 * count)...]))
        var codec = DirectoryCodec(statistics)
        entries = []
        entries.reserveCapacity(count)
        for i in 0..<count {
            guard var entry = codec.code(nil, with: &decoder), !decoder.isExhausted,
                entry.passages.upperBound <= SegmentLimits.passages
            else { throw damage }
            entry.textHash = Array(bytes[4 + 32 * i..<4 + 32 * (i + 1)])
            entries.append(entry)
        }
    }
}

/// Codes directory entries one after the other, without their hashes.
private struct DirectoryCodec {
    private var memoryLength = 0
    private var passages = NumberModel()
    private var lengths = NumberModel(contexts: 6)
    private var mediaTypes: [String] = []
    private var spelling: SpellingCoder<Mixture>
    private var previousTitle: [UInt8] = []
    private var passage = 0
    private var span = 0
    private var memory = 0

    init(_ statistics: TermStatistics) { spelling = SpellingCoder(statistics.spelling) }

    /// Codes `entry`, or decodes one when it is nil.
    mutating func code<Coder: BitCoder>(
        _ entry: DocumentDirectory.Entry?, with coder: inout Coder
    ) -> DocumentDirectory.Entry? {
        let count = passages.code(entry?.passages.count ?? 0, with: &coder)
        let high = lengths.code((entry?.byteLength ?? 0) >> 30, in: 4, with: &coder)
        let low = lengths.code((entry?.byteLength ?? 0) & 0x3fff_ffff, in: 5, with: &coder)
        let spanLength = lengths.code(entry?.spans.count ?? 0, in: 1, with: &coder)
        let originalLength = lengths.code(entry?.originalLength ?? 0, in: 2, with: &coder)
        // All documents usually have codes of one size: the change is coded.
        memoryLength += lengths.codeSigned((entry?.memory.count ?? 0) - memoryLength, in: 3, with: &coder)
        guard 0...SegmentLimits.codeBytes ~= memoryLength, high < 1 << 24, low < 1 << 30,
            let mediaType = codeMediaType(entry?.mediaType ?? "", with: &coder),
            let title = codeTitle(Array((entry?.title ?? "").utf8), with: &coder)
        else { return nil }
        defer {
            passage += count
            span += spanLength
            memory += memoryLength
        }
        return DocumentDirectory.Entry(
            textHash: [], byteLength: high << 30 | low, title: title, mediaType: mediaType,
            memory: memory..<memory + memoryLength,
            passages: passage..<passage + count, spans: span..<span + spanLength, originalLength: originalLength)
    }

    private var mediaTypeNumbers = NumberModel()

    private mutating func codeMediaType<Coder: BitCoder>(_ mediaType: String, with coder: inout Coder) -> String? {
        let known = mediaTypes.firstIndex(of: mediaType) ?? mediaTypes.count
        let index = mediaTypeNumbers.code(known, with: &coder)
        if index < mediaTypes.count { return mediaTypes[index] }
        guard index == mediaTypes.count, let bytes = spelling.code(Array(mediaType.utf8), after: [], with: &coder),
            let new = String(validating: bytes, as: UTF8.self)
        else { return nil }
        mediaTypes.append(new)
        return new
    }

    private mutating func codeTitle<Coder: BitCoder>(_ title: [UInt8], with coder: inout Coder) -> String? {
        if lengths.code(title.isEmpty ? 0 : 1, with: &coder) == 0 { return "" }
        guard let bytes = spelling.code(title, after: previousTitle, with: &coder) else { return nil }
        previousTitle = bytes
        return String(validating: bytes, as: UTF8.self)
    }
}
