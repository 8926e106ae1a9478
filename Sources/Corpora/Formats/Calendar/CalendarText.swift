import Algorithms

/// Writes appointments, tasks and notes of a calendar as lines (RFC 5545).
enum CalendarText {
    /// The text of a calendar. Nil when the lines are no calendar with entries. `tells` says whether a description is written.
    ///
    /// Alarms and the rules of time zones are no text. An entry without an end reaches to the next one. Its parts, such as
    /// places, belong to it. A component of another kind is an entry, too.
    static func text(_ lines: [ContentLine], tells: (String) -> Bool = { _ in true }) -> String? {
        guard lines.first?.name == "BEGIN", lines.first?.value.uppercased() == "VCALENDAR" else { return nil }
        var names: [String] = []
        var entries: [(kind: String, lines: [ContentLine])] = []
        // The component of the open entry.
        var open: String?
        // The component whose lines are no text.
        var aside: String?
        for line in lines {
            let component = line.value.trimmed.uppercased()
            switch line.name {
            case "BEGIN":
                if let kind = kinds[component] {
                    entries.append((kind, []))
                    open = component
                    aside = nil
                } else if ["VALARM", "VTIMEZONE"].contains(component) {
                    aside = aside ?? component
                } else if open == nil, aside == nil, component != "VCALENDAR" {
                    let name = component.dropFirst(component.hasPrefix("V") ? 1 : 0)
                    entries.append((name.prefix(1) + name.dropFirst().lowercased(), []))
                    open = component
                }
            case "END":
                let isEntry = kinds[component] != nil || component == "VCALENDAR" || component == open
                if isEntry { open = nil }
                if isEntry || component == aside { aside = nil }
            case _ where aside != nil: break
            case _ where open != nil: entries[entries.count - 1].lines.append(line)
            case "X-WR-CALNAME", "X-WR-CALDESC": names.append("Calendar: " + line.text)
            default: break
            }
        }
        guard !entries.isEmpty else { return nil }
        return (names + entries.map { text(of: $0.lines, $0.kind, tells) }).joined(separator: "\n\n")
    }

    private static let kinds = [
        "VEVENT": "Appointment", "VTODO": "Task", "VJOURNAL": "Note", "VFREEBUSY": "Free and busy times",
    ]

    private static func text(of entry: [ContentLine], _ kind: String, _ tells: (String) -> Bool) -> String {
        var lines: [String] = []
        func add(_ label: String, _ names: String..., by write: (ContentLine) -> String) {
            let values = entry.filter { names.contains($0.name) }.map(write).filter { !$0.isEmpty }
            if !values.isEmpty { lines.append("\(label): " + values.uniqued().joined(separator: ", ")) }
        }
        func oneLine(_ line: ContentLine) -> String {
            line.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        }
        let subject = entry.first { $0.name == "SUMMARY" }.map(oneLine) ?? ""
        lines.append(subject.isEmpty ? kind : "\(kind): \(subject)")
        add("Start", "DTSTART", by: times)
        let start = entry.first { $0.name == "DTSTART" }?.value.trimmed ?? ""
        add("End", "DTEND") { end in
            // The end of whole days is the day after the last one.
            let value = end.value.trimmed
            guard start.count == 8, value.count == 8, value > start, let last = dayBefore(value) else { return times(end) }
            return time(last, nil) ?? times(end)
        }
        add("Due", "DUE", by: times)
        add("Duration", "DURATION", by: oneLine)
        add("Completed", "COMPLETED", by: times)
        add("Repeats", "RRULE", by: oneLine)
        add("Also on", "RDATE", by: times)
        add("Not on", "EXDATE", by: times)
        add("In place of", "RECURRENCE-ID", by: times)
        add("Times", "FREEBUSY") { "\(times($0)) (\(($0["FBTYPE"] ?? "busy").lowercased()))" }
        add("Place", "LOCATION", by: oneLine)
        add("Coordinates", "GEO") { $0.value.split(separator: ";").joined(separator: ", ") }
        add("Resources", "RESOURCES", by: oneLine)
        add("Organizer", "ORGANIZER", by: person)
        add("Attendees", "ATTENDEE", by: person)
        add("Status", "STATUS", by: oneLine)
        add("Priority", "PRIORITY", by: oneLine)
        add("Percent complete", "PERCENT-COMPLETE", by: oneLine)
        add("Categories", "CATEGORIES", by: oneLine)
        add("Link", "URL", by: oneLine)
        add("Conference", "CONFERENCE", "X-GOOGLE-CONFERENCE", "X-MICROSOFT-SKYPETEAMSMEETINGURL", by: oneLine)
        add("Attached", "ATTACH") { $0["ENCODING"] == nil && $0["VALUE"] != "BINARY" ? oneLine($0) : $0["FILENAME"] ?? "" }
        for text in texts(of: entry) {
            let words = text.split(separator: "\n", omittingEmptySubsequences: false).map { String($0).trimmed }
                .joined(separator: "\n").trimmed
            if !words.isEmpty, tells(words) { lines.append(words) }
        }
        return lines.joined(separator: "\n")
    }

