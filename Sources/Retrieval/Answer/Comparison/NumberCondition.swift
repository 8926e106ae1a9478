import Bytes
import Memory

/// A condition of a question by which rows of a table are chosen: "longer than 200 km", "more than two beds", "after 2015".
struct NumberCondition {
    /// How the number of a row stands to that of the question.
    enum Comparison: Equatable { case more, atLeast, less, atMost, between }

    let comparison: Comparison
    /// What may be compared, the likeliest first.
    let qualities: [Superlative.Quality]
    /// The words of the question that say it.
    let words: Range<Int>
    /// The numbers of the question, two for "between".
    private let numbers: [CellNumber]
    /// The first and the last day that a date of the question names, as in `Months.date`.
    private let days: ClosedRange<Double>?

    /// nil for a question without one, or with several.
    init?(_ row: WordRow) {
        let found = row.words.indices.compactMap { NumberCondition.read(row, at: $0) }
        guard found.count == 1 else { return nil }
        self = found[0]
    }

    private init(
        _ comparison: Comparison, _ qualities: [Superlative.Quality], words: Range<Int>, numbers: [CellNumber],
        days: ClosedRange<Double>? = nil
    ) {
        self.comparison = comparison
        self.qualities = qualities
        self.words = words
        self.numbers = numbers
        self.days = days
    }

    // MARK: Rows

    /// Which of some rows of a table meet the condition, and the column that tells it; nil where none does, or where cells cannot be
    /// compared.
    func rows(
        of table: TableRows, among rows: [Int], _ question: AskedQuestion
    ) -> (rows: [Int], column: Int)? {
        let columns = ComparedColumn(question: question, table: table)
        for quality in qualities {
            guard let column = columns.column(for: quality) else { continue }
            let filled = rows.filter { i in
                table.rows[i].words.indices.contains(column) && !ComparedColumn.isEmpty(table.rows[i].words[column])
            }
            let cells = filled.map { table.rows[$0].words[column] }
            guard let fits = days == nil ? fit(cells, under: table.heads[column], quality) : fitDates(cells) else {
                return nil
            }
            return (zip(filled, fits).filter(\.1).map(\.0), column)
        }
        return nil
    }

    private func fitDates(_ cells: [WordRow]) -> [Bool]? {
        guard let days, let dates = ComparedColumn.dates(cells) else { return nil }
        return dates.map { date in
            // A year alone is the whole year.
            let last = ComparedColumn.isYear(date) ? date + 1231 : date
            return switch comparison {
            case .more: date > days.upperBound
            case .atLeast: last >= days.lowerBound
            case .less: last < days.lowerBound
            case .atMost: date <= days.upperBound
            case .between: last >= days.lowerBound && date <= days.upperBound
            }
        }
    }

    private func fit(_ cells: [WordRow], under head: WordRow, _ quality: Superlative.Quality) -> [Bool]? {
        let own = cells.compactMap { CellNumber($0) }
        guard own.count == cells.count, !own.isEmpty, let compared = compared(own, under: head) else { return nil }
        let (values, limits) = (compared.dropLast(numbers.count), Array(compared.suffix(numbers.count)))
        let areYears = quality == .age && ComparedColumn.areYears(Array(values))
        // "Older than 30" says nothing of years.
        guard !areYears || ComparedColumn.areYears(limits) else { return nil }
        return values.map { value in
            switch comparison {
            case .more: areYears ? value < limits[0] : value > limits[0]
            case .less: areYears ? value > limits[0] : value < limits[0]
            case .atLeast: value >= limits[0]
            case .atMost: value <= limits[0]
            case .between: value >= limits[0] && value <= limits[limits.count - 1]
            }
        }
    }

    /// The numbers of cells and of the question in one unit. A unit that no cell has stands in the head, or is understood.
    private func compared(_ cells: [CellNumber], under head: WordRow) -> [Double]? {
        let units = Set(cells.compactMap(\.unit))
        let asked = numbers.compactMap(\.unit)
        guard !units.isEmpty, !asked.isEmpty else {
            let named = head.words.filter { Measure.isUnit($0) }
            guard units.count < 2, asked.allSatisfy({ named.isEmpty || named.contains($0) || !Measure.isUnit($0) }),
                let values = CellNumber.inOneUnit(cells)
            else { return nil }
            return values + numbers.map(\.value)
        }
        if units.count == 1, asked.allSatisfy({ !Measure.isUnit($0) }) {
            return CellNumber.inOneUnit(cells).map { $0 + numbers.map(\.value) }
        }
        return CellNumber.inOneUnit(cells + numbers)
    }

