import Memory

/// Days of the week in English and German text: by name, as a range ("Mon-Fri"), and together ("daily", "weekend").
package enum Weekdays {
    private static let names: [[String]] = [
        ["monday", "mondays", "mon", "montag", "montags"],
        ["tuesday", "tuesdays", "tue", "tues", "dienstag", "dienstags"],
        ["wednesday", "wednesdays", "wed", "mittwoch", "mittwochs"],
        ["thursday", "thursdays", "thu", "thur", "thurs", "donnerstag", "donnerstags"],
        ["friday", "fridays", "fri", "freitag", "freitags"],
        ["saturday", "saturdays", "sat", "samstag", "samstags", "sonnabend"],
        ["sunday", "sundays", "sun", "sonntag", "sonntags"],
    ]
    /// Words of other meanings, which are days only beside another one.
    private static let short: [String] = ["mo", "di", "mi", "do", "fr", "sa", "so"]
    private static let together: [[UInt8]: Range<Int>] = table([
        (["daily", "everyday", "täglich"], 0..<7), (["weekday", "weekdays", "werktag", "werktags", "werktagen"], 0..<5),
        (["weekend", "weekends", "wochenende", "wochenenden"], 5..<7),
    ])
    private static let numbers: [[UInt8]: Int] = table(names.enumerated().map { ($1, $0) })
    private static let shortNumbers: [[UInt8]: Int] = table(short.enumerated().map { ([$1], $0) })
    private static let until = Set.words("to till until through bis")
    private static let every = Set.words("every jeden")
    private static let day = Set.words("day tag")

    /// The days that a text names, 0 for Monday.
    package static func days(in row: WordRow) -> Set<Int> {
        var days: Set<Int> = []
        var i = 0
        while i < row.words.count {
            if let day = number(row, i) {
                if let end = end(row, after: i), let last = number(row, end, isBeside: true) {
                    days.formUnion((0...(last - day + 7) % 7).map { (day + $0) % 7 })
                    i = end
                } else if numbers[row.words[i]] != nil {
                    days.insert(day)
                }
            } else if let several = together[row.words[i]] {
                days.formUnion(several)
            } else if every.contains(row.words[i]), i + 1 < row.words.count, day.contains(row.words[i + 1]) {
                days.formUnion(0..<7)
            }
            i += 1
        }
        return days
    }

    /// The words of a text that name days, as it has them.
    static func written(in row: WordRow) -> [String] {
        row.words.indices.filter { number(row, $0) != nil || together[row.words[$0]] != nil }.map {
            String(decoding: row.text[row.places[$0]], as: UTF8.self)
        }
    }

    private static func number(_ row: WordRow, _ i: Int, isBeside: Bool = false) -> Int? {
        let word = row.words[i]
        // "sun" and "sat" are days with a capital letter only.
        if let day = numbers[word], word.count > 5 || row.isCapitalised(i) { return day }
        guard let day = shortNumbers[word], row.isCapitalised(i) else { return nil }
        return isBeside || end(row, after: i) != nil ? day : nil
    }

    /// The word after "-" or "to", where a range may end.
    private static func end(_ row: WordRow, after i: Int) -> Int? {
        guard i + 1 < row.words.count else { return nil }
        let gap = row.text[row.places[i].upperBound..<row.places[i + 1].lowerBound].filter { $0 != 32 && $0 != 46 }
        if ["-", "–", "—"].contains(where: { gap.elementsEqual($0.utf8) }) { return i + 1 }
        return i + 2 < row.words.count && until.contains(row.words[i + 1]) ? i + 2 : nil
    }

    private static func table<Value>(_ rows: [(words: [String], value: Value)]) -> [[UInt8]: Value] {
        Dictionary(uniqueKeysWithValues: rows.flatMap { row in row.words.map { (Array($0.utf8), row.value) } })
    }
}
