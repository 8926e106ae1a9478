import Foundation

/// Which version of a text a document is, by its title, its path and its first lines.
package struct DocumentVersion: Sendable, Equatable {
    /// The words of title and of path that all versions have in common; empty where nothing tells a version.
    package let series: Set<String>
    /// A larger one is later: a date as year · 10 000 + month · 100 + day, or the number of a version.
    package let order: Double
    /// The date or the number as the document has it.
    package let written: String?
    /// The number of the version, by title, path or first lines: 2 of "Version 2, in force from 1 May 2024".
    package let number: Double?
    /// The document says that another one took its place.
    package let isWithdrawn: Bool
    /// The document says from when it holds, or what it takes the place of. A year in a title alone tells less.
    package let isExplicit: Bool

    package init(title: String, path: String, start: String) {
        let name = path.split(separator: "/").last.map { String($0.prefix { $0 != "." }) } ?? ""
        let folders = path.split(separator: "/").dropLast().joined(separator: " ")
        let words = { (text: String) in
            text.lowercased().split { !$0.isLetter && !$0.isNumber && $0 != "." }.map(String.init)
        }
        let titleWords = words(title)
        let nameWords = words(name)
        let head = start.lowercased()
        series = Set(
            [titleWords, nameWords].map { DocumentVersion.common($0).joined(separator: " ") }.filter { !$0.isEmpty })
        let valid = DocumentVersion.date(after: DocumentVersion.validFrom, in: head)
        // A whole date in a name is the day of a record, which no later record takes the place of.
        let isRecord = name.contains(/[0-9]{4}-?[0-9]{2}-?[0-9]{2}/)
        let year = isRecord ? nil : (titleWords + nameWords).compactMap(DocumentVersion.year).last
        let number = DocumentVersion.number(title.lowercased()) ?? DocumentVersion.number(name.lowercased())
        self.number = number ?? DocumentVersion.number(folders.lowercased()) ?? DocumentVersion.number(head)
        order = valid?.order ?? year.map { $0 * 10_000 } ?? number ?? 0
        written =
            valid.map { DocumentVersion.original($0.written, in: start) } ?? year.map { String(Int($0)) }
            ?? number.map { "version \($0)" }
        isWithdrawn =
            (titleWords + nameWords + words(folders)).contains(where: DocumentVersion.withdrawnNames.contains)
            || DocumentVersion.withdrawn.contains(where: head.contains)
        isExplicit = valid != nil || number != nil || isWithdrawn || DocumentVersion.replaces.contains(where: head.contains)
    }

    /// Whether two documents are versions of one text.
    package func isVersion(of other: DocumentVersion) -> Bool {
        !series.isDisjoint(with: other.series)
            && (order != other.order && order > 0 && other.order > 0 || isWithdrawn != other.isWithdrawn)
    }

    /// Whether this version is in force before another one, on a day written as in `order`.
    package func precedes(_ other: DocumentVersion, on day: Double) -> Bool {
        if isWithdrawn != other.isWithdrawn { return !isWithdrawn }
        let (isFuture, isOtherFuture) = (isExplicit && order > day, other.isExplicit && other.order > day)
        if isFuture != isOtherFuture { return !isFuture }
        return order > other.order
    }

    /// A day as in `order`.
    package static func day(of date: Date) -> Double {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = TimeZone(identifier: "UTC") ?? .current
        let parts = calendar.dateComponents([.year, .month, .day], from: date)
        return Double((parts.year ?? 0) * 10_000 + (parts.month ?? 0) * 100 + (parts.day ?? 0))
    }

    // MARK: Marks

    private static let validFrom = [
        "valid from", "valid since", "effective from", "effective as of", "effective", "in force from", "in force since",
        "applies from",
        "applicable from", "valid for orders placed from", "gültig ab", "gültig seit", "gilt ab", "gilt seit",
        "in kraft seit",
        "in kraft ab",
    ]
    private static let replaces = [
        "supersedes", "replaces", "ersetzt die", "ersetzt den", "ersetzt das", "löst die", "löst den",
    ]
    private static let withdrawn = [
        "superseded by", "replaced by", "no longer valid", "no longer in force", "has been withdrawn", "is obsolete",
        "wurde ersetzt durch",
        "ersetzt durch", "nicht mehr gültig", "außer kraft",
    ]
    private static let withdrawnNames: Set<String> = [
        "old", "obsolete", "superseded", "archive", "archived", "withdrawn", "outdated", "veraltet", "archiv", "deprecated",
        "alt", "draft", "drafts", "entwurf", "entwürfe",
    ]
    private static let versionWords: Set<String> = [
        "v", "version", "rev", "revision", "edition", "ed", "issue", "ausgabe", "auflage", "fassung", "stand", "draft",
        "new", "neu", "final",
        "current", "aktuell",
    ]

    /// The words that are no date, no number and no mark of a version.
    private static func common(_ words: [String]) -> [String] {
        words.filter { word in
            !word.contains(where: \.isNumber) && !versionWords.contains(word) && !withdrawnNames.contains(word)
                && Months.number(of: word) == nil
        }
    }

    private static func year(_ word: String) -> Double? {
        guard let year = Double(word), word.count == 4, (1900...2100).contains(year) else { return nil }
        return year
    }

    /// The number after "version", "rev." or "v" in a text in small letters.
    static func number(_ text: String) -> Double? {
        let match = text.firstMatch(
            of: /(?:\b|_)(?:v|version|rev|revision|edition|issue|ausgabe|fassung)[ ._-]*([0-9]{1,4}(?:\.[0-9]+)?)/)
        return match.flatMap { Double($0.1) }
    }

    private static func date(after marks: [String], in text: String) -> (order: Double, written: String)? {
        for mark in marks {
            guard let range = text.range(of: mark) else { continue }
            if let date = Months.date(in: text[range.upperBound...].prefix(60)) { return date }
        }
        return nil
    }

    /// A text as it stands in the document, with its capital letters.
    private static func original(_ folded: String, in text: String) -> String {
        text.range(of: folded, options: .caseInsensitive).map { String(text[$0]) } ?? folded
    }
}
