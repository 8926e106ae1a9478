import Bytes
import Indexes
import Memory

/// Scores units against a question.
struct EvidenceScorer {
    let question: AskedQuestion
    let query: Query
    let weights: EvidenceWeights
    private let sentences: SentenceScorer
    let requirements: Requirements
    private let rows: RowFit
    private let succession: Succession?
    private let asksException: Bool
    /// By what the coverage of a unit is raised where the index lacks words of the question, which no unit can hold: at most 2.
    private let known: Double
    /// By what the coverage of a unit is raised in its confidence: words that are no nouns, and that the index lacks, count less.
    private let certain: Double
    /// What each word of the query counts, as a share of all.
    let shares: [Double]
    /// Stems of content words that the model counts among the function words, such as "service" and "number".
    private let plain: [[UInt8]]

    init(
        _ question: AskedQuestion, _ query: Query, idf: [Double], requirements: Requirements, weights: EvidenceWeights,
        vocabulary: Vocabulary
    ) {
        self.question = question
        self.query = query
        self.weights = weights
        self.requirements = requirements
        rows = RowFit(question)
        succession = Succession(question)
        let idf = EvidenceScorer.withoutLightWords(idf, query, question)
        let total = max(1e-9, idf.reduce(0, +))
        let shares = idf.map { $0 / total }
        self.shares = shares
        asksException = Negation.excepts(question.row)
        let lacking = query.lacking.filter { query.senses[$0].count == 1 }.reduce(0) { $0 + shares[$1] }
        known = 1 / max(0.5, 1 - lacking)
        certain = EvidenceScorer.certain(question, query, shares, nouns: requirements.absent.written)
        sentences = SentenceScorer(query: query, weights: idf, kind: question.kind)
        let known = Set(query.words)
        plain = question.row.words.filter {
            !known.contains($0) && vocabulary.isFunctionWord($0) && !AnswerWords.isCommon($0)
                && !AnswerWords.closed.contains($0) && $0.count > 2
        }.map(Stem.of)
    }

    /// The rarities of the query's words, 0 for those that the index lacks and answers seldom repeat: "needs", "please", "Mrs".
    private static func withoutLightWords(_ idf: [Double], _ query: Query, _ question: AskedQuestion) -> [Double] {
        let isLight = query.words.indices.map {
            let word = query.words[$0]
            return query.lacking.contains($0) && query.senses[$0].count == 1
                && (AnswerWords.lightVerbs.contains(word) || question.isAside(word))
        }
        guard isLight.contains(false) else { return idf }
        return zip(idf, isLight).map { $1 ? 0 : $0 }
    }

