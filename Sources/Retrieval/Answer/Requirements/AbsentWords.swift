import Bytes
import Indexes
import Memory

/// Nouns of a question that stand nowhere in an index, in no form and no sense.
///
/// A text may say the same in other words: "children" for "kids". So an absent noun only counts where no word of the text is
/// near it by word vectors.
struct AbsentWords {
    /// The cosine of the vectors of two words, at least.
    enum Kinship: Float {
        /// Words that mean the same: of kids and children .84, of boss and manager .44; of pottery and mosaics .17, of measles
        /// and hepatitis .31, of pool and basin .32.
        case near = 0.44
        /// Words that count as words of the question, and that tell rows of a table apart, which are all of one kind: of measles
        /// and fever .5.
        case same = 0.6
    }

    private let words: [(word: [UInt8], vector: [Float])]
    private let vectors: WordSenses?
    /// The stems of the question's words, which mean themselves.
    private let asked: Set<[UInt8]>
    private let isGerman: Bool
    /// Whether only a telephone number answers, which is checked for itself.
    private let asksPhone: Bool
    /// Letters that two compounds of German have in common where they speak of one thing: Sprechstunde and Sprechzeiten.
    private static let commonLetters = 6

    /// The absent nouns, as the question has them in small letters.
    var written: [String] { words.map { String(decoding: $0.word, as: UTF8.self) } }

    init(_ question: AskedQuestion, _ query: Query, _ index: OpenIndex) throws {
        let vectors = index.similarity.wordVectors.map(WordSenses.init)
        self.vectors = vectors
        isGerman = question.isGerman
        asksPhone = question.asksPhone
        asked = Set(question.row.stems)
        guard let vectors else {
            words = []
            return
        }
        let (fields, table) = try index.words.gathered()
        let named = Set(question.required.flatMap(\.words))
        let days = Set(Weekdays.written(in: question.row).map { Array($0.lowercased().utf8) })
        words = try query.words.indices.filter { i in
            guard query.lacking.contains(i), query.senses[i].count == 1, !named.contains(query.words[i]),
                !days.contains(query.words[i]), !AnswerWords.lightVerbs.contains(query.words[i]),
                fields.documents(holding: query.words[i]).isEmpty,
                AbsentWords.isNoun(query.words[i], in: question)
            else { return false }
            // A German noun is known where a compound begins with it.
            var isKnown = false
            if question.isGerman {
                try table.forEach(.latin, beginningAs: query.words[i]) { form, _ in
                    isKnown = isKnown || form.starts(with: query.words[i])
                }
            }
            return !isKnown
        }.map { (query.words[$0], vectors.vector(of: query.words[$0])) }
    }

    /// The absent nouns that no word of a text is near to.
    func unmatched(by row: WordRow, isRow: Bool) -> [String] {
        guard !words.isEmpty else { return [] }
        let others = vectors(of: row, others: isRow)
        let least = isRow ? Kinship.same : .near
        return words.filter { !AbsentWords.isNear($0.vector, others, least) && !isShown($0.word, row) }.map {
            String(decoding: $0.word, as: UTF8.self)
        }
    }

    /// The absent nouns that a text has another word for, each as its position in the query's words.
    func matched(by row: WordRow, in query: Query) -> [Int] {
        guard !words.isEmpty, let vectors else { return [] }
        let others = self.vectors(of: row)
        return words.filter {
            vectors.isWhole($0.word) && AbsentWords.isNear($0.vector, others, .same) || isShown($0.word, row)
        }.compactMap {
            query.words.firstIndex(of: $0.word)
        }
    }

