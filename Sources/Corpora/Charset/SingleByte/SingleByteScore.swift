import Bytes

/// How well bytes fit a single-byte encoding.
///
/// The score is the mean over the bytes outside ASCII. It is near 1 for ordinary prose. The language gives each letter a
/// weight, and a byte counts the weight of its letter. The score falls with each undefined byte, with each letter or sign in
/// an impossible place (a capital after a small letter, two scripts in one word, a sign within a word), and with the letters
/// that do not stand beside one another in the language.
struct SingleByteScore {
    private enum Class { case other, small, capital, caseless, mark, sign, quotation, undefined }

    /// What the score falls by where no pair of letters is one of the language.
    private static let pairWeight = 0.3

    private let scalars: [Unicode.Scalar?]
    private let classes: [Class]
    private let isLatin: [Bool]
    /// The letter of each byte in lower case; 0 for a byte without one.
    private let letters: [UInt16]

    /// The score of each encoding: the best over all languages that use the encoding.
    static func scores(_ bytes: [UInt8]) -> [(encoding: TextEncoding, score: Double)] {
        var order: [TextEncoding] = []
        var best: [TextEncoding: Double] = [:]
        let counts = ByteCounts(bytes.span)
        let bytePairs = BytePairCounts(bytes)
        var shapes: [TextEncoding: (table: SingleByteScore, shape: Double, pairs: [(LetterPair, Int)])] = [:]
        for language in LetterSet.all {
            for encoding in language.encodings {
                if shapes[encoding] == nil, let table = SingleByteScore(encoding) {
                    shapes[encoding] = (table, table.shape(bytes), table.pairs(bytePairs))
                    order.append(encoding)
                }
                guard let (table, shape, pairs) = shapes[encoding] else { continue }
                let letters = (table.weights(counts, language) + shape) / Double(max(1, counts.high))
                let score = letters - pairWeight * (1 - language.share(of: pairs)) - rarity(encoding)
                best[encoding] = max(best[encoding] ?? -.infinity, score)
            }
        }
        return order.map { ($0, best[$0]!) }
    }

    /// The lead that a rare encoding must have over a common one.
    private static func rarity(_ encoding: TextEncoding) -> Double {
        switch encoding {
        case .dosLatin1, .dosCyrillic, .windows1258, .latin4: 0.15
        case .macRoman, .isoCyrillic: 0.05
        case .macCyrillic: 0.005
        default: 0
        }
    }

    /// Makes the table of an encoding. Nil when the C library lacks the encoding.
    private init?(_ encoding: TextEncoding) {
        guard let iconv = Iconv(from: encoding, to: .utf8) else { return nil }
        var scalars: [Unicode.Scalar?] = (0..<128).map { Unicode.Scalar(UInt8($0)) }
        for byte in UInt8(128)...255 {
            var text: [UInt8] = []
            let failed = iconv.convert([byte].span, onto: &text) != nil
            scalars.append(failed ? nil : String(decoding: text, as: UTF8.self).unicodeScalars.first)
        }
        self.scalars = scalars
        classes = scalars.map(Self.classify)
        isLatin = scalars.map { $0.map { $0.value < 0x250 || 0x300..<0x370 ~= $0.value } ?? false }
        letters = zip(scalars, classes).map { scalar, kind in
            guard let scalar, scalar.value >= 0x80 ? Self.areLetters.contains(kind) : scalar.properties.isAlphabetic else {
                return 0
            }
            return UInt16(truncatingIfNeeded: Self.lowercased(scalar).value)
        }
    }

    private static let areLetters: Set<Class> = [.small, .capital, .caseless, .mark]

    private static func lowercased(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        scalar.properties.lowercaseMapping.unicodeScalars.first!
    }

    private static func classify(_ scalar: Unicode.Scalar?) -> Class {
        guard let scalar else { return .undefined }
        switch scalar.properties.generalCategory {
        case .lowercaseLetter: return .small
        case .uppercaseLetter: return .capital
        case .otherLetter, .modifierLetter: return .caseless
        case .nonspacingMark: return .mark
        case .control: return scalar.value < 0x80 ? .other : .undefined
        default:
            if scalar.value < 0x80 { return .other }
            return "‘’“”„‚–—…«»‹›•·§°©®€£\u{A0}".unicodeScalars.contains(scalar) ? .quotation : .sign
        }
    }

