import Bytes

/// Writes mails as text: the fields of the header, the body, and what readers make of the attachments.
struct MailText {
    private(set) var extracted = Extracted()
    private let limits: ExtractionLimits
    /// Whether the file is a web page with its pictures, not a mail.
    private let isPage: Bool
    /// The texts of the calendars of the mail so far.
    private var calendars: Set<String> = []

    /// The fields that are written, in lower case. The others serve programs.
    private static let fields: Set<String> = [
        "from", "sender", "reply-to", "to", "cc", "bcc", "date", "organization", "keywords", "comments", "list-id",
        "newsgroups", "message-id", "in-reply-to",
    ]
    /// How deep parts inside parts are read.
    private static let deepest = 40

    init(_ limits: ExtractionLimits, isPage: Bool = false) {
        self.limits = limits
        self.isPage = isPage
    }

    /// Appends a mail. A mail inside a mail has a deeper level.
    mutating func add(_ message: MailMessage, level: Int = 1) throws(Refusal) {
        calendars = []
        if !isPage { header(message, level) }
        guard let root = message.root else { return }
        try part(root, level, depth: 0)
        guard extracted.text.count <= limits.textBytes else { throw .textTooLong(limit: limits.textBytes) }
    }

    private mutating func header(_ message: MailMessage, _ level: Int) {
        let fields = message.fields
        let subject = fields.first { $0.name.lowercased() == "subject" }?.value ?? ""
        let lines = fields.filter { Self.fields.contains($0.name.lowercased()) && !$0.value.isEmpty }
            .map { $0.name + ": " + Self.oneLine($0.value) }
        if !extracted.text.isEmpty { extracted.text.append(10) }
        if let title = DocumentTitle.clean(subject.utf8) {
            if extracted.title == nil { extracted.title = title }
            extracted.headings.append(Heading(start: extracted.text.count, level: min(level, 60), text: title))
        }
        let head = (subject.isEmpty ? [] : ["Subject: " + Self.oneLine(subject)]) + lines
        if !head.isEmpty { extracted.text += Array((head.joined(separator: "\n") + "\n").utf8) }
    }

    private static func oneLine(_ text: String) -> String {
        text.split { $0.isWhitespace || $0.unicodeScalars.allSatisfy { $0.value < 32 } }.joined(separator: " ")
    }
}

extension MailText {
    private mutating func part(_ part: MailPart, _ level: Int, depth: Int) throws(Refusal) {
        guard depth < Self.deepest else { return extracted.remarks.add(.beyondLimit("parts inside parts")) }
        switch part.content {
        case .parts(let parts):
            if parts.isEmpty || parts.count == 1 && parts[0].isEmpty { return damaged(part) }
            if part.type == "multipart/alternative" { return try alternative(parts, level, depth) }
            // A text after a file would stand under the heading of the file.
            for part in parts where !Self.isFile(part) { try self.part(part, level, depth: depth + 1) }
            for part in parts where Self.isFile(part) { try self.part(part, level, depth: depth + 1) }
        case .message(let message):
            guard depth < 12 else { return extracted.remarks.add(.beyondLimit("mails inside mails")) }
            header(message, level + 1)
            let outer = calendars
            calendars = []
            if let root = message.root { try self.part(root, level + 1, depth: depth + 1) }
            calendars = outer
        case .encrypted:
            note("[Encrypted part, not read]")
            extracted.remarks.add(.locked(part.type))
        case .bytes: try leaf(part, level)
        case .unknown: break
        }
    }

    /// Writes the text before the parts of a mail whose boundary finds none.
    private mutating func damaged(_ part: MailPart) {
        extracted.remarks.add(.damaged(part.type))
        // The remark tells of the part, also where its bytes are no text.
        guard let text = part.prologue.flatMap({ try? TextReader.decode($0).text }) else { return }
        var words = Extracted()
        words.text = PlainBody.text(text, isFlowed: false, joinsWords: false)
        extracted.append(words)
    }

    /// Whether a part has a heading of its own: an attachment, or a mail inside the mail.
    private static func isFile(_ part: MailPart) -> Bool {
        switch part.content {
        case .message: true
        case .parts: part.type == "multipart/digest"
        case .bytes: part.isAttachment && part.fileName != nil || !part.type.hasPrefix("text/") && !isPage(part.type)
        case .encrypted, .unknown: false
        }
    }

