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
    ) { entries, server in
        let (index, name) = try server.shelf.place(of: entries.text("document") ?? "", entries.text("index"))
        return try ReadText(entries, name, server.shelf.current([index]))
    }
}

/// A piece of a document's text that fits the budget.
private struct ReadText: Encodable, Sendable {
    let quote: Quote
    let mediaType: String
    let passages: Int?
    let nextCursor: String?

    private enum Key: String, CodingKey { case mediaType, passages, nextCursor }

    func encode(to encoder: any Encoder) throws {
        try quote.encode(to: encoder)
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(mediaType, forKey: .mediaType)
        try container.encodeIfPresent(passages, forKey: .passages)
        try container.encodeIfPresent(nextCursor, forKey: .nextCursor)
    }
}

extension ReadText {
    init(_ entries: Entries, _ name: String, _ index: OpenIndex) throws {
        let longest = ByteBudget(entries).left
        let first = entries.number("from")
        let count = entries.number("count")
        try ReadText.check(entries)
        let key = String(try index.textHash(ofDocumentNamed: name).prefix(16))
        if let cursor = entries.text("cursor") {
            try self.init(index, name, ReadText.range(cursor, key), longest, key)
        } else if let number = entries.number("passage") {
            let neighbours = entries.number("neighbours") ?? 1
            self.init(
                try index.passages(around: number, neighbours: neighbours, ofDocumentNamed: name), number, longest, key)
        } else if (first ?? 1) > 1 || count != nil {
            // Lines are counted in the whole text.
            let first = first ?? 1
            let lines = try index.document(named: name).lines(first, through: count.map { first + $0 - 1 })
            try self.init(index, name, lines.start..<lines.end, longest, key)
        } else {
            try self.init(index, name, 0..<Int.max, longest, key)
        }
    }

    /// Refuses fields that would be ignored.
    private static func check(_ entries: Entries) throws {
        let given = ["cursor", "passage", "neighbours", "from", "count"].filter {
            entries.number($0) != nil || entries.text($0) != nil
        }
        if given.first == "cursor", let other = given.dropFirst().first {
            throw RequestError(
                .badRequest, "cursor, \(other): a cursor goes on by itself; leave the other out", field: other)
        }
        if given.first == "neighbours" {
            throw RequestError(.badRequest, "neighbours: needs passage", field: "neighbours")
        }
        if given.first == "passage", let other = given.last, ["from", "count"].contains(other) {
            throw RequestError(.badRequest, "passage, \(other): name a passage or lines, not both", field: other)
        }
    }

    /// The first of some passages, as much as fits.
    ///
    /// - Parameter number: the passage whose page and headings are told.
    private init(_ shown: ShownPassages, _ number: Int, _ longest: Int, _ key: String) {
        let start = shown.passages.first?.start ?? 0
        let text = shown.passages.map(\.text).joined()
        let piece = ReadText.prefix(of: Array(text.utf8)[...], longest: longest)
        let end = start + piece.utf8.count
        let asked = shown.passages.first { $0.number == number }
        let place = Citation(
            path: shown.path, title: shown.title, page: asked?.page, headings: asked?.headings ?? [], start: start, end: end)
        self.init(
            quote: Quote(piece, at: place, start: start, end: end), mediaType: shown.mediaType, passages: shown.count,
            nextCursor: ReadText.cursor(end, start + text.utf8.count, key))
    }

    /// The first of some bytes of a document, as many as fit. No more than these are reconstructed.
    private init(_ index: OpenIndex, _ name: String, _ wanted: Range<Int>, _ longest: Int, _ key: String) throws {
        // Some bytes more tell whether all of it fits.
        let most = min(wanted.upperBound, wanted.lowerBound + min(longest + 4, Int.max - wanted.lowerBound))
        let shown = try index.bytes(wanted.lowerBound..<most, ofDocumentNamed: name)
        let piece = ReadText.prefix(of: Array(shown.text.utf8)[...], longest: longest)
        let end = shown.place.start + piece.utf8.count
        self.init(
            quote: Quote(piece, at: shown.place, start: shown.place.start, end: end), mediaType: shown.mediaType,
            passages: nil, nextCursor: ReadText.cursor(end, min(wanted.upperBound, shown.length), key))
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

    /// - Parameter key: tells the text from that of other documents, and from what the document says later.
    private static func cursor(_ end: Int, _ wanted: Int, _ key: String) -> String? {
        end < wanted ? Cursor.of("\(end):\(wanted):\(key)", kind: "r") : nil
    }

    private static func range(_ cursor: String, _ key: String) throws -> Range<Int> {
        let parts = try Cursor.text(cursor, kind: "r").split(separator: ":")
        guard parts.count == 3, let start = Int(parts[0]), let end = Int(parts[1]), start >= 0, start < end else {
            throw RequestError(.badRequest, "cursor: no answer gave this one; start without it", field: "cursor")
        }
        guard parts[2] == key else {
            throw RequestError(
                .badRequest, "cursor: belongs to another document, or to another text of it; start without it",
                field: "cursor")
        }
        return start..<end
    }
}
