/// How the bytes of a file are regained from the text of its document.
package enum OriginalForm: Sendable, Equatable {
    /// The text is the decoded file. Encoding the text gives the bytes of the file back.
    case encoded(EncodedForm)
    /// The text was extracted from a file (HTML, PDF). The file cannot be made from the text.
    case extracted

    /// The form of a UTF-8 file whose bytes are the text.
    package static let plain = OriginalForm.encoded(EncodedForm(encoding: .utf8))

    /// Whether `bytes(from:)` gives the bytes of the file. When false, it gives the extracted text as a text file.
    package var isExact: Bool { self != .extracted }

    /// The bytes to write for a document with this text. Throws when this form does not fit the text.
    package func bytes(from text: [UInt8]) throws(CorporaError) -> [UInt8] {
        switch self {
        case .encoded(let form): try form.bytes(from: text)
        case .extracted: text
        }
    }
}

/// The encoding, byte order mark, line ends and undecodable bytes of a text file.
package struct EncodedForm: Sendable, Equatable {
    /// The kinds of line ends of a file.
    package enum LineEnds: String, Sendable {
        /// The text has the line ends of the file.
        case asTheyStand
        /// Every line end of the file is CR LF, and LF in the text.
        case crlf
        /// Every line end of the file is CR, and LF in the text.
        case cr
    }

    /// Bytes of the file for which the text has something else.
    ///
    /// For bytes that do not decode the text has U+FFFD, or the letters that they most likely are. For control sequences it
    /// has nothing or a space.
    package struct Repair: Sendable, Equatable {
        /// The offset in the text.
        package let offset: Int
        /// The bytes in the file.
        package let bytes: [UInt8]
        /// The number of bytes in the text that stand for them: 3 for U+FFFD.
        package let count: Int

        /// Makes a repair from its parts.
        package init(offset: Int, bytes: [UInt8], count: Int = 3) {
            self.offset = offset
            self.bytes = bytes
            self.count = count
        }
    }

    /// The character encoding of the file.
    package var encoding: TextEncoding
    /// Whether the file starts with a byte order mark. The text has none.
    package var hasByteOrderMark: Bool
    /// The line ends of the file.
    package var lineEnds: LineEnds
    /// The escapes in strings of JSON. Nil when the text has the escapes of the file.
    package var escapes: JSONEscapes?
    /// The bytes for which the text has something else, sorted by offset.
    package var repairs: [Repair]

    /// Makes a form from its parts.
    package init(
        encoding: TextEncoding, hasByteOrderMark: Bool = false, lineEnds: LineEnds = .asTheyStand,
        escapes: JSONEscapes? = nil, repairs: [Repair] = []
    ) {
        self.encoding = encoding
        self.hasByteOrderMark = hasByteOrderMark
        self.lineEnds = lineEnds
        self.escapes = escapes
        self.repairs = repairs
    }

    /// The bytes of the file that decodes to `text`. Throws when the text does not encode.
    package func bytes(from text: [UInt8]) throws(CorporaError) -> [UInt8] {
        if self == EncodedForm(encoding: .utf8) { return text }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count + text.count / 16)
        _ = try write(text) { piece in
            bytes += piece
            return true
        }
        return bytes
    }

    /// Whether exactly these are the bytes of the file that decodes to `text`. Memory: some pieces of the text.
    func gives(_ bytes: [UInt8], from text: [UInt8]) -> Bool {
        if self == EncodedForm(encoding: .utf8) { return text == bytes }
        var rest = bytes[...]
        do throws(CorporaError) {
            let isPrefix = try write(text) { piece in
                guard rest.starts(with: piece) else { return false }
                rest = rest.dropFirst(piece.count)
                return true
            }
            return isPrefix && rest.isEmpty
        } catch {
            return false
        }
    }

    /// Hands the bytes of the file that decodes to `text` to `sink`, piece by piece, until it returns false.
    ///
    /// Returns whether all pieces were taken. Throws when the text does not encode.
    private func write(_ text: [UInt8], _ sink: ([UInt8]) -> Bool) throws(CorporaError) -> Bool {
        if hasByteOrderMark, !sink(encoding.byteOrderMark) { return false }
        let isConverted = encoding != .utf8 && !encoding.isStateful
        let converter = isConverted ? Converter(encoding) : nil
        if isConverted, converter == nil { throw CorporaError(.notEncodable(encoding), subject: "text") }
        var escaping = escapes.map(JSONEscapes.Writer.init)
        var start = 0
        for repair in repairs {
            guard repair.offset >= start, repair.count >= 0, repair.count <= text.count - repair.offset else {
                throw CorporaError(.notEncodable(encoding), subject: "text")
            }
            guard try write(text, start..<repair.offset, &escaping, converter, sink), sink(repair.bytes) else {
                return false
            }
            start = repair.offset + repair.count
            _ = escaping?.escaped(text.span.extracting(repair.offset..<start))
        }
        return try write(text, start..<text.count, &escaping, converter, sink)
    }

    /// Holds an `Iconv`. An `Iconv` cannot be copied, so it cannot be the value of an optional constant.
    private final class Converter {
        let iconv: Iconv
        init?(_ encoding: TextEncoding) {
            guard let iconv = Iconv(from: .utf8, to: encoding) else { return nil }
            self.iconv = iconv
        }
    }

    /// A piece of text that is encoded at once ends at the first line end behind so many bytes.
    private static let pieceBytes = 1 << 20

    private func write(
        _ text: [UInt8], _ range: Range<Int>, _ escaping: inout JSONEscapes.Writer?, _ converter: Converter?,
        _ sink: ([UInt8]) -> Bool
    ) throws(CorporaError) -> Bool {
        var start = range.lowerBound
        while start < range.upperBound {
            var end = range.upperBound
            if end - start > Self.pieceBytes, let line = text[(start + Self.pieceBytes)..<end].firstIndex(of: 10) {
                end = line + 1
            }
            guard sink(try encoded(text.span.extracting(start..<end), &escaping, converter)) else { return false }
            start = end
        }
        return true
    }

    private func encoded(
        _ text: Span<UInt8>, _ escaping: inout JSONEscapes.Writer?, _ converter: Converter?
    ) throws(CorporaError) -> [UInt8] {
        let escaped = escaping?.escaped(text)
        let expanded = escaped.map { lineEnds.expanded($0.span) } ?? lineEnds.expanded(text)
        if encoding.isStateful {
            guard let stateful = StatefulEncoding(encoding), let piece = stateful.encoded(expanded.span) else {
                throw CorporaError(.notEncodable(encoding), subject: "text")
            }
            return piece
        }
        guard let converter else { return expanded }
        var bytes: [UInt8] = []
        if converter.iconv.convert(expanded.span, onto: &bytes) != nil {
            throw CorporaError(.notEncodable(encoding), subject: "text")
        }
        return bytes
    }
}
