import Corpora
import Indexes

extension OpenIndex {
    /// Where byte ranges of documents stand for a reader.
    ///
    /// The headings of a Markdown document are lines of its text. The passages that hold them are reconstructed in one
    /// batch.
    ///
    /// - Parameters:
    ///   - places: the ranges, each with the byte whose page and headings are cited.
    ///   - known: passages that are reconstructed already.
    func citations(
        _ places: [(document: StoredDocument, range: Range<Int>, focus: Int)], known: [PassageID: [UInt8]]
    ) throws -> [Citation] {
        let chains = try places.map { try headingStarts(above: $0.focus, in: $0.document) }
        let holders = try zip(places, chains).flatMap { place, chain in
            try chain.compactMap { try passage(at: $0, in: place.document)?.0 }
        }
        let missing = Set(holders).filter { known[$0] == nil }.sorted()
        let texts = known.merging(
            zip(missing, try reconstruction.texts(of: missing)), uniquingKeysWith: { first, _ in first })
        return try zip(places, chains).map { place, chain in
            let document = place.document
            let page: Int?
            let headings: [String]
            if document.isMarkdown {
                page = nil
                headings = try chain.compactMap { try heading(at: $0, in: document, texts) }
            } else {
                let spans = try spans(of: document)
                (page, headings) = (spans.page(at: place.focus), spans.headings(at: place.focus))
            }
            return Citation(
                path: document.paths.first ?? "", alsoAt: Array(document.paths.dropFirst()), title: document.shownTitle,
                page: page,
                headings: headings, start: place.range.lowerBound, end: place.range.upperBound)
        }
    }

    /// Stored pages and headings of a document; of a Markdown document the headings of its text.
    func spans(of document: StoredDocument, text: [UInt8]? = nil) throws -> [SourceSpan] {
        if document.isMarkdown { return MarkdownHeadings.spans(in: try text ?? self.text(of: document)) }
        return try snapshot.spans(of: document).sourceSpans
    }

    /// The headings above a place of a document, as far as they are stored or stand in one of some texts.
    func headings(
        above offset: Int, in document: StoredDocument, _ spans: StoredSpans, _ texts: [PassageID: [UInt8]]
    ) throws -> [String] {
        guard document.isMarkdown else { return spans.sourceSpans.headings(at: offset) }
        // The line at the offset is in the text of the passage.
        return try spans.outlineChain(at: offset).filter { $0 < offset }.compactMap {
            try heading(at: $0, in: document, texts)
        }
    }

    /// Where the headings above a place of a Markdown document start, the outermost first; none in other formats.
    private func headingStarts(above offset: Int, in document: StoredDocument) throws -> [Int] {
        guard document.isMarkdown else { return [] }
        return try snapshot.spans(of: document).outlineChain(at: offset)
    }

    /// The heading that starts at a place of a Markdown document.
    private func heading(at start: Int, in document: StoredDocument, _ texts: [PassageID: [UInt8]]) throws -> String? {
        guard let (id, offset) = try passage(at: start, in: document), let text = texts[id] else { return nil }
        return MarkdownHeadings.spans(in: Array(text[offset...])).first.flatMap { [$0].headings(at: Int.max).last }
    }

    /// The passage that holds a byte of a document, and the place of the byte in the passage.
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

extension StoredDocument {
    /// The title, or the name of the file where the document states none.
    var shownTitle: String { title.isEmpty ? DocumentTitle.fromPath(paths.first ?? "") : title }

    fileprivate var isMarkdown: Bool { mediaType == MediaType.markdown.rawValue }

    /// Whether the headings of the document are lines of its text.
    var hasHeadingsInText: Bool { isMarkdown }
}
