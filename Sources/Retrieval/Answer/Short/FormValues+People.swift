import Bytes
import Memory

/// People that a sentence names by their part in it.
extension FormValues {
    private static let bys = Set.words("by von vom par por door")
    private static let selves = Set.words("i ich je yo ik")
    private static let senders = Set.words("from von de van sender absender")

    /// The name behind "by": "Kofi" of "held by Kofi".
    func agent(in range: Range<Int>, of text: [UInt8]) -> Range<Int>? {
        let row = WordRow(Array(text[range]))
        for by in row.words.indices.dropLast() where Self.bys.contains(row.words[by]) {
            let behind = row.words.indices[(by + 1)...]
            let first = behind.first { !AnswerWords.articles.contains(row.words[$0]) } ?? by
            let end = row.words.indices[first...].prefix { i in
                row.isCapitalised(i) && !row.words[i][0].isDigit && !Months.isMonth(row.words[i])
                    && !AnswerWords.weekdays.contains(row.words[i]) && !question.row.stems.contains(row.stems[i])
                    && (i == first || row.isBesideNext(i - 1))
            }.endIndex
            guard end > first else { continue }
            return range.lowerBound + row.places[first].lowerBound..<range.lowerBound + row.places[end - 1].upperBound
        }
        return nil
    }

    /// Somebody whom a unit names by their part in it, where the words that were found name nobody else.
    func person(in unit: EvidenceUnit, beside found: Range<Int>, in source: EvidenceSource) -> Range<Int>? {
        sender(saying: found, in: source) ?? nameInPart(of: unit.range, beside: found, of: source.text)
    }

    /// Who a letter is from, where "I" is who was found: the value of its "From: …" without the address.
    private func sender(saying found: Range<Int>, in source: EvidenceSource) -> Range<Int>? {
        guard let first = WordRow(Array(source.text[found])).words.first, Self.selves.contains(first) else { return nil }
        let pair = source.units.first { pair in
            guard pair.kind == .pair, let key = pair.head.first else { return false }
            let words = WordRow(Array(source.text[key])).words
            return words.count == 1 && Self.senders.contains(words[0])
        }
        guard let value = pair?.cells.first else { return nil }
        let name = source.text[value].prefix { $0 != UInt8(ascii: "<") }
        guard let last = name.lastIndex(where: { !$0.isSpace && $0 != UInt8(ascii: "\"") }) else { return value }
        return value.lowerBound..<last + 1
    }

    /// The name in the part of a sentence between commas that has most words of the question, where what was found stands in a part
    /// without any: "Als Vertreterin wurde Frau Nowak gewählt, Stellvertreter ist Herr Brück".
    private func nameInPart(of range: Range<Int>, beside found: Range<Int>, of text: [UInt8]) -> Range<Int>? {
        let parts = text[range].split { ",;".utf8.contains($0) }.map { $0.startIndex..<$0.endIndex }
        guard parts.count > 1 else { return nil }
        let counts = parts.map { part in
            let stems = Set(WordRow(Array(text[part])).stems)
            return question.content.count(where: stems.contains)
        }
        guard let most = counts.max(), most > 1, counts.count(where: { $0 == most }) == 1,
            let own = parts.indices.first(where: { parts[$0].contains(found.lowerBound) }), counts[own] == 0,
            let best = counts.firstIndex(of: most)
        else { return nil }
        return name(in: parts[best], of: text)
    }
}
