import Bytes
import Memory

/// Finds the column of a table by which its rows are compared, and reads the cells of it.
struct ComparedColumn {
    let question: AskedQuestion
    let table: TableRows

    /// The column that tells what is compared: by its head, or where no head tells it, by the units of its cells.
    func column(for quality: Superlative.Quality) -> Int? {
        if quality == .date { return dateColumn() }
        if quality == .since { return beginningColumn() }
        let numeric = table.heads.indices.filter { i in
            let cells = table.rows.count { row in
                row.words.indices.contains(i)
                    && (row.words[i].words.contains { $0[0].isDigit } || CellNumber(row.words[i]) != nil)
            }
            return 2 * cells > table.rows.count
        }
        let asked = Set(question.row.stems)
        // The most words that the question has, and the fewest others: "Rooms" before "Double rooms".
        func most(_ columns: [Int]) -> Int? {
            let held = columns.map { column in
                let stems = Set(table.heads[column].stems)
                let common = stems.intersection(asked).count
                return (column: column, words: 16 * common - (stems.count - common))
            }
            guard let best = held.map(\.words).max() else { return nil }
            let first = held.filter { $0.words == best }
            // The first price of several is the usual one.
            return first.count == 1 || quality == .money ? first[0].column : nil
        }
        // The year of birth tells an age, and not that of entry.
        let births = numeric.filter { table.heads[$0].words.contains(where: ComparedColumn.births.contains) }
        if quality == .age, !births.isEmpty { return most(births) }
        let named = numeric.filter { isNamed(table.heads[$0], quality) }
        if !named.isEmpty { return most(named) }
        return most(
            numeric.filter { i in
                let cells = table.rows.compactMap { $0.words.indices.contains(i) ? $0.words[i] : nil }
                return 2 * cells.count { tells($0, quality) } > cells.count
                    && !namesOther(table.heads[i], quality)
            })
    }

    /// The column of dates or years whose head has a word of the question; or else the only one of dates, if it has more than years.
    private func dateColumn() -> Int? {
        func columns(_ isDate: (WordRow) -> Bool) -> [Int] {
            table.heads.indices.filter { i in
                2 * table.rows.count { $0.words.indices.contains(i) && isDate($0.words[i]) } > table.rows.count
            }
        }
        let asked = Set(question.row.stems)
        let named = columns { ComparedColumn.date($0) != nil }.filter { !asked.isDisjoint(with: table.heads[$0].stems) }
        if let column = named.first { return named.count == 1 ? column : nil }
        let dated = columns { ComparedColumn.writtenDate($0) != nil }
        guard dated.count == 1, let column = dated.first else { return nil }
        let dates = table.rows.compactMap {
            $0.words.indices.contains(column) ? ComparedColumn.writtenDate($0.words[column]) : nil
        }
        return dates.contains { !ComparedColumn.isYear($0) } ? column : nil
    }

    /// The only column of dates or years whose head tells a beginning.
    private func beginningColumn() -> Int? {
        let columns = table.heads.indices.filter { i in
            table.heads[i].words.contains(where: ComparedColumn.beginnings.contains)
                && 2 * table.rows.count { $0.words.indices.contains(i) && ComparedColumn.date($0.words[i]) != nil }
                    > table.rows.count
        }
        return columns.count == 1 ? columns[0] : nil
    }

    private func isNamed(_ head: WordRow, _ quality: Superlative.Quality) -> Bool {
        switch quality {
        case .money: head.words.contains { AnswerWords.isCost($0) || AnswerWords.money.contains($0) }
        case .measure(let measure, let direction):
            head.words.contains { word in
                Measure.asked(by: word).contains(measure)
                    && (direction == nil || Measure.direction(of: word).map { $0 == direction } ?? true)
                    || direction != nil && direction != .size && Measure.direction(of: word) == direction
            }
        case .size: head.words.contains(where: ComparedColumn.sizes.contains)
        case .age: head.words.contains { AnswerWords.ageHeads.contains($0) || ComparedColumn.ages.contains($0) }
        case .named(let stem): head.stems.contains(stem)
        case .date, .since: false
        }
    }

    /// Whether a cell has a unit of what is compared.
    private func tells(_ cell: WordRow, _ quality: Superlative.Quality) -> Bool {
        switch quality {
        case .money:
            Quantity.hasMoneySign(cell.text) || cell.words.contains(where: AnswerWords.money.contains)
        case .measure(let measure, _): cell.quantities.contains { Measure.of($0, in: cell) == measure }
        case .size: cell.quantities.contains { Measure.of($0, in: cell) == .area }
        case .age, .date, .since, .named: false
        }
    }

    /// Whether a head names another measure, or another direction: "cable" and "depth" beside "width".
    private func namesOther(_ head: WordRow, _ quality: Superlative.Quality) -> Bool {
        guard case .measure(let measure, let direction) = quality else { return false }
        return head.words.contains { word in
            let asked = Measure.asked(by: word)
            return !asked.isEmpty && !asked.contains(measure)
                || direction != nil && Measure.direction(of: word).map { $0 != direction } ?? false
        }
    }

    private static let sizes = Set.words(
        """
        size area capacity population inhabitants residents volume größe fläche kapazität einwohner einwohnerzahl volumen tamaño superficie \
        población habitantes taille surface population habitants grootte oppervlakte inwoners
        """)
    private static let beginnings = Set.words(
        """
        since joined member start started hired from seit eintritt eingetreten mitglied beginn dabei eingestellt desde antigüedad ingreso \
        depuis adhésion sinds lid
        """)
    private static let births = Set.words(
        """
        born birth birthday birthdate geboren geburtsjahr geburtsdatum geburtstag né née naissance nacido nacida nacimiento geboortejaar \
        geboortedatum
        """)
    private static let ages = Set.words("opened opening erbaut eröffnet gegründet")

    // MARK: Cells

    /// The numbers of cells in one unit; nil where a cell has none or their units cannot be compared.
    static func numbers(_ cells: [WordRow]) -> [Double]? {
        let numbers = cells.compactMap { CellNumber($0) }
        return numbers.count == cells.count ? CellNumber.inOneUnit(numbers) : nil
    }

    /// The dates of cells in order of time; nil where a cell has none, or some are whole dates and others years.
    static func dates(_ cells: [WordRow]) -> [Double]? {
        let dates = cells.compactMap(date)
        return dates.count == cells.count && Set(dates.map(isYear)).count == 1 ? dates : nil
    }

    /// A date, or a number of four digits that is a year.
    static func date(_ cell: WordRow) -> Double? {
        if let date = writtenDate(cell) { return date }
        guard cell.words.count == 1, cell.words[0].count == 4,
            let year = Double(String(decoding: cell.words[0], as: UTF8.self)),
            areYears([year])
        else { return nil }
        return year * 10_000
    }

    static func writtenDate(_ cell: WordRow) -> Double? {
        Months.date(in: String(decoding: cell.text, as: UTF8.self).lowercased())?.order
    }

    static func isYear(_ date: Double) -> Bool { date.truncatingRemainder(dividingBy: 10_000) == 0 }

    /// Whether a cell holds nothing: no word, or "n/a".
    static func isEmpty(_ cell: WordRow) -> Bool {
        cell.words.isEmpty || cell.words == [Array("n".utf8), Array("a".utf8)]
    }

    /// Whether numbers are years.
    static func areYears(_ values: [Double]) -> Bool {
        values.allSatisfy { (1000...2100).contains($0) && $0 == $0.rounded() }
    }
}
