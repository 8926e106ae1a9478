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
    /// The words that name a page before its number.
    private static let pageNames: Set<String> = [
        "page", "pages", "p", "pp", "pg", "seite", "seiten", "s", "pagina", "página", "pág", "strana", "strona", "str",
        "side", "sida", "sivu", "oldal", "blatt", "folio", "стр", "страница", "第", "ページ", "頁", "页", "쪽", "페이지",
    ]
    /// The words between the number of a page and the number of pages.
    private static let ofWords: Set<String> = ["of", "von", "sur", "de", "van", "di", "z", "av", "af", "из", "共"]
    /// The words before numbers that count something else than pages.
    private static let otherNames: Set<String> = [
        "no", "nr", "number", "nummer", "numéro", "num", "invoice", "rechnung", "facture", "order", "auftrag", "ticket",
        "case", "chapter", "kapitel", "chapitre", "section", "part", "teil", "partie", "volume", "band", "week", "woche",
        "semaine", "day", "tag", "lecture", "lesson", "unit", "sheet", "worksheet", "exercise", "übung", "question",
        "version", "table", "tabelle", "figure", "exhibit", "appendix", "annex", "item", "lot", "form", "room", "step",
        "test", "id",
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
                for key in keys(of: lines[line].text, page: page, of: pages.count, isAtTop: isAtTop) {
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
    private static func keys(of text: String, page: Int, of pageCount: Int, isAtTop: Bool) -> [Key] {
        var keys = [Key(text: text, offset: nil, isAtTop: isAtTop, isNumberAlone: false)]
        var at = text.startIndex
        while let start = text[at...].firstIndex(where: isDigit) {
            let end = text[start...].firstIndex { !isDigit($0) } ?? text.endIndex
            at = end
            let (before, after) = (text[..<start], text[end...])
            guard let number = Int(text[start..<end]), abs(number - page) <= largestOffset else { continue }
            let total = total(after)
            // "2024-003" and "1,234" are one number each.
            guard !before.endsInNumber, total.map({ $0 >= number }) ?? !after.startsWithNumber else { continue }
            let rest = before + "#" + after
            let words = rest.split { !$0.isLetter }.map { $0.lowercased() }
            let isNumberAlone = words.allSatisfy { pageNames.contains($0) || ofWords.contains($0) }
            let name = before.split { !$0.isLetter && !isDigit($0) }.last?.lowercased() ?? ""
            // "Invoice 1" and "Invoice 2" are no page numbers. In a line with other words the number of a page is named, says of
            // how many, or stands before or after a title of several words.
            let isNamed = pageNames.contains(name) || total == pageCount && !otherNames.contains(name)
            let isBeside = before.isEmpty || after.isEmpty && !otherNames.contains(name) && text[start] != "0"
            guard isNumberAlone || isNamed || isBeside && words.count >= 2 && words.joined().count >= 10 else { continue }
            keys.append(Key(text: String(rest), offset: number - page, isAtTop: isAtTop, isNumberAlone: isNumberAlone))
        }
        return keys
    }

    /// The number of pages that stands after the number of a page, as in "3 / 5" or "3 of 5".
    private static func total(_ after: Substring) -> Int? {
        var rest = after.drop(while: \.isWhitespace)
        let word = rest.prefix(while: \.isLetter)
        if rest.first == "/" {
            rest.removeFirst()
        } else if ofWords.contains(word.lowercased()) {
            rest.removeFirst(word.count)
        } else {
            return nil
        }
        rest = rest.drop(while: \.isWhitespace)
        let digits = rest.prefix(while: isDigit)
        return rest.dropFirst(digits.count).startsWithNumber ? nil : Int(digits)
    }

    fileprivate static func isDigit(_ character: Character) -> Bool { character.isASCII && character.isNumber }
}

extension Substring {
    /// The marks that join the parts of a number, a date or an identifier.
    private static let joints: Set<Character> = [".", ",", ":", "-", "–", "/"]

    /// Whether a number ends here that goes on after the text.
    fileprivate var endsInNumber: Bool {
        guard let last, Self.joints.contains(last) else { return false }
        return dropLast().last.map(PDFRunningLines.isDigit) ?? false
    }

    /// Whether a number goes on here that started before the text.
    fileprivate var startsWithNumber: Bool {
        guard let first, Self.joints.contains(first) else { return false }
        return dropFirst().first.map(PDFRunningLines.isDigit) ?? false
    }
}
