import Bytes

/// The text that a reader drew out of a file which cannot be made from the text.
struct Extracted {
    /// The start of a page.
    struct Page: Equatable {
        var start: Int
        var number: Int
    }

    var title: String?
    /// The date that the document states of itself, as `DocumentDate` writes it.
    var date: String?
    var text: [UInt8] = []
    var headings: [Heading] = []
    var pages: [Page] = []
    /// What the file holds besides the text.
    var remarks = Remarks()

    /// Whether the first heading is the title of a document that states none.
    var isTitledByHeading = true

    init() {}

    /// Takes the text of a document inside another one, and its notes with the name that it has there.
    init(_ document: Document, named name: String) {
        title = document.title
        remarks.add(document.notes, in: name)
        text = document.text
        for span in document.spans {
            if case .heading(let path) = span.place, let last = path.last {
                headings.append(Heading(start: span.start, level: path.count, text: last))
            }
        }
    }

    /// Takes the text of rendered markup.
    init(_ markup: MarkupBuilder) {
        let rendered = HTMLRenderer(markup.tree)
        text = rendered.text
        headings = rendered.headings
        pages = rendered.pages
        remarks = markup.remarks
    }

    /// Appends another text after a blank line. Its headings stand `levels` deeper, and it gives no pages.
    mutating func append(_ other: Extracted, levels: Int = 0) {
        if !text.isEmpty, !other.text.isEmpty { text.append(10) }
        headings += other.headings.map { Heading(start: text.count + $0.start, level: $0.level + levels, text: $0.text) }
        text += other.text
        remarks.add(other.remarks)
    }

    /// Appends lines of their own, after a blank line.
    mutating func append(paragraph: String) {
        if !text.isEmpty { text.append(10) }
        text += Array(paragraph.utf8)
        text.append(10)
    }

    /// Appends a heading on a line of its own.
    mutating func append(heading: String, level: Int) {
        if !text.isEmpty { text.append(10) }
        if let clean = DocumentTitle.clean(heading.utf8) {
            headings.append(Heading(start: text.count, level: level, text: clean))
        }
        text += Array(heading.utf8)
        text.append(10)
    }

    /// Appends the lines of a sheet below its name. Nothing where it has no lines.
    mutating func append(sheet name: String, isHidden: Bool, lines: String) {
        guard !lines.isEmpty else { return }
        let heading = name + (isHidden ? " (hidden)" : "")
        if !heading.trimmed.isEmpty { append(heading: heading, level: 1) }
        append(paragraph: String(lines.dropLast()))
    }

    /// The document. Throws when there is no text.
    func document(_ mediaType: MediaType) throws(Refusal) -> Document {
        guard validPrefix(text.span) == text.count else { throw .invalidUTF8 }
        guard text.contains(where: { !$0.isControlOrSpace }) else { throw .noText }
        let places = Heading.spans(headings) + pages.map { SourceSpan(start: $0.start, place: .page($0.number)) }
        let order = places.indices.sorted { (places[$0].start, $0) < (places[$1].start, $1) }
        return Document(
            title: title.flatMap { DocumentTitle.clean($0.utf8) } ?? (isTitledByHeading ? headings.first?.text : nil),
            mediaType: mediaType, text: text, spans: order.map { places[$0] }, original: .extracted,
            notes: remarks.notes, date: date)
    }
}
