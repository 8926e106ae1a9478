extension MediaType {
    /// A document of Microsoft Word before 2007.
    package static let oldWord = MediaType(rawValue: "doc")
    /// A presentation of Microsoft PowerPoint before 2007.
    package static let oldSlides = MediaType(rawValue: "ppt")
    /// A workbook of Microsoft Excel before 2007.
    package static let oldWorkbook = MediaType(rawValue: "xls")
    /// A mail of Microsoft Outlook.
    package static let outlook = MediaType(rawValue: "msg")
}

/// Reads compound files: documents of Microsoft Office before 2007, and mails of Outlook.
///
/// The streams of the file decide how it is read, whatever its name.
struct CompoundReader: Reader {
    let format: Format

    /// The readers of the kinds of compound files.
    static let all: [any Reader] = [
        CompoundReader(.oldWord, ["doc", "dot", "wps"]), CompoundReader(.oldSlides, ["ppt", "pps", "pot"]),
        CompoundReader(.oldWorkbook, ["xls", "xlt"]), CompoundReader(.outlook, ["msg"]),
    ]

    private init(_ mediaType: MediaType, _ extensions: Set<String>) {
        format = Format(mediaType, extensions: extensions, signatures: [.bytes(CompoundFile.signature, within: 8)])
    }

    func longestFile(_ limits: ExtractionLimits) -> Int { limits.pdfBytes }

    func read(_ bytes: [UInt8], limits: ExtractionLimits) throws(Refusal) -> Document {
        guard bytes.starts(with: CompoundFile.signature) else {
            // Many files with such a name are rich text, web pages or plain text.
            if bytes.starts(with: [0x50, 0x4B]) { throw .unsupportedFormat("zip archive") }
            // Readers.read finds out which.
            throw .containerDamaged("the compound file")
        }
        guard let file = CompoundFile(bytes) else { throw .containerDamaged("the compound file") }
        if file["EncryptedPackage"] != nil || file["EncryptedSummary"] != nil { throw .needsPassword }
        var extracted: Extracted
        let mediaType: MediaType
        if let stream = file["WordDocument"] {
            extracted = try OldWordText.extract(stream, file)
            mediaType = .oldWord
        } else if let (stream, user) = try slides(file) {
            extracted = try OldSlidesText.extract(stream, user: user)
            mediaType = .oldSlides
        } else if let stream = file["Workbook"] ?? file["Book"] {
            extracted = try OldWorkbookText.extract(stream, limit: limits.textBytes)
            mediaType = .oldWorkbook
        } else if file.paths.keys.contains(where: { $0.hasPrefix("__substg1.0_") }) {
            extracted = try OutlookText.extract(file, limits)
            mediaType = .outlook
        } else {
            throw .unsupportedFormat("microsoft compound document")
        }
        if extracted.title == nil { extracted.title = Self.title(file) }
        if file.paths.keys.contains(where: { $0.contains("VBA/") }) { extracted.remarks.add(.object("macros")) }
        return try extracted.document(mediaType)
    }

    /// The streams of a presentation: the slides, and where their last edit is.
    ///
    /// A file for PowerPoint 95 and 97 keeps those of 97 in a folder. One of 95 alone has records of another kind.
    private func slides(_ file: CompoundFile) throws(Refusal) -> (stream: [UInt8], user: [UInt8])? {
        for folder in ["PP97_DUALSTORAGE/", ""] {
            guard let stream = file[folder + "PowerPoint Document"] else { continue }
            if folder.isEmpty, file["PersistentStorage Directory"] != nil {
                throw .unsupportedFormat("powerpoint 95 presentation")
            }
            return (stream, file[folder + "Current User"] ?? [])
        }
        return nil
    }

    /// The title in the properties of the file ([MS-OLEPS]).
    private static func title(_ file: CompoundFile) -> String? {
        guard let bytes = file["\u{5}SummaryInformation"], bytes.count > 48 else { return nil }
        let section = bytes.number(44, 4)
        var codePage = 1252
        var title: [UInt8]?
        for index in 0..<min(100, bytes.number(section + 4, 4)) {
            let place = section + bytes.number(section + 12 + 8 * index, 4)
            switch bytes.number(section + 8 + 8 * index, 4) {
            case 1: codePage = bytes.number(place + 4, 2)
            case 2:
                let length = bytes.number(place + 4, 4)
                guard length > 0, length < 1000, place + 8 + length <= bytes.count else { continue }
                title = Array(bytes[(place + 8)..<(place + 8 + length)].prefix { $0 != 0 })
            default: break
            }
        }
        guard let title else { return nil }
        let named = TextEncoding(label: "cp\(codePage)") ?? TextEncoding(label: "windows-\(codePage)")
        let encoding = codePage == 65001 ? TextEncoding.utf8 : named ?? .windows1252
        let text = TextDecoding(title, as: encoding, maxRepairs: title.count).map {
            String(decoding: $0.text, as: UTF8.self)
        }
        guard let text, !text.lowercased().hasPrefix("microsoft "), !text.lowercased().hasPrefix("powerpoint pr") else {
            return nil
        }
        return text
    }
}
