import Bytes

/// The runs of bytes outside ASCII between those of ASCII, in text that may be UTF-8 with a few bad bytes.
///
/// In text of few accents, a run is one character or a few. In other encodings it is hardly ever valid UTF-8.
struct UTF8Runs {
    /// The number of bad bytes in a text with no more bad runs than good ones. Nil for text without bad bytes, or in another
    /// encoding.
    let repairs: Int?

    init(_ bytes: [UInt8]) {
        var valid = 0
        var bad = 0
        var badBytes = 0
        var isCut = false
        var i = 0
        while i < bytes.count {
            guard bytes[i] >= 0x80 else {
                i += 1
                continue
            }
            let start = i
            while i < bytes.count, bytes[i] >= 0x80 { i += 1 }
            let run = bytes.span.extracting(start..<i)
            let good = validPrefix(run)
            if good == run.count {
                if !Self.isWestern(bytes, start..<i) { valid += 1 }
            } else if i == bytes.count, Self.isStart(run, good) {
                // The end of the file cuts a character off. A letter of another encoding looks the same.
                badBytes += run.count - good
                isCut = true
                let isTelling = run.count > 1 ? !Self.signs.contains(run[1]) : Self.isNoLetter(bytes)
                if good > 0 || start > 8 && isTelling { valid += 1 }
            } else {
                bad += 1
                badBytes += run.count - good
            }
        }
        repairs = valid > 0 && valid >= bad && (bad > 0 || isCut) ? badBytes : nil
    }

    /// Signs of windows-1252 that stand at the end of words.
    private static let signs: Set<UInt8> = [0x85, 0x91, 0x92, 0x93, 0x94, 0x96, 0x97, 0x99, 0xA0, 0xAB, 0xBB]

    /// Whether bytes from an offset to the end are the start of a character.
    private static func isStart(_ run: Span<UInt8>, _ start: Int) -> Bool {
        let length = run[start] >= 0xF0 ? 4 : run[start] >= 0xE0 ? 3 : 2
        guard 0xC2...0xF4 ~= run[start], run.count - start < length else { return false }
        return (start + 1..<run.count).allSatisfy { run[$0] & 0xC0 == 0x80 }
    }

    /// Whether the last byte, which starts a character, would be a capital behind a small letter, or the letter Â or Ã, in
    /// windows-1252.
    private static func isNoLetter(_ bytes: [UInt8]) -> Bool {
        let before = bytes.count > 1 ? bytes[bytes.count - 2] : 32
        return 0xC2...0xDE ~= bytes[bytes.count - 1] && before.isLowercase
            || 0xC2...0xC3 ~= bytes[bytes.count - 1] && !before.isUppercase
    }

    /// Whether a valid run is as well a letter and a sign of windows-1252 at the end of a word, as in CAFÉ» and Fuß».
    private static func isWestern(_ bytes: [UInt8], _ run: Range<Int>) -> Bool {
        guard run.count == 2, run.lowerBound > 0 else { return false }
        let before = bytes[run.lowerBound - 1]
        guard before.isUppercase || before.isLetter && bytes[run.lowerBound] == 0xDF else { return false }
        return signs.contains(bytes[run.lowerBound + 1])
    }
}
