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
    /// The stored form of spans. `isOutline` says that the headings are marked lines of the text, as in Markdown: only their
    /// places are stored.
    ///
    /// - Parameter line: the line of the text that starts at a byte. A heading that equals the line at its start is stored as this
    ///   line.
    package init(_ spans: [SourceSpan], isOutline: Bool, line: (Int) -> String? = { _ in nil }) {
        self.init()
        var before: [String] = []
        var stored: [Name] = []
        for span in spans {
            switch span.place {
            case .page(let number): pages.append(Page(start: span.start, number: number))
            case .heading(let path) where isOutline:
                if !path.isEmpty { outline.append(Line(start: span.start, depth: path.count)) }
            case .heading(let path):
                let shared = zip(path, before).prefix { $0.utf8.elementsEqual($1.utf8) }.count
                // The own heading of a range is the last one of its path.
                let isLine = (1...StoredSpans.sharedLimit).contains(path.count) && line(span.start) == path.last
                let kept = min(shared, isLine ? path.count - 1 : path.count, StoredSpans.sharedLimit)
                stored = Array(stored.prefix(kept)) + path.dropFirst(kept).map { .written($0) }
                if isLine { stored[path.count - 1] = .line(span.start) }
                before = path
                headings.append(Heading(start: span.start, path: stored))
            }
        }
    }

    /// The pages.
    package var pageSpans: [SourceSpan] { pages.map { SourceSpan(start: $0.start, place: .page($0.number)) } }

    /// The pages and headings, sorted by start. The headings of an outline are in the text.
    ///
    /// - Parameter line: the line of the text that starts at a byte; nil where it is not known, which leaves a heading out.
    package func sourceSpans(line: (Int) -> String?) -> [SourceSpan] {
        let headings = headings.map { SourceSpan(start: $0.start, place: .heading($0.path.compactMap { $0.words(line) })) }
        return headings.isEmpty
            ? pageSpans : pages.isEmpty ? headings : (pageSpans + headings).sorted { $0.start < $1.start }
    }
}

extension StoredSpans.Name {
    /// The words of the heading; nil where its line is not known.
    func words(_ line: (Int) throws -> String?) rethrows -> String? {
        switch self {
        case .written(let words): words
        case .line(let start): try line(start)
        }
    }

    /// The place of a heading that is a line of the text.
    var line: Int? { if case .line(let start) = self { start } else { nil } }
}

/// The line that a text begins with.
package func firstLine(of text: some Collection<UInt8>) -> String {
    String(decoding: text.prefix { $0 != 10 }, as: UTF8.self)
}
