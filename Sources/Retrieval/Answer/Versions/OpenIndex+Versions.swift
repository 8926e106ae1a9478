import Foundation
import Indexes

extension OpenIndex {
    /// How far the version in force may be behind another one and still come first; where only years in names tell versions,
    /// and where the documents say from when they hold.
    private static let versionMargin = (years: 0.4, explicit: 1.3)
    /// What a reader adds to both, because its word sets versions further apart.
    private static let marginOfReader = 0.7
    /// The bytes at the start of a document that may say from when it holds.
    private static let headLength = 700
    static let otherVersion: Set<[UInt8]> = Set(
        [
            "old", "older", "previous", "former", "formerly", "earlier", "past", "alt", "alte", "alten", "früher", "frühere",
            "früheren", "bisherige",
        ].map {
            Array($0.utf8)
        })

    /// The versions of the documents that have a mark of one; none where there is but one document.
    func versions(of sources: [EvidenceSource]) throws -> [DocumentID: DocumentVersion] {
        guard Set(sources.map(\.document.id)).count > 1 else { return [:] }
        return try readVersions(sources)
    }

    /// The version that was in force in a year that the question names has that year in its name, and so may answer.
    func holdInForce(
        _ sources: inout [EvidenceSource], _ versions: [DocumentID: DocumentVersion], _ question: AskedQuestion
    ) {
        guard let year = OpenIndex.year(of: question) else { return }
        for i in sources.indices {
            guard let version = versions[sources[i].document.id] else { continue }
            let siblings = versions.values.filter { $0.isVersion(of: version) }
            // A year in a title may be that of a report, which says nothing of other years.
            guard !siblings.isEmpty, OpenIndex.inForce([version] + siblings, in: year) == version,
                version.isExplicit || Int(version.order / 10_000) == year
            else { continue }
            sources[i].holdIn(year: year)
        }
    }

    private static func year(of question: AskedQuestion) -> Int? {
        question.required.lazy.compactMap(Requirements.year).first
    }

    /// The last version that began in a year or before it; nil where none did, and where nothing tells when versions began.
    private static func inForce(_ versions: [DocumentVersion], in year: Int) -> DocumentVersion? {
        versions.filter { (19_000_000...Double(year) * 10_000 + 1_231).contains($0.order) }.max { $0.order < $1.order }
    }

    /// Of several versions of one document, puts the one in force first and the other one after it.
    ///
    /// A question that names a year gets the version that was in force then; one that names a version or asks for an old one
    /// gets what it asks for.
    func order(_ finding: inout Finding, today: Date) {
        guard let best = finding.best, !finding.versions.isEmpty else { return }
        let id = finding.sources[best.source].document.id
        guard let version = finding.versions[id] else { return }
        let day = DocumentVersion.day(of: today)
        let siblings = finding.versions.filter { $0.key != id && $0.value.isVersion(of: version) }
        let year = OpenIndex.year(of: finding.question).flatMap { year in
            OpenIndex.inForce([version] + siblings.values, in: year).map { (year, $0) }
        }
        guard !siblings.isEmpty, year == nil, !asksForVersion(finding.question, [version] + siblings.values) else {
            finding.versions = finding.versions.filter { $0.key == id || siblings.keys.contains($0.key) }
            if let (year, inForce) = year {
                lead(&finding, best, with: inForce, of: year)
            } else if let number = OpenIndex.versionNumber(of: finding.question), number != version.number,
                let named = siblings.values.first(where: { $0.number == number }),
                let at = firstUnit(of: named, finding), speaksOfSame(finding, best, finding.evidence[at])
            {
                lead(&finding, best, from: at)
            }
            return
        }
        finding.versions = siblings.merging([id: version]) { first, _ in first }
        let ordered = finding.versions.sorted { $0.value.precedes($1.value, on: day) }
        func first(of id: DocumentID) -> Int? {
            finding.evidence.firstIndex { $0.mayAnswer && finding.sources[$0.source].document.id == id }
        }
        // The version in force that says something of the matter.
        let current = ordered.first { candidate in
            guard let at = first(of: candidate.key) else { return false }
            let isExplicit = candidate.value.isExplicit || version.isExplicit
            var margin = isExplicit ? OpenIndex.versionMargin.explicit : OpenIndex.versionMargin.years
            if finding.sources[best.source].reading != nil { margin += OpenIndex.marginOfReader }
            return finding.evidence[at].score >= best.score - margin && speaksOfSame(finding, best, finding.evidence[at])
        }
        guard let current, let at = first(of: current.key) else { return }
        finding.superseded = Set(finding.versions.keys).subtracting([current.key])
        lead(&finding, best, from: at)
    }

