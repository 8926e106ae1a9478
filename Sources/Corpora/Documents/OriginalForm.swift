/// How the bytes of a file are regained from a document's text.
public enum OriginalForm: Sendable, Equatable {
    /// The text is a decoding of the file, which can be undone.
    case encoded(EncodedForm)
    /// The text was drawn out of a file (HTML, PDF) that cannot be made from it again.
    case extracted

    /// UTF-8 as it stands.
    public static let plain = OriginalForm.encoded(EncodedForm(encoding: .utf8))

    /// Whether `bytes(from:)` gives the bytes of the file; otherwise it gives those of a text file (path + ".txt").
    public var isExact: Bool { self != .extracted }

    /// The bytes to write for a document with this text. Throws when the text is not one that this form was made for.
    public func bytes(from text: [UInt8]) throws(CorporaError) -> [UInt8] {
        switch self {
        case .encoded(let form): try form.bytes(from: text)
        case .extracted: text
        }
    }
}

/// The encoding, byte order mark, line ends and undecodable bytes of a text file.
public struct EncodedForm: Sendable, Equatable {
    /// The line ends that stand as LF in the text.
    public enum LineEnds: String, Sendable {
        /// The text has the file's own line ends, mixed or not.
        case asTheyStand
        /// Every line end of the file is CR LF.
        case crlf
        /// Every line end of the file is CR.
        case cr
    }

    /// Bytes that do not decode; U+FFFD stands for them in the text.
    public struct Repair: Sendable, Equatable {
        /// The offset of the U+FFFD in the text.
        public let offset: Int
        /// The bytes in the file.
        public let bytes: [UInt8]

        /// A repair from its parts.
        public init(offset: Int, bytes: [UInt8]) {
            self.offset = offset
            self.bytes = bytes
        }
    }

    /// The character encoding of the file.
    public var encoding: TextEncoding
    /// Whether the file starts with a byte order mark, which the text lacks.
    public var hasByteOrderMark: Bool
    /// The line ends of the file.
    public var lineEnds: LineEnds
    /// Undecodable bytes, by offset.
    public var repairs: [Repair]

    /// A form from its parts.
    public init(
        encoding: TextEncoding, hasByteOrderMark: Bool = false, lineEnds: LineEnds = .asTheyStand,
        repairs: [Repair] = []
    ) {
        self.encoding = encoding
        self.hasByteOrderMark = hasByteOrderMark
        self.lineEnds = lineEnds
        self.repairs = repairs
    }

    /// The bytes of the file that decodes to `text`.
    public func bytes(from text: [UInt8]) throws(CorporaError) -> [UInt8] {
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

    /// Holds an `Iconv`, which cannot be copied and so cannot be the value of an optional constant.
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
