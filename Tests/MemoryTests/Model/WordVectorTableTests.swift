import Memory
import TestSupport
import Testing

/// Which rows the word vectors of a model file have, and numbers of rows that fit no model.
@Suite struct WordVectorTableTests {
    private static let functionWords = SmallModel.functionWords.count
    private static let words = SmallModel.words.count
    private static let all = functionWords + words + SmallModel.vocabulary

    private func model(rows: Int) throws -> ModelFile {
        var model = SmallModel()
        model.addVectors(rows: rows)
        return try model.load()
    }

    @Test func aModelWithoutVectorsHasNone() throws { #expect(try SmallModel().load().wordVectors == nil) }

    @Test func functionWordsWordsAndTokensHaveARowEach() throws {
        let table = try #require(try model(rows: Self.all).wordVectors)
        #expect(table.functionWords == 0..<Self.functionWords)
        #expect(table.words == Self.functionWords..<Self.functionWords + Self.words)
        #expect(table.pieces == Self.functionWords + Self.words..<Self.all)
        #expect(table.dimension == 2 && table.values.count == 2 * Self.all)
        #expect(table.values.withRow(57, width: 2, Array.init) == [57, 1])
        #expect(table.scale == Array(repeating: 0.5, count: Self.all))
    }

    @Test(arguments: [0, 1, words, functionWords + words, words + SmallModel.vocabulary, all - 1, all + 1])
    func otherNumbersOfRowsAreRefused(rows: Int) throws {
        let error = #expect(throws: MemoryError.self) { _ = try model(rows: rows) }
        #expect(error?.description.contains("the word vectors do not fit the lexicon") == true)
    }

    @Test func theDefaultModelHasEveryKind() throws {
        let model = TestModel.shared
        let table = try #require(model.wordVectors)
        #expect(table.functionWords.count == model.vocabulary.functionWords.count)
        #expect(table.words.count == model.vocabulary.baseLexicon.words.count)
        #expect(table.pieces.count == model.vocabulary.tokenCount)
        #expect(table.values.count == table.dimension * table.scale.count)
    }
}
