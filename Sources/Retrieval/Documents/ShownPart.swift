import Indexes

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

/// Some bytes of a document, with their place.
package struct ShownBytes: Sendable {
    /// Where the bytes stand, with the path that fits the name of the document; page and headings are those of the first
    /// byte.
    package let place: Citation
    /// The format that the file was read as.
    package let mediaType: String
    /// The length of the whole text in UTF-8.
    package let length: Int
    /// The bytes as text.
    package let text: String
}

extension ShownPart {
    /// Bytes without their page.
    package init(_ shown: ShownBytes) {
        self.init(
            path: shown.place.path, start: shown.place.start, end: shown.place.end, firstLine: nil, lastLine: nil, page: nil,
            text: shown.text)
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
}

extension OpenIndex {
    /// Some bytes of a document, without the characters that the range cuts. Only the passages that hold them are
    /// reconstructed.
    ///
    /// - Parameter name: a name that means the document.
    /// - Throws: `RetrievalError` for a range that begins behind the end. A range that ends there ends at the end.
    package func bytes(_ range: Range<Int>, ofDocumentNamed name: String) throws -> ShownBytes {
        let (document, path) = try find(name)
        return try bytes(range, of: document, path: path)
    }

    private func bytes(_ range: Range<Int>, of document: StoredDocument, path: String) throws -> ShownBytes {
        guard document.byteLength > 0 || range.lowerBound > 0 else {
            let place = Citation(path: path, title: document.shownTitle, start: 0, end: 0)
            return ShownBytes(place: place, mediaType: document.mediaType, length: 0, text: "")
        }
        let beyond = RetrievalError(
            .noSuchPart(count: 0), subject: path, fact: "has \(document.byteLength) bytes, no byte \(range.lowerBound)")
        guard range.lowerBound < document.byteLength else { throw beyond }
        // The byte after the range says whether the range cuts a character.
        let wanted = range.lowerBound..<max(range.lowerBound, min(range.upperBound, document.byteLength - 1)) + 1
        guard let held = try passages(holding: wanted, of: document) else { throw beyond }
        let ids = Array(document.passageIDs[held])
        let origin = try self.range(of: ids[0], in: document).lowerBound
        let texts = try reconstruction.texts(of: ids)
        let bytes = texts.flatMap { $0 }
        func isInside(_ i: Int) -> Bool { bytes.indices.contains(i - origin) && bytes[i - origin] & 0xC0 == 0x80 }
        var start = range.lowerBound
        var end = min(range.upperBound, document.byteLength)
        while isInside(start) { start += 1 }
        while end > start, isInside(end) { end -= 1 }
        end = max(start, end)
        let first = try citations(
            [(document, start..<end, start)], known: Dictionary(uniqueKeysWithValues: zip(ids, texts)))[0]
        let place = Citation(
            path: path, title: first.title, page: first.page, headings: first.headings, start: start, end: end)
        return ShownBytes(
            place: place, mediaType: document.mediaType, length: document.byteLength,
            text: String(decoding: bytes[(start - origin)..<(end - origin)], as: UTF8.self))
    }

    /// A page of a document. Only the passages that hold it are reconstructed.
    ///
    /// - Parameter name: a name that means the document.
    package func page(_ number: Int, ofDocumentNamed name: String) throws -> ShownPart {
        let (document, path) = try find(name)
        let pages = try snapshot.spans(of: document).pages
        guard let at = pages.firstIndex(where: { $0.number == number }) else {
            throw RetrievalError(
                .noSuchPart(count: pages.last?.number ?? 0), subject: path,
                fact: pages.isEmpty ? "has no pages" : "has no text on a page \(number)")
        }
        let start = min(pages[at].start, document.byteLength)
        let end = at + 1 < pages.count ? min(max(start, pages[at + 1].start), document.byteLength) : document.byteLength
        // Two pages may start at one place: the first of them is empty.
        let text = start < end ? try bytes(start..<end, of: document, path: path).text : ""
        return ShownPart(path: path, start: start, end: end, firstLine: nil, lastLine: nil, page: number, text: text)
    }
}
