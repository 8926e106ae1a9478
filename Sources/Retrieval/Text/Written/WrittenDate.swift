/// A day that can be written in several ways: 3 May 2024, May 3, 2024, 3. Mai 2024, 2024-05-03 and 03.05.2024 are one day.
struct WrittenDate {
    /// The date as it is written, in small letters.
    let written: String
    private let year: String
    private let month: Int
    private let day: String

    /// The first whole date of a text; nil where there is none.
    init?(in text: [UInt8]) {
        guard let date = Months.date(in: String(decoding: text, as: UTF8.self).lowercased()) else { return nil }
        // A year or a month alone has no other form.
        guard WordRow(date.written).words.count > 2 else { return nil }
        written = date.written
        year = String(Int(date.order) / 10_000)
        month = Int(date.order) / 100 % 100
        day = String(Int(date.order) % 100)
    }

    /// The rows of terms that stand for the words of the date where the day is written in another form: each word with each
    /// row.
    var otherForms: [(word: [UInt8], row: [[UInt8]])] {
        let words = WordRow(written).words
        let (m, mm, dd) = (String(month), twoDigits(String(month)), twoDigits(day))
        var forms: [[String]] = [[year, mm, dd], [dd, mm, year], [day, m, year]]
        for name in Months.names(of: month) {
            forms += [[day, name, year], [name, day, year], [day, ending, name, year], [name, day, ending, year]]
        }
        let rows = Set(forms.map { $0.map { Array($0.utf8) } })
        return rows.subtracting([words]).flatMap { row in words.map { ($0, row) } }
    }

    /// The notations of the day.
    var notations: [[UInt8]] {
        let (mm, dd) = (twoDigits(String(month)), twoDigits(day))
        var found = ["\(year)-\(mm)-\(dd)", "\(dd).\(mm).\(year)", "\(day).\(month).\(year)"]
        for name in Months.names(of: month) {
            for day in [day, day + ".", day + ending, dd, dd + "."] { found.append("\(day) \(name) \(year)") }
            for day in [day, day + ending, dd] { found += ["\(name) \(day), \(year)", "\(name) \(day) \(year)"] }
        }
        return found.map { Array($0.utf8) }
    }

    private func twoDigits(_ number: String) -> String { number.count < 2 ? "0" + number : number }

    /// The ending of the day in English: 1st, 2nd, 3rd, 4th.
    private var ending: String {
        guard !["11", "12", "13"].contains(day) else { return "th" }
        return switch day.last {
        case "1": "st"
        case "2": "nd"
        case "3": "rd"
        default: "th"
        }
    }
}