    /// A unit with its score.
    ///
    /// - Parameters:
    ///   - source: the position of the unit's passage among the sources.
    ///   - relative: the score of the unit's passage as a share of the best passage's score.
    ///   - other: how the unit differs, where the question means another row of its table, or another key.
    func evidence(
        _ unit: EvidenceUnit, in passage: EvidenceSource, at source: Int, _ cosines: SentenceCosines, relative: Double,
        other: EvidenceSource.OtherRow?
    ) -> Evidence {
        let text = UnitText(unit, in: passage)
        let row = text.own
        let otherWords = likeness(text.near) + priceInOtherWords(text)
        let covered = coverage(text.ownBag)
        let coveredNear = coverage(text.nearBag)
        let coveredFar = coverage(text.closeBag)
        let coveredAll = unit.previous == nil ? coveredFar : coverage(WordBag(text.all))
        var parts = EvidenceParts(
            coverage: min(1, known * sentences.coverage(text.ownBag)) + otherWords, alone: cosines.alone,
            withPrevious: cosines.withPrevious, passage: relative * relative)
        parts.rules =
            sentences.form(of: row.text, startsWithName: startsWithName(row, in: passage)) + weights.context
            * (coveredNear - covered)
            + (question.isYesNo || leavesOut(row) ? weights.headingsOfYesNo : weights.headings) * (coveredFar - coveredNear)
            + polarity(of: row) + form(of: text) + point(row, text.above)
            + weights.rowOfName * rows.fit(of: unit, in: passage.text)
        if unit.named != nil, standsForOther(text) { parts.rules += weights.ofOtherNamed }
        switch other {
        case .otherName: parts.rules += weights.rowOfOther
        case .otherCell: parts.rules += weights.rowOfOtherCell
        case nil: break
        }
        if let succession { parts.rules += weights.succession * succession.fit(row, in: passage) }
        if let letters = question.abbreviation, Abbreviations.meaning(of: letters, in: passage.text[unit.range]) != nil {
            parts.rules += weights.meaning
        }
        if unit.kind == .list,
            [.number, .time].contains(question.kind)
                || covered + otherWords > 0 && hasItem(of: unit, in: passage, covering: covered + otherWords)
        {
            parts.rules += weights.listOfItem
        }
        parts.rules += weights.otherHeading * shareOfOtherHeadings(text)
        if unit.kind == .item, covered == 0, !unit.context.isEmpty { parts.rules += weights.itemOfList }
        let goesOn = unit.kind == .sentence && goesOn(text)
        let pointsBack = (question.isNegated || question.isYesNo) && pointsBack(row)
        if goesOn || pointsBack {
            let weight = (goesOn ? weights.goesOn : 0) + (pointsBack ? weights.context : 0)
            parts.rules += weight * (coverage(WordBag(text.near.text + [32] + text.previous.text)) - coveredNear)
        }
        let requirement = requirements.check(text)
        var doubt = requirement.doubt
        switch question.kind {
        case .number, .time:
            if !holdsNumber(row) {
                doubt += question.asksAmount && !tellsAmount(row) ? weights.doubtWithoutAmount : weights.doubtWithoutNumber
            }
            if let counted = query.counted, !text.close.stems.contains(counted) {
                if unit.kind == .row || unit.kind == .pair {
                    if !isDurationUnder(unit, counted, in: passage) { doubt += weights.doubtOfCounted }
                    if unit.kind == .row { parts.rules += weights.nothingCounted }
                } else if countsOther(text) {
                    doubt += weights.doubtOfOtherCounted
                }
            }
            if holdsKind(row) {
                doubt -= weights.certainKind
                if question.asksDuration { parts.rules += weights.duration }
            }
        case .person:
            if isSender(unit, in: passage) { parts.rules += weights.sender }
            if namesOtherOffice(row) { parts.rules += weights.otherOffice }
            if !holdsName(text.near), !holdsName(text.previous), !startsWithName(row, in: passage) {
                doubt += weights.doubtWithoutName
            }
        case .place, .other: break
        }
        if !question.measures.isEmpty, !question.asksDuration,
            text.quantities.contains(where: { question.fits($0, in: row) })
        {
            parts.rules += weights.measure
        }
        if question.asksWhy, row.words.contains(where: AnswerWords.causes.contains) { parts.rules += weights.cause }
        if let beneficiary = question.beneficiary, row.holds(beneficiary), tellsAmount(row) {
            parts.rules += weights.ofBeneficiary
        }
        if question.asksMoney {
            if tellsMoney(text) {
                parts.rules += weights.money
            } else if question.kind == .number || !question.measured.isEmpty {
                doubt += weights.doubtWithoutMoney
            }
        }
        parts.doubt = requirement.doubt
        var span: Double?
        if let reading = passage.reading {
            parts.mass = passage.mass(in: unit.range) * (unit.kind == .list ? 0.5 : 1)
            parts.relevance = Double(reading.relevance)
            span = passage.tokens(in: unit.range).flatMap { reading.answer(in: $0) }.map { Double($0.score) }
        }
        return Evidence(
            source: source, unit: unit, parts: parts, score: parts.score(weights),
            coverage: min(1, certain * coveredAll + otherWords), doubt: doubt, missing: requirement.missing,
            doubtful: requirement.doubtful, emptyCell: requirement.emptyCell, span: span)
    }