    // MARK: Reading

    private static func read(_ row: WordRow, at i: Int) -> NumberCondition? {
        let words = row.words
        guard i > 0 else { return nil }
        if between.contains(words[i]) { return range(row, at: i) }
        if let (comparison, length) = limit(words, at: i) {
            return limited(row, i..<i + length, comparison, [])
        }
        if let (end, quality) = Superlative.comparative(words[i]), i + 1 < words.count, thans.contains(words[i + 1]) {
            return limited(row, i..<i + 2, end == .greatest ? .more : .less, [quality])
        }
        if let comparison = times[words[i]] { return dated(row, at: i, comparison) }
        return nil
    }

    /// What "more than", "at least", "under" and the like ask for, and how many words they are.
    private static func limit(_ words: [[UInt8]], at i: Int) -> (Comparison, Int)? {
        let next = i + 1 < words.count ? words[i + 1] : []
        if let comparison = degrees[words[i]], thans.contains(next) {
            // "No more than", "nicht mehr als".
            guard Negation.isWord(words[i - 1]) else { return (comparison, 2) }
            return (comparison == .more ? .atMost : .atLeast, 2)
        }
        if words[i].elementsEqual("at".utf8) {
            if next.elementsEqual("least".utf8) { return (.atLeast, 2) }
            if next.elementsEqual("most".utf8) { return (.atMost, 2) }
        }
        return limits[words[i]].map { ($0, 1) }
    }

    /// A condition whose number stands right behind its words.
    private static func limited(
        _ row: WordRow, _ mark: Range<Int>, _ comparison: Comparison, _ qualities: [Superlative.Quality]
    ) -> NumberCondition? {
        guard let quantity = row.quantities.first(where: { $0.words.lowerBound == mark.upperBound }),
            let number = number(quantity, in: row)
        else { return nil }
        var end = quantity.words.upperBound
        let told = qualities + self.qualities(of: quantity, in: row, end: &end)
        return NumberCondition(comparison, told, words: mark.lowerBound..<end, numbers: [number])
    }

    /// "Between 100 and 300 km".
    private static func range(_ row: WordRow, at i: Int) -> NumberCondition? {
        guard let quantity = row.quantities.first(where: { $0.words.lowerBound == i + 1 }),
            let joint = row.words[quantity.words].firstIndex(where: ands.contains),
            let first = number(Array(row.text[row.places[i + 1].lowerBound..<row.places[joint - 1].upperBound])),
            let second = number(Array(row.text[row.places[joint + 1].lowerBound..<row.text.count]))
        else { return nil }
        let years = [first.value, second.value]
        if ComparedColumn.areYears(years), quantity.unit == nil {
            return NumberCondition(
                .between, [.date], words: i..<quantity.words.upperBound, numbers: [],
                days: years[0] * 10_000...max(years[0], years[1]) * 10_000 + 1231)
        }
        var end = quantity.words.upperBound
        let told = qualities(of: quantity, in: row, end: &end)
        let low = CellNumber(value: first.value, unit: second.unit)
        return NumberCondition(.between, told, words: i..<end, numbers: [low, second])
    }

    /// "After 2015", "vor dem 3. Mai 2020".
    private static func dated(_ row: WordRow, at i: Int, _ comparison: Comparison) -> NumberCondition? {
        let rest = row.words.indices.dropFirst(i + 1).prefix { j in
            row.words[j][0].isDigit || Months.isMonth(row.words[j]) || AnswerWords.determiners.contains(row.words[j])
        }
        guard let last = rest.last else { return nil }
        let text = String(decoding: row.text[row.places[i].upperBound..<row.places[last].upperBound], as: UTF8.self)
        let year = rest.count == 1 ? ComparedColumn.date(WordRow(Array(row.text[row.places[last]]))) : nil
        guard let order = Months.date(in: text.lowercased())?.order ?? year else { return nil }
        let days = row.words[rest.lowerBound...last].count { $0[0].isDigit }
        let hasMonth = row.words[rest.lowerBound...last].contains(where: Months.isMonth)
        // A year alone, a month of a year, a day.
        let length = ComparedColumn.isYear(order) ? 1231.0 : hasMonth && days == 1 ? 30 : 0
        return NumberCondition(
            comparison, [.date], words: i..<last + 1, numbers: [], days: order...order + length)
    }

