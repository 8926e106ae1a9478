import Retrieval

/// The comparison of a short answer with the known ones, as SQuAD does it: without case, punctuation and English articles.
package enum AnswerMatch {
    /// Whether an answer is one of the known ones, word for word.
    package static func isExact(_ said: String, _ known: [String]) -> Bool {
        let said = words(said)
        return known.contains { words($0) == said }
    }

    /// The harmonic mean of precision and recall of the words of an answer; that with the nearest of the known ones.
    package static func f1(_ said: String, _ known: [String]) -> Double {
        let said = words(said)
        return known.map { overlap(said, words($0)) }.max() ?? 0
    }

    private static func overlap(_ said: [String], _ known: [String]) -> Double {
        if said.isEmpty || known.isEmpty { return said == known ? 1 : 0 }
        var left = Dictionary(known.map { ($0, 1) }, uniquingKeysWith: +)
        var common = 0
        for word in said where (left[word] ?? 0) > 0 {
            left[word]! -= 1
            common += 1
        }
        return 2 * Double(common) / Double(said.count + known.count)
    }

    private static func words(_ text: String) -> [String] {
        let plain = text.lowercased().unicodeScalars.filter { !isPunctuation($0) }
        return String(String.UnicodeScalarView(plain)).split(whereSeparator: \.isWhitespace).map(String.init)
            .filter { !["a", "an", "the"].contains($0) }
    }

    /// The punctuation of ASCII, which SQuAD drops, and that of other scripts.
    private static func isPunctuation(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return scalar.value > 0x20 && !scalar.properties.isAlphabetic && !("0"..."9" ~= scalar) }
        switch scalar.properties.generalCategory {
        case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
            .finalPunctuation, .otherPunctuation:
            return true
        default: return false
        }
    }
}

extension Answer {
    /// The text that is compared with a known answer word for word: the short answer, or the first quoted sentence where it
    /// has to say it.
    var shortText: String? { shortAnswer?.text ?? sentences.first?.text }
}
