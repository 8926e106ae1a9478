import Corpora

/// Some lines or a page of a document.
package struct ShownPart: Sendable, Codable, Equatable {
    /// The path of the document.
    package let path: String
    /// Where the part starts in the document's text, in bytes of UTF-8.
    package let start: Int
    /// The byte offset after the part.
    package let end: Int
    /// The lines, from 1, where lines were asked for.
    package let firstLine: Int?
    /// The last line of the part, from 1.
    package let lastLine: Int?
    /// The page, from 1, where a page was asked for.
    package let page: Int?
    /// The text of the part.
    package let text: String
}

extension ShownPart {
    /// The whole text of a document, which may be empty.
    package init(whole document: ShownDocument) {
        self.init(
            path: document.path, start: 0, end: document.text.utf8.count, firstLine: nil, lastLine: nil, page: nil,
            text: document.text)
    }
}

extension ShownDocument {
    /// Some lines of the text, with their line feeds.
    ///
    /// - Parameters:
    ///   - first: the first line, from 1.
    ///   - last: the last line; nil, or a line behind the end, for the last line of the text.
    package func lines(_ first: Int, through last: Int?) throws -> ShownPart {
        let bytes = Array(text.utf8)
        var starts = [0]
        for (i, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") && i + 1 < bytes.count { starts.append(i + 1) }
        guard first <= starts.count, !bytes.isEmpty else {
            let count = bytes.isEmpty ? 0 : starts.count
            throw RetrievalError(
                .noSuchPart(count: count), subject: path,
                fact: "has \(count == 1 ? "1 line" : "\(count) lines"), no line \(first)")
        }
        let last = min(last ?? starts.count, starts.count)
        let start = starts[first - 1]
        let end = last < starts.count ? starts[last] : bytes.count
        return ShownPart(
            path: path, start: start, end: end, firstLine: first, lastLine: last, page: nil,
            text: String(decoding: bytes[start..<end], as: UTF8.self))
    }

    /// Some bytes of the text, without the characters that the range cuts.
    ///
    /// - Throws: `RetrievalError` for a range that begins behind the end. A range that ends there ends at the end.
    package func bytes(_ range: Range<Int>) throws -> ShownPart {
        let bytes = Array(text.utf8)
        guard range.lowerBound < bytes.count else {
            throw RetrievalError(
                .noSuchPart(count: 0), subject: path, fact: "has \(bytes.count) bytes, no byte \(range.lowerBound)")
        }
        func isInside(_ i: Int) -> Bool { i < bytes.count && bytes[i] & 0xC0 == 0x80 }
        var start = range.lowerBound
        var end = min(range.upperBound, bytes.count)
        while isInside(start) { start += 1 }
        while end > start, isInside(end) { end -= 1 }
        return ShownPart(
            path: path, start: start, end: max(start, end), firstLine: nil, lastLine: nil, page: nil,
            text: String(decoding: bytes[start..<max(start, end)], as: UTF8.self))
    }
}

extension OpenIndex {
    /// A page of a document.
    ///
    /// - Parameter name: a name that means the document.
    package func page(_ number: Int, of shown: ShownDocument, named name: String) throws -> ShownPart {
        let pages = try pages(ofDocumentNamed: name)
        guard let at = pages.firstIndex(where: { $0.number == number }) else {
            throw RetrievalError(
                .noSuchPart(count: pages.last?.number ?? 0), subject: shown.path,
                fact: pages.isEmpty ? "has no pages" : "has no text on a page \(number)")
        }
        let bytes = Array(shown.text.utf8)
        let start = min(pages[at].start, bytes.count)
        let end = at + 1 < pages.count ? min(max(start, pages[at + 1].start), bytes.count) : bytes.count
        return ShownPart(
            path: shown.path, start: start, end: end, firstLine: nil, lastLine: nil, page: number,
            text: String(decoding: bytes[start..<end], as: UTF8.self))
    }
}
