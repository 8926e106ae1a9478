/// The formats that are zip archives, known by the parts of a file, whatever its name.
enum PackageFormat {
    /// Whether a file is a zip archive.
    static func mayBe(_ head: ArraySlice<UInt8>) -> Bool { head.starts(with: [0x50, 0x4B, 0x03, 0x04]) }

    /// The reader for a document in a zip archive. Nil for another file.
    static func reader(_ bytes: [UInt8], _ limits: ExtractionLimits) -> (any Reader)? {
        // An archive that cannot be opened is no document; the reader of its name says what is wrong.
        guard mayBe(bytes[...]), let container = try? Container(bytes, limits: limits, isWanted: { $0 == "mimetype" }) else {
            return nil
        }
        let type = container["mimetype"].map { String(decoding: $0.prefix(200), as: UTF8.self).trimmed } ?? ""
        return mediaType(type, Set(container.names)).flatMap(Readers.reader(of:))
    }

    private static func mediaType(_ type: String, _ names: Set<String>) -> MediaType? {
        if type == "application/epub+zip" || names.contains("META-INF/container.xml") && type.isEmpty { return .book }
        if let kind = type.split(separator: ".").last, type.hasPrefix("application/vnd.oasis.opendocument.") {
            if kind.hasPrefix("text") { return .openText }
            return kind.hasPrefix("spreadsheet") ? .openSheet : .openSlides
        }
        guard names.contains("[Content_Types].xml") || names.contains("_rels/.rels") else { return nil }
        let mains: [(start: String, type: MediaType)] = [
            ("word/document", .word), ("xl/workbook", .workbook), ("ppt/presentation", .slides),
        ]
        return mains.first { main in names.contains { $0.hasPrefix(main.start) } }?.type
    }
}
