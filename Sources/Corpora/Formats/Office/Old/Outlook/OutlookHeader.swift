/// The fields that stand above the body of a mail of Outlook.
struct OutlookHeader {
    private let recipients: [OutlookProperties]
    private let properties: OutlookProperties
    private let names: OutlookNames

    init(_ file: CompoundFile, below folder: String, _ properties: OutlookProperties, _ names: OutlookNames) {
        recipients = file.folders(below: folder, named: "__recip_version1.0_#").map {
            OutlookProperties(file, $0, header: 8)
        }
        self.properties = properties
        self.names = names
    }

    /// The fields as lines such as "To: Ida <ida@quay.example>".
    var lines: [String] {
        let kind = (properties.text(0x001A) ?? "").lowercased()
        let isCalendar = kind.hasPrefix("ipm.appointment") || kind.hasPrefix("ipm.schedule")
        var fields: [(label: String, value: String?)] = [("Subject", properties.text(0x0037))] + senders
        fields += [
            ("To", people(1, list: 0x0E04)), ("Cc", people(2, list: 0x0E03)),
            // Rooms and things stand where a mail has hidden recipients.
            (isCalendar ? "Resources" : "Bcc", people(3, list: 0x0E02)), ("Date", date),
        ]
        let entry = OutlookEntry(properties, names)
        if kind.hasPrefix("ipm.contact") { fields += entry.contact }
        if isCalendar { fields += entry.appointment }
        if kind.hasPrefix("ipm.task") { fields += entry.task }
        fields.append(("Categories", names["Keywords"].map { properties.texts($0).joined(separator: ", ") }))
        return fields.compactMap { label, value in
            let value = value.map { $0.split(whereSeparator: \.isNewline).joined(separator: " ") } ?? ""
            return value.isEmpty ? nil : "\(label): \(value)"
        }
    }

    /// The time at which the mail was sent.
    var date: String? { properties.time(0x0039) ?? properties.time(0x0E06) }

    /// Who wrote the mail, and who sent it for another person.
    private var senders: [(label: String, value: String?)] {
        let sender = Self.person(
            properties.text(0x0C1A), properties.text(0x5D01), properties.text(0x0C1F), kind: properties.text(0x0C1E))
        let author = Self.person(
            properties.text(0x0042), properties.text(0x5D02), properties.text(0x0065), kind: properties.text(0x0064))
        guard let sender, let author, !WordSet(author).isSubset(of: WordSet(sender)) else {
            return [("From", sender ?? author)]
        }
        if WordSet(sender).isSubset(of: WordSet(author)) { return [("From", author)] }
        return [("From", author), ("Sender", sender)]
    }

    /// The recipients of a kind, and the names in their list that no recipient has.
    private func people(_ kind: Int, list: Int) -> String? {
        let people = recipients.compactMap { recipient -> String? in
            // The high bits tell whether the mail reached the person.
            guard (recipient.number(0x0C15) ?? 1) & 0xF == kind else { return nil }
            return Self.person(
                recipient.text(0x3001), recipient.text(0x39FE), recipient.text(0x3003), kind: recipient.text(0x3002))
        }
        let told = WordSet(people.joined(separator: " "))
        let others = (properties.text(list) ?? "").split(separator: ";").map { String($0).trimmed }.filter {
            !WordSet($0).isSubset(of: told)
        }
        return people.isEmpty && others.isEmpty ? nil : (people + others).joined(separator: ", ")
    }

    /// A person, as "Ida <ida@quay.example>". An address inside Exchange names nobody outside.
    private static func person(_ name: String?, _ mail: String?, _ address: String?, kind: String?) -> String? {
        let isInside = kind?.uppercased() == "EX" || address?.lowercased().hasPrefix("/o=") == true
        var name = name?.trimmed ?? ""
        if name.count > 2, name.hasPrefix("'"), name.hasSuffix("'") { name = String(name.dropFirst().dropLast()) }
        let address = (mail ?? (isInside ? nil : address))?.trimmed ?? ""
        if address.isEmpty || name.lowercased() == address.lowercased() { return name.isEmpty ? nil : name }
        return name.isEmpty ? address : "\(name) <\(address)>"
    }
}

extension CompoundFile {
    /// The folders in a folder whose names start with some letters, in order, each with "/" at its end.
    func folders(below folder: String, named start: String) -> [String] {
        Set(
            paths.keys.filter { $0.hasPrefix(folder + start) }
                .compactMap { $0.dropFirst(folder.count).split(separator: "/").first.map { folder + $0 + "/" } }
        ).sorted()
    }
}
