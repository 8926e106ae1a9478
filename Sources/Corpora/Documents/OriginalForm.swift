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

    /// Bytes that do not decode. The text has U+FFFD in their place.
    package struct Repair: Sendable, Equatable {
        /// The offset of the U+FFFD in the text.
        package let offset: Int
        /// The bytes in the file.
        package let bytes: [UInt8]

        /// Makes a repair from its parts.
        package init(offset: Int, bytes: [UInt8]) {
            self.offset = offset
            self.bytes = bytes
        }
    }

    /// The character encoding of the file.
    package var encoding: TextEncoding
    /// Whether the file starts with a byte order mark. The text has none.
    package var hasByteOrderMark: Bool
    /// The line ends of the file.
    package var lineEnds: LineEnds
    /// The bytes that do not decode, sorted by offset.
    package var repairs: [Repair]

    /// Makes a form from its parts.
    package init(
        encoding: TextEncoding, hasByteOrderMark: Bool = false, lineEnds: LineEnds = .asTheyStand,
        repairs: [Repair] = []
    ) {
        self.encoding = encoding
        self.hasByteOrderMark = hasByteOrderMark
        self.lineEnds = lineEnds
        self.repairs = repairs
    }

    /// The bytes of the file that decodes to `text`. Throws when the text does not encode.
    package func bytes(from text: [UInt8]) throws(CorporaError) -> [UInt8] {
        if self == EncodedForm(encoding: .utf8) { return text }
        var bytes = hasByteOrderMark ? encoding.byteOrderMark : []
        bytes.reserveCapacity(text.count + text.count / 16)
        let converter = encoding == .utf8 ? nil : Converter(encoding)
        if encoding != .utf8, converter == nil { throw CorporaError(.notEncodable(encoding), subject: "text") }
        var start = 0
        for repair in repairs {
            guard repair.offset >= start, repair.offset + 3 <= text.count else {
                throw CorporaError(.notEncodable(encoding), subject: "text")
            }
            try append(text.span.extracting(start..<repair.offset), converter, to: &bytes)
            bytes += repair.bytes
            start = repair.offset + 3
        }
        try append(text.span.extracting(start..<text.count), converter, to: &bytes)
        return bytes
    }

    /// Holds an `Iconv`. An `Iconv` cannot be copied, so it cannot be the value of an optional constant.
    private final class Converter {
        let iconv: Iconv
        init?(_ encoding: TextEncoding) {
            guard let iconv = Iconv(from: .utf8, to: encoding) else { return nil }
            self.iconv = iconv
        }
    }

    private func append(_ text: Span<UInt8>, _ converter: Converter?, to bytes: inout [UInt8]) throws(CorporaError) {
        let expanded = lineEnds.expanded(text)
        guard let converter else {
            bytes += expanded
            return
        }
        if converter.iconv.convert(expanded.span, onto: &bytes) != nil {
            throw CorporaError(.notEncodable(encoding), subject: "text")
        }
    }
}
