import Glibc

/// How a cell of a spreadsheet shows a number.
struct NumberFormat {
    private enum Kind {
        case general
        case decimals(Int, percent: Bool, prefix: String, suffix: String, groups: Bool)
        case date(hasDay: Bool, hasTime: Bool)
        case duration
    }

    private let kind: Kind

    /// A format of the program itself, by its number (ECMA-376, part 1, 18.8.30).
    init(builtIn number: Int) {
        switch number {
        case 1, 3, 37, 38: kind = .decimals(0, percent: false, prefix: "", suffix: "", groups: false)
        case 2, 4, 39, 40: kind = .decimals(2, percent: false, prefix: "", suffix: "", groups: false)
        case 9: kind = .decimals(0, percent: true, prefix: "", suffix: "", groups: false)
        case 10: kind = .decimals(2, percent: true, prefix: "", suffix: "", groups: false)
        case 14...17, 27...31, 34...36, 50...58: kind = .date(hasDay: true, hasTime: false)
        case 18...21, 32, 33, 45, 47: kind = .date(hasDay: false, hasTime: true)
        case 22: kind = .date(hasDay: true, hasTime: true)
        case 46: kind = .duration
        default: kind = .general
        }
    }

    /// A format by its code, such as `0.00%` or `yyyy-mm-dd`.
    init(code: String) {
        let first = String(code.split(separator: ";", omittingEmptySubsequences: false).first ?? "")
        var plain = ""
        var literal = ""
        var isPrefix = true
        var prefix = ""
        var index = first.startIndex
        while index < first.endIndex {
            let character = first[index]
            func next() -> Substring.Index? {
                let after = first.index(after: index)
                return after < first.endIndex ? after : nil
            }
            switch character {
            case "\"":
                let start = first.index(after: index)
                let end = first[start...].firstIndex(of: "\"") ?? first.endIndex
                literal += first[start..<end]
                index = end
            case "\\":
                if let after = next() {
                    literal.append(first[after])
                    index = after
                }
            case "_", "*": if let after = next() { index = after }
            case "[":
                let end = first[index...].firstIndex(of: "]") ?? first.endIndex
                let inner = first[first.index(after: index)..<end]
                // [$€-407] is a currency; [h] a duration; the others are colours, conditions and languages.
                if inner.hasPrefix("$") {
                    literal += inner.dropFirst().prefix { $0 != "-" }
                } else if ["h", "hh", "m", "mm", "s", "ss"].contains(inner.lowercased()) {
                    plain += "D"
                }
                index = end
            case "$", "€", "£", "¥": literal.append(character)
            default:
                if "0#?".contains(character), isPrefix {
                    isPrefix = false
                    prefix = literal
                    literal = ""
                }
                plain.append(character)
            }
            if index < first.endIndex { index = first.index(after: index) }
        }
        kind = Self.kind(plain, prefix: isPrefix ? "" : prefix, suffix: isPrefix ? "" : literal)
    }

    private static func kind(_ plain: String, prefix: String, suffix: String) -> Kind {
        let lower = plain.lowercased().replacing("general", with: "")
        if plain.contains("D") && plain.first == "D" { return .duration }
        if lower.contains(where: { "ymdhs".contains($0) }), !lower.contains("#") {
            let hasDay =
                lower.contains { "yd".contains($0) } || (lower.contains("m") && !lower.contains { "hs".contains($0) })
            return .date(hasDay: hasDay, hasTime: lower.contains { "hs".contains($0) })
        }
        guard lower.contains(where: { "0#?".contains($0) }), !lower.contains("e+"), !lower.contains("/") else {
            return .general
        }
        // A comma after the digits divides by a thousand: the number is written in full.
        if lower.contains(#/[0#?],+([^0#?,]|$)/#) { return .general }
        let decimals = lower.split(separator: ".", maxSplits: 1).dropFirst().first?.filter { "0#?".contains($0) }.count ?? 0
        return .decimals(
            decimals, percent: lower.contains("%"), prefix: prefix.trimmed, suffix: suffix.trimmed, groups: false)
    }

    /// The number as text. A number that the format would round is written in full.
    func text(_ raw: String, epoch1904: Bool) -> String {
        guard let value = Double(raw) else { return raw }
        switch kind {
        case .general: return Self.shortest(value, raw)
        case .decimals(let count, let percent, let prefix, let suffix, _):
            let shown = percent ? value * 100 : value
            let rounded = Self.fixed(shown, count)
            let full = Self.shortest(shown, percent ? nil : raw)
            let number = Double(rounded) == Double(full) && !full.contains("e") ? rounded : full
            let sign = prefix.isEmpty || !number.hasPrefix("-") ? "" : "-"
            let digits = sign.isEmpty ? number : String(number.dropFirst())
            return sign + prefix + digits + (percent ? "%" : "") + (suffix.isEmpty ? "" : " " + suffix)
        case .date(let hasDay, let hasTime):
            return CalendarDay.text(serial: value + (epoch1904 ? 1462 : 0), hasDay: hasDay, hasTime: hasTime) ?? raw
        case .duration:
            guard abs(value) < 1e6 else { return raw }
            let seconds = Int((value * 86_400).rounded())
            return "\(seconds / 3600):\(Self.two(abs(seconds) / 60 % 60)):\(Self.two(abs(seconds) % 60))"
        }
    }

    static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    /// The 15 digits that spreadsheets show, without trailing zeros.
    static func shortest(_ value: Double, _ raw: String?) -> String {
        if let raw, raw.utf8.count <= 15, !raw.lowercased().contains("e") { return raw }
        guard value.isFinite else { return raw ?? "" }
        if value == value.rounded(), abs(value) < 1e15 { return String(Int(value)) }
        return formatted("%.15g", value)
    }

    private static func fixed(_ value: Double, _ decimals: Int) -> String {
        guard value.isFinite, abs(value) < 1e15 else { return shortest(value, nil) }
        return formatted("%.\(min(decimals, 15))f", value)
    }

    private static func formatted(_ format: String, _ value: Double) -> String {
        var buffer = [CChar](repeating: 0, count: 64)
        _ = withVaList([value]) { vsnprintf(&buffer, buffer.count, format, $0) }
        return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}

extension String {
    /// The text without white space at both ends.
    var trimmed: String {
        var text = self[...]
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}

/// Days that spreadsheets count from 1900.
enum CalendarDay {
    /// The day and time of a serial number, as 2024-03-31 12:30. Nil outside the years 1900 to 9999.
    static func text(serial: Double, hasDay: Bool, hasTime: Bool) -> String? {
        guard serial >= 0, serial < 2_958_466 else { return nil }
        var days = Int(serial)
        var seconds = Int(((serial - Double(days)) * 86_400).rounded())
        if seconds == 86_400 {
            seconds = 0
            days += 1
        }
        let time =
            "\(NumberFormat.two(seconds / 3600)):\(NumberFormat.two(seconds / 60 % 60))"
            + (seconds % 60 == 0 ? "" : ":" + NumberFormat.two(seconds % 60))
        if !hasDay || days == 0 { return hasTime || seconds > 0 ? time : "00:00" }
        // The numbers below 60 are a day late, because of a day in 1900 that never was.
        let date = date(days: days - 25_569 + (days < 60 ? 1 : 0))
        return hasTime && seconds > 0 || hasTime && !hasDay ? date + " " + time : date
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
