import CGMime
import Glibc

/// A file of one mail or of many mails, owned by GMime.
struct MailFile: ~Copyable {
    private let parser: UnsafeMutablePointer<GMimeParser>

    /// Prepares GMime for this process. A worker does so before it gives up its rights.
    static func prepare() { _ = isReady }

    private static let isReady: Bool = {
        g_mime_init()
        return true
    }()

    init(_ bytes: [UInt8], isMailbox: Bool) {
        MailFile.prepare()
        let stream = bytes.withUnsafeBytes {
            g_mime_stream_mem_new_with_buffer($0.baseAddress?.assumingMemoryBound(to: CChar.self), $0.count)
        }
        parser = g_mime_parser_new_with_stream(stream)
        g_mime_parser_set_format(parser, isMailbox ? GMIME_FORMAT_MBOX : GMIME_FORMAT_MESSAGE)
        g_object_unref(UnsafeMutableRawPointer(stream))
    }

    deinit { g_object_unref(UnsafeMutableRawPointer(parser)) }

    /// Calls `body` with each mail in turn until it returns false. Stops at damage that hides the next mail.
    mutating func forEach(_ body: (MailMessage) throws(Refusal) -> Bool) throws(Refusal) {
        var count = 0
        while count == 0 || g_mime_parser_eos(parser) == 0 {
            guard let message = g_mime_parser_construct_message(parser, nil) else { return }
            defer { g_object_unref(UnsafeMutableRawPointer(message)) }
            count += 1
            guard try body(MailMessage(pointer: message)) else { return }
        }
    }
}

/// A mail. It lives as long as its file stands at it.
struct MailMessage {
    fileprivate let pointer: UnsafeMutablePointer<GMimeMessage>

    /// The fields of the header in order, decoded.
    var fields: [(name: String, value: String)] {
        let list = cgmime_headers(pointer)
        return (0..<g_mime_header_list_get_count(list)).compactMap { index in
            guard let header = g_mime_header_list_get_header_at(list, index), let name = g_mime_header_get_name(header),
                let value = MailField.value(header)
            else { return nil }
            return (String(cString: name), value)
        }
    }

    /// The body. Nil in a mail without one.
    var root: MailPart? { g_mime_message_get_mime_part(pointer).map(MailPart.init) }
}

/// A part of a mail.
struct MailPart {
    fileprivate let pointer: UnsafeMutablePointer<GMimeObject>

    /// What a part holds.
    enum Content {
        /// Parts, in order.
        case parts([MailPart])
        /// A mail inside the mail.
        case message(MailMessage)
        /// Bytes.
        case bytes
        /// Parts that only a key opens.
        case encrypted
        /// Nothing that GMime knows.
        case unknown
    }

    var content: Content {
        if cgmime_is_encrypted(pointer) != 0 { return .encrypted }
        if cgmime_is_multipart(pointer) != 0 {
            return .parts((0..<cgmime_count(pointer)).compactMap { cgmime_child(pointer, $0).map(MailPart.init) })
        }
        if cgmime_is_message(pointer) != 0 {
            return cgmime_message(pointer).map { .message(MailMessage(pointer: $0)) } ?? .unknown
        }
        return cgmime_is_part(pointer) != 0 ? .bytes : .unknown
    }

    /// The text before the first of the parts. Nil where there is none.
    var prologue: [UInt8]? {
        guard cgmime_is_multipart(pointer) != 0 else { return nil }
        return cgmime_prologue(pointer).map { Array(UnsafeRawBufferPointer(start: $0, count: strlen($0))) }
    }

    /// The type in lower case, such as "text/html".
    var type: String {
        let type = g_mime_object_get_content_type(pointer)
        guard let media = g_mime_content_type_get_media_type(type), let kind = g_mime_content_type_get_media_subtype(type)
        else { return "text/plain" }
        return (String(cString: media) + "/" + String(cString: kind)).lowercased()
    }

    /// A parameter of the type, such as the charset.
    func parameter(_ name: String) -> String? {
        if let header = header("Content-Type"), let field = MailField.joined(header),
            let type = g_mime_content_type_parse(nil, field)
        {
            defer { g_object_unref(UnsafeMutableRawPointer(type)) }
            return g_mime_content_type_get_parameter(type, name).map { String(cString: $0) }
        }
        return g_mime_object_get_content_type_parameter(pointer, name).map { String(cString: $0) }
    }

