import Retrieval

extension Tool {
    static let read = Tool(
        name: "read", title: "Read a document",
        about: """
            Gives the exact text of a document: some lines of it, or a passage that search found with its neighbours. The \
            text ends at a budget of bytes; nextCursor goes on.
            """,
        form: Form([
            .init("document", .text(1...4096), "The path of the document, as search gives it.", isRequired: true),
            .init("passage", .number(0...100_000_000), "The number of a passage, as search gives it; without it lines."),
            .init("neighbours", .number(0...50), "With passage: passages before it and after it; 1 if it is not given."),
            .init("from", .number(1...100_000_000), "The first line, from 1; 1 if it is not given."),
            .init("count", .number(1...1_000_000), "The number of lines; to the end if it is not given."),
            .init("cursor", .token(200), "The nextCursor of the answer before."), ByteBudget.field, indexField,
        ]),
        output: Schema.merged(
            Quote.schema,
            Schema.object([
                "mediaType": Schema.text("the format that the file was read as"),
                "passages": Schema.optional(
                    Schema.integer("the number of passages of the document, where one was asked for")),
                "nextCursor": Schema.optional(Schema.text("gives the text that follows")),
            ]))
    ) { entries, shelf, _ in try ReadText(entries, shelf.index(named: entries.text("index")).current()) }
}

/// A piece of a document's text that fits the budget.
private struct ReadText: Encodable, Sendable {
    private let quote: Quote
    private let mediaType: String
    private let passages: Int?
    private let nextCursor: String?

    private enum Key: String, CodingKey { case mediaType, passages, nextCursor }

    func encode(to encoder: any Encoder) throws {
        try quote.encode(to: encoder)
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(mediaType, forKey: .mediaType)
        try container.encodeIfPresent(passages, forKey: .passages)
        try container.encodeIfPresent(nextCursor, forKey: .nextCursor)
    }

    init(_ entries: Entries, _ index: OpenIndex) throws {
        let name = entries.text("document") ?? ""
        let longest = ByteBudget(entries).left
        let cursor = try entries.text("cursor").map(ReadText.range)
        if entries.number("passage") != nil || entries.number("neighbours") != nil,
            entries.number("from") != nil || entries.number("count") != nil
        {
            throw RequestError(.badRequest, "passage, from: name a passage or lines, not both", field: "from")
        }
        if let number = entries.number("passage"), cursor == nil {
            let shown = try index.passages(
                around: number, neighbours: entries.number("neighbours") ?? 1, ofDocumentNamed: name)
            let start = shown.passages.first?.start ?? 0
            let text = shown.passages.map(\.text).joined()
            let piece = ReadText.prefix(of: Array(text.utf8)[...], longest: longest)
            let asked = shown.passages.first { $0.number == number }
            quote = Quote(
                piece,
                at: Citation(
                    path: shown.path, title: shown.title, page: asked?.page, headings: asked?.headings ?? [], start: start,
                    end: start), start: start, end: start + piece.utf8.count)
            mediaType = shown.mediaType
            passages = shown.count
            nextCursor = ReadText.cursor(start + piece.utf8.count, start + text.utf8.count)
            return
        }
        let shown = try index.document(named: name)
        let part: ShownPart
        if let cursor {
            part = try shown.bytes(cursor)
        } else {
            let first = entries.number("from") ?? 1
            // An empty document has no line to begin with.
            part =
                shown.text.isEmpty && first == 1
                ? ShownPart(whole: shown) : try shown.lines(first, through: entries.number("count").map { first + $0 - 1 })
        }
        let piece = ReadText.prefix(of: Array(part.text.utf8)[...], longest: longest)
        let end = part.start + piece.utf8.count
        let place = shown.passages.last { $0.start <= part.start }
        quote = Quote(
            piece,
            at: Citation(
                path: shown.path, title: shown.title, page: place?.page, headings: place?.headings ?? [], start: part.start,
                end: end), start: part.start, end: end)
        mediaType = shown.mediaType
        passages = nil
        nextCursor = ReadText.cursor(end, part.end)
    }

    /// The text up to the last line end that fits; where no line fits, as many characters as do.
    private static func prefix(of bytes: ArraySlice<UInt8>, longest: Int) -> String {
        guard bytes.count > longest else { return String(decoding: bytes, as: UTF8.self) }
        var end = bytes.startIndex + longest
        if let line = bytes[..<end].lastIndex(of: 10) {
            end = line + 1
        } else {
            while end > bytes.startIndex + 1, bytes[end] & 0xC0 == 0x80 { end -= 1 }
        }
        return String(decoding: bytes[..<end], as: UTF8.self)
    }

    private static func cursor(_ end: Int, _ wanted: Int) -> String? {
        end < wanted ? Cursor.of("\(end):\(wanted)", kind: "r") : nil
    }

    private static func range(_ cursor: String) throws -> Range<Int> {
        let numbers = try Cursor.text(cursor, kind: "r").split(separator: ":").map { Int($0) }
        guard numbers.count == 2, let start = numbers[0], let end = numbers[1], start >= 0, start < end else {
            throw RequestError(.badRequest, "cursor: no answer gave this one; start without it", field: "cursor")
        }
        return start..<end
    }
}
