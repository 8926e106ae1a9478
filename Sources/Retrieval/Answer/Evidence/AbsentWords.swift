import Indexes
import Memory

/// Nouns of a question that stand nowhere in an index, in no form and no sense.
///
/// A text may say the same in other words: "children" for "kids". So an absent noun only counts where no word of the text is
/// near it by word vectors.
struct AbsentWords {
    /// The cosine of the vectors of two words that mean the same, at least: of kids and children .84, of boss and manager .44;
    /// of pottery and mosaics .17, of measles and hepatitis .31.
    private static let near: Float = 0.44

    private let words: [(word: [UInt8], vector: [Float])]
    private let vectors: WordVectors?

    init(_ question: AskedQuestion, _ query: Query, _ index: OpenIndex) throws {
        vectors = index.similarity.wordVectors
        guard let vectors else {
            words = []
            return
        }
        let fields = try index.words.gathered().fields
        let named = Set(question.required.flatMap(\.words))
        words = query.words.indices.filter { i in
            query.lacking.contains(i) && query.senses[i].count == 1 && !named.contains(query.words[i])
                && fields.documents(holding: query.words[i]).isEmpty
                && AbsentWords.isNoun(query.words[i], in: question)
        }.map { (query.words[$0], AbsentWords.vector(of: query.words[$0], vectors)) }
    }

    /// The absent nouns that no word of a text is near to.
    func unmatched(by row: WordRow) -> [String] {
        guard !words.isEmpty else { return [] }
        let others = vectors(of: row)
        return words.filter { !AbsentWords.isNear($0.vector, others) }.map { String(decoding: $0.word, as: UTF8.self) }
    }

    /// Whether a text has a word that means about the same as one of some words.
    func holdsNear(_ wanted: [[UInt8]], _ row: WordRow) -> Bool {
        guard let vectors else { return false }
        let others = self.vectors(of: row)
        return wanted.contains { AbsentWords.isNear(AbsentWords.vector(of: $0, vectors), others) }
    }

    private func vectors(of row: WordRow) -> [[Float]] {
        guard let vectors else { return [] }
        return Set(row.words).filter { !AnswerWords.isCommon($0) && $0.count > 2 }.map {
            AbsentWords.vector(of: $0, vectors)
        }
    }

    private static func isNear(_ vector: [Float], _ others: [[Float]]) -> Bool {
        others.contains { zip($0, vector).reduce(0) { $0 + $1.0 * $1.1 } >= near }
    }

    private static func vector(of word: [UInt8], _ vectors: WordVectors) -> [Float] {
        var sum = [Float](repeating: 0, count: vectors.dimension)
        vectors.add(vectors.rows(of: word), to: &sum)
        return WordVectors.unit(sum)
    }

    /// Whether a word of a question is a noun by its place: in German with a capital, in English not the verb that ends a
    /// question with "do".
    private static func isNoun(_ word: [UInt8], in question: AskedQuestion) -> Bool {
        let row = question.row
        guard word.count > 3, let i = row.words.firstIndex(of: word) else { return false }
        if question.isGerman { return row.isCapitalised(i) && i > 0 }
        guard AskedQuestion.isNoun(word), i > 0 else { return false }
        let before = row.words[i - 1]
        if AnswerWords.beforeNouns.contains(before) { return true }
        if i == row.words.count - 1 { return !row.words.contains(where: AnswerWords.supports.contains) }
        return AnswerWords.supports.contains(before)
    }
}
