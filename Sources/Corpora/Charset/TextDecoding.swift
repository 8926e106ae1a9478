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
    ///
    /// Invalid bytes that are letters of windows-1252 between ASCII are such letters: several programs may have written the
    /// file, such as a log.
    private static func utf8(_ body: Span<UInt8>, _ maxRepairs: Int, _ repairs: inout [EncodedForm.Repair]) -> [UInt8]? {
        var text: [UInt8] = []
        text.reserveCapacity(body.count)
        var start = 0
        var isWestern: Bool?
        while true {
            let rest = body.extracting(start..<body.count)
            let valid = validPrefix(rest)
            rest.extracting(0..<valid).withUnsafeBufferPointer { text.append(contentsOf: $0) }
            if valid == rest.count { return text }
            guard repairs.count < maxRepairs else { return nil }
            let mayHaveLetters = isWestern ?? Self.isWestern(body)
            isWestern = mayHaveLetters
            let letters = mayHaveLetters ? western(body, from: start + valid) : []
            if letters.isEmpty {
                repairs.append(EncodedForm.Repair(offset: text.count, bytes: [rest[valid]]))
                text += [0xEF, 0xBF, 0xBD]
                start += valid + 1
            } else {
                let decoded = TextDecoding(letters, as: .windows1252, maxRepairs: 0)?.text ?? []
                repairs.append(EncodedForm.Repair(offset: text.count, bytes: letters, count: decoded.count))
                text += decoded
                start += valid + letters.count
            }
        }
    }

    /// The letters of windows-1252 below those of Latin 1, and its apostrophe.
    private static let lowLetters: Set<UInt8> = [0x8A, 0x8C, 0x8E, 0x92, 0x9A, 0x9C, 0x9E, 0x9F]
    /// Words of one letter outside ASCII: à, À, é, È, ó, ò, ö, å, ü.
    private static let wordLetters: Set<UInt8> = [0xC0, 0xC8, 0xE0, 0xE9, 0xE5, 0xF2, 0xF3, 0xF6, 0xFC]

    /// The letters or the sign of windows-1252 at an offset, up to four, where ASCII stands on both sides. Empty where something
    /// else stands there: the ends of broken characters look the same.
    private static func western(_ bytes: Span<UInt8>, from start: Int) -> [UInt8] {
        var end = start
        let isLow = lowLetters.contains(bytes[start])
        if isLow { end += 1 }
        // An elision such as "l’été" has the apostrophe before the letter.
        if !isLow || bytes[start] == 0x92 {
            while end < bytes.count, bytes[end] >= 0x80 {
                guard bytes[end] >= 0xC0, bytes[end] != 0xD7, bytes[end] != 0xF7, end - start < 4 else {
                    return sign(bytes, at: start)
                }
                end += 1
            }
        }
        guard end < bytes.count, bytes[end] < 0x80, start == 0 || bytes[start - 1] < 0x80 else { return [] }
        let isWord =
            end == start + 1 && wordLetters.contains(bytes[start]) && bytes[end] == 32 && start > 0 && bytes[start - 1] == 32
        guard isWord || bytes[end].isLetter || start > 0 && bytes[start - 1].isLetter else { return [] }
        return (start..<end).map { bytes[$0] }
    }

    /// A quotation mark, a dash or the sign of the euro, where it usually stands.
    private static func sign(_ bytes: Span<UInt8>, at i: Int) -> [UInt8] {
        let before = i > 0 ? bytes[i - 1] : 32
        let after = i + 1 < bytes.count ? bytes[i + 1] : 32
        let isInPlace =
            switch bytes[i] {
            case 0x91, 0x93, 0x84: isOutside(before) && after.isAlphanumeric
            case 0x94: !before.isControlOrSpace && before < 0x80 && isOutside(after)
            case 0x96, 0x97: before == 32 && after == 32 || before.isDigit && after.isDigit
            case 0x80: before.isDigit || after.isDigit || before == 32 && i > 1 && bytes[i - 2].isDigit
            default: false
            }
        return isInPlace && before < 0x80 && after < 0x80 ? [bytes[i]] : []
    }

    /// Whether a byte of ASCII stands between words.
    private static func isOutside(_ byte: UInt8) -> Bool { byte < 0x80 && !byte.isAlphanumeric }

    /// Whether at most a quarter of the valid sequences are letters of non-Latin scripts.
    private static func isWestern(_ bytes: Span<UInt8>) -> Bool {
        var (all, other) = (0, 0)
        for i in 1..<max(1, bytes.count) where bytes[i] & 0xC0 == 0x80 && bytes[i - 1] >= 0xC2 {
            all += 1
            // Marks such as dashes start with 0xE2, emoji with 0xF0.
            if 0xCA...0xE1 ~= bytes[i - 1] || 0xE3...0xED ~= bytes[i - 1] { other += 1 }
        }
        return other * 4 <= all
    }

    /// Converts with iconv, with U+FFFD in place of each invalid code unit. Nil when there are more than `maxRepairs`.
    private static func converted(
        _ body: Span<UInt8>, _ encoding: TextEncoding, _ maxRepairs: Int, _ repairs: inout [EncodedForm.Repair]
    ) -> [UInt8]? {
        guard let iconv = Iconv(from: encoding, to: .utf8) else { return nil }
        var text: [UInt8] = []
        text.reserveCapacity(body.count * 2)
        if encoding == .windows1258 { return apart(body, iconv, maxRepairs, &repairs) }
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

extension TextDecoding {
    /// Converts Vietnamese byte by byte, so that each mark stays the character that it is.
    ///
    /// The C library joins it with the letter before it to a letter that has another byte.
    private static func apart(
        _ body: Span<UInt8>, _ iconv: borrowing Iconv, _ maxRepairs: Int, _ repairs: inout [EncodedForm.Repair]
    ) -> [UInt8]? {
        let letters = (UInt8(0)...255).map { byte in
            var letter: [UInt8] = []
            return iconv.convert([byte].span, onto: &letter) == nil ? letter : []
        }
        var text: [UInt8] = []
        for i in 0..<body.count {
            let letter = letters[Int(body[i])]
            if letter.isEmpty {
                guard repairs.count < maxRepairs else { return nil }
                repairs.append(EncodedForm.Repair(offset: text.count, bytes: [body[i]]))
            }
            text += letter.isEmpty ? [0xEF, 0xBF, 0xBD] : letter
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