    /// What a number counts or measures, by its unit, the adjective or the noun behind it, and the verb of the question.
    private static func qualities(of quantity: Quantity, in row: WordRow, end: inout Int) -> [Superlative.Quality] {
        var qualities: [Superlative.Quality] = []
        if let measure = Measure.of(quantity, in: row), let unit = quantity.unit {
            end = unit + 1
            let adjective = end < row.words.count ? row.words[end] : []
            let direction = Measure.direction(of: adjective)
            if direction != nil || !Measure.asked(by: adjective).isEmpty { end += 1 }
            if measure == .time, ages.contains(adjective) {
                qualities.append(.age)
            } else {
                qualities.append(.measure(measure, direction))
            }
        } else if Quantity.hasMoneySign(Array(row.text[quantity.range]))
            || quantity.unit.map({ AnswerWords.money.contains(row.words[$0]) }) ?? false
        {
            if let unit = quantity.unit, AnswerWords.money.contains(row.words[unit]) { end = unit + 1 }
            qualities.append(.money)
        } else if let unit = quantity.unit, !AnswerWords.isCommon(row.words[unit]),
            !AnswerWords.closed.contains(row.words[unit])
        {
            end = unit + 1
            qualities.append(.named(row.stems[unit]))
        }
        let others = row.words.indices.filter { $0 < quantity.words.lowerBound || $0 >= end }
        if others.contains(where: { AnswerWords.isCost(row.words[$0]) || Superlative.pays.contains(row.words[$0]) }) {
            qualities.append(.money)
        }
        if others.contains(where: { AnswerWords.measuringVerbs.contains(row.words[$0]) }) {
            qualities.append(.measure(.weight, nil))
        }
        return qualities
            + others.filter { !AnswerWords.isCommon(row.words[$0]) && !AnswerWords.closed.contains(row.words[$0]) }.map {
                .named(row.stems[$0])
            }
    }

    private static func number(_ quantity: Quantity, in row: WordRow) -> CellNumber? {
        let end = quantity.unit.map { row.places[$0].upperBound } ?? quantity.range.upperBound
        if let number = number(Array(row.text[quantity.range.lowerBound..<max(end, quantity.range.upperBound)])) {
            return number
        }
        guard quantity.words.count == 1, let value = Numerals.value(of: row.words[quantity.words.lowerBound]) else {
            return nil
        }
        return CellNumber(value: Double(value), unit: quantity.unit.map { row.words[$0] })
    }

    private static func number(_ text: [UInt8]) -> CellNumber? {
        let number = CellNumber(WordRow(text))
        return number?.value.isFinite == true ? number : nil
    }

    private static let thans = Set.words("than als")
    private static let between = Set.words("between zwischen")
    private static let ands = Set.words("and und")
    private static let ages = Set.words("old alt")
    private static let degrees: [[UInt8]: Comparison] = table([
        ("more mehr", .more), ("less fewer weniger", .less),
    ])
    private static let limits: [[UInt8]: Comparison] = table([
        ("over above über", .more), ("under below unter", .less), ("mindestens", .atLeast), ("höchstens", .atMost),
    ])
    private static let times: [[UInt8]: Comparison] = table([
        ("after nach", .more), ("before vor", .less), ("since seit ab", .atLeast), ("until bis", .atMost), ("in", .between),
    ])

    private static func table(_ rows: [(words: String, value: Comparison)]) -> [[UInt8]: Comparison] {
        Dictionary(
            uniqueKeysWithValues: rows.flatMap { row in
                row.words.split(separator: " ").map { (Array($0.utf8), row.value) }
            })
    }
}
