import Corpora
import Foundation
import Indexes
import Memory

/// A passage that units are taken from, with all that speaks for its text.
struct EvidenceSource: Sendable {
    let result: SearchResult
    let document: StoredDocument
    let reading: Reading?
    /// The passage, with earlier text of its document where it begins inside a table or a list.
    let text: [UInt8]
    /// Where the passage begins in `text`.
    let offset: Int
    let units: [EvidenceUnit]
    /// The headings at the start of the passage, and in formats with stored headings at every place.
    private let spans: [SourceSpan]?
    /// Title and path; of the version that was in force in a year that a question names, that year too.
    private(set) var name: [UInt8]
    /// The words of `text`.
    let row: WordRow
    /// The words that have a capital letter inside a sentence of `text`, so that they are names at the start of one, too.
    let names: Set<[UInt8]>
    /// The words of its sentences: what stands in rows, headings and items speaks only for its own part of the text.
    let prose: WordRow
    /// The words of the headings inside `text`.
    let headingBag: WordBag

    init(_ result: SearchResult, _ passage: ScoredPassage, _ document: StoredDocument, before: [UInt8], spans: [SourceSpan]?)
    {
        self.result = result
        self.document = document
        self.spans = spans
        reading = passage.reading
        text = before + passage.text
        offset = before.count
        row = WordRow(text)
        names = Set(row.indicesInSentences.filter(row.isCapitalised).map { [row] in row.words[$0] })
        let known = (spans ?? []).compactMap { span in
            if case .heading(let path) = span.place { path.last } else { nil }
        }
        let start = before.count
        let units = EvidenceUnits(text, headings: known + [document.title]).units.filter { $0.range.lowerBound >= start }
        // A text that is nothing but its title says what its title says.
        self.units = units.isEmpty ? EvidenceUnits(text).units.filter { $0.range.lowerBound >= start } : units
        let sentences = self.units.filter { [.sentence, .answer].contains($0.kind) }
        let prose = before + passage.text
        self.prose = WordRow(Array(sentences.map { prose[$0.range] }.joined(separator: [32])))
        let headings = Set(units.flatMap(\.headings)).sorted { $0.lowerBound < $1.lowerBound }
        headingBag = WordBag(Array(headings.map { prose[$0] }.joined(separator: [32])))
        name = Array((" " + document.shownTitle + " " + EvidenceSource.words(of: result.citation.path)).utf8)
    }

    /// A path with its separators as spaces, without the extension.
    private static func words(of path: String) -> String {
        var names = path.split(separator: "/").map(String.init)
        if let last = names.last, let dot = last.lastIndex(of: "."), dot > last.startIndex {
            names[names.count - 1] = String(last[..<dot])
        }
        return names.joined(separator: " ")
    }

    /// Lets the year stand in the name.
    mutating func holdIn(year: Int) { name += Array(" \(year)".utf8) }

    /// The place of the document's text where `text` begins.
    var start: Int { result.citation.start - offset }

    /// The text of the head, the lead-in or the question above a unit.
    func context(of unit: EvidenceUnit) -> [UInt8] { Array(unit.context.map { text[$0] }.joined(separator: [32])) }

    /// The headings above a unit.
    func headings(of unit: EvidenceUnit) -> [UInt8] {
        let inside = Array(unit.headings.map { text[$0] }.joined(separator: [32]))
        if let spans {
            return Array(spans.headings(at: start + unit.range.lowerBound).joined(separator: " ").utf8) + [32] + inside
        }
        let level = unit.headings.first.map { text[$0].prefix { $0 == UInt8(ascii: "#") }.count } ?? Int.max
        return Array(result.citation.headings.prefix(max(0, level - 1)).joined(separator: " ").utf8) + [32] + inside
    }

    /// The headings above a unit that are no lines of `text`, the nearest last.
    func headingPath(of unit: EvidenceUnit) -> [String] {
        if let spans { return spans.headings(at: start + unit.range.lowerBound) }
        return unit.headings.isEmpty ? result.citation.headings : []
    }

    /// The bytes of a unit in the document's text.
    func place(of range: Range<Int>) -> Range<Int> { start + range.lowerBound..<start + range.upperBound }

    /// The tokens that the reader read inside a range of `text`.
    func tokens(in range: Range<Int>) -> Range<Int>? {
        guard let reading else { return nil }
        let inside = reading.tokens.indices.filter {
            reading.tokens[$0].lowerBound + offset >= range.lowerBound
                && reading.tokens[$0].upperBound + offset <= range.upperBound
        }
        guard let first = inside.first, let last = inside.last else { return nil }
        return first..<last + 1
    }

    /// The probability that the reader's answer lies in a range.
    func mass(in range: Range<Int>) -> Double {
        guard let reading, let tokens = tokens(in: range) else { return 0 }
        var ends = 0.0
        var mass = 0.0
        for i in tokens.reversed() {
            ends += Double(exp(reading.last[i]))
            mass += Double(exp(reading.first[i])) * ends
        }
        return min(1, mass)
    }
}

extension OpenIndex {
    /// The most passages that are read to find the head of a table.
    private static let mostBefore = 6

    /// The passages of a search as sources of units.
    func evidenceSources(_ results: [SearchResult], _ ranked: [ScoredPassage]) throws -> [EvidenceSource] {
        try zip(results, ranked).compactMap { result, passage in
            guard let document = snapshot.document(of: passage.id) else { return nil }
            let before = try before(passage, in: document)
            let spans =
                document.hasHeadingsInText
                ? nil
                : try headingSpans(
                    of: document, in: result.citation.start - before.count..<result.citation.end,
                    known: [passage.id: passage.text])
            return EvidenceSource(result, passage, document, before: before, spans: spans)
        }
    }

    /// The text before a passage that begins inside a table, a list or an answer, back to the block's start.
    private func before(_ passage: ScoredPassage, in document: StoredDocument) throws -> [UInt8] {
        var text: [UInt8] = []
        var first = passage.text
        var index = passage.id.index
        for _ in 0..<OpenIndex.mostBefore {
            guard index > document.passages.lowerBound, OpenIndex.beginsInside(first) else { break }
            index -= 1
            first = try reconstruction.texts(of: [PassageID(segment: passage.id.segment, index: index)])[0]
            text = first + text
            // One passage before is enough for a list.
            if case .row = TextLines(Array(first.suffix(400))).forms.last(where: { $0 != .blank }) { continue }
            break
        }
        return text
    }

    static func beginsInside(_ text: [UInt8]) -> Bool {
        let start = Array(text.prefix(1000))
        switch TextLines(start).forms.first(where: { $0 != .blank }) {
        case .row, .item, .rule: return true
        case .text, .pair: return ["A:", "A.", "Answer:", "Antwort:"].contains { start.starts(with: $0.utf8) }
        case .heading, .blank, nil: return false
        }
    }
}
