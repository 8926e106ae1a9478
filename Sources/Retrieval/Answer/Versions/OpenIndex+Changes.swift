import Indexes
import Memory

extension OpenIndex {
    /// How far a unit that changes what the best one says may be behind it.
    private static let changeMargin = 1.5
    /// Words of a sentence that changes what was said before.
    private static let changes = Set.words(
        """
        now replaced replaces changed changes amended rises raised increases increased falls lowered reduced decreases postponed delayed moved \
        extended shortened new instead jetzt nun künftig neu neue neuer neues neuen geändert ersetzt erhöht steigt gesenkt sinkt verschoben \
        verlängert verkürzt statt reporté reportée reportés reportées déplacé déplacée remplacé remplacée désormais aplazado aplazada trasladado \
        trasladada sustituido sustituida ahora verplaatst uitgesteld gewijzigd vervangen voortaan
        """)
    /// Words of the title of a document that changes another one.
    private static let amendments = Set(
        "amendment amendments addendum supplement änderung änderungen nachtrag ergänzung zusatzvereinbarung".split(
            separator: " "
        ).map {
            Array($0.utf8)
        })

    /// Where a later record of the same series, or an amendment, changes what the best unit says, puts the change first: "Clause 2 is
    /// replaced: The rent is …".
    func followChanges(_ finding: inout Finding) {
        guard let best = finding.best, !asksForDay(finding.question) else { return }
        let source = finding.sources[best.source]
        let day = OpenIndex.day(of: source.document)
        let series = OpenIndex.series(of: source.document)
        /// Whether a unit that may answer stands in a later record of the series.
        func isLater(_ other: Evidence) -> Bool {
            let document = finding.sources[other.source].document
            guard other.mayAnswer, other.score >= best.score - OpenIndex.changeMargin, document.id != source.document.id
            else { return false }
            let later = OpenIndex.day(of: document)
            guard let day, let later else { return OpenIndex.amends(document, source.document) }
            let isOne = OpenIndex.isAmendment(document) || !series.isDisjoint(with: OpenIndex.series(of: document))
            return later > day && isOne
        }
        let change = finding.evidence.firstIndex {
            isLater($0) && speaksOfSame(finding, best, $0)
                && (saysChange(finding, $0) || OpenIndex.amends(finding.sources[$0.source].document, source.document))
        }
        if let change { return lead(&finding, best, from: change) }
        // "The fee is 12 euros" and in a later record "The fee is 15 euros": the last one counts.
        let restating = finding.evidence.indices.filter {
            isLater(finding.evidence[$0]) && restates(finding, best, finding.evidence[$0])
        }
        let last = restating.max { self.day(finding, $0) < self.day(finding, $1) }
        if let last { lead(&finding, best, from: last) }
    }

    private func day(_ finding: Finding, _ i: Int) -> Double {
        OpenIndex.day(of: finding.sources[finding.evidence[i].source].document) ?? 0
    }

    /// Whether two sentences are the same but for their numbers and names, and perhaps a word that the question does not ask about.
    private func restates(_ finding: Finding, _ best: Evidence, _ other: Evidence) -> Bool {
        func row(_ evidence: Evidence) -> WordRow {
            WordRow(Array(finding.sources[evidence.source].text[evidence.unit.range]))
        }
        let (first, second) = (row(best), row(other))
        let different = Restatement.plain(first).symmetricDifference(Restatement.plain(second))
        return first.words != second.words && Restatement.isOne(first, of: second)
            && different.isDisjoint(with: finding.question.row.stems)
    }

    private func saysChange(_ finding: Finding, _ evidence: Evidence) -> Bool {
        let text = UnitText(evidence.unit, in: finding.sources[evidence.source])
        return (text.near.words + text.previous.words).contains(where: OpenIndex.changes.contains)
    }

    /// Whether a question names a day or a year, or asks for what was before.
    private func asksForDay(_ question: AskedQuestion) -> Bool {
        question.namesMonth || question.required.contains { Requirements.isYear($0) }
            || question.row.words.contains(where: OpenIndex.otherVersion.contains)
    }

    /// The first date in the title or else the name of a document, as in `DocumentVersion.order`.
    private static func day(of document: StoredDocument) -> Double? {
        let name = document.paths.first?.split(separator: "/").last.map(String.init) ?? ""
        return Months.date(in: document.shownTitle.lowercased())?.order ?? Months.date(in: name.lowercased())?.order
    }

    private static func series(of document: StoredDocument) -> Set<String> {
        DocumentVersion(title: document.shownTitle, path: document.paths.first ?? "", start: "").series
    }

    /// Whether a document is an amendment that names another one by its title: "Amendment 1 to the lease" names "Lease".
    private static func amends(_ document: StoredDocument, _ other: StoredDocument) -> Bool {
        guard isAmendment(document), !isAmendment(other) else { return false }
        let title = Set(WordRow(document.shownTitle).words)
        // The name of a file, such as "rules", is no title where there is one.
        let named = DocumentVersion(title: other.shownTitle, path: "", start: "").series
        return named.contains { Set(WordRow($0).words).isSubset(of: title) }
    }

    private static func isAmendment(_ document: StoredDocument) -> Bool {
        WordRow(document.shownTitle + " " + (document.paths.first ?? "")).words.contains(where: amendments.contains)
    }
}
