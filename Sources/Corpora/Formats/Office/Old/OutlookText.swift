/// The text of a mail of Outlook ([MS-OXMSG]).
enum OutlookText {
    /// Writes the mail of a file.
    static func extract(_ file: CompoundFile, _ limits: ExtractionLimits) throws(Refusal) -> Extracted {
        var extracted = Extracted()
        try message(file, below: "", level: 1, limits, &extracted)
        return extracted
    }

    private static func message(
        _ file: CompoundFile, below folder: String, level: Int, _ limits: ExtractionLimits, _ extracted: inout Extracted
    ) throws(Refusal) {
        func text(_ tag: String) -> String? { self.text(file, folder, tag) }
        let subject = text("0037") ?? ""
        let sender = [text("0C1A"), (text("5D01") ?? text("0C1F")).map { "<\($0)>" }].compactMap { $0 }.joined(
            separator: " ")
        if !extracted.text.isEmpty { extracted.text.append(10) }
        if let title = DocumentTitle.clean(subject.utf8) {
            if extracted.title == nil { extracted.title = title }
            extracted.headings.append(Heading(start: extracted.text.count, level: level, text: title))
        }
        var lines = subject.isEmpty ? [] : ["Subject: " + subject]
        for (name, value) in [
            ("From", sender), ("To", text("0E04") ?? ""), ("Cc", text("0E03") ?? ""), ("Date", date(file, folder) ?? ""),
        ]
        where !value.isEmpty {
            lines.append(name + ": " + value)
        }
        extracted.text += Array(
            (lines.map { $0.split(whereSeparator: \.isNewline).joined(separator: " ") }.joined(separator: "\n") + "\n").utf8)
        if let body = text("1000"), body.contains(where: { !$0.isWhitespace }) {
            extracted.append(paragraph: body.replacing("\r\n", with: "\n").replacing("\u{0}", with: "").trimmed)
        } else if let page = file[folder + "__substg1.0_10130102"] ?? text("1013").map({ Array($0.utf8) }), !page.isEmpty {
            do {
                extracted.append(try HTMLReader.extract(page))
            } catch {
                // The header and the attachments are worth reading.
                extracted.remarks.add(.damaged("the body of the message"))
            }
        } else if file[folder + "__substg1.0_10090102"] != nil {
            extracted.remarks.add(.object("compressed rich text"))
        }
        try attachments(file, below: folder, level: level, limits, &extracted)
    }

    private static func attachments(
        _ file: CompoundFile, below folder: String, level: Int, _ limits: ExtractionLimits, _ extracted: inout Extracted
    ) throws(Refusal) {
        let places = Set(
            file.paths.keys.filter { $0.hasPrefix(folder + "__attach_version1.0_#") }
                .map { $0.dropFirst(folder.count).split(separator: "/")[0] })
        for place in places.sorted() {
            let inner = folder + place + "/"
            let name = text(file, inner, "3707") ?? text(file, inner, "3704") ?? text(file, inner, "3001") ?? "attachment"
            let mail = inner + "__substg1.0_3701000D/"
            if file.paths.keys.contains(where: { $0.hasPrefix(mail) }), level < 4 {
                try message(file, below: mail, level: level + 1, limits, &extracted)
                continue
            }
            guard let bytes = file[inner + "__substg1.0_37010102"] else { continue }
            do throws(Refusal) {
                let document = try Readers.readInside(bytes, path: name, limits: limits, used: extracted.text.count)
                extracted.append(heading: "Attachment: " + name, level: level + 1)
                extracted.append(document, levels: level + 1)
            } catch {
                if case .textTooLong = error { throw error }
                extracted.append(paragraph: "[Attachment, not read: \(name)]")
                extracted.remarks.add(error == .needsPassword ? .locked(name) : .attachment(name))
            }
        }
    }

    /// A property with text, in UTF-16 or in the encoding of the mail.
    private static func text(_ file: CompoundFile, _ folder: String, _ tag: String) -> String? {
        if let bytes = file[folder + "__substg1.0_\(tag)001F"] {
            let units = stride(from: 0, to: bytes.count - 1, by: 2).map { UInt16(bytes.number($0, 2)) }
            return String(decoding: units, as: UTF16.self)
        }
        guard let bytes = file[folder + "__substg1.0_\(tag)001E"], !bytes.isEmpty else { return nil }
        // Bytes of no known encoding are read all the same: each is a character.
        let decoding = (try? TextReader.decode(bytes)) ?? TextDecoding(bytes, as: .latin1, maxRepairs: 0)
        return decoding.map { String(decoding: $0.text, as: UTF8.self) }
    }

    /// The time at which the mail was sent, as 2024-03-31 12:30.
    private static func date(_ file: CompoundFile, _ folder: String) -> String? {
        guard let bytes = file[folder + "__properties_version1.0"] else { return nil }
        let start = folder.isEmpty ? 32 : 24
        for place in stride(from: start, to: bytes.count - 15, by: 16) {
            let tag = bytes.number(place, 4)
            guard tag == 0x0039_0040 || tag == 0x0E06_0040 else { continue }
            // 100 nanoseconds since 1601; day 0 of spreadsheets is 30 December 1899, 109,205 days later.
            let ticks = UInt64(bytes.number(place + 8, 4)) | UInt64(bytes.number(place + 12, 4)) << 32
            return CalendarDay.text(serial: Double(ticks) / 864e9 - 109_205, hasDay: true, hasTime: true).map { $0 + " UTC" }
        }
        return nil
    }
}
