import Corpora
import Indexes

extension StoredOriginal {
    /// The stored form of an original.
    package init(_ form: OriginalForm) {
        self.init()
        switch form {
        case .extracted: isExtracted = true
        case .encoded(let form):
            encoding = form.encoding.rawValue
            hasByteOrderMark = form.hasByteOrderMark
            switch form.lineEnds {
            case .asTheyStand: lineEnds = nil
            case .crlf: lineEnds = .crlf
            case .cr: lineEnds = .cr
            }
            escapes = form.escapes?.rawValue
            repairs = form.repairs.map { Repair(offset: $0.offset, bytes: $0.bytes, count: $0.count) }
        }
    }
}

extension OriginalForm {
    /// The original of a stored form; nil for an encoding that this program does not know.
    package init?(_ stored: StoredOriginal) {
        if stored.isExtracted {
            self = .extracted
            return
        }
        guard let encoding = TextEncoding(rawValue: stored.encoding) else { return nil }
        let lineEnds: EncodedForm.LineEnds =
            switch stored.lineEnds {
            case nil: .asTheyStand
            case .crlf: .crlf
            case .cr: .cr
            }
        var escapes: JSONEscapes?
        if let name = stored.escapes {
            guard let named = JSONEscapes(rawValue: name) else { return nil }
            escapes = named
        }
        self = .encoded(
            EncodedForm(
                encoding: encoding, hasByteOrderMark: stored.hasByteOrderMark, lineEnds: lineEnds, escapes: escapes,
                repairs: stored.repairs.map { EncodedForm.Repair(offset: $0.offset, bytes: $0.bytes, count: $0.count) }))
    }
}

extension StoredSpans {
    /// The stored form of spans. `isOutline` says that the headings are lines of the text, as in Markdown: only their places
    /// are stored.
    package init(_ spans: [SourceSpan], isOutline: Bool) {
        self.init()
        for span in spans {
            switch span.place {
            case .page(let number): pages.append(Page(start: span.start, number: number))
            case .heading(let path):
                if !isOutline {
                    headings.append(Heading(start: span.start, path: path))
                } else if !path.isEmpty {
                    outline.append(Line(start: span.start, depth: path.count))
                }
            }
        }
    }

    /// The pages and headings, sorted by start. The headings of an outline are in the text.
    package var sourceSpans: [SourceSpan] {
        let pages = pages.map { SourceSpan(start: $0.start, place: .page($0.number)) }
        let headings = headings.map { SourceSpan(start: $0.start, place: .heading($0.path)) }
        return headings.isEmpty ? pages : pages.isEmpty ? headings : (pages + headings).sorted { $0.start < $1.start }
    }
}
