extension MediaType {
    /// Plain text.
    package static let text = MediaType(rawValue: "text")
}

/// Reads plain text, and every file that no other reader recognises.
struct TextReader: Reader {
    let format = Format(.text, extensions: ["txt", "text"])

    func longestFile(_ limits: ExtractionLimits) -> Int { limits.longTextBytes }

    func readInPlace(_ file: FileBytes) -> Document? {
        guard Self.isPlain(file) else { return nil }
        let head = file.head(64 << 10)
        return Document(
            title: DocumentTitle.firstLine(of: head), mediaType: .text, content: file, spans: [], original: .plain,
            date: FrontMatter.date(of: head))
    }

    func read(_ bytes: [UInt8], limits: ExtractionLimits) throws(Refusal) -> Document {
        let decoding = try Self.decode(bytes)
        return Document(
            title: DocumentTitle.firstLine(of: decoding.text), mediaType: .text, text: decoding.text, spans: [],
            original: .encoded(decoding.form), date: FrontMatter.date(of: decoding.text))
    }
}

extension TextReader {
    /// Whether `decode` would give the bytes of the file as they stand, and the file does not hold `byte`.
    ///
    /// False also for some rare files of which it would.
    static func isPlain(_ file: FileBytes, without byte: UInt8? = nil) -> Bool {
        file.withSpan { bytes in
            let counts = ByteCounts(bytes)
            let cleaned: [UInt8] = [0, 8, 13, 0x1B] + (byte.map { [$0] } ?? [])
            guard cleaned.allSatisfy({ counts[$0] == 0 }), !counts.areBinary, counts.hasText else { return false }
            // HZ writes Chinese between "~{" and "~}".
            if counts.high == 0, counts[UInt8(ascii: "~")] > 0, counts[UInt8(ascii: "{")] > 0 { return !bytes.hasShifts }
            return validPrefix(bytes) == bytes.count && !file.head(3).starts(with: TextEncoding.utf8.byteOrderMark)
        }
    }

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

    /// Whether some character is neither a control character nor white space of ASCII.
    fileprivate var hasText: Bool { (33..<256).contains { $0 != 127 && self[UInt8($0)] > 0 } }
}

extension Span<UInt8> {
    /// Whether the bytes hold "~{", with which HZ switches to Chinese.
    fileprivate var hasShifts: Bool {
        (1..<Swift.max(1, count)).contains { self[$0] == UInt8(ascii: "{") && self[$0 - 1] == UInt8(ascii: "~") }
    }
}
