/// A decoding of a file's bytes.
struct TextDecoding {
    /// Valid UTF-8.
    var text: [UInt8]
    /// The form that gives the bytes back.
    var form: EncodedForm

    /// Decodes `bytes`, after the byte order mark if there is one.
    ///
    /// Nil when more than `maxRepairs` sequences do not decode, or when the form does not give exactly `bytes` back.
    init?(_ bytes: [UInt8], as encoding: TextEncoding, hasByteOrderMark: Bool = false, maxRepairs: Int) {
        let body = bytes.span.extracting((hasByteOrderMark ? encoding.byteOrderMark.count : 0)..<bytes.count)
        var repairs: [EncodedForm.Repair] = []
        let maxRepairs = encoding.isStateful ? 0 : maxRepairs
        let decoded =
            encoding == .utf8
            ? Self.utf8(body, maxRepairs, &repairs) : Self.converted(body, encoding, maxRepairs, &repairs)
        guard var text = decoded else { return nil }
        let lineEnds = EncodedForm.LineEnds(of: text)
        lineEnds.collapse(&text, repairs: &repairs)
        form = EncodedForm(
            encoding: encoding, hasByteOrderMark: hasByteOrderMark, lineEnds: lineEnds, repairs: repairs)
        self.text = text
        guard let again = try? form.bytes(from: text), again == bytes else { return nil }
    }

    /// UTF-8 with U+FFFD for each byte that is not.
    private static func utf8(_ body: Span<UInt8>, _ maxRepairs: Int, _ repairs: inout [EncodedForm.Repair]) -> [UInt8]? {
        var text: [UInt8] = []
        text.reserveCapacity(body.count)
        var start = 0
        while true {
            let rest = body.extracting(start..<body.count)
            let valid = validPrefix(rest)
            rest.extracting(0..<valid).withUnsafeBufferPointer { text.append(contentsOf: $0) }
            if valid == rest.count { return text }
            guard repairs.count < maxRepairs else { return nil }
            repairs.append(EncodedForm.Repair(offset: text.count, bytes: [rest[valid]]))
            text += [0xEF, 0xBF, 0xBD]
            start += valid + 1
        }
    }

    private static func converted(
        _ body: Span<UInt8>, _ encoding: TextEncoding, _ maxRepairs: Int, _ repairs: inout [EncodedForm.Repair]
    ) -> [UInt8]? {
        guard let iconv = Iconv(from: encoding, to: .utf8) else { return nil }
        var text: [UInt8] = []
        text.reserveCapacity(body.count * 2)
        var start = 0
        while let stop = iconv.convert(body.extracting(start..<body.count), onto: &text) {
            guard repairs.count < maxRepairs else { return nil }
            let bad = start + stop
            start = min(body.count, bad + encoding.unit)
            repairs.append(EncodedForm.Repair(offset: text.count, bytes: (bad..<start).map { body[$0] }))
            text += [0xEF, 0xBF, 0xBD]
        }
        return text
    }
}

/// The number of bytes at the start that are valid UTF-8.
func validPrefix(_ bytes: Span<UInt8>) -> Int {
    do throws(UTF8.ValidationError) {
        _ = try UTF8Span(validating: bytes)
        return bytes.count
    } catch {
        return error.byteOffsets.lowerBound
    }
}
