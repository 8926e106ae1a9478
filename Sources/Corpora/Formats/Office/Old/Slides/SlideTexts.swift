/// A text of a slide, as PowerPoint before 2007 keeps it.
struct SlideWords {
    /// Characters in one form.
    private struct Run {
        let end: Int
        var position: HTMLTag?
        var font: Int?
        /// The number of the group whose paragraphs have one numbering.
        var group = 0
    }

    /// The kind of the text ([MS-PPT], 2.13.33).
    let kind: Int
    /// Whether the text is a title.
    var isTitle: Bool { Self.titles.contains(kind) }
    /// Whether the text stands in a box of its own, not in a placeholder.
    var isFree: Bool { kind == Self.free }
    private let units: [UInt16]
    private var runs: [Run] = []
    /// The ends of paragraphs with one form, and their levels. Whether they have a bullet may not be said.
    private var forms: [(end: Int, level: Int, hasBullet: Bool?)] = []
    /// The numbering of each group of runs.
    var numberings: [OldSlideNumbering?] = []

    /// The kinds of texts that are titles.
    private static let titles: Set<Int> = [0, 6]
    private static let free = 4

    init(kind: Int, _ units: [UInt16]) {
        self.kind = kind
        self.units = units.map { $0 == 11 ? 10 : $0 == 13 ? 13 : $0 < 32 ? 32 : $0 }
    }

    /// The text on one line.
    var line: String {
        String(decoding: units.map { $0 < 32 ? 32 : $0 }, as: UTF16.self).trimmed
    }

    /// Whether there is a text besides the mark that stands for a number or a date.
    var isEmpty: Bool { line.isEmpty || line == "*" }

    /// Learns the forms of the text ([MS-PPT], 2.9.44). It stops where the record says nothing that it knows.
    mutating func style(_ stream: [UInt8], _ range: Range<Int>) {
        var i = range.lowerBound
        var end = 0
        // A mark at the end begins one more paragraph, without text.
        while end < units.count || end == units.count && units.last == 13, i + 10 <= range.upperBound {
            end += stream.number(i, 4)
            let level = stream.number(i + 4, 2)
            let masks = stream.number(i + 6, 4)
            i += 10
            var hasBullet: Bool?
            if masks & 0xF != 0 {
                if masks & 1 != 0 { hasBullet = stream.number(i, 2) & 1 != 0 }
                i += 2
            }
            for (bit, length) in [
                (7, 2), (4, 2), (6, 2), (5, 4), (11, 2), (12, 2), (13, 2), (14, 2), (8, 2), (10, 2), (15, 2),
            ] where masks >> bit & 1 != 0 { i += length }
            if masks >> 20 & 1 != 0 { i += 2 + 4 * stream.number(i, 2) }
            if masks >> 16 & 1 != 0 { i += 2 }
            if masks >> 17 & 7 != 0 { i += 2 }
            if masks >> 21 & 1 != 0 { i += 2 }
            forms.append((end, level, hasBullet))
        }
        end = 0
        while end < units.count, i + 8 <= range.upperBound {
            end += stream.number(i, 4)
            let masks = stream.number(i + 4, 4)
            i += 8
            var run = Run(end: end)
            if masks & 0x3FFF != 0 {
                run.group = stream.number(i, 2) >> 10 & 0xF
                i += 2
            }
            if masks >> 16 & 1 != 0 {
                run.font = stream.number(i, 2)
                i += 2
            }
            for bit in [21, 22] where masks >> bit & 1 != 0 { i += 2 }
            if masks >> 23 & 1 != 0 {
                run.font = stream.number(i, 2)
                i += 2
            }
            for (bit, length) in [(17, 2), (18, 4)] where masks >> bit & 1 != 0 { i += length }
            if masks >> 19 & 1 != 0 {
                let shift = Int16(truncatingIfNeeded: stream.number(i, 2))
                run.position = shift > 0 ? .sup : shift < 0 ? .sub : nil
                i += 2
            }
            runs.append(run)
        }
    }

    /// Writes the paragraphs; a title as a heading.
    func write(to markup: inout MarkupBuilder, _ fonts: [Int: String]) {
        var start = 0
        var form = forms[...]
        var numbers = SlideNumbers()
        var run = runs[...]
        let depth = markup.depth
        for paragraph in units.split(separator: 13, omittingEmptySubsequences: false) {
            let end = start + paragraph.count
            while let first = form.first, first.end <= start { form.removeFirst() }
            while let first = run.first, first.end <= start { run.removeFirst() }
            if paragraph.contains(where: { $0 > 32 }) {
                if isTitle {
                    // All paragraphs of a title are one heading.
                    if markup.depth == depth { markup.start(.h2) } else { markup.text(" ") }
                } else {
                    let level = form.first?.level ?? 0
                    let group = run.first?.group ?? 0
                    let isPlain = form.first?.hasBullet == false
                    let numbering = isPlain || group >= numberings.count ? nil : numberings[group]
                    let label = numbers.label(kind: numbering?.kind, start: numbering?.start ?? 1, level: level)
                    if numbering != nil || level > 0 || form.first?.hasBullet == true {
                        markup.item(level: level, label: label)
                    } else {
                        markup.closeLists()
                        markup.start(.p)
                    }
                }
                write(&markup, start..<end, &run, fonts)
                if !isTitle, !markup.isInList { markup.end(downTo: depth) }
            }
            start = end + 1
        }
        markup.closeLists()
        markup.end(downTo: depth)
    }

    private func write(
        _ markup: inout MarkupBuilder, _ range: Range<Int>, _ run: inout ArraySlice<Run>, _ fonts: [Int: String]
    ) {
        var start = range.lowerBound
        while start < range.upperBound {
            while let first = run.first, first.end <= start { run.removeFirst() }
            let end = min(range.upperBound, run.first?.end ?? range.upperBound)
            let depth = markup.depth
            if let position = run.first?.position { markup.start(position) }
            let text = String(decoding: units[start..<end], as: UTF16.self)
            let readable = SymbolFont.readable(text, font: run.first?.font.flatMap { fonts[$0] })
            markup.lines(readable)
            markup.end(downTo: depth)
            start = end
        }
    }
}

/// Collects the texts of records that follow one another: a kind, characters and their forms.
struct SlideTexts {
    private let stream: [UInt8]
    private var kind = 4
    private var texts: [SlideWords] = []

    init(_ stream: [UInt8]) { self.stream = stream }

    mutating func read(_ record: SlideRecord) {
        switch record.type {
        case SlideRecord.textHeader: kind = stream.number(record.content.lowerBound, 4)
        case SlideRecord.byteText: texts.append(SlideWords(kind: kind, stream[record.content].map { UInt16($0) }))
        case SlideRecord.wideText:
            let places = stride(from: record.content.lowerBound, to: record.content.upperBound - 1, by: 2)
            texts.append(SlideWords(kind: kind, places.map { UInt16(stream.number($0, 2)) }))
        case SlideRecord.textStyle:
            texts.indices.last.map { texts[$0].style(stream, record.content) }
        default: break
        }
    }

    /// The texts so far. The next ones are those of another slide.
    mutating func finished() -> [SlideWords] {
        defer { texts = [] }
        return texts
    }
}
