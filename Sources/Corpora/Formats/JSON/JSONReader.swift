extension MediaType {
    /// JSON, or lines of JSON.
    package static let json = MediaType(rawValue: "json")
}

/// Reads JSON and lines of JSON. The text is the source with the characters that escapes stand for.
struct JSONReader: Reader {
    let format = Format(
        .json, extensions: ["json", "jsonl", "ndjson", "geojson", "jsonld", "json5", "webmanifest", "har", "topojson"])

    func longestFile(_ limits: ExtractionLimits) -> Int { limits.longTextBytes }

    func readInPlace(_ file: FileBytes) -> Document? {
        guard TextReader.isPlain(file, without: UInt8(ascii: "\\")) else { return nil }
        return Document(title: nil, mediaType: .json, content: file, spans: [], original: .plain)
    }

    func read(_ bytes: [UInt8], limits: ExtractionLimits) throws(Refusal) -> Document {
        var decoding = try TextReader.decode(bytes)
        // Without a way back to the bytes the escapes stay as they are.
        if let plain = Self.unescaped(decoding), plain.form.gives(bytes, from: plain.text) { decoding = plain }
        return Document(title: nil, mediaType: .json, text: decoding.text, spans: [], original: .encoded(decoding.form))
    }

    /// The text with characters in place of escapes. Nil when there are none, or when another repair is in the way.
    private static func unescaped(_ decoding: TextDecoding) -> TextDecoding? {
        guard decoding.form.repairs.isEmpty, let json = JSONText(decoding.text) else { return nil }
        var result = decoding
        result.text = json.text
        result.form.escapes = json.escapes
        result.form.repairs = json.repairs
        return result
    }
}