    /// Puts the version first that was in force in a year, where it speaks of the same as the best unit and that one does not
    /// tell of the year.
    private func lead(_ finding: inout Finding, _ best: Evidence, with version: DocumentVersion, of year: Int) {
        let own = WordRow(Array(finding.sources[best.source].text[best.unit.range]))
        guard !own.holds(Array(String(year).utf8)) else { return }
        guard let at = firstUnit(of: version, finding), speaksOfSame(finding, best, finding.evidence[at]) else { return }
        lead(&finding, best, from: at)
    }

    private func firstUnit(of version: DocumentVersion, _ finding: Finding) -> Int? {
        finding.evidence.firstIndex {
            $0.mayAnswer && finding.versions[finding.sources[$0.source].document.id] == version
        }
    }

    /// 2.1 of a question for "version 2.1".
    private static func versionNumber(of question: AskedQuestion) -> Double? {
        DocumentVersion.number(String(decoding: question.row.text, as: UTF8.self).lowercased())
    }

    /// Puts a unit first.
    func lead(_ finding: inout Finding, _ best: Evidence, from at: Int) {
        let moved = finding.evidence.remove(at: at)
        // It takes the place of the best one, so that the margin of quotations counts from there.
        var leading = moved
        leading.score = max(moved.score, best.score)
        let place = finding.evidence.firstIndex { $0.mayAnswer } ?? 0
        finding.evidence.insert(leading, at: min(place, finding.evidence.count))
    }

    /// Whether a unit holds at least half of the question's words that another unit holds.
    func speaksOfSame(_ finding: Finding, _ best: Evidence, _ other: Evidence) -> Bool {
        func held(_ evidence: Evidence) -> Set<[UInt8]> {
            let source = finding.sources[evidence.source]
            let row = WordRow(Array(source.text[evidence.unit.range]) + [32] + source.context(of: evidence.unit))
            return Set(finding.query.words.filter(row.holds))
        }
        let words = held(best)
        return 2 * words.intersection(held(other)).count >= words.count
    }

    private func readVersions(_ sources: [EvidenceSource]) throws -> [DocumentID: DocumentVersion] {
        var documents: [StoredDocument] = []
        for source in sources where !documents.contains(where: { $0.id == source.document.id }) {
            documents.append(source.document)
        }
        let starts = documents.map { PassageID(segment: $0.id.segment, index: $0.passages.lowerBound) }
        let texts = try reconstruction.texts(of: starts)
        var versions: [DocumentID: DocumentVersion] = [:]
        for (document, text) in zip(documents, texts) {
            let version = DocumentVersion(
                title: document.shownTitle, path: document.paths.first ?? "",
                start: String(decoding: text.prefix(OpenIndex.headLength), as: UTF8.self))
            if version.order > 0 || version.isWithdrawn { versions[document.id] = version }
        }
        return versions
    }

    private func asksForVersion(_ question: AskedQuestion, _ versions: [DocumentVersion]) -> Bool {
        if question.row.words.contains(where: OpenIndex.otherVersion.contains) { return true }
        let years = Set(versions.map { String(Int($0.order / 10_000)) })
        return question.required.contains { years.contains($0.written) || $0.kind == .identifier }
    }
}
