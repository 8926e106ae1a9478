/// Writes appointments, tasks and notes of a calendar as lines (RFC 5545).
enum CalendarText {
    /// The text of a calendar. Nil when the lines are no calendar. `tells` says whether a description is written.
    ///
    /// Alarms and the rules of time zones are no text.
    static func text(_ lines: [ContentLine], tells: (String) -> Bool = { _ in true }) -> String? {
        guard lines.first?.name == "BEGIN", lines.first?.value.uppercased() == "VCALENDAR" else { return nil }
        var parts: [String] = []
        var open: [String] = []
        var entry: [ContentLine] = []
        for line in lines {
            switch line.name {
            case "BEGIN":
                open.append(line.value.uppercased())
                if kinds[open.last!] != nil { entry = [] }
            case "END":
                let kind = open.popLast()
                if let kind, let name = kinds[kind] { parts.append(text(of: entry, name, tells)) }
            case "X-WR-CALNAME" where open == ["VCALENDAR"], "X-WR-CALDESC" where open == ["VCALENDAR"]:
                parts.append("Calendar: " + line.text)
            default: if open.last.map({ kinds[$0] != nil }) ?? false { entry.append(line) }
            }
        }
        return parts.isEmpty ? nil : parts.joined(separator: "\n\n")
    }

    private static let kinds = ["VEVENT": "Appointment", "VTODO": "Task", "VJOURNAL": "Note"]

    private static func text(of entry: [ContentLine], _ kind: String, _ tells: (String) -> Bool) -> String {
        var lines: [String] = []
        func add(_ label: String, _ names: String..., by write: (ContentLine) -> String) {
            let values = entry.filter { names.contains($0.name) }.map(write).filter { !$0.isEmpty }
            if !values.isEmpty { lines.append("\(label): " + values.joined(separator: ", ")) }
        }
        func oneLine(_ line: ContentLine) -> String {
            line.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        }
        let subject = entry.first { $0.name == "SUMMARY" }.map(oneLine) ?? ""
        lines.append(subject.isEmpty ? kind : "\(kind): \(subject)")
        add("Start", "DTSTART", by: time)
        add("End", "DTEND", by: time)
        add("Due", "DUE", by: time)
        add("Duration", "DURATION", by: oneLine)
        add("Completed", "COMPLETED", by: time)
        add("Repeats", "RRULE", by: oneLine)
        add("Place", "LOCATION", by: oneLine)
        add("Organizer", "ORGANIZER", by: person)
        add("Attendees", "ATTENDEE", by: person)
        add("Status", "STATUS", by: oneLine)
        add("Categories", "CATEGORIES", by: oneLine)
        add("Link", "URL", by: oneLine)
        for line in entry where ["DESCRIPTION", "COMMENT", "CONTACT"].contains(line.name) {
            let words = line.text.split(separator: "\n", omittingEmptySubsequences: false).map { String($0).trimmed }
                .joined(separator: "\n").trimmed
            if !words.isEmpty, tells(words) { lines.append(words) }
        }
        return lines.joined(separator: "\n")
    }

    /// A time such as 20240503T093000Z as 2024-05-03 09:30 UTC.
    private static func time(_ line: ContentLine) -> String {
        let value = line.value.trimmed
        guard let match = value.wholeMatch(of: #/(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z?))?/#) else { return value }
        var text = "\(match.1)-\(match.2)-\(match.3)"
        if let hour = match.4, let minute = match.5, let second = match.6 {
            text += " \(hour):\(minute)" + (second == "00" ? "" : ":\(second)")
        }
        if match.7 == "Z" { return text + " UTC" }
        return line["TZID"].map { text + " " + $0 } ?? text
    }

    private static func person(_ line: ContentLine) -> String {
        let address = line.value.lowercased().hasPrefix("mailto:") ? String(line.value.dropFirst(7)) : line.value
        guard let name = line["CN"], name != address else { return address }
        return address.isEmpty ? name : "\(name) <\(address)>"
    }
}
