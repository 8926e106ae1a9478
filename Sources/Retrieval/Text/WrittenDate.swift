import Bytes
import Foundation
import Memory

/// Dates that are written in another form: 3 May 2024, May 3, 2024, 3. Mai 2024, 2024-05-03 and 03.05.2024 are one day.
enum WrittenDate {
    private static let english = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
        "december",
    ]
    private static let german = [
        "januar", "februar", "märz", "april", "mai", "juni", "juli", "august", "september", "oktober", "november",
        "dezember",
    ]

    /// The rows of terms that stand for words of a text's first whole date where the day is written in another form: each
    /// word with each row.
    static func otherForms(in text: [UInt8]) -> [(word: [UInt8], row: [[UInt8]])] {
        guard let date = Months.date(in: String(decoding: text, as: UTF8.self).lowercased()) else { return [] }
        let (year, month, day) = (Int(date.order) / 10_000, Int(date.order) / 100 % 100, Int(date.order) % 100)
        let words = Words.terms(ofRow: date.written)
        // A year or a month alone has no other form.
        guard words.contains(where: { Int($0) == day && $0.count < 3 }), words.count > 2 else { return [] }
        let (y, m, d) = ("\(year)", "\(month)", "\(day)")
        let (mm, dd) = (m.count < 2 ? "0" + m : m, d.count < 2 ? "0" + d : d)
        let rows =
            [[y, mm, dd], [dd, mm, y], [d, m, y]]
            + [english[month - 1], german[month - 1]].flatMap { [[d, $0, y], [$0, d, y]] }
        return Set(rows).subtracting([words]).flatMap { row in
            words.map { (Array($0.utf8), row.map { Words.fold(Array($0.utf8)) }) }
        }
    }
}

extension Words {
    /// The folded words of a text, in order.
    fileprivate static func terms(ofRow text: String) -> [String] {
        let bytes = Array(text.utf8)
        return forms(in: bytes.span).map { String(decoding: fold(Array(bytes[$0])), as: UTF8.self) }
    }
}
