import Foundation
import Retrieval

/// A list of documents, a page at a time.
package struct DocumentsRequest: Sendable {
    /// The fields of the request.
    package static let form = Form([
        .init("glob", .text(1...400), "Only documents whose path fits: a glob such as rules/*.md, or a part of the path."),
        indexField, .init("limit", .number(1...1000), "The number of documents on a page; 100 if it is not given."),
        .init("cursor", .token(6000), "The nextCursor of the page before."),
    ])

    package let index: String?
    private let glob: String?
    private let limit: Int
    private let last: String?

    /// - Throws: `RequestError` for a cursor that no page gave.
    package init(_ entries: Entries) throws {
        index = entries.text("index")
        glob = entries.text("glob")
        limit = entries.number("limit") ?? 100
        last = try entries.text("cursor").map { try Cursor.text($0, kind: "d") }
    }

    /// The documents of an index.
    package func list(of index: OpenIndex) throws -> DocumentList {
        let (page, hasMore) = try index.documents(fitting: glob, after: last, limit: limit)
        return DocumentList(documents: page, hasMore: hasMore)
    }
}

/// A page of a list of documents.
package struct DocumentList: Encodable, Sendable {
    package let documents: [ListedDocument]
    /// Gives the next page; nil on the last one.
    package let nextCursor: String?

    init(documents: [ListedDocument], hasMore: Bool) {
        self.documents = documents
        nextCursor = hasMore ? documents.last.map { Cursor.of($0.path, kind: "d") } : nil
    }

    /// The first documents, as many as a budget of bytes has room for, and at least one.
    func within(_ budget: ByteBudget) throws -> DocumentList {
        var budget = budget
        let fitting = try documents.enumerated().prefix { try budget.take(JSON.bytes(of: $1).count) || $0 == 0 }.map(
            \.element)
        return DocumentList(documents: fitting, hasMore: nextCursor != nil || fitting.count < documents.count)
    }

    /// The list as JSON Schema.
    package static let schema = Schema.object([
        "documents": Schema.list(
            of: Schema.object([
                "path": Schema.text(), "alsoAt": Schema.list(of: Schema.text(), "other paths with the same text"),
                "title": Schema.text(), "mediaType": Schema.text("the format that the file was read as"),
                "textBytes": Schema.integer(), "passages": Schema.integer(),
                "sha256": Schema.text("SHA-256 of the text, in hexadecimal"),
            ])), "nextCursor": Schema.optional(Schema.text("gives the next page")),
    ])
}

/// A document, or a part of it.
package struct DocumentRequest: Sendable {
    /// The fields of the request beside the path.
    package static let form = Form([
        indexField,
        .init("lines", .text(1...40), "Only these lines: 10:40, 10: (to the end) or 10. Lines count from 1."),
        .init("bytes", .text(1...40), "Only these bytes of the text in UTF-8: 100:200, without 200. Bytes count from 0."),
        .init("page", .number(1...1_000_000), "Only this page. Pages count from 1."),
    ])

    private enum Part: Sendable {
        case whole
        case lines(Int, through: Int?)
        case bytes(Range<Int>)
        case page(Int)
    }

    private let path: String
    private let part: Part

    /// - Throws: `RequestError` for parts that make no sense.
    package init(path: String, _ entries: Entries) throws {
        self.path = path
        var parts: [Part] = []
        if let lines = entries.text("lines") {
            guard let (first, last) = DocumentRequest.range(lines), first > 0, last.map({ $0 >= first }) ?? true else {
                throw RequestError(.badRequest, "lines: must be as 10:40, 10: or 10, counted from 1", field: "lines")
            }
            parts.append(.lines(first, through: last))
        }
        if let bytes = entries.text("bytes") {
            guard let (first, last) = DocumentRequest.range(bytes), let last, first < last else {
                throw RequestError(.badRequest, "bytes: must be as 100:200, counted from 0", field: "bytes")
            }
            parts.append(.bytes(first..<last))
        }
        if let page = entries.number("page") { parts.append(.page(page)) }
        guard parts.count < 2 else {
            throw RequestError(.badRequest, "lines, bytes, page: name one of them, not several")
        }
        part = parts.first ?? .whole
    }

    /// The document as `show` prints it, or the part.
    package func answer(from index: OpenIndex) throws -> any Encodable & Sendable {
        switch part {
        case .whole: try index.document(named: path)
        case .lines(let first, let last): try index.document(named: path).lines(first, through: last)
        case .bytes(let range): ShownPart(try index.bytes(range, ofDocumentNamed: path))
        case .page(let number): try index.page(number, ofDocumentNamed: path)
        }
    }

    /// Two numbers with a colon between them, of which the second may be missing; or one number, which stands for both.
    private static func range(_ text: String) -> (Int, Int?)? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let first = number(parts[0]) else { return nil }
        if parts.count == 1 { return (first, first) }
        if parts[1].isEmpty { return (first, nil) }
        return number(parts[1]).map { (first, $0) }
    }

    private static func number(_ text: Substring) -> Int? {
        text.allSatisfy { $0.isASCII && $0.isNumber } && text.count < 16 ? Int(text) : nil
    }
}

/// A passage with its neighbours.
package struct PassagesRequest: Sendable {
    /// The fields of the request beside the path.
    package static let form = Form([
        .init("number", .number(0...100_000_000), "The number of the passage in its document, from 0.", isRequired: true),
        .init("neighbours", .number(0...50), "Passages before it and after it; none if it is not given."), indexField,
    ])

    private let path: String
    private let number: Int
    private let neighbours: Int

    package init(path: String, _ entries: Entries) {
        self.path = path
        number = entries.number("number") ?? 0
        neighbours = entries.number("neighbours") ?? 0
    }

    /// The passages.
    package func answer(from index: OpenIndex) throws -> ShownPassages {
        try index.passages(around: number, neighbours: neighbours, ofDocumentNamed: path)
    }
}

/// Texts that a client hands back to go on with a list.
enum Cursor {
    /// - Parameter kind: tells cursors of different lists apart.
    static func of(_ text: String, kind: String) -> String {
        let encoded = Data(text.utf8).base64EncodedString()
        return kind + "." + encoded.replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    /// - Throws: `RequestError` for a cursor that no list of this kind gave.
    static func text(_ cursor: String, kind: String) throws -> String {
        var encoded = cursor.dropFirst(kind.count + 1).replacing("-", with: "+").replacing("_", with: "/")
        while encoded.count % 4 != 0 { encoded += "=" }
        guard cursor.hasPrefix(kind + "."), let data = Data(base64Encoded: String(encoded)),
            let text = String(data: data, encoding: .utf8)
        else {
            throw RequestError(.badRequest, "cursor: no list gave this one; start without it", field: "cursor")
        }
        return text
    }
}
