import Bytes

extension MediaType {
    /// A mail.
    package static let mail = MediaType(rawValue: "mail")
    /// A file of mails.
    package static let mailbox = MediaType(rawValue: "mailbox")
    /// A web page with its pictures in one file.
    package static let webArchive = MediaType(rawValue: "mhtml")
}

/// Reads a mail with its attachments.
struct MailReader: Reader {
    let format = Format(
        .mail, extensions: ["eml", "emlx"],
        signatures: [.opening("return-path:"), .opening("delivered-to:"), .opening("received: from")])

    func longestFile(_ limits: ExtractionLimits) -> Int { limits.pdfBytes }

    func read(_ bytes: [UInt8], limits: ExtractionLimits) throws(Refusal) -> Document {
        var text = MailText(limits)
        var file = MailFile(MailLines.withEndOfHeader(MailLines.withUsualEnds(Self.message(bytes))), isMailbox: false)
        var date: String?
        try file.forEach { message throws(Refusal) in
            date = message.fields.first { $0.name.lowercased() == "date" }?.value
            try text.add(message)
            return false
        }
        var extracted = text.extracted
        extracted.date = date.flatMap(DocumentDate.normalised)
        return try extracted.document(.mail)
    }

    /// The mail without the line with its length that Apple Mail writes before it.
    private static func message(_ bytes: [UInt8]) -> [UInt8] {
        let digits = bytes.prefix(16).prefix { $0.isDigit || $0 == 32 }
        guard !digits.isEmpty, digits.count < bytes.count, bytes[digits.count] == 10,
            let count = Int(String(decoding: digits.filter(\.isDigit), as: UTF8.self))
        else { return bytes }
        return Array(bytes[(digits.count + 1)...].prefix(count))
    }
}

/// Reads a file of mails, such as the archive of a mailing list.
struct MailboxReader: Reader {
    let format = Format(.mailbox, extensions: ["mbox", "mbx"], signatures: [])

    func longestFile(_ limits: ExtractionLimits) -> Int { limits.pdfBytes }

    func read(_ bytes: [UInt8], limits: ExtractionLimits) throws(Refusal) -> Document {
        var text = MailText(limits)
        let bytes = MailLines.withUsualEnds(bytes)
        let isMailbox = bytes.drop { $0.isControlOrSpace }.starts(with: Array("From ".utf8))
        var file = MailFile(isMailbox ? MailLines.withEscapes(bytes) : bytes, isMailbox: isMailbox)
        try file.forEach { message throws(Refusal) in
            try text.add(message)
            return true
        }
        var extracted = text.extracted
        extracted.title = nil
        extracted.isTitledByHeading = false
        return try extracted.document(.mailbox)
    }
}

/// Reads a web page that was saved with its pictures.
struct WebArchiveReader: Reader {
    let format = Format(.webArchive, extensions: ["mht", "mhtml"])

    func longestFile(_ limits: ExtractionLimits) -> Int { limits.pdfBytes }

    func read(_ bytes: [UInt8], limits: ExtractionLimits) throws(Refusal) -> Document {
        var text = MailText(limits, isPage: true)
        var file = MailFile(MailLines.withUsualEnds(bytes), isMailbox: false)
        try file.forEach { message throws(Refusal) in
            try text.add(message)
            return false
        }
        return try text.extracted.document(.webArchive)
    }
}
