import Memory

/// Whether units say of the one that a question names what it asks.
///
/// "When was Nora Felt hired?" has no answer in "Nora Felt teaches yoga", where it is said of Ruben Hale that he was hired. Many
/// texts say the same in other words, so a missing word alone is little doubt.
struct PredicateCheck {
    /// What is wrong with a unit.
    enum Doubt {
        case none
        /// The unit says it of somebody else.
        case ofOther
        /// The unit speaks of the one that is asked about, and the passage says it of somebody else.
        case besideOther
        /// The unit does not say it, and another of the best passages says it of somebody else.
        case elsewhere
        /// No text of the index says it of anyone.
        case nowhere
    }

    private let predicate: Predicate
    private let query: Query
    private let word: Int
    /// The positions of the question's other words, beside the names.
    private let rest: [Int]
    private let absent: AbsentWords
    /// The positions of passages that say it of somebody else, by the place of their first passage's text.
    private let others: Set<Int>

    /// nil where the index leaves the word out.
    init?(_ predicate: Predicate, _ query: Query, _ sources: [EvidenceSource], _ absent: AbsentWords) {
        guard let word = query.words.firstIndex(of: predicate.word) else { return nil }
        self.predicate = predicate
        self.query = query
        self.word = word
        rest = query.words.indices.filter { i in
            i != word && !predicate.subject.contains(query.words[i]) && !AnswerWords.titles.contains(query.words[i])
        }
        self.absent = absent
        others = Set(
            sources.filter { source in
                source.units.contains { unit in
                    guard unit.kind != .list, unit.kind != .heading else { return false }
                    let row = WordRow(Array(source.text[unit.range]))
                    return WordBag(row).frequency(of: word, in: query) > 0
                        && PredicateCheck.isOfOther(row, predicate, unit)
                }
            }.map(\.result.rank))
    }

    /// Whether a text names somebody, and not the one that is asked about.
    private static func isOfOther(_ row: WordRow, _ predicate: Predicate, _ unit: EvidenceUnit) -> Bool {
        !names(row, predicate)
            && row.words.indices.contains { i in
                (i > 0 || unit.kind == .row || !AnswerWords.isCommon(row.words[i])) && row.isCapitalised(i)
                    && !AnswerWords.isCommon(row.words[i]) && !AnswerWords.closed.contains(row.words[i])
                    && !AnswerWords.pronouns.contains(row.words[i])
            }
            && !row.words.contains(where: AnswerWords.pronouns.contains)
    }

    private static func names(_ row: WordRow, _ predicate: Predicate) -> Bool {
        predicate.subject.contains { row.holds($0) }
    }

    func doubt(_ text: UnitText) -> Doubt {
        let (unit, row) = (text.unit, text.own)
        guard unit.kind != .heading, unit.kind != .list else { return .none }
        let isNamed = PredicateCheck.names(row, predicate)
        if text.ownBag.frequency(of: word, in: query) > 0 {
            return !isNamed && isSubject(row) ? .ofOther : .none
        }
        // Where the sentence before names the one that is asked about, it may say what is asked.
        let bag = isNamed ? text.closeBag : WordBag(text.all)
        // A text that holds more of the question may say it in other words.
        guard bag.frequency(of: word, in: query) == 0, !rest.contains(where: { bag.frequency(of: $0, in: query) > 0 }),
            !absent.holdsNear([predicate.word], text.close)
        else { return .none }
        // The head of a table says what its rows tell.
        if others.contains(text.passage.result.rank) || unit.kind == .row && !others.isEmpty { return .besideOther }
        if !others.isEmpty { return .elsewhere }
        return query.lacking.contains(word) && query.senses[word].count == 1 ? .nowhere : .none
    }

    /// Whether a unit begins with a name that is followed by the word: "Jana studies", "Jana was hired".
    private func isSubject(_ row: WordRow) -> Bool {
        let name = row.words.indices.prefix { i in
            row.isCapitalised(i) && !AnswerWords.isCommon(row.words[i]) && !AnswerWords.pronouns.contains(row.words[i])
        }
        guard !name.isEmpty else { return false }
        let verb = row.words.indices.dropFirst(name.count).first { !AnswerWords.auxiliaries.contains(row.words[$0]) }
        return verb.map { row.stems[$0] == Stem.of(predicate.word) } ?? false
    }
}
