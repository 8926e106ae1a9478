import Bytes

extension MediaType {
    /// Appointments and tasks.
    package static let calendar = MediaType(rawValue: "calendar")
    /// Cards with names and addresses.
    package static let cards = MediaType(rawValue: "vcard")
}

/// Reads calendars: each appointment is a paragraph of lines such as "Start: 2024-05-03 09:30".
struct CalendarReader: Reader {
    let format = Format(.calendar, extensions: ["ics", "ical", "ifb", "vcs"], signatures: [.opening("begin:vcalendar")])

    func read(_ bytes: [UInt8], limits: ExtractionLimits) throws(Refusal) -> Document {
        let text = try TextReader.decode(bytes).text
        guard let lines = CalendarText.text(ContentLine.lines(text)) else {
            return try TextReader().read(bytes, limits: limits)
        }
        var extracted = Extracted()
        extracted.append(paragraph: lines)
        return try extracted.document(.calendar)
    }
}

/// Reads cards with names and addresses (RFC 6350): a paragraph for each card, with a line for each of its values.
struct CardReader: Reader {
    let format = Format(.cards, extensions: ["vcf", "vcard"], signatures: [.opening("begin:vcard")])

    func read(_ bytes: [UInt8], limits: ExtractionLimits) throws(Refusal) -> Document {
        let text = try TextReader.decode(bytes).text
        // Lines before the first card make one, too.
        var cards: [[String]] = [[]]
        for line in ContentLine.lines(text) {
            switch line.name {
            case "BEGIN": cards.append([])
            case "END", "VERSION", "PRODID", "REV", "UID": break
            case "PHOTO", "LOGO", "SOUND", "KEY":
                if line.value.utf8.count < 200 { cards[cards.count - 1].append(Self.text(line)) }
            default: cards[cards.count - 1].append(Self.text(line))
            }
        }
        var extracted = Extracted()
        for card in cards where !card.isEmpty { extracted.append(paragraph: card.joined(separator: "\n")) }
        guard !extracted.text.isEmpty else { return try TextReader().read(bytes, limits: limits) }
        return try extracted.document(.cards)
    }

    /// A line such as "TEL (cell): +47 555 12 34".
    private static func text(_ line: ContentLine) -> String {
        let skipped = ["QUOTED-PRINTABLE", "PREF", "INTERNET", "UTF-8"]
        let types = line.parameters.filter { $0.name == "TYPE" && !skipped.contains($0.value.uppercased()) }.map(\.value)
        // The parts of a name or an address.
        let parts = line.parts(at: ["N", "ADR", "ORG"].contains(line.name) ? ";" : nil)
            .map { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") }.filter { !$0.isEmpty }
        return line.name + (types.isEmpty ? "" : " (\(types.joined(separator: ", ")))") + ": "
            + parts.joined(separator: ", ")
    }
}
