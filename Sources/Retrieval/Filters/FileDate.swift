import Foundation

/// A date as it is typed: `2024`, `2024-05`, `2024-05-17`, `2024-05-17T10:30`, `today`, `yesterday`, or a time ago as in
/// `30d`, `2w`, `6m`, `1y`.
package enum FileDate {
    /// The first moment of the date in the time zone of the machine; nil for a text that is no date.
    package static func start(of text: String, now: Date = Date(), calendar: Calendar = .current) -> Date? {
        let text = text.lowercased()
        let today = calendar.startOfDay(for: now)
        switch text {
        case "today": return today
        case "yesterday": return calendar.date(byAdding: .day, value: -1, to: today)
        default: break
        }
        if let unit = units[text.last ?? " "], let count = Int(text.dropLast()), (0...10_000).contains(count) {
            return calendar.date(byAdding: unit.component, value: -count * unit.times, to: today)
        }
        return absolute(text, calendar)
    }

    /// The date that a document states of itself: of a time in Greenwich that moment, of any other date its start here.
    static func stated(_ text: String, calendar: Calendar = .current) -> Date? {
        guard text.hasSuffix("Z") else { return absolute(text.lowercased(), calendar) }
        var greenwich = Calendar(identifier: .gregorian)
        greenwich.timeZone = TimeZone(secondsFromGMT: 0) ?? calendar.timeZone
        return absolute(text.dropLast().lowercased(), greenwich)
    }

    private static let units: [Character: (component: Calendar.Component, times: Int)] = [
        "d": (.day, 1), "w": (.day, 7), "m": (.month, 1), "y": (.year, 1),
    ]

    private static func absolute(_ text: String, _ calendar: Calendar) -> Date? {
        let halves = text.split(separator: "t", maxSplits: 1, omittingEmptySubsequences: false)
        let day = halves[0].split(separator: "-", omittingEmptySubsequences: false)
        guard (1...3).contains(day.count), day[0].count == 4, day.dropFirst().allSatisfy({ (1...2).contains($0.count) })
        else {
            return nil
        }
        var numbers = day.map { Int($0) }
        if halves.count == 2 {
            let time = halves[1].split(separator: ":", omittingEmptySubsequences: false)
            guard day.count == 3, (1...3).contains(time.count), time.allSatisfy({ $0.count == 2 }) else { return nil }
            numbers += time.map { Int($0) }
        }
        guard numbers.allSatisfy({ $0 != nil && $0! >= 0 }) else { return nil }
        func number(_ i: Int, or other: Int) -> Int { i < numbers.count ? numbers[i] ?? other : other }
        let parts = DateComponents(
            year: number(0, or: 0), month: number(1, or: 1), day: number(2, or: 1), hour: number(3, or: 0),
            minute: number(4, or: 0), second: number(5, or: 0))
        guard parts.isValidDate(in: calendar) else { return nil }
        return calendar.date(from: parts)
    }
}
