/// Columns that are called by years, dates, ranges such as 0-14, or numbers in order.
enum TableTimes {
    /// Whether the cells without letters in a first row, in these columns, name their columns: a word stands before them,
    /// and most cells below each are none of its kind.
    static func name(_ columns: [Int], of first: [[UInt8]], _ others: ArraySlice<[[UInt8]]>) -> Bool {
        let names = columns.map { first[$0] }
        guard first.first?.isEmpty == false, !columns.contains(0), Set(names).count == names.count else { return false }
        if areInOrder(names) {
            return !others.contains { row in areInOrder(columns.map { $0 < row.count ? row[$0] : [] }) }
        }
        return columns.allSatisfy { column in
            let below = others.compactMap { column < $0.count && !$0[column].isEmpty ? $0[column] : nil }
            return isTime(first[column]) && below.count { !isTime($0) } * 2 > below.count
        }
    }

    /// Whether a cell is a year, a month, a date, or a range.
    private static func isTime(_ cell: [UInt8]) -> Bool {
        let text = String(decoding: cell, as: UTF8.self)
        let years = #/1[6-9]\d\d|20\d\d/#
        let dates = #/\d{1,4}[-\/]\d{1,4}([-\/]\d{1,4})?|\d{1,4}\.\d{1,2}\.\d{2,4}/#
        let ranges = #/\d+ ?(- ?\d+|\+)/#
        return text.wholeMatch(of: years) != nil || text.wholeMatch(of: dates) != nil || text.wholeMatch(of: ranges) != nil
    }

    /// Whether cells are three or more whole numbers, each one more than that before it.
    private static func areInOrder(_ cells: [[UInt8]]) -> Bool {
        let numbers = cells.map { $0.count < 5 ? Int(String(decoding: $0, as: UTF8.self)) : nil }
        return numbers.count > 2
            && zip(numbers, numbers.dropFirst()).allSatisfy { first, next in first != nil && next == first! + 1 }
    }
}
