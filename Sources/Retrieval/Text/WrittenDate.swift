/// Dates that are written in another form: 3 May 2024, May 3, 2024, 3. Mai 2024, 2024-05-03 and 03.05.2024 are one day.
enum WrittenDate {
    /// The rows of terms that stand for words of a text's first whole date where the day is written in another form: each
    /// word with each row.
    static func otherForms(in text: [UInt8]) -> [(word: [UInt8], row: [[UInt8]])] {
        guard let date = Months.date(in: String(decoding: text, as: UTF8.self).lowercased()) else { return [] }
        let (year, month, day) = (Int(date.order) / 10_000, Int(date.order) / 100 % 100, Int(date.order) % 100)
        let words = WordRow(date.written).words
        // A year or a month alone has no other form.
        guard words.count > 2 else { return [] }
        let (y, m, d) = ("\(year)", "\(month)", "\(day)")
        let (mm, dd) = (m.count < 2 ? "0" + m : m, d.count < 2 ? "0" + d : d)
        let named = Months.names(of: month).flatMap { [[d, $0, y], [$0, d, y]] }
        let rows = Set(([[y, mm, dd], [dd, mm, y], [d, m, y]] + named).map { $0.map { Array($0.utf8) } })
        return rows.subtracting([words]).flatMap { row in words.map { ($0, row) } }
    }
}
