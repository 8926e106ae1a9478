/// What a contact, an appointment or a task says besides the fields of a mail ([MS-OXOCNTC], [MS-OXOCAL], [MS-OXOTASK]).
struct OutlookEntry {
    private let properties: OutlookProperties
    private let names: OutlookNames

    init(_ properties: OutlookProperties, _ names: OutlookNames) {
        self.properties = properties
        self.names = names
    }

    /// The fields of an appointment or a meeting.
    var appointment: [(label: String, value: String?)] {
        let (start, end) = (names[.appointment, 0x820D], names[.appointment, 0x820E])
        var times = (
            start: properties.time(start) ?? properties.time(0x0060), end: properties.time(end) ?? properties.time(0x0061)
        )
        if properties.isSet(names[.appointment, 0x8215]), let first = wholeDay(start), let last = wholeDay(end) {
            times = (CalendarDay.text(days: first), CalendarDay.text(days: max(first, last - 1)))
        }
        return [
            ("Start", times.start), ("End", times.end), ("Repeats", properties.text(names[.appointment, 0x8232])),
            ("Place", properties.text(names[.appointment, 0x8208])),
            ("Time zone", properties.text(names[.appointment, 0x8234])),
        ]
    }

    /// The day whose first moment a property tells. Midnight of the writer is at most 13 hours before that of UTC, and less than
    /// 11 hours after it.
    private func wholeDay(_ number: Int?) -> Double? { properties.days(number).map { ($0 + 13.0 / 24).rounded(.down) } }

    /// The fields of a task. Its times are days.
    var task: [(label: String, value: String?)] {
        let states = ["not started", "in progress", "completed", "waiting", "deferred"]
        let state = properties.number(names[.task, 0x8101]).flatMap { states.indices.contains($0) ? states[$0] : nil }
        let isComplete = properties.isSet(names[.task, 0x811C])
        let done = properties.fraction(names[.task, 0x8102]).flatMap { 0...1 ~= $0 ? Int(($0 * 100).rounded()) : nil }
        return [
            ("Start", properties.day(names[.task, 0x8104])), ("Due", properties.day(names[.task, 0x8105])),
            ("Completed", properties.day(names[.task, 0x810F])), ("Status", isComplete ? "completed" : state),
            ("Percent complete", done.flatMap { 1..<100 ~= $0 ? String($0) : nil }),
            ("Owner", properties.text(names[.task, 0x811F])),
        ]
    }

    /// The fields of a contact.
    var contact: [(label: String, value: String?)] {
        let subject = WordSet(properties.text(0x0037) ?? "")
        let parts = [0x3A45, 0x3A06, 0x3A44, 0x3A11, 0x3A05].compactMap { properties.text($0) }
        let name = parts.isEmpty ? properties.text(0x3001) ?? "" : parts.joined(separator: " ")
        var fields: [(label: String, value: String?)] = [("Name", WordSet(name).isSubset(of: subject) ? nil : name)]
        let reading = [0x802C, 0x802D, 0x802E].compactMap { properties.text(names[.address, $0]) }
        fields.append(("Reading of the name", reading.joined(separator: " ")))
        fields += Self.work.map { ($0.label, properties.texts($0.number).joined(separator: ", ")) }
        fields += [0x8080, 0x8090, 0x80A0].map { ("E-mail", mail($0, named: subject)) }
        fields.append(("Instant messages", properties.text(names[.address, 0x8062])))
        let addresses = [
            ("Business address", address(0x801B, [0x3A29, 0x3A2B, 0x3A2A, 0x3A27, 0x3A28, 0x3A26])),
            ("Home address", address(0x801A, [0x3A5D, 0x3A5E, 0x3A5B, 0x3A59, 0x3A5C, 0x3A5A])),
            ("Other address", address(0x801C, [0x3A63, 0x3A64, 0x3A61, 0x3A5F, 0x3A62, 0x3A60])),
        ]
        fields += addresses.map { ($0.0, $0.1) }
        let told = WordSet(addresses.compactMap(\.1).joined(separator: " "))
        if let address = properties.text(0x3A15).map(Self.oneLine), !WordSet(address).isSubset(of: told) {
            fields.append(("Address", address))
        }
        let pages = [properties.text(0x3A51), properties.text(names[.address, 0x802B])].compactMap(\.self)
        fields.append(("Web page", pages.count == 2 && pages[0] == pages[1] ? pages[0] : pages.joined(separator: ", ")))
        fields.append(("Personal web page", properties.text(0x3A50)))
        fields.append(("Birthday", properties.day(names[.address, 0x80DE]) ?? properties.day(0x3A42)))
        fields.append(("Wedding anniversary", properties.day(names[.address, 0x80DF]) ?? properties.day(0x3A41)))
        fields += Self.person.map { ($0.label, properties.texts($0.number).joined(separator: ", ")) }
        return fields + (1...4).map { ("Field \($0)", properties.text(names[.address, 0x804E + $0])) }
    }

