import Indexes

/// Some passages of a document that follow one another.
package struct ShownPassages: Sendable, Codable, Equatable {
    /// The path of the document.
    package let path: String
    /// The title, or the name of the file.
    package let title: String
    /// The format that the file was read as.
    package let mediaType: String
    /// The number of passages of the whole document.
    package let count: Int
    /// The passages in the order of the text.
    package let passages: [ShownPassage]
}

extension OpenIndex {
    /// A passage of a document with its neighbours. Only these passages are reconstructed.
    ///
    /// - Parameters:
    ///   - name: a name that means the document.
    ///   - number: the number of the passage, from 0.
    ///   - neighbours: the number of passages before it and after it.
    package func passages(around number: Int, neighbours: Int, ofDocumentNamed name: String) throws -> ShownPassages {
        let (document, path) = try find(name)
        let ids = document.passageIDs
        guard ids.indices.contains(number) else {
            throw RetrievalError(
                .noSuchPassage(count: ids.count), subject: path,
                fact: "has \(ids.count == 1 ? "1 passage" : "\(ids.count) passages"), no passage \(number)")
        }
        let end = number + 1 + min(neighbours, ids.count - number - 1)
        return try passages(max(0, number - neighbours)..<end, of: document, path: path)
    }

    /// The passages of a document whose bytes lie in a range, the whole document where there is none.
    package func passages(holding bytes: Range<Int>?, neighbours: Int, ofDocumentNamed name: String) throws -> ShownPassages
    {
        let (document, path) = try find(name)
        guard let bytes else { return try passages(0..<document.passages.count, of: document, path: path) }
        guard let held = try passages(holding: bytes, of: document) else {
            throw RetrievalError(
                .noSuchPart(count: 0), subject: path, fact: "has no bytes \(bytes.lowerBound) to \(bytes.upperBound)")
        }
        let (first, end) = (max(0, held.lowerBound - neighbours), held.upperBound + neighbours)
        return try passages(first..<min(document.passages.count, end), of: document, path: path)
    }

    /// The numbers of the passages that hold some bytes; nil for bytes behind the end.
    func passages(holding bytes: Range<Int>, of document: StoredDocument) throws -> Range<Int>? {
        let segment = try snapshot.segment(document.id.segment)
        var start = 0
        var first: Int?
        var end = 0
        for (number, passage) in document.passages.enumerated() {
            let range = start..<start + segment.byteCount(of: passage)
            start = range.upperBound
            guard range.overlaps(bytes) else { continue }
            first = first ?? number
            end = number + 1
        }
        return first.map { $0..<end }
    }

    private func passages(_ numbers: Range<Int>, of document: StoredDocument, path: String) throws -> ShownPassages {
        let ids = Array(document.passageIDs[numbers])
        let texts = try reconstruction.texts(of: ids)
        var start = try ids.first.map { try range(of: $0, in: document).lowerBound } ?? 0
        let ranges = texts.map { text in
            defer { start += text.count }
            return start..<start + text.count
        }
        let citations = try citations(
            ranges.map { (document, $0, $0.lowerBound) }, known: Dictionary(uniqueKeysWithValues: zip(ids, texts)))
        let passages = zip(zip(numbers, texts), citations).map { passage, citation in
            ShownPassage(
                number: passage.0, start: citation.start, end: citation.end, page: citation.page,
                headings: citation.headings, text: String(decoding: passage.1, as: UTF8.self))
        }
        return ShownPassages(
            path: path, title: document.shownTitle, mediaType: document.mediaType, count: document.passages.count,
            passages: passages)
    }
}
