import Bytes

/// Guesses the encoding of text from its bytes.
///
/// `TextReader` tries the guesses in order. It keeps the first guess from which it can regain the bytes of the file.
struct EncodingDetector {
    /// An encoding to try.
    struct Guess: Equatable {
        let encoding: TextEncoding
        var hasByteOrderMark = false
        /// The number of byte sequences that may fail to decode.
        var maxRepairs = 0
    }

    /// The number of bytes that the statistics look at: enough to be sure, few enough to be quick.
    private static let sampleLength = 64 << 10
    /// The mean score that the letters outside ASCII must reach.
    private static let leastScore = 0.25

    private let bytes: [UInt8]
    private let counts: ByteCounts

    init(_ bytes: [UInt8], counts: ByteCounts) {
        self.bytes = bytes
        self.counts = counts
    }

    /// The encodings to try, best first. Empty when the bytes are no text.
    func guesses() -> [Guess] {
        for encoding: TextEncoding in [
            .utf8, .utf32LittleEndian, .utf32BigEndian, .utf16LittleEndian, .utf16BigEndian, .gb18030,
        ] where bytes.starts(with: encoding.byteOrderMark) {
            // UTF-16 text whose first character is U+0000 starts like UTF-32. The length tells them apart.
            if encoding.unit == 4, bytes.count % 4 != 0 { continue }
            return [Guess(encoding: encoding, hasByteOrderMark: true, maxRepairs: 16 + bytes.count / 2000)]
        }
        if counts[0] > 0 {
            let wide = wide()
            if !wide.isEmpty || !TerminalText.zerosAreFew(bytes) { return wide.map { Guess(encoding: $0, maxRepairs: 4) } }
        }
        if counts.high == 0 {
            if counts[0x1B] > 0, hasJapaneseEscapes {
                return [Guess(encoding: .iso2022Japanese), Guess(encoding: .utf8)]
            }
            if counts[UInt8(ascii: "~")] > 3, HZ.isLikely(bytes) { return [Guess(encoding: .hz), Guess(encoding: .utf8)] }
            return [Guess(encoding: .utf8)]
        }
        let repairs = utf8Repairs() ?? UTF8Runs(bytes).repairs
        if let repairs { return [Guess(encoding: .utf8, maxRepairs: repairs)] }
        if let wide = wide().first { return [Guess(encoding: wide, maxRepairs: 4)] }
        return scored()
    }

    /// The number of bytes that are not UTF-8. Nil when there are too many of them beside the valid sequences.
    private func utf8Repairs() -> Int? {
        var start = 0
        var bad = 0
        let letters = smallLetters
        let limit = max(counts.high / 4 + 1, letters > 1 ? 2 * letters : 0)
        while start < bytes.count {
            let rest = bytes.span.extracting(start..<bytes.count)
            let valid = validPrefix(rest)
            if valid == rest.count { break }
            bad += 1
            // The end of the file may cut a sequence off, which leaves up to three bad bytes.
            if rest.count - valid < 4, bad < 4 { return counts.high > 8 ? bad + 3 : nil }
            if bad > limit { return nil }
            start += valid + 1
        }
        // A few letters of another encoding stand among many of UTF-8, whose further bytes other encodings seldom have.
        let further = (0x80...0xBF).reduce(0) { $0 + counts[$1] }
        return bad * 10 <= counts.high || further >= 2 * bad || bad <= 2 * letters && letters > 1 ? bad : nil
    }

    /// The number of small letters of Latin 1 in UTF-8. In other Western encodings, the two bytes are a capital and a sign,
    /// which hardly ever follows it.
    private var smallLetters: Int {
        (1..<max(1, bytes.count)).count { bytes[$0 - 1] == 0xC3 && 0x9F...0xBF ~= bytes[$0] }
    }

    /// The encoding that the bytes are in although a page or a mail declares another one. Nil where the declared one may be true.
    ///
    /// Programs declare Latin 1 where they do not know better. The letters of other languages then make no words.
    func contradiction(of declared: TextEncoding) -> TextEncoding? {
        guard counts.high >= Self.leastContradicting, !WesternSigns(bytes).areAll else { return nil }
        let scores = scores()
        let sisters: [TextEncoding] = [.latin1, .windows1252, .latin9]
        let own = scores.filter { $0.encoding == declared || sisters.contains(declared) && sisters.contains($0.encoding) }
            .map(\.score).max()
        guard let own, let best = scores.max(by: { $0.score < $1.score }) else { return nil }
        return best.score >= Self.contradictingScore && best.score - own >= Self.contradictingLead ? best.encoding : nil
    }

    /// The bytes outside ASCII without which a text contradicts no label, and the score and lead of the encoding that does.
    private static let leastContradicting = 4
    private static let contradictingScore = 0.7
    private static let contradictingLead = 0.45

    private func scores() -> [(encoding: TextEncoding, score: Double)] {
        let sample = Array(bytes.count <= Self.sampleLength ? bytes[...] : bytes[..<Self.sampleLength])
        var scores: [(encoding: TextEncoding, score: Double)] = []
        for encoding in MultiByteScore.encodings {
            scores.append((encoding, MultiByteScore.score(sample, as: encoding)))
        }
        // A euro sign of windows-1252 is a control character in its ISO sister.
        let loss = sample.contains { 0x80...0x9F ~= $0 } ? Self.lossOfControls : 0
        return scores
            + SingleByteScore.scores(WesternSigns(sample).withoutSigns).map { encoding, score in
                (encoding, Self.withControls.contains(encoding) ? score - loss : score)
            }
    }