    /// The share of the question's weight that other headings of the passage have, and nothing that speaks for a unit.
    private func shareOfOtherHeadings(_ text: UnitText) -> Double {
        guard !text.passage.headingBag.words.isEmpty else { return 0 }
        let all = WordBag(text.all)
        return query.words.indices.reduce(0) { sum, i in
            let isElsewhere =
                text.passage.headingBag.frequency(of: i, in: query) > 0 && all.frequency(of: i, in: query) == 0
            return sum + (isElsewhere ? shares[i] : 0)
        }
    }

    /// Whether an item of a list covers as much of the question as the whole list does.
    private func hasItem(of list: EvidenceUnit, in passage: EvidenceSource, covering share: Double) -> Bool {
        passage.units.contains { unit in
            unit.kind != .list && list.range.contains(unit.range.lowerBound)
                && holds(share, in: WordRow(Array(passage.text[unit.range])))
        }
    }

    private func holds(_ share: Double, in row: WordRow) -> Bool { coverage(WordBag(row)) + likeness(row) >= share }

    /// The share of the question's weight that a text covers. Where all words of the question are function words of the model,
    /// the share of these.
    private func coverage(_ bag: WordBag) -> Double {
        guard query.words.isEmpty, !plain.isEmpty else { return sentences.coverage(bag) }
        return Double(plain.count { bag.stems[$0] != nil }) / Double(plain.count)
    }

    /// Whether a unit holds what the question asks for with its unit: a length of time, a date, a number of what is counted.
    private func holdsKind(_ row: WordRow) -> Bool {
        if question.kind == .time {
            return row.words.contains(where: Months.isMonth)
        }
        let isUnit: (Int) -> Bool = { [query] i in
            if question.asksDuration { return AnswerWords.durations.contains(row.words[i]) }
            return query.counted == row.stems[i]
        }
        return row.words.indices.contains { i in
            Numerals.isNumber(row.words[i])
                && !question.row.words.contains(row.words[i])
                && (i + 1..<min(i + 3, row.words.count)).contains(where: isUnit)
        }
    }

    /// Whether a text holds a number, in digits or words, or a word such as "half" and "none", beside those of the question.
    func tellsAmount(_ row: WordRow) -> Bool {
        row.words.contains { word in
            (Numerals.isNumber(word) || Numerals.value(of: word) != nil || AnswerWords.amounts.contains(word)
                || EvidenceScorer.numberEndings.contains {
                    word.count > $0.count + 2 && word.suffix($0.count).elementsEqual($0)
                })
                && !question.row.words.contains(word)
        }
    }

    /// Endings of German numbers in words: "dreihundert".
    private static let numberEndings = ["einhalb", "hundert", "tausend"].map { Array($0.utf8) }

    /// "From: …" and the other headers of a mail, where the question does not have that word and does not ask who wrote it.
    private func isSender(_ unit: EvidenceUnit, in passage: EvidenceSource) -> Bool {
        guard unit.kind == .pair, let key = unit.head.first else { return false }
        let words = WordRow(Array(passage.text[key])).words
        // A form has such lines too: "To whom does the parcel go?" asks for "To: …".
        guard words.count == 1, !question.row.words.contains(words[0]) else { return false }
        return EvidenceScorer.headers.contains(words[0])
            || EvidenceScorer.senders.contains(words[0])
                && !question.row.words.contains(where: EvidenceScorer.writing.contains)
    }

    private static let headers = Set.words("subject date betreff datum")
    private static let senders = Set.words("from to cc von an")
    private static let writing = Set.words(
        """
        wrote write writes written sent send sends asked asks mail email mailed sender recipient answered replied received receive got informed \
        told reported reports schrieb schreibt geschrieben schickte schickt gesendet sendet absender empfänger fragte fragt antwortete bekam meldete
        """)