    private static func isPage(_ type: String) -> Bool { type == "text/html" || type == "application/xhtml+xml" }

    /// Writes the form of a body that readers see, and what its other forms say besides.
    private mutating func alternative(_ parts: [MailPart], _ level: Int, _ depth: Int) throws(Refusal) {
        var forms = BodyForms()
        // Few programs show the mails that are programs.
        for part in parts where part.type != "text/calendar" && part.type != "text/x-amp-html" {
            var other = MailText(limits, isPage: isPage)
            try other.part(part, level, depth: depth + 1)
            forms.add(other.extracted, isShown: Self.isShown(part))
        }
        let text = forms.text
        extracted.append(text)
        let told = WordSet(text.text)
        for calendar in parts where calendar.type == "text/calendar" { try appointments(calendar, told, level) }
    }

    /// Whether mail programs show a part as the body.
    private static func isShown(_ part: MailPart) -> Bool {
        if case .parts = part.content { return true }
        return ["text/plain", "text/enriched"].contains(part.type) || isPage(part.type)
    }

    /// Writes the appointments of an invitation, without a description whose words the mail has told.
    private mutating func appointments(_ part: MailPart, _ told: WordSet, _ level: Int) throws(Refusal) {
        let lines = Self.calendarLines(part)
        let text = CalendarText.text(lines) { !WordSet($0).isSubset(of: told) }
        guard let text else { return try attachment(part, part.type, level) }
        if isNewCalendar(lines) { note(text) }
    }

    private static func calendarLines(_ part: MailPart) -> [ContentLine] {
        let charset = part.parameter("charset").flatMap { TextEncoding(label: $0.lowercased()) }
        // What is no text has no lines, and is told as an attachment that is not read.
        return (try? decode(part.bytes, charset)).map { ContentLine.lines($0) } ?? []
    }

    /// Whether no part before had these appointments. Mails have them once more in a file.
    private mutating func isNewCalendar(_ lines: [ContentLine]) -> Bool {
        CalendarText.text(lines).map { calendars.insert($0).inserted } ?? true
    }

    private mutating func leaf(_ part: MailPart, _ level: Int) throws(Refusal) {
        let type = part.type
        if type == "message/external-body", let access = part.parameter("access-type") {
            return external(ExternalBody(part, access: access.lowercased()))
        }
        if type == "application/pgp-signature" || type.hasSuffix("pkcs7-signature") { return }
        if type.hasSuffix("pkcs7-mime") {
            let isSigned = part.parameter("smime-type")?.lowercased() == "signed-data" || part.isSignedData
            note(isSigned ? "[Signed part, not read]" : "[Encrypted or signed part, not read]")
            return extracted.remarks.add(isSigned ? .attachment(part.fileName.map(Self.oneLine) ?? type) : .locked(type))
        }
        if !part.isAttachment || part.fileName == nil, let (body, files) = try body(part, type) {
            if !body.text.isEmpty { extracted.append(body, levels: level) }
            if isPage, extracted.title == nil { extracted.title = body.title }
            for file in files { try attachment(file.bytes, file.name, "application/octet-stream", level) }
            return
        }
        if type == "text/calendar", part.fileName == nil { return try appointments(part, WordSet(""), level) }
        let isCalendar = type == "text/calendar" || type == "application/ics"
        if isCalendar, !isNewCalendar(Self.calendarLines(part)) { return }
        try attachment(part, type, level)
    }

    /// The text of a part that a mail program shows, and the files in it. Nil for a part that is a file.
    private func body(_ part: MailPart, _ type: String) throws(Refusal) -> (Extracted, [UUEncoding.File])? {
        let charset = part.parameter("charset").flatMap { TextEncoding(label: $0.lowercased()) }
        do throws(Refusal) {
            switch type {
            case _ where Self.isPage(type): return (try HTMLReader.extract(part.bytes, charset: charset), [])
            case "text/plain", "text/x-markdown", "text/markdown", "text/x-diff", "text/x-patch":
                let isFlowed = part.parameter("format")?.lowercased() == "flowed"
                let joins = part.parameter("delsp")?.lowercased() == "yes"
                var plain = Extracted()
                let (text, files) = UUEncoding.parted(try Self.decode(part.bytes, charset))
                plain.text = PlainBody.text(text, isFlowed: isFlowed, joinsWords: joins)
                return (plain, files)
            case "text/enriched", "text/richtext":
                var plain = Extracted()
                plain.text = PlainBody.text(enriched: try Self.decode(part.bytes, charset))
                return (plain, [])
            default: return nil
            }
        } catch {
            if error == .empty || error == .whiteSpaceOnly || error == .pageWithoutText { return (Extracted(), []) }
            return nil
        }
    }

