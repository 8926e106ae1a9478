import Foundation
import Indexes

/// The quotations of an answer, with the short answers in them.
struct Quotations {
    /// At most as many units are quoted.
    private static let most = 3
    /// A quoted unit is at most this far behind the best one; another row of the same table less.
    private static let margin = 0.7
    private static let rowMargin = 0.15
    /// The same of another version of the document.
    private static let versionMargin = 1.0

    private(set) var sentences: [Answer.Sentence] = []
    private(set) var short: Answer.Short?
    private(set) var others: [Answer.Short] = []

    init(_ finding: Finding, in index: OpenIndex, most: Int = Quotations.most) throws {
        let chosen = Quotations.choose(finding, most: most)
        let known = Dictionary(uniqueKeysWithValues: finding.ranked.map { ($0.id, $0.text) })
        let citations = try index.citations(
            chosen.map { evidence in
                let source = finding.sources[evidence.source]
                let place = source.place(of: evidence.unit.range)
                return (source.document, place, place.lowerBound)
            }, known: known)
        let finder = ShortAnswers(question: finding.question, query: finding.query)
        let found = chosen.map { finder.find($0, in: finding.sources[$0.source]) }
        for ((evidence, citation), found) in zip(zip(chosen, citations), found) {
            let source = finding.sources[evidence.source]
            // The name that a pronoun of the quotation stands for is shown above it.
            let named = [found].compactMap { $0?.range }.filter {
                found?.written == nil && !evidence.unit.range.overlaps($0)
            }
            let context = (evidence.unit.context + named).map { range in
                Answer.Context(
                    text: String(decoding: source.text[range], as: UTF8.self), start: source.start + range.lowerBound,
                    end: source.start + range.upperBound)
            }
            sentences.append(
                Answer.Sentence(
                    text: String(decoding: source.text[evidence.unit.range], as: UTF8.self), source: evidence.source + 1,
                    citation: citation, context: context, version: finding.versions[source.document.id]?.written,
                    isSuperseded: finding.superseded.contains(source.document.id)))
        }
        take(found, finding, chosen)
    }

    private mutating func take(_ short: [ShortAnswers.Found?], _ finding: Finding, _ chosen: [Evidence]) {
        for (i, evidence) in chosen.enumerated() {
            let source = finding.sources[evidence.source]
            guard let found = short[i] else { continue }
            let text = found.written ?? String(decoding: source.text[found.range], as: UTF8.self)
            let answer = Answer.Short(
                kind: found.kind, text: text, sentence: i + 1, start: source.start + found.range.lowerBound,
                end: source.start + found.range.upperBound,
                confidence: finding.probability * exp(min(0, found.span ?? 0)))
            if i == 0 {
                self.short = answer
            } else if let short = self.short, chosen[i].source != chosen[0].source,
                finding.sources[chosen[i].source].document.id != finding.sources[chosen[0].source].document.id,
                Quotations.differ(short.text, text), !others.contains(where: { !Quotations.differ($0.text, text) }),
                [.number, .time].contains(finding.question.kind) || [.yes, .no].contains(found.kind)
            {
                others.append(answer)
            }
        }
    }

    private static func differ(_ a: String, _ b: String) -> Bool { WordRow(a).words != WordRow(b).words }

    /// The best units, each text once. Of documents with several versions one quotation of each version is among them.
    private static func choose(_ finding: Finding, most: Int) -> [Evidence] {
        guard let best = finding.best else { return [] }
        var chosen: [Evidence] = []
        func fits(_ evidence: Evidence) -> Bool {
            let source = finding.sources[evidence.source]
            return evidence.mayAnswer
                && !chosen.contains { other in
                    other.source == evidence.source && other.unit.range.overlaps(evidence.unit.range)
                        || finding.sources[other.source].text[other.unit.range] == source.text[evidence.unit.range]
                        || finding.superseded.contains(source.document.id)
                            && finding.sources[other.source].document.id == source.document.id
                }
        }
        for evidence in finding.evidence where chosen.count < most && fits(evidence) {
            let isRow = evidence.unit.kind == .row && best.unit.kind == .row
            guard evidence.score >= best.score - (isRow ? rowMargin : margin) else { continue }
            chosen.append(evidence)
        }
        // Both versions are told.
        let documents = Set(chosen.map { finding.sources[$0.source].document.id })
        if most > 1, !documents.isDisjoint(with: finding.versions.keys) {
            let other = finding.evidence.first { evidence in
                let id = finding.sources[evidence.source].document.id
                return finding.superseded.contains(id) && !documents.contains(id) && fits(evidence)
                    && evidence.score >= best.score - versionMargin
            }
            if let other { chosen = chosen.prefix(most - 1) + [other] }
        }
        return chosen
    }
}
