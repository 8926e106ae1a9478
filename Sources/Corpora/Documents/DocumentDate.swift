import Bytes
import Glibc

/// The date that a document states of itself, such as the one in the front matter of Markdown.
///
/// A date is text: `2024`, `2024-05`, `2024-05-17`, `2024-05-17T10:30:00` for a time of an unnamed zone, or
/// `2024-05-17T08:30:00Z`. Of such texts the greater one is the later date.
package enum DocumentDate {
    /// The date in a text as people and programs write it. Nil when the text holds no certain date.
    ///
    /// Read are ISO 8601 (`2024-05-17T10:30:00+02:00`), the date of mails (`Fri, 17 May 2024 10:30:00 +0200`),
    /// `May 17, 2024`, `2024/05/17` and `17.05.2024`. `05/06/2024` is not, because it has two meanings.
    package static func normalised(_ text: some StringProtocol) -> String? {
        var parts = Parts(text)
        return parts.date()
    }

    /// The latest of the dates in some texts.
    static func latest(_ texts: [some StringProtocol]) -> String? { texts.compactMap { normalised($0) }.max() }
}

extension DocumentDate {
    /// The numbers, words and signs of a text, taken from the start.
    private struct Parts {
        private var rest: ArraySlice<UInt8>

        init(_ text: some StringProtocol) { rest = Array(text.utf8.prefix(200))[...] }

        mutating func date() -> String? {
            skip { !$0.isDigit && !$0.isLetter && $0 < 0x80 }
            guard let day = day() else { return nil }
            guard day.length == 3 else { return isAtEnd ? day.text : nil }
            guard let time = time() else { return day.text }
            guard let zone = time.zone else { return day.text + "T" + time.text }
            let seconds = (day.number * 24 * 60 + time.minutes - zone) * 60 + time.seconds
            return DocumentDate.text(seconds) + "Z"
        }

        private typealias Day = (text: String, number: Int, length: Int)

        private mutating func day() -> Day? {
            if rest.first?.isDigit == true {
                let (first, digits) = number()
                switch digits {
                case 4: return day(year: first)
                case 1, 2:
                    // 17 May 2024, 17. Mai 2024, 17.05.2024.
                    let isDotted = take(UInt8(ascii: "."))
                    skip(\.isSpace)
                    let month: Int?
                    if isDotted, rest.first?.isDigit == true {
                        month = number().value
                        guard take(UInt8(ascii: ".")) else { return nil }
                    } else {
                        month = monthName()
                    }
                    skip { $0.isSpace || $0 == UInt8(ascii: ",") }
                    return month.flatMap { month in year().flatMap { Self.day($0, month, first) } }
                default: return nil
                }
            }
            // May 17, 2024.
            if let month = monthName() {
                skip(\.isSpace)
                let (day, digits) = number()
                if digits == 4 { return Self.day(day, month, nil) }
                guard digits > 0 else { return nil }
                skip(\.isLetter)
                skip { $0.isSpace || $0 == UInt8(ascii: ",") }
                return year().flatMap { Self.day($0, month, day) }
            }
            guard isWeekday() else { return nil }
            skipWord()
            skip { $0.isSpace || $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: ".") }
            return rest.first?.isDigit == true || month() != nil ? day() : nil
        }