    /// The encodings that read signs as control characters, and what they lose by that, which puts them behind windows-1252.
    private static let lossOfControls = 1.5
    private static let withControls: Set<TextEncoding> = [
        .latin1, .latin2, .latin4, .latin5, .latin9, .isoArabic, .isoCyrillic, .isoGreek, .isoHebrew, .thai,
    ]

    private var asciiLetters: Int { (0x41...0x7A).reduce(0) { $0 + (UInt8($1).isLetter ? counts[UInt8($1)] : 0) } }

    /// Single-byte and East Asian encodings, best score first.
    ///
    /// A text whose only bytes outside ASCII are signs of windows-1252 is in that one. An encoding below the threshold is no guess,
    /// unless most of the text is ASCII.
    private func scored() -> [Guess] {
        if WesternSigns(bytes).areAll { return [Guess(encoding: .windows1252), Guess(encoding: .latin1)] }
        let scores = scores()
        // The sort is stable: the commoner of two equal encodings stays first.
        let order = scores.indices.sorted {
            (scores[$0].score, -$0) > (scores[$1].score, -$1)
        }
        let repairs = 4 + counts.high / 200
        var guesses = order.filter { scores[$0].score >= Self.leastScore }.prefix(6).map {
            Guess(encoding: scores[$0].encoding, maxRepairs: repairs)
        }
        if guesses.isEmpty, counts.high * 10 < counts.total || counts.high * 3 <= asciiLetters {
            guesses = [Guess(encoding: .windows1252)]
        }
        if !guesses.isEmpty { guesses.append(Guess(encoding: .latin1)) }
        if let first = guesses.first, [.latin1, .windows1252].contains(first.encoding), Latin9.isLikely(bytes) {
            guesses.insert(Guess(encoding: .latin9), at: 0)
        }
        return guesses
    }
}

extension EncodingDetector {
    /// Whether the bytes hold an escape with which ISO-2022-JP switches from ASCII to Japanese.
    private var hasJapaneseEscapes: Bool {
        for i in bytes.indices.dropLast(2) where bytes[i] == 0x1B && bytes[i + 1] == UInt8(ascii: "$") {
            if bytes[i + 2] == UInt8(ascii: "B") || bytes[i + 2] == UInt8(ascii: "@") { return true }
        }
        return false
    }

    /// UTF-16 or UTF-32 without a byte order mark, judged by how many code units are common characters.
    private func wide() -> [TextEncoding] {
        if bytes.count % 4 == 0, bytes.count > 0, counts[0] * 2 >= bytes.count {
            for encoding: TextEncoding in [.utf32LittleEndian, .utf32BigEndian]
            where commonShare(encoding).common > 0.98 { return [encoding] }
        }
        guard bytes.count >= 4 else { return [] }
        let little = commonShare(.utf16LittleEndian)
        let big = commonShare(.utf16BigEndian)
        let (encoding, best, other): (TextEncoding, (common: Double, marks: Double), (common: Double, marks: Double)) =
            (little.common + little.marks) >= (big.common + big.marks)
            ? (.utf16LittleEndian, little, big) : (.utf16BigEndian, big, little)
        return best.common > 0.97 && best.marks > 0.01 && best.marks > other.marks ? [encoding] : []
    }

    /// How much the bytes look like text in a wide encoding.
    ///
    /// - Returns: `common`, the share of the code units that are letters, digits or marks of living scripts; `marks`, the
    ///   share of the commonest marks.
    private func commonShare(_ encoding: TextEncoding) -> (common: Double, marks: Double) {
        let unit = encoding.unit
        let length = min(bytes.count, Self.sampleLength) / unit * unit
        let bigEndian = encoding == .utf16BigEndian || encoding == .utf32BigEndian
        var common = 0
        var marks = 0
        for start in stride(from: 0, to: length, by: unit) {
            var value: UInt32 = 0
            for k in 0..<unit {
                value |= UInt32(bytes[start + k]) << UInt32(8 * (bigEndian ? unit - 1 - k : k))
            }
            switch value {
            case 0x0A, 0x20, 0x2C, 0x2E, 0x3001, 0x3002, 0xFF0C:
                common += 1
                marks += 1
            case 0x09, 0x0D, 0x21...0x7E, 0xA0...0x52F, 0x531...0x6FF, 0x900...0xEFF, 0x10A0...0x11FF, 0x1E00...0x1FFF,
                0x2010...0x2040, 0x20AC, 0x2100...0x22FF, 0x3000...0x30FF, 0x4E00...0x9FFF, 0xAC00...0xD7A3,
                0xD800...0xDFFF, 0xFF00...0xFFEF, 0x1F300...0x1FAFF, 0x20000...0x2FFFF:
                common += 1
            default: break
            }
        }
        let units = Double(max(1, length / unit))
        return (Double(common) / units, Double(marks) / units)
    }
}
