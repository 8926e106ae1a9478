import Corpora
import Indexes

extension OpenIndex {
    /// Where byte ranges of documents stand for a reader. `known` are passages reconstructed already.
    func citations(_ places: [(document: StoredDocument, range: Range<Int>)], known: [PassageID: [UInt8]]) throws -> [Citation] {
        // Headings of Markdown are lines of its text: the passages that hold them are reconstructed, all in one batch.
        var chains: [[Int]] = [], missing: Set<PassageID> = []
        for place in places {
            let chain =
                place.document.mediaType == MediaType.markdown.rawValue
                ? try snapshot.spans(of: place.document).outlineChain(at: place.range.lowerBound) : []
            chains.append(chain)
            for start in chain {
                if let (id, _) = try passage(at: start, in: place.document), known[id] == nil { missing.insert(id) }
            }
        }
        let order = missing.sorted()
        let texts = known.merging(zip(order, try reconstruct(order)), uniquingKeysWith: { a, _ in a })
        return try zip(places, chains).map { place, chain in
            let document = place.document, offset = place.range.lowerBound
            var page: Int?, headings: [String] = []
            if document.mediaType == MediaType.markdown.rawValue {
                headings = try chain.compactMap { start in
                    guard let (id, offset) = try passage(at: start, in: document), let text = texts[id] else { return nil }
                    return MarkdownHeadings.spans(in: Array(text[offset...])).first.flatMap { [$0].headings(at: Int.max).last }
                }
            } else {
                let spans = try spans(of: document)
                (page, headings) = (spans.page(at: offset), spans.headings(at: offset))
            }
            return Citation(
                path: document.paths.first ?? "", alsoAt: Array(document.paths.dropFirst()), title: document.shownTitle, page: page,
                headings: headings, start: offset, end: place.range.upperBound)
        }
    }

    /// Stored pages and headings of a document; of Markdown, those of its text.
    func spans(of document: StoredDocument, text: [UInt8]? = nil) throws -> [SourceSpan] {
        if document.mediaType == MediaType.markdown.rawValue { return MarkdownHeadings.spans(in: try text ?? self.text(of: document)) }
        return try snapshot.spans(of: document).sourceSpans
    }

    /// The passage that holds a byte of a document, and the byte's offset in it.
    private func passage(at offset: Int, in document: StoredDocument) throws -> (PassageID, Int)? {
        let segment = try snapshot.segment(document.id.segment)
        var start = 0
        for passage in document.passages {
            let count = segment.byteCount(of: passage)
            if offset < start + count { return (PassageID(segment: document.id.segment, index: passage), offset - start) }
            start += count
        }
        return nil
    }
}
