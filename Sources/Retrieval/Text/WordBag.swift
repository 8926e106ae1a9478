import Memory

/// The words of a text with their counts, whole and stemmed, in order.
package struct WordBag: Sendable {
    /// Folded words.
    package private(set) var words: [[UInt8]: Int] = [:]
    /// How often each stem occurs.
    package private(set) var stems: [[UInt8]: Int] = [:]
    /// The stem of every word of the text.
    package private(set) var order: [[UInt8]] = []

    /// The words of a text.
    package init(_ text: [UInt8]) {
        for range in Words.forms(in: text.span) {
            let word = Words.fold(Array(text[range]))
            let stem = Stem.of(word)
            words[word, default: 0] += 1
            stems[stem, default: 0] += 1
            order.append(stem)
        }
    }

    /// Whether a word holds a digit.
    package static func isNumber(_ word: [UInt8]) -> Bool { word.contains(where: \.isDigit) }

    /// The share of the query's pairs of neighbouring words that stand within four words of each other in this text, 0 to 1.
    ///
    /// - Parameter idf: the weight of each of the query's words; a pair weighs as much as its rarer word.
    package func proximity(_ query: Query, idf: [Double]) -> Double {
        guard !query.pairs.isEmpty else { return 0 }
        let weight = Dictionary(zip(query.stems, idf), uniquingKeysWith: max)
        var places: [[UInt8]: [Int]] = [:]
        for (i, stem) in order.enumerated() where weight[stem] != nil { places[stem, default: []].append(i) }
        var near = 0.0
        var all = 0.0
        for (first, second) in query.pairs {
            let pair = max(weight[first] ?? 0, weight[second] ?? 0)
            all += pair
            guard let a = places[first], let b = places[second] else { continue }
            if a.contains(where: { i in b.contains { $0 != i && abs($0 - i) <= 4 } }) { near += pair }
        }
        return all > 0 ? near / all : 0
    }
}
