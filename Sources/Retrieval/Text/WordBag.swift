import Bytes
import Memory

/// The words of a text with their counts, whole and stemmed, in order.
package struct WordBag: Sendable {
    /// Folded words.
    package private(set) var words: [[UInt8]: Int] = [:]
    /// How often each stem occurs.
    package private(set) var stems: [[UInt8]: Int] = [:]
    /// The stem of every word of the text.
    package private(set) var order: [[UInt8]] = []
    /// Every word of the text.
    package private(set) var sequence: [[UInt8]] = []

    /// The words of a text.
    package init(_ text: [UInt8]) { self.init(WordRow(text)) }

    /// The words of a row.
    package init(_ row: WordRow) {
        let text = row.text
        sequence = row.words
        order = row.stems
        for word in sequence { words[word, default: 0] += 1 }
        for stem in order { stems[stem, default: 0] += 1 }
        // Words that only show without soft hyphens, wide forms and the like.
        guard let usual = UsualForms.of(text) else { return }
        var hidden: [[UInt8]: Int] = [:]
        for range in Words.forms(in: usual.span) {
            let word = Words.fold(Array(usual[range]))
            if words[word] == nil { hidden[word, default: 0] += 1 }
        }
        for (word, count) in hidden {
            words[word] = count
            stems[Stem.of(word), default: 0] += count
        }
    }

    /// How often some words follow one another.
    package func occurrences(of row: [[UInt8]]) -> Int {
        guard row.count > 1, row.allSatisfy({ words[$0] != nil }), row.count <= sequence.count else {
            return row.count == 1 ? words[row[0]] ?? 0 : 0
        }
        return (0...sequence.count - row.count).count { start in sequence[start..<start + row.count].elementsEqual(row) }
    }

    /// How often a word of a query occurs: each occurrence of a sense counts its weight, and that of another word of the
    /// same stem counts half.
    ///
    /// Where the index has the word itself, all senses that are no forms of it count less than it does once.
    package func frequency(of word: Int, in query: Query) -> Double {
        var sum = 0.0
        var others = 0.0
        var known = 0
        for sense in query.senses[word] {
            let count = occurrences(of: sense.terms)
            guard count > 0 else { continue }
            if sense.kind == .exact || sense.kind == .inflected {
                sum += sense.weight * Double(count)
            } else {
                others += sense.weight * Double(count)
            }
            if sense.terms.count == 1, Stem.of(sense.terms[0]) == query.stems[word] { known += count }
        }
        if !query.lacking.contains(word) { others = min(others, 0.95) }
        return sum + others + 0.5 * Double((stems[query.stems[word]] ?? 0) - known)
    }

    /// The words of the text that a word of a query stands for, the heaviest senses first.
    package func matches(of word: Int, in query: Query) -> [[UInt8]] {
        let read = query.senses[word].sorted { $0.weight > $1.weight }.map(\.terms).filter { occurrences(of: $0) > 0 }
            .map { Array($0.joined(separator: [UInt8(ascii: " ")])) }
        let stem = query.stems[word]
        let others = words.keys.filter { Stem.of($0) == stem && !read.contains($0) }
        return read + others.sorted { $0.lexicographicallyPrecedes($1) }
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
