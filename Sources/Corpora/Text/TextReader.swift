extension MediaType {
    /// Plain text.
    package static let text = MediaType(rawValue: "text")
}

/// Reads plain text, and every file that no other reader recognises.
struct TextReader: Reader {
    let format = Format(.text, extensions: ["txt", "text"])

    func read(_ bytes: [UInt8], limits: ExtractionLimits) throws(Refusal) -> Document {
        let decoding = try Self.decode(bytes)
        return Document(
            title: DocumentTitle.firstLine(of: decoding.text), mediaType: .text, text: decoding.text, spans: [],
            original: .encoded(decoding.form), date: FrontMatter.date(of: decoding.text))
    }
}

extension TextReader {
    /// Decodes the text of a file in the first guessed encoding from which exactly `bytes` can be regained.
    ///
    /// Terminal control sequences and zero bytes are no part of the text. The form of the text gives them back.
    static func decode(_ bytes: [UInt8]) throws(Refusal) -> TextDecoding {
        let counts = ByteCounts(bytes.span)
        let guesses = EncodingDetector(bytes, counts: counts).guesses()
        let isWide = guesses.first.map { $0.encoding.unit > 1 } ?? false
        if !isWide {
            let isBinary = counts.areBinary && !TerminalText.hides(bytes)
            if counts[0] > 0, isBinary || !TerminalText.zerosAreFew(bytes) { throw .zeroBytes }
            if isBinary { throw .controlCharacters }
        }
        for guess in guesses {
            guard
                let decoding = TextDecoding(
                    bytes, as: guess.encoding, hasByteOrderMark: guess.hasByteOrderMark, maxRepairs: guess.maxRepairs)
            else { continue }
            if decoding.hasControls { throw .controlCharacters }
            guard decoding.text.contains(where: { !$0.isControlOrSpace }) else { throw .whiteSpaceOnly }
            return TerminalText.cleaned(decoding, of: bytes)
        }
        throw .unknownEncoding
    }
}

extension TextDecoding {
    /// Whether bytes decoded as UTF-16 or UTF-32 gave characters that no text holds.
    fileprivate var hasControls: Bool {
        guard form.encoding.unit > 1 else { return false }
        let counts = ByteCounts(text.span)
        return counts[0] > 0 || counts.areBinary
    }
}

extension ByteCounts {
    /// Whether there are too many control characters for a text. Up to one in a thousand bytes is accepted.
    ///
    /// Zero bytes are judged apart.
    var areBinary: Bool { odd - self[0] > 2 + total / 1000 }
}
