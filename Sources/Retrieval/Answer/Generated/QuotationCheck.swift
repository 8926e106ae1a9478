import Bytes
import Memory

/// Compares the text of a language model with the passages that the model was given.
package struct QuotationCheck: Sendable {
    /// The share of its content words that a sentence without citation or quotation must have in common with one source.
    private static let smallestShare = 0.5

    private let sources: [SearchResult]
    private let texts: [FoldedText]
    private let words: [Set<[UInt8]>]

    /// - Parameter sources: the passages in the order of their numbers, from 1.
    package init(sources: [SearchResult]) {
        self.sources = sources
        texts = sources.map { FoldedText(Array($0.text.utf8)) }
        words = sources.map { Set(QuotationCheck.contentWords(Array($0.text.utf8))) }
    }

    /// The sentences of an answer in order, each with its sources, its quotations and whether it is supported.
    ///
    /// A sentence is not supported when no source holds one of its quotations, or when it cites a number that no source has.
    /// A sentence that neither cites nor quotes is supported only when one source holds at least half of its content words.
    package func sentences(of answer: String) -> [GeneratedAnswer.Sentence] {
        let text = Array(answer.utf8)
        let marks = AnswerMarks(text)
        return marks.sentences.map { range in
            let cited = marks.citations.filter { range.contains($0.range.lowerBound) }.flatMap(\.numbers)
            let numbers = cited.reduce(into: [Int]()) { if !$0.contains($1) { $0.append($1) } }
            let quotations = marks.quotations.filter { range.contains($0.lowerBound) }.map { inner in
                GeneratedAnswer.Quotation(
                    text: String(decoding: text[inner], as: UTF8.self), citation: locate(text[inner], first: numbers))
            }
            var isSupported =
                quotations.allSatisfy { $0.citation != nil } && numbers.allSatisfy { sources.indices.contains($0 - 1) }
            if numbers.isEmpty, quotations.isEmpty { isSupported = isSupported && sharesWords(text[range]) }
            return GeneratedAnswer.Sentence(
                text: String(decoding: text[range], as: UTF8.self), isSupported: isSupported, sources: numbers,
                quotations: quotations)
        }
    }

    /// Where a quotation stands: in one of the sources that its sentence cites, else in any source.
    private func locate(_ quotation: ArraySlice<UInt8>, first cited: [Int]) -> Citation? {
        let order =
            cited.map { $0 - 1 }.filter(sources.indices.contains) + sources.indices.filter { !cited.contains($0 + 1) }
        for index in order {
            guard let range = texts[index].range(of: quotation) else { continue }
            return sources[index].citation.part(range)
        }
        return nil
    }

    private func sharesWords(_ sentence: ArraySlice<UInt8>) -> Bool {
        let wanted = Set(QuotationCheck.contentWords(Array(sentence)))
        guard !wanted.isEmpty else { return true }
        let best = words.map { wanted.intersection($0).count }.max() ?? 0
        return Double(best) >= QuotationCheck.smallestShare * Double(wanted.count)
    }

    /// The stems of words of four or more bytes, and all numbers. The short words of a language say little.
    private static func contentWords(_ text: [UInt8]) -> [[UInt8]] {
        Words.forms(in: text.span).map { Words.fold(Array(text[$0])) }.filter { $0.count > 3 || $0.allSatisfy(\.isDigit) }
            .map(Stem.of)
    }
}
