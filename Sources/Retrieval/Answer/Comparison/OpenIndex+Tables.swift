import Indexes
import Memory

/// A table with the passages that it stands in.
struct WholeTable {
    let document: StoredDocument
    let rows: TableRows
    /// The place in the document where the text of `rows` begins.
    let start: Int
    let passages: [(id: PassageID, text: [UInt8])]
    /// False where there may be more rows.
    let isWhole: Bool

    /// The passage that holds a place of the document, with its text.
    func passage(at place: Int) -> (id: PassageID, text: [UInt8])? {
        var end = start
        for passage in passages {
            end += passage.text.count
            if place < end { return passage }
        }
        return nil
    }
}

extension OpenIndex {
    /// A table in more passages is not read.
    private static let mostPassages = 32

    /// The table of a row from its first row to its last one, as far as `mostPassages` go; nil for a table without heads.
    func wholeTable(of unit: EvidenceUnit, in source: EvidenceSource) throws -> WholeTable? {
        let document = source.document
        let own = document.passages.lowerBound + source.result.passage
        var passages = [try passage(own, of: document)]
        var start = source.result.citation.start
        while let first = passages.first, first.id.index > document.passages.lowerBound, OpenIndex.beginsInside(first.text),
            passages.count < OpenIndex.mostPassages
        {
            passages.insert(try passage(first.id.index - 1, of: document), at: 0)
            start -= passages[0].text.count
        }
        while let last = passages.last, last.id.index + 1 < document.passages.upperBound, OpenIndex.endsInside(last.text),
            passages.count < OpenIndex.mostPassages
        {
            passages.append(try passage(last.id.index + 1, of: document))
        }
        let whole = Array(passages.map(\.text).joined())
        let units = EvidenceUnits(whole, headings: [document.title]).units
        let place = source.place(of: unit.range).lowerBound - start
        guard let row = units.first(where: { $0.kind == .row && $0.range.lowerBound == place }) else { return nil }
        let rows = units.filter { $0.kind == .row && $0.head == row.head && $0.headings == row.headings }
        guard let table = TableRows(rows, in: whole, above: source.headings(of: unit) + source.name) else { return nil }
        return WholeTable(
            document: document, rows: table, start: start, passages: passages,
            isWhole: passages.count < OpenIndex.mostPassages)
    }

    private func passage(_ index: Int, of document: StoredDocument) throws -> (id: PassageID, text: [UInt8]) {
        let id = PassageID(segment: document.id.segment, index: index)
        return (id, try reconstruction.texts(of: [id])[0])
    }

    /// Whether a text ends inside a table.
    private static func endsInside(_ text: [UInt8]) -> Bool {
        if case .row = TextLines(Array(text.suffix(1000))).forms.last(where: { $0 != .blank }) { true } else { false }
    }

    /// The position in the evidence of a row of a table. Where it stands in none of the sources, its passage becomes one.
    func place(of row: Int, of table: WholeTable, in finding: inout Finding, like evidence: Evidence) throws -> Int? {
        let unit = table.rows.rows[row].unit
        let place = table.start + unit.range.lowerBound..<table.start + unit.range.upperBound
        func find(_ finding: Finding) -> Int? {
            finding.evidence.firstIndex { evidence in
                let source = finding.sources[evidence.source]
                return source.document.id == table.document.id && source.place(of: evidence.unit.range) == place
            }
        }
        if let at = find(finding) { return at }
        try add(passageOf: place, of: table, to: &finding, like: evidence)
        return find(finding)
    }

    /// Makes the passage that holds a place of a table one of the sources.
    private func add(
        passageOf place: Range<Int>, of table: WholeTable, to finding: inout Finding, like evidence: Evidence
    ) throws {
        guard let (id, text) = table.passage(at: place.upperBound - 1) else { return }
        let known = finding.ranked.first { $0.id == id }
        let explanation = finding.sources[evidence.source].result.explanation
        let passage = known ?? ScoredPassage(id: id, text: text, matched: [], explanation: explanation)
        let results = try results([passage], query: finding.query, top: 1)
        guard let result = results.first?.moved(to: finding.results.count + 1),
            let source = try evidenceSources([result], [passage]).first,
            let unit = source.units.first(where: { source.place(of: $0.range) == place })
        else { return }
        finding.results.append(result)
        if known == nil { finding.ranked.append(passage) }
        finding.sources.append(source)
        finding.evidence.append(
            Evidence(
                source: finding.sources.count - 1, unit: unit, parts: evidence.parts, score: evidence.score,
                coverage: evidence.coverage, doubt: evidence.doubt, missing: [], doubtful: evidence.doubtful, emptyCell: nil,
                span: nil))
    }
}
