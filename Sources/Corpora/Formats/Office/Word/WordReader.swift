extension MediaType {
    /// A document of Microsoft Word.
    package static let word = MediaType(rawValue: "docx")
}

/// Reads documents of Microsoft Word (ECMA-376, part 1). Macros are not looked at.
struct WordReader: Reader {
    let format = Format(
        .word, extensions: ["docx", "docm", "dotx", "dotm"], signatures: [.container([0x50, 0x4B, 0x03, 0x04])])

    func longestFile(_ limits: ExtractionLimits) -> Int { limits.pdfBytes }

    func read(_ bytes: [UInt8], limits: ExtractionLimits) throws(Refusal) -> Document {
        var package = try OfficePackage(bytes, limits: limits)
        // Some programs write several bodies, one after the other.
        let bodies = package.xml(package.main)?.all("body") ?? []
        guard !bodies.isEmpty else { throw .containerDamaged(package.main) }
        var text = WordText(&package)
        text.document(bodies, &package)
        var extracted = Extracted(text.markup)
        extracted.title = package.title()
        extracted.remarks.add(package.remarks)
        return try extracted.document(.word)
    }
}
