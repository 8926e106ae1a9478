import Memory

/// Dense vectors of texts: sums of the vectors that the model has of their distinct words, and of the pieces of words it does not know.
/// How rare a word is, is in its vector's length.
struct WordVectors: Sendable {
    let dimension: Int
    private let table: WordVectorTable, tokenizer: Tokenizer
    private let row: [[UInt8]: Int]

    /// nil where the model has no vectors.
    init?(_ model: LoadedModel) {
        guard let table = model.wordVectors else { return nil }
        self.table = table
        tokenizer = model.vocabulary.tokenizer
        dimension = table.dimension
        let known =
            zip(model.vocabulary.functionWords, table.functionWords).map { ($0, $1) }
            + zip(model.vocabulary.baseLexicon.words, table.words).map { ($0, $1) }
        row = Dictionary(known, uniquingKeysWith: min)
    }

    /// The rows whose sum stands for a term: its own, that of what it folds to, or those of its pieces.
    func rows(of term: [UInt8]) -> [Int] {
        if let known = row[term] ?? row[Words.fold(term)] { return [known] }
        return tokenizer.encode([UInt8(ascii: " ")] + term).map { table.pieces.lowerBound + Int($0) }
    }

    /// Adds `weight` times the vectors of some rows.
    func add(_ rows: [Int], times weight: Float = 1, to sum: inout [Float]) {
        precondition(sum.count == dimension)
        table.values.withUnsafeBufferPointer { values in
            sum.withUnsafeMutableBufferPointer { sum in
                for row in rows {
                    let scale = weight * table.scale[row], vector = values.extracting(row * dimension..<(row + 1) * dimension)
                    for j in 0..<dimension { sum[j] += scale * Float(vector[j]) }
                }
            }
        }
    }

    static func unit(_ v: [Float]) -> [Float] {
        let norm = v.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return norm > 0 ? v.map { $0 / norm } : v
    }
}