    /// A field of the header of the part, decoded.
    func field(_ name: String) -> String? { header(name).flatMap(MailField.value) }

    private func header(_ name: String) -> UnsafeMutablePointer<GMimeHeader>? {
        g_mime_header_list_get_header(g_mime_object_get_header_list(pointer), name)
    }

    /// The name of the file that the part was.
    var fileName: String? {
        guard cgmime_is_part(pointer) != 0 else { return nil }
        if let header = header("Content-Disposition"), let field = MailField.joined(header),
            let disposition = g_mime_content_disposition_parse(nil, field)
        {
            defer { g_object_unref(UnsafeMutableRawPointer(disposition)) }
            if let name = g_mime_content_disposition_get_parameter(disposition, "filename") { return String(cString: name) }
        }
        return g_mime_object_get_content_disposition_parameter(pointer, "filename").map { String(cString: $0) }
            ?? parameter("name")
    }

    /// Whether the part is meant to be saved, not shown.
    var isAttachment: Bool {
        g_mime_object_get_disposition(pointer).map { String(cString: $0).lowercased() == "attachment" } ?? false
    }

    /// The content without its transfer encoding; text in UTF-7, as old mails have it, in UTF-8.
    var bytes: [UInt8] {
        let isUTF7 = parameter("charset").map { UTF7.labels.contains($0.lowercased()) } ?? false
        return isUTF7 ? UTF7.decoded(decodedBytes) : decodedBytes
    }

    /// The content without its transfer encoding. Base64 goes on after padding, and lines of text after it, such as those of a
    /// mailing list, are kept.
    private var decodedBytes: [UInt8] {
        guard cgmime_is_part(pointer) != 0 else { return [] }
        if cgmime_is_base64(pointer) != 0, let encoded = Self.array(cgmime_encoded_content(pointer)),
            let whole = Base64Lines.decode(encoded, isText: type.hasPrefix("text/"))
        {
            return whole
        }
        return Self.array(cgmime_content(pointer)) ?? []
    }

    /// Whether the part has neither a type of its own nor bytes.
    var isEmpty: Bool { cgmime_is_part(pointer) != 0 && header("Content-Type") == nil && decodedBytes.isEmpty }

    /// Whether the bytes are data with a signature and not encrypted (RFC 5652, 5.1).
    var isSignedData: Bool {
        let type: [UInt8] = [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x02]
        let start = decodedBytes.prefix(32)
        return start.indices.contains { start[$0...].starts(with: type) }
    }

    /// The bytes of an array of GLib, which is freed.
    private static func array(_ array: UnsafeMutablePointer<GByteArray>?) -> [UInt8]? {
        guard let array else { return nil }
        defer { g_byte_array_unref(array) }
        guard let data = array.pointee.data else { return [] }
        return Array(UnsafeBufferPointer(start: data, count: Int(array.pointee.len)))
    }
}

/// A field of a header.
private enum MailField {
    /// The value, decoded. Nil in a field without one.
    static func value(_ header: UnsafeMutablePointer<GMimeHeader>) -> String? {
        guard let field = joined(header), let text = g_mime_utils_header_decode_text(nil, field) else {
            return g_mime_header_get_value(header).map { String(cString: $0) }
        }
        defer { g_free(text) }
        return String(cString: text)
    }

    /// The value in one line with its neighbouring encoded words joined, for a function of C. Nil in a field without such words.
    static func joined(_ header: UnsafeMutablePointer<GMimeHeader>) -> [CChar]? {
        guard let raw = g_mime_header_get_raw_value(header), let line = g_mime_utils_header_unfold(raw) else { return nil }
        defer { g_free(line) }
        var bytes: [UInt8] = []
        while line[bytes.count] != 0 { bytes.append(UInt8(bitPattern: line[bytes.count])) }
        return EncodedWords.joined(bytes).map { $0.map { CChar(bitPattern: $0) } + [0] }
    }
}
