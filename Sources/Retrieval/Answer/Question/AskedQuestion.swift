import Bytes
import Memory

/// What a question asks for, and what an answer to it must speak of.
package struct AskedQuestion: Sendable {
    /// A name, a number or an identifier of the question.
    package struct Required: Sendable {
        package enum Kind: Sendable { case name, number, identifier }
        package let kind: Kind
        /// As the question has it.
        package let written: String
        package let words: [[UInt8]]
        /// The noun before a number that counts nothing and tells one thing from others, as in "bus 9"; nil for any other.
        package var numberedNoun: [UInt8]?
    }

    package let text: String
    package let row: WordRow
    package let kind: QuestionKind
    package let isYesNo: Bool
    package let isNegated: Bool
    package let isGerman: Bool
    /// Whether the question is French, Spanish or Dutch.
    let isForeign: Bool
    /// Whether a month is named, so that a number may be a day.
    package let namesMonth: Bool
    package let asksMoney: Bool
    /// "How long", "how old" and the like.
    package let asksDuration: Bool
    package let required: [Required]
    /// The words after "who is" or "what is the", where the question is no longer than that.
    package let subject: [[UInt8]]
    /// The noun that the question asks for: "speed" of "What is the top speed of the Ox?"; nil where none is plain to see.
    package let head: [UInt8]?
    /// What "how" with an adjective or the price of what is asked, "pool" of "How deep is the pool?"; empty where that is not plain
    /// to see.
    package let measured: [[UInt8]]
    /// The noun after "which", the name of the column of a table that the question asks for; nil where there is none.
    package let column: [UInt8]?
    /// "students" of "How high is the fee for students?", where a number or money is asked for; nil for another question.
    let beneficiary: [UInt8]?
    /// What "how deep", "what is the depth" and the like ask to measure; empty for another question.
    let measures: Set<Measure>
    /// The days of the week that the question names, 0 for Monday.
    let weekdays: Set<Int>
    /// What the question says of a person or thing with a name; nil where that is not plain to see.
    package let predicate: Predicate?
    /// The letters that the question asks the meaning of, as in "What does SSO stand for?".
    let abbreviation: String?
    /// "When …?" with no other question word, so that "when" is no conjunction.
    let asksWhen: Bool
    /// "What is the phone number …?": only digits answer.
    let asksPhone: Bool
    /// "What is it called?": the question asks for a name.
    let asksName: Bool
    /// The stems of the words that hold content; and of those that are no part of a name or number.
    let content: Set<[UInt8]>
    let contentBesideNames: Set<[UInt8]>
    /// Each noun that stands before another one, with the other one, as in "chart room".
    package let compounds: [(first: [UInt8], second: [UInt8])]

    package init(_ question: String) {
        text = question
        abbreviation = QuestionForm.abbreviation(question)
        let text = QuestionForm.plain(question)
        row = WordRow(text)
        kind = QuestionKind(text)
        let words = row.words
        isGerman = QuestionLanguage.isGerman(row)
        isForeign = QuestionLanguage.isForeign(row)
        namesMonth = words.contains(where: Months.isMonth)
        isYesNo = AskedQuestion.isYesNo(row, isGerman: isGerman)
        isNegated = !Negation.places(in: row).isEmpty
        asksMoney =
            words.contains(where: AnswerWords.isCost) && !words.contains(where: QuestionWords.beforeCounted.contains)
        asksDuration = AskedQuestion.asksDuration(words)
        beneficiary = kind == .number || asksMoney ? AskedQuestion.beneficiary(words) : nil
        required = AskedQuestion.required(text, isGerman: isGerman)
        let content = words.filter { !AnswerWords.isCommon($0) && !AnswerWords.closed.contains($0) }
        let named = Set(required.flatMap(\.words))
        self.content = Set(content.map(Stem.of))
        contentBesideNames = Set(content.filter { !named.contains($0) }.map(Stem.of))
        subject = AskedQuestion.subject(words)
        // French, Spanish and Dutch write no noun before another one.
        compounds = isForeign ? [] : AskedQuestion.compounds(row)
        head = AskedQuestion.head(words)
        measured = AskedQuestion.measured(words)
        column = AskedQuestion.column(words, isForeign: isForeign)
        measures = AskedQuestion.measures(words, of: head)
        weekdays = Weekdays.days(in: row)
        predicate = Predicate(row, isGerman: isGerman)
        asksWhen =
            words.prefix(2).contains { AnswerWords.whens.contains($0) }
            && !words.contains { AnswerWords.otherAskers.contains($0) }
        asksPhone =
            words.contains(where: AnswerWords.phoneNumbers.contains)
            || zip(words, words.dropFirst()).contains { AnswerWords.phones.contains($0) && $1.starts(with: "number".utf8) }
        asksName = words.contains(where: AnswerWords.calls.contains)
    }

    /// What "how" with an adjective, "how much does … weigh" or "what is the … of" asks to measure.
    private static func measures(_ words: [[UInt8]], of head: [UInt8]?) -> Set<Measure> {
        if words.count > 1, AnswerWords.hows.contains(words[0]) {
            let verbs = words.dropFirst(2).filter(AnswerWords.measuringVerbs.contains)
            return verbs.reduce(Measure.asked(by: words[1])) { $0.union(Measure.asked(by: $1)) }
        }
        return head.map(Measure.asked) ?? []
    }

    /// Whether the word at a place of a text is the office that "who is" asks for; behind "vice" and the like only where the question has
    /// such a word.
    func isOffice(_ row: WordRow, at i: Int) -> Bool {
        guard let office = subject.first, row.stems[i] == Stem.of(office) else { return false }
        return i == 0 || !AnswerWords.deputies.contains(row.words[i - 1])
            || self.row.words.contains(where: AnswerWords.deputies.contains)
    }

    /// Whether a word of the question names no thing: "most", "now", "please", "Mrs".
    func isAside(_ word: [UInt8]) -> Bool {
        AnswerWords.isAside(word) || isForeign && ForeignWords.all.contains(word)
    }

    /// Heads of columns that tell how many, where the question asks it.
    var countHeads: Set<[UInt8]> {
        row.words.contains(where: QuestionWords.beforeCounted.contains) ? AnswerWords.countHeads : []
    }

    /// Whether the question says that a row has a cell under a head, "reports to Lars Moe", and so does not ask for it.
    func tells(_ head: WordRow, _ cell: WordRow) -> Bool {
        guard !head.words.isEmpty, !cell.words.isEmpty else { return false }
        return row.placesOfRun(head.words).contains { place in
            let behind = row.words[(place + head.words.count)...]
            return behind.starts(with: cell.words)
                || behind.drop(while: AnswerWords.articles.contains).starts(with: cell.words)
        }
    }

    /// "How much is the fare?": money comes before other numbers.
    private var prefersMoney: Bool {
        guard row.words.count > 3, measures.isEmpty, AnswerWords.hows.contains(row.words[0]) else { return false }
        return Self.muches.contains(row.words[1]) && AnswerWords.copulas.contains(row.words[2])
            && !row.words.contains { Measure.isUnit($0) || AnswerWords.percent.contains($0) }
    }

    /// "How much refund …?", "How much does she weigh?": no number of things answers.
    private var asksMass: Bool {
        guard kind == .number, row.words.count > 2, measures.isEmpty, AnswerWords.hows.contains(row.words[0]) else {
            return false
        }
        return Self.muches.contains(row.words[1])
    }

    /// What the unit of "How many grams …?" measures.
    private var countedMeasure: Measure? {
        guard kind == .number, row.words.count > 2, AnswerWords.hows.contains(row.words[0]),
            Self.amounts.contains(row.words[1])
        else { return nil }
        return Measure.unit(row.words[2])
    }

    /// "How much" and "how many", and "what does … cost": only an amount answers.
    var asksAmount: Bool {
        guard kind == .number, row.words.count > 1 else { return false }
        return ForeignWords.amounts.contains(row.words[0])
            || AnswerWords.hows.contains(row.words[0]) && Self.amounts.contains(row.words[1])
            || AnswerWords.askers.contains(row.words[0])
    }

    private static let muches = Set.words("much viel")
    private static let amounts = muches.union(Set.words("many viele"))

    /// Whether the question asks for money, for a measure, or for a time of day, so that not every number may answer.
    var asksUnit: Bool {
        if asksMoney || prefersMoney || asksMass || countedMeasure != nil || asksShare || kind == .time { return true }
        return !measures.isEmpty || asksDirection != nil
    }

    /// Whether a number of a text tells what the question asks to be measured or paid, as far as its unit and the adjective behind
    /// it tell.
    func fits(_ number: Quantity, in row: WordRow) -> Bool {
        if kind == .time { return number.isHour }
        if asksShare {
            return row.text[number.range].contains(UInt8(ascii: "%"))
                || number.unit.map { AnswerWords.percent.contains(row.words[$0]) } ?? false
        }
        if asksMoney || prefersMoney {
            return Quantity.hasMoneySign(Array(row.text[number.range]))
                || number.unit.map { AnswerWords.money.contains(row.words[$0]) } ?? false
        }
        let measure = Measure.of(number, in: row)
        if asksMass {
            return number.hasSign || measure != nil || number.unit.map { AnswerWords.money.contains(row.words[$0]) } ?? false
        }
        if let countedMeasure { return measure == countedMeasure }
        guard measures.isEmpty || measure.map(measures.contains) ?? false else { return false }
        guard measure != .time, let asked = asksDirection, let unit = number.unit, unit + 1 < row.words.count else {
            return true
        }
        return Measure.direction(of: row.words[unit + 1]).map { $0 == asked } ?? true
    }

    /// "What percentage …?"
    var asksShare: Bool { kind == .number && row.words.prefix(3).contains(where: AnswerWords.shares.contains) }

    /// "What colour …?"
    var asksColour: Bool {
        AnswerWords.choosers.contains(row.words.first ?? [])
            && row.words.prefix(4).contains(where: AnswerWords.colourNouns.contains)
    }

    /// "How long has …?", which a beginning answers too.
    var asksSince: Bool {
        asksDuration
            && row.words.contains { word in
                ["has", "have", "been", "seit", "schon"].contains { word.elementsEqual($0.utf8) }
            }
    }

    /// "Why …?"
    var asksWhy: Bool {
        row.words.first.map(AnswerWords.whys.contains) ?? false || row.text.starts(with: "¿Por qué".utf8)
    }

    /// "How old …?"
    var asksAge: Bool { row.words.count > 1 && ["old", "alt"].contains { row.words[1].elementsEqual($0.utf8) } }

    /// The direction of "how wide".
    var asksDirection: Measure.Direction? {
        row.words.count > 1 && AnswerWords.hows.contains(row.words[0]) ? Measure.direction(of: row.words[1]) : nil
    }

    /// A German "was" asks for a thing; a full verb at the start of a German question asks for yes or no.
    private static func isYesNo(_ row: WordRow, isGerman: Bool) -> Bool {
        let choice: Set<[UInt8]> = [Array("or".utf8), Array("oder".utf8)]
        guard let first = row.words.first, !row.words.contains(where: choice.contains) else { return false }
        if isGerman, first.elementsEqual("was".utf8) { return false }
        return AnswerWords.auxiliaries.contains(first) || isGerman && QuestionLanguage.beginsWithVerb(row)
    }

    /// "steam", "bath" and "hotel" of "How deep is the steam bath of the hotel?".
    private static func measured(_ words: [[UInt8]]) -> [[UInt8]] {
        guard words.count > 3 else { return [] }
        guard AnswerWords.hows.contains(words[0]), AnswerWords.copulas.contains(words[2]) else { return priced(words) }
        let rest = words[3...].drop(while: AnswerWords.determiners.contains)
        return rest.filter { !AnswerWords.isCommon($0) && !AnswerWords.closed.contains($0) }
    }

    /// "parking space" of "How much does a parking space cost?", "Boot" of "Was kostet das Boot?".
    static func priced(_ words: [[UInt8]]) -> [[UInt8]] {
        guard
            let first = words.prefix(4).firstIndex(where: {
                AnswerWords.supports.contains($0) || AnswerWords.prices.contains($0)
            })
        else { return [] }
        let isEnglish = AnswerWords.supports.contains(words[first])
        let rest = words[(first + 1)...].drop(while: AnswerWords.determiners.contains)
        let phrase = rest.prefix { !AnswerWords.isCommon($0) && !AnswerWords.prices.contains($0) }
        guard !isEnglish || phrase.endIndex < words.count && AnswerWords.prices.contains(words[phrase.endIndex]) else {
            return []
        }
        return Array(phrase)
    }

    /// "option" of "Which option sets …?", "day" of "On which day …?".
    private static func column(_ words: [[UInt8]], isForeign: Bool) -> [UInt8]? {
        guard let first = words.firstIndex(where: AnswerWords.choosers.contains), first < 2, words.count > first + 2,
            // "Quel est …" and "A quelle heure …" name no column.
            first == 0 || !isForeign && AnswerWords.isCommon(words[0]), isNoun(words[first + 1]),
            !isForeign || !ForeignWords.all.contains(words[first + 1])
        else { return nil }
        return words[first + 1]
    }

    /// The noun behind "for" or "für" at the end of a question.
    private static func beneficiary(_ words: [[UInt8]]) -> [UInt8]? {
        guard words.count > 4, let last = words.last, isNoun(last) else { return nil }
        let isBehindArticle = indefinite.contains(words[words.count - 2])
        let preposition = words.count - (isBehindArticle ? 3 : 2)
        guard fors.contains(words[preposition]), !paid.contains(words[preposition - 1]) else { return nil }
        return last
    }

    private static let fors = Set.words("for für")
    private static let indefinite = Set.words("a an one ein eine einen")
    private static let paid = Set.words("paid pay spent needed used bezahlt gezahlt")

    private static func asksDuration(_ words: [[UInt8]]) -> Bool {
        zip(words, words.dropFirst()).contains { first, second in
            AnswerWords.hows.contains(first)
                && ["long", "lange", "lang", "soon", "old", "alt"].contains { second.elementsEqual($0.utf8) }
        }
    }

    /// "harbour master" of "Who is the harbour master?"; empty where a clause follows.
    private static func subject(_ words: [[UInt8]]) -> [[UInt8]] {
        guard words.count > 2, AnswerWords.askers.contains(words[0]), AnswerWords.copulas.contains(words[1]) else {
            return []
        }
        let rest = Array(words[2...].drop(while: AnswerWords.determiners.contains))
        return rest.count <= 6 && !rest.contains(where: AnswerWords.copulas.contains) ? rest : []
    }

    private static func head(_ words: [[UInt8]]) -> [UInt8]? {
        guard words.count > 3, AnswerWords.askers.contains(words[0]), AnswerWords.copulas.contains(words[1]),
            AnswerWords.articles.contains(words[2])
        else { return nil }
        let phrase = words[3...].prefix { !AnswerWords.isCommon($0) && !AnswerWords.closed.contains($0) }
        guard phrase.endIndex < words.endIndex, AnswerWords.determiners.contains(words[phrase.endIndex]) else { return nil }
        return phrase.last
    }

    /// Two words in a row after a determiner, where the first one is no adjective by its form.
    private static func compounds(_ row: WordRow) -> [(first: [UInt8], second: [UInt8])] {
        row.words.indices.dropFirst().dropLast().compactMap { i in
            let (before, first, second) = (row.words[i - 1], row.words[i], row.words[i + 1])
            guard AnswerWords.determiners.contains(before), row.places[i].upperBound + 1 == row.places[i + 1].lowerBound,
                isNoun(first), isNoun(second)
            else { return nil }
            return (first, second)
        }
    }

    /// Whether a word may be a noun by its form.
    static func isNoun(_ word: [UInt8]) -> Bool {
        guard word.count > 2, !word[0].isDigit, !AnswerWords.isCommon(word), !AnswerWords.addresses.contains(word) else {
            return false
        }
        // "Department" ends like "different".
        if word.suffix(4).elementsEqual("ment".utf8) { return true }
        return !AnswerWords.adjectives.contains(word)
            && !AnswerWords.adjectiveEndings.contains {
                word.count > $0.count + 2 && word.suffix($0.count).elementsEqual($0)
            }
    }
}