    /// An address of mail, with the name that it is shown by where that says more. Its properties follow one of a number.
    private func mail(_ start: Int, named name: WordSet) -> String? {
        let inner = properties.text(names[.address, start + 3])
        let isInside =
            properties.text(names[.address, start + 2])?.uppercased() == "EX" || inner?.lowercased().hasPrefix("/o=") == true
        let other = properties.text(names[.address, start + 4]).flatMap { $0.contains("@") ? $0 : nil }
        guard let address = isInside ? other : inner ?? other else { return nil }
        var told = name
        told.add(WordSet(address))
        guard let shown = properties.text(names[.address, start]), !WordSet(shown).isSubset(of: told) else { return address }
        return shown.contains(address) ? shown : "\(shown) <\(address)>"
    }

    /// An address as the contact shows it, and those of its parts that are not shown.
    private func address(_ whole: Int, _ parts: [Int]) -> String? {
        let shown = properties.text(names[.address, whole]).map(Self.oneLine)
        let told = WordSet(shown ?? "")
        let others = parts.compactMap { properties.text($0) }.map(Self.oneLine).filter { !WordSet($0).isSubset(of: told) }
        let lines = [shown].compactMap(\.self) + others
        return lines.isEmpty ? nil : lines.joined(separator: ", ")
    }

    private static func oneLine(_ text: String) -> String {
        text.split(whereSeparator: \.isNewline).map { String($0).trimmed }.joined(separator: ", ")
    }

    private static let work: [(label: String, number: Int)] = [
        ("Company", 0x3A16), ("Job title", 0x3A17), ("Department", 0x3A18), ("Office", 0x3A19), ("Profession", 0x3A46),
        ("Manager", 0x3A4E), ("Assistant", 0x3A30), ("Business phone", 0x3A08), ("Business phone 2", 0x3A1B),
        ("Home phone", 0x3A09), ("Home phone 2", 0x3A2F), ("Mobile phone", 0x3A1C), ("Primary phone", 0x3A1A),
        ("Company phone", 0x3A57), ("Assistant phone", 0x3A2E), ("Car phone", 0x3A1E), ("Radio phone", 0x3A1D),
        ("Other phone", 0x3A1F), ("Callback phone", 0x3A02), ("Text phone", 0x3A4B), ("Pager", 0x3A21),
        ("Business fax", 0x3A24), ("Home fax", 0x3A25), ("Other fax", 0x3A23), ("Telex", 0x3A2C), ("ISDN", 0x3A2D),
    ]

    private static let person: [(label: String, number: Int)] = [
        ("Nickname", 0x3A4F), ("Initials", 0x3A0A), ("Spouse", 0x3A48), ("Children", 0x3A58), ("Hobbies", 0x3A43),
        ("Language", 0x3A0C), ("Location", 0x3A0D), ("Referred by", 0x3A47), ("Customer number", 0x3A4A),
        ("Government number", 0x3A07), ("Organization number", 0x3A10), ("Account", 0x3A00),
        ("Computer network", 0x3A49), ("FTP site", 0x3A4C),
    ]
}