    /// Whether each number of a sentence counts something, and nothing like what the question counts.
    private func countsOther(_ text: UnitText) -> Bool {
        let row = text.own
        if isNumbered(row) { return true }
        guard let many = question.row.words.firstIndex(where: QuestionWords.beforeCounted.contains),
            many + 1 < question.row.words.count, AskedQuestion.isNoun(question.row.words[many + 1]),
            !Measure.isUnit(question.row.words[many + 1]),
            !requirements.absent.holdsNear([question.row.words[many + 1]], text.near, .same)
        else { return false }
        let numbers = text.quantities
        return !numbers.isEmpty
            && numbers.allSatisfy { number in
                guard let unit = number.unit.map({ row.words[$0] }), !number.isCompound else {
                    // "The room is 214."
                    let first = number.words.lowerBound
                    return number.unit == nil && !number.hasSign && first > 0
                        && AnswerWords.copulas.contains(row.words[first - 1])
                        && AnswerWords.countHeads.isDisjoint(with: row.stems)
                }
                return AskedQuestion.isNoun(unit) || Measure.isUnit(unit)
            }
    }

    /// Whether a sentence has what the question counts only with a number of its own: "room 12" counts no rooms.
    private func isNumbered(_ row: WordRow) -> Bool {
        guard let counted = query.counted else { return false }
        let places = row.stems.indices.filter { row.stems[$0] == counted }
        let numbers = Requirements.numbers(of: counted, in: row)
        return !places.isEmpty && places.allSatisfy { numbers.contains($0 + 1) }
    }

    /// Whether a text holds a capitalised word that the question does not hold, not counting the first one.
    private func holdsName(_ row: WordRow) -> Bool {
        row.words.indices.dropFirst().contains { row.isCapitalised($0) && !query.stems.contains(row.stems[$0]) }
    }

    /// Whether the first word of a unit is a name that the question does not hold: the passage has it with a capital letter inside a
    /// sentence, too.
    private func startsWithName(_ row: WordRow, in passage: EvidenceSource) -> Bool {
        guard let first = row.words.first, row.isCapitalised(0), !AnswerWords.isCommon(first) else { return false }
        return passage.names.contains(first) && !query.stems.contains(row.stems[0])
    }

    /// In a question for yes or no, the share of the words that headings and title lack and a unit holds.
    private func point(_ row: WordRow, _ above: WordRow) -> Double {
        guard question.isYesNo else { return 0 }
        let open = query.words.filter { !above.holds($0) }
        guard !open.isEmpty else { return 0 }
        return weights.point * Double(open.count(where: row.holds)) / Double(open.count)
    }

    /// Denial and leaving out, in the question and in the unit.
    private func polarity(of row: WordRow) -> Double {
        if question.isNegated {
            if !asksException, Negation.excepts(row) { return weights.excepts }
            return leavesOut(row) ? weights.denies : weights.affirms
        }
        guard !question.isYesNo else { return 0 }
        let deniesVerb = Negation.placesOfVerbs(in: row).contains { place in
            row.stems.dropFirst(place + 1).prefix(3).contains { query.stems.contains($0) }
        }
        return deniesVerb || Negation.forbids(row) ? weights.deniesVerb : 0
    }

    /// Whether a unit denies or leaves out, as the question does.
    private func leavesOut(_ row: WordRow) -> Bool { question.isNegated && !Negation.places(in: row).isEmpty }

    /// Whether the pronoun of a unit goes back to a sentence without the names of the question, which stand elsewhere in the passage.
    private func standsForOther(_ text: UnitText) -> Bool {
        let names = question.required.filter { $0.kind == .name }
        return names.contains { Requirements.holds(text.passage.row, name: $0) }
            && !names.contains { Requirements.holds(text.all, name: $0) }
    }

    /// Whether a unit leaves something out of what the sentence before says: "Interns are excluded from this rule".
    private func pointsBack(_ row: WordRow) -> Bool {
        !Negation.places(in: row).isEmpty && row.words.contains(where: AnswerWords.demonstratives.contains)
    }