    /// The descriptions and remarks of an entry, and the names of its parts.
    private static func texts(of entry: [ContentLine]) -> [String] {
        let names = ["DESCRIPTION", "STYLED-DESCRIPTION", "COMMENT", "CONTACT", "NAME"]
        let texts = (entry.filter { names.contains($0.name) } + entry.filter { $0.name == "SUMMARY" }.dropFirst())
            .map(\.text)
        // Programs write the description as a page, too. It may say more.
        let pages = entry.filter { $0.name == "X-ALT-DESC" }.map { line in
            // A page that cannot be parsed stands as it is.
            (try? HTMLReader.extract(Array(line.text.utf8))).map { String(decoding: $0.text, as: UTF8.self) } ?? line.text
        }
        let told = WordSet(texts.joined(separator: " "))
        return texts + pages.filter { !WordSet($0).isSubset(of: told) }
    }

    /// The times and periods of a list. A period is a start with an end or a duration.
    private static func times(_ line: ContentLine) -> String {
        let times = line.value.split(separator: ",").map { item in
            let ends = item.split(separator: "/").map { String($0).trimmed }
            guard ends.count == 2, let start = time(ends[0], line["TZID"]) else {
                let whole = String(item).trimmed
                return time(whole, line["TZID"]) ?? whole
            }
            let end = time(ends[1], line["TZID"])
            return start + (end.map { " to " + $0 } ?? " for " + ends[1])
        }
        return times.joined(separator: ", ")
    }

    /// A time such as 20240503T093000Z as 2024-05-03 09:30 UTC. Nil for another value.
    private static func time(_ value: String, _ zone: String?) -> String? {
        guard let match = value.wholeMatch(of: #/(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z?))?/#) else { return nil }
        var text = "\(match.1)-\(match.2)-\(match.3)"
        if let hour = match.4, let minute = match.5, let second = match.6 {
            text += " \(hour):\(minute)" + (second == "00" ? "" : ":\(second)")
        }
        if match.7 == "Z" { return text + " UTC" }
        return zone.map { text + " " + $0 } ?? text
    }

    /// The day before one such as 20240503. Nil for another value.
    private static func dayBefore(_ day: String) -> String? {
        guard let number = Int(day), day.utf8.count == 8 else { return nil }
        var (year, month, day) = (number / 10_000, number / 100 % 100, number % 100)
        guard (1...9999).contains(year), (1...12).contains(month), (1...31).contains(day) else { return nil }
        day -= 1
        if day == 0 {
            month -= 1
            if month == 0 { (year, month) = (year - 1, 12) }
            let isLeap = year % 4 == 0 && year % 100 != 0 || year % 400 == 0
            day = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
        }
        let digits = String(year * 10_000 + month * 100 + day)
        return String(repeating: "0", count: max(0, 8 - digits.count)) + digits
    }

    /// A person, with the answer to an invitation where it is no promise to come.
    private static func person(_ line: ContentLine) -> String {
        let address = line.value.lowercased().hasPrefix("mailto:") ? String(line.value.dropFirst(7)) : line.value
        let answers = ["DECLINED": " (declined)", "TENTATIVE": " (tentative)", "DELEGATED": " (delegated)"]
        let answer = line["PARTSTAT"].flatMap { answers[$0.uppercased()] } ?? ""
        guard let name = line["CN"], name != address else { return address + answer }
        return (address.isEmpty ? name : "\(name) <\(address)>") + answer
    }
}
