import Foundation
import Memory
import TestSupport
import Testing

/// Which rows a model's word vectors have: those of models up to r3mem-2, those of later ones, and none that fit neither.
@Suite struct VectorTableTests {
    private static let small = Program.root.appendingPathComponent("Tests/MemoryTests/Fixtures/small.safetensors")
    private static let functionWords = 48, words = 600, pieces = 768

    /// The small model, which has no vectors, with some of two entries added: row r holds r mod 100 and 1, scaled by 0.5.
    private func model(rows: Int) throws -> Model {
        let file = try Data(contentsOf: Self.small), length = Int(file.withUnsafeBytes { UInt64(littleEndian: $0.loadUnaligned(as: UInt64.self)) })
        var header = try #require(JSONSerialization.jsonObject(with: file[8..<8 + length]) as? [String: Any])
        var data = file[(8 + length)...]
        func add(_ name: String, _ type: String, _ shape: [Int], _ bytes: [UInt8]) {
            header[name] = ["dtype": type, "shape": shape, "data_offsets": [data.count, data.count + bytes.count]] as [String: Any]
            data.append(contentsOf: bytes)
        }
        let half = withUnsafeBytes(of: Float(0.5).bitPattern.littleEndian, Array.init)
        add("lexicon.vectors.scale", "F32", [rows], (0..<rows).flatMap { _ in half })
        add("lexicon.vectors.weight", "I8", [rows, 2], (0..<rows).flatMap { [UInt8($0 % 100), 1] })
        let text = try JSONSerialization.data(withJSONObject: header), folder = try TemporaryFolder()
        defer { withExtendedLifetime(folder) {} }
        let model = withUnsafeBytes(of: UInt64(text.count).littleEndian, { Data($0) }) + text + data
        return try Model(path: folder.write("vectors.safetensors", model).path)
    }

    @Test func aModelWithoutVectorsHasNone() throws { #expect(try Model(path: Self.small.path).vectors == nil) }

    @Test func vectorsOfWordsAloneAreThoseOfEarlierModels() throws {
        let table = try #require(try model(rows: Self.words).vectors)
        #expect(table.functionWords.isEmpty && table.words == 0..<Self.words && table.pieces.isEmpty)
        #expect(table.dimension == 2 && table.values[2 * 57] == 57 && table.scale == Array(repeating: 0.5, count: Self.words))
    }

    @Test func laterModelsHaveFunctionWordsAndPiecesToo() throws {
        let table = try #require(try model(rows: Self.functionWords + Self.words + Self.pieces).vectors)
        #expect(table.functionWords == 0..<Self.functionWords && table.words == Self.functionWords..<Self.functionWords + Self.words)
        #expect(table.pieces == Self.functionWords + Self.words..<Self.functionWords + Self.words + Self.pieces)
    }

    @Test(arguments: [1, 599, 601, functionWords + words, words + pieces])
    func otherNumbersOfRowsAreRefused(rows: Int) throws {
        let error = #expect(throws: MemoryError.self) { _ = try model(rows: rows) }
        #expect(error?.description.contains("the word vectors do not fit the lexicon") == true)
    }

    @Test func theDefaultModelKnowsEveryKind() throws {
        let table = try #require(TestModel.shared.vectors), model = TestModel.shared
        #expect(table.functionWords.count == model.lexicon.functionWords.count && table.words.count == model.baseLexicon.words.count)
        #expect(table.pieces.count == model.shape.vocabulary && table.values.count == table.dimension * table.scale.count)
    }
}