    private func isLetter(_ byte: UInt8) -> Bool {
        switch classes[Int(byte)] {
        case .small, .capital, .caseless, .mark: true
        default: false
        }
    }

    /// Whether a byte is a letter of another script than a letter.
    private func isForeign(_ byte: UInt8, beside letter: Int) -> Bool {
        isLetter(byte) && classes[Int(byte)] != .mark && isLatin[Int(byte)] != isLatin[letter]
    }

    /// The forms of Hebrew letters that stand at the ends of words only.
    private static let finals: Set<Unicode.Scalar> = ["ך", "ם", "ן", "ף", "ץ"]

    /// The part of the score that depends on the places of letters and signs.
    ///
    /// An undefined byte counts below 0. So does a letter or sign in an impossible place, and a lone letter of another script in
    /// a text of ASCII. A quotation mark in a usual place counts above 0.
    private func shape(_ bytes: [UInt8]) -> Double {
        var sum = 0.0
        // Words of one letter are words among others of their script only.
        let isASCII = bytes.count(where: \.isLetter) > 8 * bytes.count { $0 >= 0x80 }
        for i in bytes.indices where bytes[i] >= 0x80 {
            let byte = Int(bytes[i])
            let before = i > 0 ? bytes[i - 1] : 32
            let after = i + 1 < bytes.count ? bytes[i + 1] : 32
            switch classes[byte] {
            case .undefined: sum -= 3
            case .sign: sum -= isLetter(before) && isLetter(after) ? 1 : 0.2
            case .quotation:
                let apostrophe = scalars[byte] == "’" || scalars[byte] == "·"
                let isDash = scalars[byte] == "–" || scalars[byte] == "—"
                let isInWord = isLetter(before) && isLetter(after) && !apostrophe
                sum += isInWord ? -0.5 : isDash && before == 32 && after == 32 ? 0.8 : 0.3
            case .capital where classes[Int(before)] == .small: sum -= 1.5
            case .small where classes[Int(before)] == .capital && classes[Int(after)] == .capital: sum -= 1
            // A lone letter does not stand before a number, as Ł does in place of £.
            case .capital where after.isDigit && !isLetter(before), .small where after.isDigit && !isLetter(before):
                sum -= 1.5
            case .mark: if !isLetter(before) || isLatin[Int(before)] != isLatin[byte] { sum -= 1.5 }
            case .caseless where scalars[byte].map(Self.finals.contains) == true && isLetter(after): sum -= 1.5
            default:
                if isASCII, !isLatin[byte], !isLetter(before), !isLetter(after) { sum -= 1.5 }
                if isForeign(before, beside: byte) { sum -= 1 }
                if isForeign(after, beside: byte) { sum -= 1 }
                // Words in capitals are as good as words in small letters.
                if classes[byte] == .capital, classes[Int(before)] == .capital || classes[Int(after)] == .capital {
                    sum += 0.15
                }
            }
        }
        return sum
    }

    /// The sum of the weights of all letters in a language.
    private func weights(_ counts: ByteCounts, _ language: LetterSet) -> Double {
        var sum = 0.0
        for byte in 128..<256 where counts[UInt8(byte)] > 0 {
            guard let scalar = scalars[byte] else { continue }
            let weight: Double
            switch classes[byte] {
            case .small, .caseless, .mark: weight = language.weight(scalar)
            case .capital: weight = 0.8 * language.weight(Self.lowercased(scalar))
            default: continue
            }
            sum += weight * Double(counts[UInt8(byte)])
        }
        return sum
    }

    /// The pairs of letters with one outside ASCII, and how often each of them occurs.
    private func pairs(_ counts: BytePairCounts) -> [(LetterPair, Int)] {
        counts.counts.compactMap { first, second, count in
            let pair = LetterPair(first: letters[Int(first)], second: letters[Int(second)])
            return pair.isTelling ? (pair, count) : nil
        }
    }
}

extension LetterSet {
    fileprivate func weight(_ letter: Unicode.Scalar) -> Double {
        frequent.contains(letter) ? 1 : rare.contains(letter) ? 0.6 : -0.5
    }

    /// The share of the pairs that the language has. 1 where its pairs tell nothing, or there are none.
    fileprivate func share(of found: [(LetterPair, Int)]) -> Double {
        guard !pairs.isEmpty, !found.isEmpty else { return 1 }
        var all = 0
        var known = 0
        for (pair, count) in found {
            all += count
            if pairs.contains(pair) { known += count }
        }
        return Double(known) / Double(all)
    }
}
