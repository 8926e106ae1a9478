extension MediaType {
    /// Rich text.
    package static let richText = MediaType(rawValue: "rtf")
}

/// Reads rich text (RTF 1.9), as word processors exchange it.
struct RichTextReader: Reader {
    let format = Format(.richText, extensions: ["rtf"], signatures: [.bytes(Array("{\\rtf".utf8), within: 5)])

    func read(_ bytes: [UInt8], limits: ExtractionLimits) throws(Refusal) -> Document {
        guard Self.isRichText(bytes) else {
            // The name says more than the file: it is plain text.
            let decoding = try TextReader.decode(bytes)
            return Document(
                title: nil, mediaType: .richText, text: decoding.text, spans: [], original: .encoded(decoding.form))
        }
        return try Self.extract(bytes).document(.richText)
    }

    private static func isRichText(_ bytes: [UInt8]) -> Bool { bytes.starts(with: "{\\rtf".utf8) }

    /// The text of rich text.
    static func extract(_ bytes: [UInt8]) throws(Refusal) -> Extracted {
        guard isRichText(bytes) else { throw .unsupportedFormat("no rich text") }
        var parser = RichTextParser(bytes)
        parser.parse()
        var extracted = Extracted(parser.markup)
        extracted.title = parser.title
        return extracted
    }
}
