/// Words of a question for which a text has others of about the same meaning. They count in part.
extension EvidenceScorer {
    /// The share of the question's weight for which a text has other words: those that stand nowhere in the index, and those that ask
    /// whether something is allowed, where the text forbids.
    func likeness(_ row: WordRow) -> Double {
        let forbids = question.isYesNo && row.words.contains(where: AnswerWords.prohibitions.contains)
        return weights.otherWord * requirements.absent.matched(by: row, in: query).reduce(0) { $0 + shares[$1] }
            + (forbids ? share(of: AnswerWords.permissions) { row.holds(query.words[$0]) } : 0)
    }

    /// The share of words for a price in the question, where a text tells a price and has other words for it.
    func priceInOtherWords(_ text: UnitText) -> Double {
        guard question.asksMoney, tellsMoney(text) else { return 0 }
        return share(of: AnswerWords.prices) { text.closeBag.frequency(of: $0, in: query) > 0 }
    }

    /// Whether a unit tells money. In a table without signs of money, the headings above say that its numbers are prices.
    func tellsMoney(_ text: UnitText) -> Bool {
        if MoneyWords.stand(in: text.near, notCounting: query.words) { return true }
        return text.unit.kind == .row && tellsAmount(text.own)
            && text.above.words.contains { AnswerWords.isCost($0) && !query.words.contains($0) }
    }

    /// What the question's words of a kind count together that a text does not hold itself.
    private func share(of kind: Set<[UInt8]>, isHeld: (Int) -> Bool) -> Double {
        query.words.indices.reduce(0) { sum, i in
            kind.contains(query.words[i]) && !isHeld(i) ? sum + weights.otherWord * shares[i] : sum
        }
    }

    /// The part of a verb that the index lacks that tells nothing: texts say "teaches" in many ways.
    private static let untold = 0.6

    /// By what the coverage of a unit is raised in its confidence, where the index lacks words of the question that are no nouns, no
    /// names and no superlative: at most 2.5.
    static func certain(_ question: AskedQuestion, _ query: Query, _ shares: [Double], nouns: [String]) -> Double {
        let named = Set(question.required.flatMap(\.words))
        let known = Set(nouns.map { Array($0.utf8) })
        let superlative = Superlative(question.row, isGerman: question.isGerman)
        let verbs = query.lacking.filter { i in
            query.senses[i].count == 1 && !named.contains(query.words[i]) && !known.contains(query.words[i])
                && superlative?.says(query.words[i]) != true
        }
        // A verb that is all that is said of somebody must be there: "When was Bramble dewormed?"
        let saysMore = query.words.indices.contains { !verbs.contains($0) && !named.contains(query.words[$0]) }
        guard saysMore else { return 1 }
        let share = verbs.reduce(0) { $0 + shares[$1] }
        return 1 / max(0.4, 1 - untold * share)
    }

    /// Whether a text has the office that is asked for only behind "vice", "deputy" and the like.
    func isOfDeputy(_ row: WordRow) -> Bool {
        guard let office = question.subject.first.map(Stem.of), row.stems.contains(office) else { return false }
        return !row.stems.indices.contains { question.isOffice(row, at: $0) }
    }

    /// Whether a row has a head with another word of a question for days, hours and the like: "Holiday" for "days of holiday".
    func isDurationUnder(_ unit: EvidenceUnit, _ counted: [UInt8], in passage: EvidenceSource) -> Bool {
        guard AnswerWords.durations.contains(where: { Stem.of($0) == counted }) else { return false }
        let keyed = TableAnswers.keyed(unit, in: passage.text)?.head ?? unit.head
        return keyed.contains { head in
            WordRow(Array(passage.text[head])).stems.contains { $0 != counted && question.content.contains($0) }
        }
    }
}
