import Bytes
import Memory

/// The words of a text in order, each with its place.
package struct WordRow: Sendable {
    package let text: [UInt8]
    package let places: [Range<Int>]
    /// Folded.
    package let words: [[UInt8]]
    package let stems: [[UInt8]]
    private let known: Set<[UInt8]>

    package init(_ text: [UInt8]) {
        self.text = text
        places = Words.forms(in: text.span)
        words = places.map { Words.fold(Array(text[$0])) }
        stems = words.map(Stem.of)
        known = Set(stems).union(words)
    }

    package init(_ text: String) { self.init(Array(text.utf8)) }

    /// Whether a word stands in the text in any form of its stem.
    package func holds(_ word: [UInt8]) -> Bool { known.contains(word) || known.contains(Stem.of(word)) }

    /// Whether words follow one another with at most one byte between them, as the parts of P-301 do, and are no part of a
    /// longer number.
    package func holdsRun(_ run: [[UInt8]]) -> Bool { !placesOfRun(run).isEmpty }

    /// The places of the first words of such runs.
    func placesOfRun(_ run: [[UInt8]]) -> [Int] {
        guard let first = run.first, run.count <= words.count else { return [] }
        return words.indices.dropLast(run.count - 1).filter { i in
            guard words[i] == first else { return false }
            for j in 1..<max(1, run.count)
            where words[i + j] != run[j] || places[i + j].lowerBound > places[i + j - 1].upperBound + 1 {
                return false
            }
            return isWhole(places[i].lowerBound..<places[i + run.count - 1].upperBound)
        }
    }

    private func isWhole(_ place: Range<Int>) -> Bool {
        func isPartOfNumber(_ edge: Int, _ step: Int) -> Bool {
            let inside = step < 0 ? edge : edge - 1
            let next = step < 0 ? edge - 1 : edge
            guard text[inside].isDigit, text.indices.contains(next) else { return false }
            if text[next].isDigit { return true }
            let beyond = next + step
            // The hour of 12:30 is a number, its minutes are none.
            let marks = step < 0 ? ".,:" : ".,"
            return marks.utf8.contains(text[next]) && text.indices.contains(beyond) && text[beyond].isDigit
        }
        return !isPartOfNumber(place.lowerBound, -1) && !isPartOfNumber(place.upperBound, 1) && !hasLetter(place.upperBound)
    }

    /// Whether a letter belongs to the number before it, as in "6a". The letter of a unit, as in "5m", does not.
    private func hasLetter(_ end: Int) -> Bool {
        guard text[end - 1].isDigit, end < text.count, (0x61...0x66).contains(text[end] | 0x20) else { return false }
        let next = end + 1
        guard next < text.count else { return true }
        // "9a.m." is a time.
        if text[next] == UInt8(ascii: "."), next + 1 < text.count, text[next + 1].isLetter { return false }
        return !text[next].isAlphanumeric && text[next] < 0x80
    }

    /// The places of the words that follow another word of their sentence, with only spaces and commas between them.
    var indicesInSentences: [Int] {
        words.indices.dropFirst().filter { i in
            text[places[i - 1].upperBound..<places[i].lowerBound].allSatisfy {
                $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: ",")
            }
        }
    }

    /// Whether a word begins with a capital letter.
    func isCapitalised(_ i: Int) -> Bool {
        let first = text[places[i].lowerBound]
        return first < 0x80 ? first.isUppercase : String(decoding: text[places[i]], as: UTF8.self).first?.isUppercase == true
    }
}