    /// Whether a text shows by its form what a noun names, as digits show a number; or in German has a compound with the same
    /// beginning.
    private func isShown(_ word: [UInt8], _ row: WordRow) -> Bool {
        if AnswerWords.numbersByForm.contains(word), !asksPhone, row.quantities.contains(where: { isCode($0, row) }) {
            return true
        }
        let asksWarmth = Measure.asked(by: word).contains(.warmth)
        if asksWarmth, row.quantities.contains(where: { Measure.of($0, in: row) == .warmth }) { return true }
        if AnswerWords.sumsByForm.contains(word), row.words.contains(where: AnswerWords.money.contains) { return true }
        if AnswerWords.timesByForm.contains(word), TimeWords.stand(in: row) { return true }
        if AnswerWords.sizesByForm.contains(word), row.quantities.contains(where: { isSize($0, row) }) { return true }
        if AnswerWords.addressesByForm.contains(word), row.text.contains(UInt8(ascii: "@")) { return true }
        // A full name shows a person.
        if AnswerWords.people.contains(word),
            row.words.indices.dropLast().contains(where: {
                row.isCapitalised($0) && row.isCapitalised($0 + 1) && row.isBesideNext($0)
                    && !row.words[$0][0].isDigit && !row.words[$0 + 1][0].isDigit
            })
        {
            return true
        }
        guard isGerman, word.count > AbsentWords.commonLetters + 2 else { return false }
        return row.words.contains {
            $0.count > AbsentWords.commonLetters + 2 && zip($0, word).prefix { $0 == $1 }.count >= AbsentWords.commonLetters
        }
    }

    /// Whether a number of at least four digits is no money, no measure, no year and no hour.
    private func isCode(_ number: Quantity, _ row: WordRow) -> Bool {
        guard !number.hasSign, !number.isYear, !number.isHour, row.text[number.range].count(where: \.isDigit) > 3 else {
            return false
        }
        return number.unit.map { !AnswerWords.money.contains(row.words[$0]) && !Measure.isUnit(row.words[$0]) } ?? true
    }

    /// Whether a number tells an amount of data. The length of one thing is not the size of another one.
    private func isSize(_ number: Quantity, _ row: WordRow) -> Bool {
        number.unit.map { AnswerWords.dataUnits.contains(row.words[$0]) } ?? false
    }

    /// Whether a text has a word that means about the same as one of some words.
    func holdsNear(_ wanted: [[UInt8]], _ row: WordRow, _ least: Kinship = .near) -> Bool {
        guard let vectors else { return false }
        let others = self.vectors(of: row)
        return wanted.contains { AbsentWords.isNear(vectors.vector(of: $0), others, least) }
    }

    /// - Parameter others: without the words of the question, which mean themselves.
    private func vectors(of row: WordRow, others isOther: Bool = false) -> [[Float]] {
        guard let vectors else { return [] }
        return Set(row.words).filter {
            !AnswerWords.isCommon($0) && $0.count > 2 && !(isOther && asked.contains(Stem.of($0)))
        }.map(vectors.vector)
    }

    private static func isNear(_ vector: [Float], _ others: [[Float]], _ least: Kinship) -> Bool {
        others.contains { zip($0, vector).reduce(0) { $0 + $1.0 * $1.1 } >= least.rawValue }
    }

    /// Whether a word of a question is a noun by its place: in German with a capital, in English not the verb that ends a
    /// question with "do".
    private static func isNoun(_ word: [UInt8], in question: AskedQuestion) -> Bool {
        let row = question.row
        guard word.count > 2, !question.isAside(word), let i = row.words.firstIndex(of: word) else { return false }
        if question.isGerman { return row.isCapitalised(i) && i > 0 }
        guard AskedQuestion.isNoun(word), i > 0, !Superlative.isDegree(word) else { return false }
        let before = row.words[i - 1]
        if question.isForeign { return ForeignWords.beforeNouns.contains(before) }
        // "How many people come?", "Where will it take place?".
        if i > 1, QuestionWords.beforeCounted.contains(row.words[i - 2]) { return false }
        if AnswerWords.beforeNoNouns.contains(before) { return false }
        if AnswerWords.beforeNouns.contains(before) { return true }
        if i == row.words.count - 1 { return !row.words.contains(where: AnswerWords.supports.contains) }
        return AnswerWords.supports.contains(before)
    }
}