    /// Whether a sentence speaks of what the sentence before names, and says a word of the question that that one lacks: "In winter it
    /// runs once a day".
    private func goesOn(_ text: UnitText) -> Bool {
        guard !text.previous.words.isEmpty,
            text.own.words.contains(where: EvidenceScorer.subjects.contains) || text.unit.named != nil
        else { return false }
        let before = WordBag(text.previous)
        return query.words.indices.contains { i in
            text.ownBag.frequency(of: i, in: query) > 0 && before.frequency(of: i, in: query) == 0
        }
    }

    private static let subjects = Set.words("it he she they es er sie")

    /// What the form of a unit says beside its words.
    private func form(of text: UnitText) -> Double {
        let (unit, row, passage) = (text.unit, text.own, text.passage)
        var score = 0.0
        switch unit.kind {
        case .sentence: break
        case .heading: score += weights.heading
        case .row, .pair, .item, .list, .answer:
            // These are short by nature.
            if row.words.count < 4 { score += SentenceScorer.fewWords }
        }
        // Content words among the function words decide between equals.
        if !query.words.isEmpty, !plain.isEmpty {
            score += 0.2 * Double(plain.count { text.nearBag.stems[$0] != nil }) / Double(plain.count)
        }
        if unit.kind == .pair, let key = unit.head.first {
            let section =
                unit.context.first.map { passage.text[$0] }.flatMap { $0.first == UInt8(ascii: "[") ? $0 : nil } ?? []
            let words = WordRow(Array(section) + [32] + Array(passage.text[key])).stems
            let asked = Set(question.row.stems + (question.asksName ? [Stem.of(Array("name".utf8))] : []))
            score += weights.key * Double(words.count(where: asked.contains)) / Double(max(1, words.count))
            // "What is the total of the invoice?": the key is just what is asked for.
            if let head = question.head, words == [Stem.of(head)] { score += weights.keyOfHead }
        }
        if defines(row) || FormValues(question: question, query: query).namesHolder(row) { score += weights.defines }
        return score
    }

    /// "The president is Nils Brand", where the treasurer is asked for.
    private func namesOtherOffice(_ row: WordRow) -> Bool {
        if question.kind == .person, isOfDeputy(row) { return true }
        guard let office = question.subject.first, row.words.count > 3, !row.holds(office),
            AnswerWords.articles.contains(row.words[0]) || AnswerWords.pronouns.contains(row.words[0])
        else { return false }
        let copula = row.words.indices.dropFirst(2).prefix(2).first { AnswerWords.copulas.contains(row.words[$0]) }
        guard let copula, copula + 1 < row.words.count, row.isCapitalised(copula + 1) else { return false }
        return !AnswerWords.isCommon(row.words[copula - 1])
    }

    /// Whether a unit begins with the question's subject and "is", or ends with "is" and the subject.
    private func defines(_ row: WordRow) -> Bool {
        let subject = question.subject.map(Stem.of)
        guard !subject.isEmpty else { return false }
        let start = row.words.prefix(while: AnswerWords.determiners.contains).count
        let stems = row.stems.dropFirst(start)
        if stems.starts(with: subject), let next = row.words.dropFirst(start + subject.count).first {
            return AnswerWords.copulas.contains(next)
        }
        guard row.stems.suffix(subject.count).elementsEqual(subject) else { return false }
        return row.words.dropLast(subject.count).suffix(2).contains(where: AnswerWords.copulas.contains)
    }

    /// Whether a unit holds a number, in digits or words, that the question does not hold.
    private func holdsNumber(_ row: WordRow) -> Bool {
        row.words.contains { Numerals.isNumber($0) && !query.words.contains($0) }
            || row.words.contains {
                AnswerWords.weekdays.contains($0) || Months.isMonth($0)
            }
    }
}
