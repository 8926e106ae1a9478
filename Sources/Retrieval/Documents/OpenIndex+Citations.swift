import Corpora
import Indexes

extension OpenIndex {
    /// Where byte ranges of documents stand for a reader.
    ///
    /// Most headings are lines of the text. The passages that hold them are reconstructed in one batch, as far as the headings.
    ///
    /// - Parameters:
    ///   - places: the ranges, each with the byte whose page and headings are cited.
    ///   - known: passages that are reconstructed already.
    func citations(
        _ places: [(document: StoredDocument, range: Range<Int>, focus: Int)], known: [PassageID: [UInt8]]
    ) throws -> [Citation] {
        let focuses = places.map { (document: $0.document, offset: $0.focus) }
        let spans = try storedSpans(of: places.map(\.document))
        let starts = headingStarts(at: focuses, spans)
        let texts = try texts(
            of: zip(focuses, starts).flatMap { place, starts in starts.map { (place.document, $0) } }, known: known)
        let headings = try headings(at: focuses, spans, starts: starts, in: texts)
        return zip(places, headings).map { place, headings in
            let document = place.document
            let page = spans[document.id]?.pageSpans.page(at: place.focus)
            return Citation(
                path: document.paths.first ?? "", alsoAt: snapshot.otherPaths(of: document), title: document.shownTitle,
                page: page,
                headings: headings, start: place.range.lowerBound, end: place.range.upperBound)
        }
    }

    /// Stored pages and headings of a document; of a Markdown document the headings of its text.
    func spans(of document: StoredDocument, text: [UInt8]? = nil) throws -> [SourceSpan] {
        if document.isMarkdown { return MarkdownHeadings.spans(in: try text ?? self.text(of: document)) }
        let stored = try snapshot.spans(of: document)
        let hasLines = stored.headings.contains { $0.path.contains { $0.line != nil } }
        let whole = try text ?? (hasLines ? self.text(of: document) : [])
        return stored.sourceSpans { $0 < whole.count ? firstLine(of: whole[$0...]) : nil }
    }

    /// The headings of a range of a document that is no Markdown, and the one that the range begins under. Passages before the
    /// range are reconstructed as far as the headings that they hold.
    ///
    /// - Parameter known: passages that are reconstructed already.
    func headingSpans(
        of document: StoredDocument, in range: Range<Int>, known: [PassageID: [UInt8]]
    ) throws -> [SourceSpan] {
        let before = try snapshot.spans(of: document).headings.prefix { $0.start < range.upperBound }
        let headings = before[(before.lastIndex { $0.start <= range.lowerBound } ?? 0)...]
        let texts = try texts(of: headings.flatMap { $0.path.compactMap(\.line) }.map { (document, $0) }, known: known)
        return try headings.map { heading in
            let words = try heading.path.compactMap { try $0.words { try line(at: $0, in: document, texts) } }
            return SourceSpan(start: heading.start, place: .heading(words))
        }
    }

    /// The headings above the starts of passages, the outermost first, as far as they are stored or stand in a text that is
    /// known. A heading that the passage begins with is left out.
    ///
    /// Reconstructing the other ones too takes a tenth of a search, and finds nothing more
    /// (`pipelines/training/EXPERIMENTS.md`).
    ///
    /// - Parameter known: passages that are reconstructed already.
    func headings(above passages: [PassageID], known: [PassageID: [UInt8]]) throws -> [[String]] {
        let places = try passages.map { id in
            guard let document = snapshot.document(of: id) else { throw IndexError.damaged("passages", of: path) }
            return (document: document, offset: try range(of: id, in: document).lowerBound)
        }
        let spans = try storedSpans(of: places.map(\.document))
        let starts = zip(places, headingStarts(at: places, spans)).map { place, starts in starts.filter { $0 < place.offset }
        }
        return try headings(at: places, spans, starts: starts, in: known)
    }

    private func storedSpans(of documents: [StoredDocument]) throws -> [DocumentID: StoredSpans] {
        var spans: [DocumentID: StoredSpans] = [:]
        for document in documents where spans[document.id] == nil { spans[document.id] = try snapshot.spans(of: document) }
        return spans
    }

    /// Where the headings above places of documents start that are lines of the text, the outermost first.
    private func headingStarts(
        at places: [(document: StoredDocument, offset: Int)], _ spans: [DocumentID: StoredSpans]
    ) -> [[Int]] {
        places.map { document, offset in
            guard let spans = spans[document.id] else { return [] }
            return document.isMarkdown ? spans.outlineChain(at: offset) : spans.path(at: offset).compactMap(\.line)
        }
    }

    /// The texts of the passages that hold some bytes of documents, at least up to the byte's line.
    private func texts(
        of places: [(document: StoredDocument, offset: Int)], known: [PassageID: [UInt8]]
    ) throws -> [PassageID: [UInt8]] {
        var wanted: [PassageID: Int] = [:]
        for (document, offset) in places {
            guard let (id, byte) = try passage(at: offset, in: document), known[id] == nil else { continue }
            wanted[id] = max(wanted[id] ?? 0, byte)
        }
        return try reconstruction.starts(of: wanted).merging(known) { $1 }
    }

    /// The headings at places of documents, the outermost first: those that are stored, and those that begin at `starts` in
    /// passages whose texts are given.
    private func headings(
        at places: [(document: StoredDocument, offset: Int)], _ spans: [DocumentID: StoredSpans], starts: [[Int]],
        in texts: [PassageID: [UInt8]]
    ) throws -> [[String]] {
        try zip(places, starts).map { place, starts in
            let document = place.document
            if document.isMarkdown { return try starts.compactMap { try heading(at: $0, in: document, texts) } }
            return try (spans[document.id]?.path(at: place.offset) ?? []).compactMap { name in
                try name.words { starts.contains($0) ? try line(at: $0, in: document, texts) : nil }
            }
        }
    }

    /// The heading that starts at a place of a Markdown document.
    private func heading(at start: Int, in document: StoredDocument, _ texts: [PassageID: [UInt8]]) throws -> String? {
        guard let (id, offset) = try passage(at: start, in: document), let text = texts[id] else { return nil }
        return MarkdownHeadings.spans(in: Array(text[offset...])).first.flatMap { [$0].headings(at: Int.max).last }
    }

    /// The line that starts at a place of a document.
    private func line(at start: Int, in document: StoredDocument, _ texts: [PassageID: [UInt8]]) throws -> String? {
        guard let (id, offset) = try passage(at: start, in: document), let text = texts[id] else { return nil }
        return firstLine(of: text[offset...])
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

extension StoredSpans {
    /// The headings above a byte of the text, the outermost first.
    fileprivate func path(at offset: Int) -> [Name] { headings.last { $0.start <= offset }?.path ?? [] }
}

extension StoredDocument {
    /// The title, or the name of the file where the document states none.
    var shownTitle: String { title.isEmpty ? DocumentTitle.fromPath(paths.first ?? "") : title }

    fileprivate var isMarkdown: Bool { mediaType == MediaType.markdown.rawValue }

    /// Whether the headings of the document are lines of its text.
    var hasHeadingsInText: Bool { isMarkdown }
}
