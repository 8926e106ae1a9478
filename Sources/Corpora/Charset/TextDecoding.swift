/// The text of a file, with the form that gives the bytes of the file back.
struct TextDecoding {
    /// The text in valid UTF-8.
    var text: [UInt8]
    /// How the bytes of the file are regained from `text`.
    var form: EncodedForm

    /// Decodes `bytes` without the byte order mark.
    ///
    /// Nil when more than `maxRepairs` sequences do not decode, or when `form` does not give exactly `bytes` back.
    init?(_ bytes: [UInt8], as encoding: TextEncoding, hasByteOrderMark: Bool = false, maxRepairs: Int) {
        let body = bytes.span.extracting((hasByteOrderMark ? encoding.byteOrderMark.count : 0)..<bytes.count)
        var repairs: [EncodedForm.Repair] = []
        let decoded: [UInt8]?
        if encoding == .utf8, !hasByteOrderMark, validPrefix(body) == body.count {
            decoded = bytes
        } else if encoding == .utf8 {
            decoded = Self.utf8(body, maxRepairs, &repairs)
        } else if encoding.isStateful {
            guard let stateful = StatefulEncoding(encoding) else { return nil }
            decoded = stateful.decoded(body, &repairs)
        } else {
            decoded = Self.converted(body, encoding, maxRepairs, &repairs)
        }
        guard var text = decoded else { return nil }
        let lineEnds = EncodedForm.LineEnds(of: text)
        lineEnds.collapse(&text, repairs: &repairs)
        form = EncodedForm(
            encoding: encoding, hasByteOrderMark: hasByteOrderMark, lineEnds: lineEnds, repairs: repairs)
        self.text = text
        guard form.gives(bytes, from: text) else { return nil }
    }

    /// Copies UTF-8 with U+FFFD in place of each invalid byte. Nil when there are more than `maxRepairs` invalid bytes.
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

    /// Converts with iconv, with U+FFFD in place of each invalid code unit. Nil when there are more than `maxRepairs`.
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

/// The length of the longest prefix of `bytes` that is valid UTF-8.
func validPrefix(_ bytes: Span<UInt8>) -> Int {
    do throws(UTF8.ValidationError) {
        _ = try UTF8Span(validating: bytes)
        return bytes.count
    } catch {
        return error.byteOffsets.lowerBound
    }
}