        private mutating func day(year: Int) -> Day? {
            guard let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "/") else {
                return Self.day(year, nil, nil)
            }
            _ = take(sign)
            let (month, digits) = number()
            guard (1...2).contains(digits) else { return nil }
            guard take(sign) else { return Self.day(year, month, nil) }
            let (day, length) = number()
            return (1...2).contains(length) ? Self.day(year, month, day) : nil
        }

        private mutating func year() -> Int? {
            let (year, digits) = number()
            return digits == 4 ? year : nil
        }

        private static func day(_ year: Int, _ month: Int?, _ day: Int?) -> Day? {
            guard (1000...9999).contains(year) else { return nil }
            let start = DocumentDate.days(year, month ?? 1, 1)
            guard let month else { return ("\(year)", start, 1) }
            guard (1...12).contains(month) else { return nil }
            let name = "\(year)-\(DocumentDate.two(month))"
            guard let day else { return (name, start, 2) }
            let next = month == 12 ? DocumentDate.days(year + 1, 1, 1) : DocumentDate.days(year, month + 1, 1)
            guard day >= 1, day <= next - start else { return nil }
            return ("\(name)-\(DocumentDate.two(day))", start + day - 1, 3)
        }

        private typealias Time = (text: String, minutes: Int, seconds: Int, zone: Int?)

        /// `T10:30:00.123+02:00`, ` 10:30 +0200`, ` 10:30:00 GMT`. Nil without a time.
        private mutating func time() -> Time? {
            _ = take(UInt8(ascii: "T")) || take(UInt8(ascii: "t"))
            skip { $0.isSpace || $0 == UInt8(ascii: ",") }
            let (hour, length) = number()
            guard (1...2).contains(length), take(UInt8(ascii: ":")) else { return nil }
            let minute = number().value
            var second = 0
            if take(UInt8(ascii: ":")) { second = number().value }
            guard hour < 24, minute < 60, second <= 60 else { return nil }
            second = min(second, 59)
            if take(UInt8(ascii: ".")) { skip(\.isDigit) }
            skip(\.isSpace)
            // The hours of half a day: the day alone is certain.
            if ["am", "pm"].contains(word()) { return nil }
            let text = [hour, minute, second].map(DocumentDate.two).joined(separator: ":")
            return (text, hour * 60 + minute, second, zone())
        }

        /// The minutes that a zone is before Greenwich. Nil without a zone.
        private mutating func zone() -> Int? {
            if ["z", "gmt", "utc", "ut"].contains(word()) { return 0 }
            let isWest = rest.first == UInt8(ascii: "-")
            guard isWest || rest.first == UInt8(ascii: "+") else { return nil }
            rest.removeFirst()
            let (hours, length) = number()
            var minutes = hours * 60
            if length == 4 {
                minutes = hours / 100 * 60 + hours % 100
            } else if take(UInt8(ascii: ":")) {
                minutes += number().value
            }
            return minutes > 24 * 60 ? nil : isWest ? -minutes : minutes
        }

        /// The months and the days of the week in English and German. A word is one of them if the name begins with it.
        private static let months = [
            ["january", "januar"], ["february", "februar"], ["march", "märz", "mrz"], ["april"], ["may", "mai"],
            ["june", "juni"], ["july", "juli"], ["august"], ["september"], ["october", "oktober"], ["november"],
            ["december", "dezember"],
        ]
        private static let weekdays = [
            "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "montag", "dienstag", "mittwoch",
            "donnerstag", "freitag", "samstag", "sonnabend", "sonntag",
        ]

        /// The number of the month whose name is at the start, from 1. Nil for another word.
        private func month() -> Int? {
            let word = word()
            guard word.count > 2 else { return nil }
            return Self.months.firstIndex { $0.contains { $0.hasPrefix(word) } }.map { $0 + 1 }
        }

        private func isWeekday() -> Bool {
            let word = word()
            return word.count > 1 && Self.weekdays.contains { $0.hasPrefix(word) }
        }

        /// Takes the name of a month.
        private mutating func monthName() -> Int? {
            guard let month = month() else { return nil }
            skipWord()
            _ = take(UInt8(ascii: "."))
            return month
        }

        /// The word at the start, in lower case.
        private func word() -> String {
            String(decoding: rest.prefix { $0.isLetter || $0 >= 0x80 }, as: UTF8.self).lowercased()
        }

        private mutating func skipWord() { skip { $0.isLetter || $0 >= 0x80 } }

        /// Takes a number of at most nine digits.
        private mutating func number() -> (value: Int, digits: Int) {
            let digits = rest.prefix(9).prefix(while: \.isDigit)
            rest = rest.dropFirst(digits.count)
            return (digits.reduce(0) { $0 * 10 + Int($1 - 48) }, digits.count)
        }

        private mutating func take(_ byte: UInt8) -> Bool {
            guard rest.first == byte else { return false }
            rest.removeFirst()
            return true
        }

        private mutating func skip(_ isSkipped: (UInt8) -> Bool) { rest = rest.drop(while: isSkipped) }

        private var isAtEnd: Bool { rest.allSatisfy { !$0.isDigit && !$0.isLetter && $0 < 0x80 } }
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    /// The days from 1970-01-01 to a date of the Gregorian calendar, which counts for the years before it too, as in ISO 8601.
    private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
        var parts = tm()
        parts.tm_year = Int32(year - 1900)
        parts.tm_mon = Int32(month - 1)
        parts.tm_mday = Int32(day)
        return timegm(&parts) / 86_400
    }

    /// A time in seconds since 1970, in Greenwich.
    private static func text(_ seconds: Int) -> String {
        var (seconds, parts) = (seconds, tm())
        gmtime_r(&seconds, &parts)
        let clock = [parts.tm_hour, parts.tm_min, parts.tm_sec].map { two(Int($0)) }.joined(separator: ":")
        return "\(parts.tm_year + 1900)-\(two(Int(parts.tm_mon) + 1))-\(two(Int(parts.tm_mday)))T\(clock)"
    }
}
