extension MediaType {
    /// A text of LibreOffice.
    package static let openText = MediaType(rawValue: "odt")
    /// A spreadsheet of LibreOffice.
    package static let openSheet = MediaType(rawValue: "ods")
    /// A presentation or drawing of LibreOffice.
    package static let openSlides = MediaType(rawValue: "odp")
}

/// Reads documents in the OpenDocument format (ISO/IEC 26300), as LibreOffice writes them. Macros are not looked at.
struct OpenDocumentReader: Reader {
    let format: Format

    /// The readers of the kinds of documents. The content of a file decides how it is read, not its kind.
    static let all: [any Reader] = [
        OpenDocumentReader(.openText, ["odt", "ott", "odm", "fodt"]),
        OpenDocumentReader(.openSheet, ["ods", "ots", "fods"]),
        OpenDocumentReader(.openSlides, ["odp", "otp", "odg", "otg", "fodp", "fodg"]),
    ]

    private init(_ mediaType: MediaType, _ extensions: Set<String>) {
        format = Format(mediaType, extensions: extensions, signatures: [.container([0x50, 0x4B, 0x03, 0x04])])
    }

    func longestFile(_ limits: ExtractionLimits) -> Int { limits.pdfBytes }

    func read(_ bytes: [UInt8], limits: ExtractionLimits) throws(Refusal) -> Document {
        let file = try OpenDocumentFile(bytes, limits: limits)
        guard let body = file.content.first("body") else { throw .containerDamaged("content.xml") }
        var extracted: Extracted
        if let sheets = body.first("spreadsheet") {
            let styles = OpenStyles([file.styles, file.content])
            extracted = try OpenSheet.extract(sheets, styles, file.objects, limit: limits.textBytes)
            for edge in OpenSheet.edges(file.styles?.first("master-styles"), styles) { extracted.append(paragraph: edge) }
            extracted.isTitledByHeading = false
        } else {
            var text = OpenText(file)
            for kind in body.elements { text.document(kind) }
            extracted = Extracted(text.markup)
            if extracted.title == nil { extracted.title = text.slideTitles.first }
        }
        extracted.title = file.title ?? extracted.title
        extracted.remarks.add(file.remarks)
        return try extracted.document(format.mediaType)
    }
}

/// The parts of an OpenDocument file.
struct OpenDocumentFile {
    let content: XMLElement
    let styles: XMLElement?
    let title: String?
    /// Formulas and other documents inside the file, by their paths.
    private(set) var objects = OpenObjects([:])
    private(set) var remarks = Remarks()

    init(_ bytes: [UInt8], limits: ExtractionLimits) throws(Refusal) {
        guard bytes.starts(with: [0x50, 0x4B]) else {
            // A flat file is one XML document.
            guard let part = XMLPart(bytes), part.root.name == "document" else { throw .containerDamaged("the document") }
            if part.isDamaged { remarks.add(.damaged("document")) }
            content = part.root
            styles = part.root
            title = part.root.first("meta")?.first("title")?.text
            return
        }
        let container = try Container(bytes, limits: limits) { $0.hasSuffix(".xml") }
        remarks = container.remarks
        let manifest = container["META-INF/manifest.xml"].flatMap(XMLPart.init)?.root
        let isLocked =
            manifest?.elements.contains { $0["full-path"] == "content.xml" && $0.first("encryption-data") != nil } ?? false
        if isLocked || container["encrypted-package"] != nil { throw .needsPassword }
        guard let bytes = container["content.xml"], let part = XMLPart(bytes) else { throw .containerDamaged("content.xml") }
        if part.isDamaged { remarks.add(.damaged("content.xml")) }
        content = part.root
        styles = container["styles.xml"].flatMap(XMLPart.init)?.root
        title = container["meta.xml"].flatMap(XMLPart.init)?.root.first("meta")?.first("title")?.text
        var objects: [String: XMLElement] = [:]
        for name in container.names where name.hasSuffix("/content.xml") {
            guard let part = container[name].flatMap(XMLPart.init) else { continue }
            objects[String(name.dropLast("/content.xml".utf8.count))] = part.root
        }
        self.objects = OpenObjects(objects)
        if container.hasPart(below: "Basic/") { remarks.add(.object("macros")) }
    }
}
