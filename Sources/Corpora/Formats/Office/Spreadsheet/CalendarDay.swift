/// A time as hours, minutes and seconds.
struct ClockTime {
    let milliseconds: Int

    /// A part of a day, or several days. Rounded to seconds unless it has a fraction, of which milliseconds count.
    init(days: Double, hasFraction: Bool) {
        milliseconds = hasFraction ? Int((days * 86_400_000).rounded()) : Int((days * 86_400).rounded()) * 1000
    }

    var hours: Int { milliseconds / 3_600_000 }

    var minutes: String { NumberFormat.two(milliseconds / 60_000 % 60) }

    /// As 05:07, or 05:07.25 where there is a fraction.
    var minutesAndSeconds: String {
        let fraction = milliseconds % 1000
        var digits = fraction == 0 ? "" : "." + String(1000 + fraction).dropFirst()
        while digits.hasSuffix("0") { digits.removeLast() }
        return minutes + ":" + NumberFormat.two(milliseconds / 1000 % 60) + digits
    }

    /// As 09:05, with seconds where there are some.
    var text: String {
        NumberFormat.two(hours) + ":" + (milliseconds % 60_000 == 0 ? minutes : minutesAndSeconds)
    }
}

/// Days that spreadsheets count from 1900.
enum CalendarDay {
    /// The day and time of a number of a sheet, as 2024-03-31 12:30. Nil outside the years 1900 to 9999.
    static func text(serial: Double, hasDay: Bool, hasTime: Bool, hasFraction: Bool) -> String? {
        guard serial >= 0, serial < 2_958_466 else { return nil }
        let (days, time) = parts(serial, hasFraction: hasFraction)
        if !hasDay || days == 0 { return time.text }
        // The numbers below 60 are a day late, because of a day in 1900 that never was.
        let date = date(days: days - 25_569 + (days < 60 ? 1 : 0))
        return hasTime && time.milliseconds > 0 ? date + " " + time.text : date
    }

    /// The day, and the time where it is not midnight, of a number of days since 30 December 1899. Nil outside the years 1601 to 9999.
    static func text(days: Double) -> String? {
        guard days >= -109_205, days < 2_958_466 else { return nil }
        let (day, time) = parts(days, hasFraction: false)
        return date(days: day - 25_569) + (time.milliseconds > 0 ? " " + time.text : "")
    }

    /// Whole days, and the time of the last one.
    private static func parts(_ days: Double, hasFraction: Bool) -> (days: Int, time: ClockTime) {
        let whole = days.rounded(.down)
        let time = ClockTime(days: days - whole, hasFraction: hasFraction)
        return time.hours == 24 ? (Int(whole) + 1, ClockTime(days: 0, hasFraction: false)) : (Int(whole), time)
    }

    /// The date of a number of days since 1970 (Howard Hinnant, chrono-compatible low-level date algorithms).
    private static func date(days: Int) -> String {
        let shifted = days + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let month = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * month + 2) / 5 + 1
        let civilMonth = month < 10 ? month + 3 : month - 9
        let year = yearOfEra + era * 400 + (civilMonth <= 2 ? 1 : 0)
        return "\(year)-\(NumberFormat.two(civilMonth))-\(NumberFormat.two(day))"
    }
}
