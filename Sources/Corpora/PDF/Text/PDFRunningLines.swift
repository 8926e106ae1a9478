/// Finds the running lines of a document: headers, footers and page numbers.
///
/// A running line stands at the same place with the same text on many pages; only the number of the page may differ. The
/// first page of a running line keeps it, so that no text is lost. Page numbers alone are left out everywhere. A line that
/// is as near to the text of its page as lines of that text are to each other belongs to the text.
enum PDFRunningLines {
    /// The number of lines at the top of a page, and at the bottom, that may be running lines.
    private static let depth = 3
    /// The most that the height of a running line may differ between pages, in points.
    private static let tolerance = 4.0
    /// The share of the pages that must have a running line. Left and right pages often have headers of their own.
    private static let share = 0.4
    /// The largest difference between the number that stands on a page and the place of the page in the file.
    private static let largestOffset = 2000
    /// The words that stand beside a page number.
    private static let pageWords: Set<String> = [
        "page", "p", "pp", "pg", "of", "seite", "s", "von", "sur", "de", "pagina", "página", "strana", "side", "blatt",
    ]

    /// What is equal on all pages of a running line.
    private struct Key: Hashable {
        /// The text, with "#" in place of the page number.
        let text: String
        /// The number on the page less the place of the page; nil for a line without its page number.
        let offset: Int?
        let isAtTop: Bool
        /// Whether the line is a page number with nothing but page words beside it.
        let isNumberAlone: Bool
    }

    private struct Place {
        let page: Int
        let line: Int
        let top: Double
    }

    /// The indices of the lines that each page leaves out.
    static func indices(in pages: [[PDFLine]]) -> [Set<Int>] {
        var places: [Key: [Place]] = [:]
        for (page, lines) in pages.enumerated() {
            for (line, isAtTop) in edges(lines) {
                for key in keys(of: lines[line].text, page: page, isAtTop: isAtTop) {
                    places[key, default: []].append(Place(page: page, line: line, top: lines[line].top))
                }
            }
        }
        var found = [Set<Int>](repeating: [], count: pages.count)
        let needed = max(3, Int((Double(pages.count) * share).rounded(.up)))
        for (key, all) in places {
            let middle = all.map(\.top).sorted()[all.count / 2]
            let same = all.filter { abs($0.top - middle) <= tolerance }
            guard Set(same.map(\.page)).count >= needed else { continue }
            let first = key.isNumberAlone ? nil : same.map(\.page).min()
            for place in same where place.page != first { found[place.page].insert(place.line) }
        }
        return found
    }

    /// The lines at the top and at the bottom of a page that stand apart from the text between them.
    private static func edges(_ lines: [PDFLine]) -> [(line: Int, isAtTop: Bool)] {
        let order = lines.indices.filter { !lines[$0].isApart && !lines[$0].isTableRow }.sorted {
            lines[$0].top < lines[$1].top
        }
        // The white space below each line but the last.
        let gaps = zip(order, order.dropFirst()).map { max(0, lines[$1].top - lines[$0].bottom) }
        let usual = gaps.filter { $0 > 0 }.sorted()
        let median = usual.isEmpty ? 0 : usual[usual.count / 2]
        func parts(_ i: Int) -> Bool { gaps[i] > 2.5 * lines[order[i]].height || median > 0 && gaps[i] > 1.5 * median }
        let top = (gaps.indices.prefix(depth).last(where: parts) ?? -1) + 1
        let bottom = gaps.indices.suffix(depth).first(where: parts).map { $0 + 1 } ?? order.count
        return order.prefix(top).map { ($0, true) } + order.dropFirst(max(top, bottom)).map { ($0, false) }
    }

    /// The text of a line as it stands, and with each number that may be the number of the page taken out.
    private static func keys(of text: String, page: Int, isAtTop: Bool) -> [Key] {
        var keys = [Key(text: text, offset: nil, isAtTop: isAtTop, isNumberAlone: false)]
        var at = text.startIndex
        while let start = text[at...].firstIndex(where: isDigit) {
            let end = text[start...].firstIndex { !isDigit($0) } ?? text.endIndex
            at = end
            guard let number = Int(text[start..<end]), abs(number - page) <= largestOffset else { continue }
            let rest = text[..<start] + "#" + text[end...]
            let words = rest.split { !$0.isLetter }.map { $0.lowercased() }
            let isNumberAlone = words.allSatisfy(pageWords.contains)
            // "Invoice 1" and "Invoice 2" are no page numbers: a title beside a page number has several words, and the
            // number stands before or after them.
            let isBeside = start == text.startIndex || end == text.endIndex
            guard isNumberAlone || isBeside && words.count >= 2 && words.joined().count >= 10 else { continue }
            keys.append(Key(text: String(rest), offset: number - page, isAtTop: isAtTop, isNumberAlone: isNumberAlone))
        }
        return keys
    }

    private static func isDigit(_ character: Character) -> Bool { character.isASCII && character.isNumber }
}