    /// The text in its declared charset, or in the guessed one when the bytes contradict it.
    private static func decode(_ bytes: [UInt8], _ charset: TextEncoding?) throws(Refusal) -> [UInt8] {
        guard !bytes.isEmpty else { throw .empty }
        let isUTF8 = validPrefix(bytes.span) == bytes.count
        if !isUTF8, let charset, charset != .utf8,
            let decoding = TextDecoding(bytes, as: charset.believed(of: bytes), maxRepairs: 16 + bytes.count / 100)
        {
            return decoding.text
        }
        return try TextReader.decode(bytes).text
    }

    /// Writes what the reader of an attachment makes of it, or that it is not read.
    private mutating func attachment(_ part: MailPart, _ type: String, _ level: Int) throws(Refusal) {
        try attachment(part.bytes, part.fileName ?? "", type, level)
    }

    private mutating func attachment(
        _ bytes: [UInt8], _ name: String, _ type: String, _ level: Int
    ) throws(Refusal) {
        if isPage, type.hasPrefix("image/") || type.hasPrefix("font/") || type == "text/css" || type.contains("script") {
            if type.hasPrefix("image/") { extracted.remarks.add(.picture) }
            return
        }
        let label = name.isEmpty ? type : Self.oneLine(name)
        let path = fileExtension(name).isEmpty ? "attachment." + Self.suffix(type) : name
        do throws(Refusal) {
            let inner = try Readers.readInside(
                bytes, path: path, named: label, limits: limits, used: extracted.text.count)
            extracted.append(heading: "Attachment: " + label, level: min(level + 1, 60))
            extracted.append(inner, levels: level + 1)
        } catch {
            if case .textTooLong = error { throw error }
            note("[Attachment, not read: \(label)\(name.isEmpty ? "" : ", " + type)]")
            extracted.remarks.add(error == .needsPassword ? .locked(label) : .attachment(label))
        }
    }

    /// Tells of a file that the mail does not hold but names, and writes what the mail says beside it.
    private mutating func external(_ body: ExternalBody) {
        note("[Attachment elsewhere, not read: \(body.facts.map(Self.oneLine).joined(separator: ", "))]")
        extracted.remarks.add(.attachment(Self.oneLine("\(body.name ?? body.type ?? "file") (\(body.access))")))
        guard body.text.contains(where: { !$0.isControlOrSpace }) else { return }
        var words = Extracted()
        guard let text = try? TextReader.decode(body.text).text else {
            return extracted.remarks.add(.damaged("words beside an attachment elsewhere"))
        }
        words.text = PlainBody.text(text, isFlowed: false, joinsWords: false)
        extracted.append(words)
    }

    private mutating func note(_ line: String) { extracted.append(paragraph: line) }

    /// The extension that files of a type have, for an attachment without a name.
    private static func suffix(_ type: String) -> String {
        switch type {
        case "text/calendar": "ics"
        case "text/vcard", "text/x-vcard", "text/directory": "vcf"
        case "text/enriched": "txt"
        case "text/csv": "csv"
        case "application/json": "json"
        case "application/rtf", "text/rtf": "rtf"
        case "application/msword": "doc"
        case _ where type.hasSuffix("wordprocessingml.document"): "docx"
        case _ where type.hasSuffix("spreadsheetml.sheet"): "xlsx"
        case _ where type.hasSuffix("presentationml.presentation"): "pptx"
        case _ where type.hasSuffix("opendocument.text"): "odt"
        case _ where type.hasSuffix("opendocument.spreadsheet"): "ods"
        case _ where type.hasSuffix("opendocument.presentation"): "odp"
        case "application/epub+zip": "epub"
        case "message/delivery-status", "text/rfc822-headers", "message/disposition-notification": "txt"
        default: String(type.split(separator: "/").last ?? "bin")
        }
    }
}
