import Memory

/// A question in the form that an index is searched with.
package struct Query: Sendable {
    /// The question as it was asked, in UTF-8; after `OpenIndex.query` has looked, with words that the index lacks as the index
    /// spells them.
    package private(set) var text: [UInt8]
    /// Distinct folded words in order of appearance, without function words and question words; with them where
    /// `isOfFunctionWords`.
    package let words: [[UInt8]]
    /// Whether the query has function words alone, such as "WHO", "May" or "will", which then are what it asks for.
    package let isOfFunctionWords: Bool
    /// The stem of each of `words`.
    package let stems: [[UInt8]]
    /// What each of `words` can stand for in the index; only itself before `OpenIndex.query` has looked.
    package private(set) var senses: [[Sense]]
    /// Positions in `words` of words that no passage holds as they are; none before `OpenIndex.query` has looked.
    package private(set) var lacking: Set<Int> = []
    /// What each of `words` counts in the path, the title or a heading of a document, 0 to 1.
    package private(set) var fieldWeights: [Double]
    /// Words that the index lacks, with those that were looked for instead.
    package private(set) var corrections: [Correction] = []
    /// Positions in `words` of words that are written with a capital after the beginning of the question.
    package let names: Set<Int>
    /// Positions in `words` of words that stand side by side in the question.
    package let neighbours: [(Int, Int)]
    /// The stems of words that stand side by side in the question.
    package let pairs: [([UInt8], [UInt8])]
    /// Words of numbers, of a date and of abbreviations with the rows of terms that write them in another form: U.S.A. for USA.
    let otherForms: [(word: [UInt8], row: [[UInt8]])]
    /// The words of `otherForms` that term sets leave out.
    let functionWords: Set<[UInt8]>
    /// The words that are typed in parts.
    let parted: [PartedWord]
    /// The parts that must stand in a text as they are written.
    package let exactForms: ExactForms
    /// All distinct terms, with function words and question words.
    package private(set) var terms: [[UInt8]]
    /// The stem of the word that "how many" asks to count, or "what percentage" of.
    package let counted: [UInt8]?

    /// The words and terms of a question.
    ///
    /// - Parameter isQuestion: whether function words never are what it asks for.
    package init(_ text: String, model: LoadedModel, isQuestion: Bool = true) {
        let original = Array(text.utf8)
        let bytes = UsualForms.of(original) ?? original
        let written = Words.forms(in: bytes.span).map { Array(bytes[$0]) }
        let all = written.map(Words.fold)
        var words: [[UInt8]] = []
        var pairs: [([UInt8], [UInt8])] = []
        var neighbours: [(Int, Int)] = []
        var positions: [[UInt8]: Int] = [:]
        var previous: [UInt8]?
        func isCommon(_ word: [UInt8]) -> Bool {
            model.vocabulary.isFunctionWord(word) || QuestionWords.all.contains(word)
        }
        let keepsAll = !isQuestion && !all.isEmpty && all.count < 3 && all.allSatisfy(isCommon)
        isOfFunctionWords = keepsAll
        for word in all {
            if !keepsAll, isCommon(word) {
                previous = nil
                continue
            }
            if positions[word] == nil {
                positions[word] = words.count
                words.append(word)
            }
            if let previous {
                pairs.append((Stem.of(previous), Stem.of(word)))
                if let first = positions[previous], let second = positions[word], first != second {
                    neighbours.append((first, second))
                }
            }
            previous = word
        }
        self.text = bytes
        otherForms =
            WrittenNumber.otherForms(in: bytes) + (WrittenDate(in: bytes)?.otherForms ?? [])
            + written.filter(Query.isAbbreviation).map { word in (Words.fold(word), Words.fold(word).map { [$0] }) }
        functionWords = Set(otherForms.flatMap(\.row).filter(model.vocabulary.isFunctionWord))
        parted = PartedWord.all(in: bytes)
        exactForms = ExactForms(in: text)
        self.words = words
        self.pairs = pairs
        self.neighbours = neighbours
        names = Set(zip(written, all).dropFirst().compactMap { $0 == $1 ? nil : positions[$1] })
        senses = words.map { [.exact($0)] }
        fieldWeights = words.map { _ in 0 }
        stems = words.map(Stem.of)
        terms = Words.terms(in: bytes.span)
        // "How many of the boats …?"
        counted = all.firstIndex(where: QuestionWords.beforeCounted.contains).flatMap { many in
            all[(many + 1)...].first {
                all[many].elementsEqual("percentage".utf8) || !QuestionWords.beforeCountedNoun.contains($0)
            }
        }.map(Stem.of)
    }

    /// Whether a word is typed in capitals, two to five of them.
    private static func isAbbreviation(_ word: [UInt8]) -> Bool {
        2...5 ~= word.count && word.allSatisfy { $0.isUppercase && $0 < 0x80 }
    }

    /// Takes over what the words can stand for in an index.
    ///
    /// A word that the index lacks, but has in other spelling, is also compared in meaning by that spelling.
    mutating func understand(_ senses: [[Sense]], fieldWeights: [Double], lacking: Set<Int>) {
        precondition(senses.count == words.count && fieldWeights.count == words.count)
        self.senses = senses
        self.fieldWeights = fieldWeights
        self.lacking = lacking
        for i in lacking.sorted() {
            let spelled = senses[i].filter { $0.kind == .spelling }
            if !spelled.isEmpty {
                corrections.append(
                    Correction(
                        word: String(decoding: words[i], as: UTF8.self),
                        used: spelled.map { String(decoding: $0.terms[0], as: UTF8.self) }))
            }
            guard let other = senses[i].first(where: { $0.kind == .variant || $0.kind == .spelling }) else { continue }
            terms.removeAll { Words.fold($0) == words[i] }
            terms += other.terms.filter { !terms.contains($0) }
        }
        for word in parted where senses.contains(where: { $0.contains { $0.terms == [word.joined] } }) {
            terms.removeAll { word.parts.contains(Words.fold($0)) }
            terms.append(word.joined)
        }
        text = Array(spelled(String(decoding: text, as: UTF8.self)).utf8)
    }
}
