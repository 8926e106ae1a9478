import Memory

/// Vectors of texts: the sum of the model's vectors of the text's distinct words. A word that the model does not know is the
/// sum of the vectors of its tokens. The vector of a rare word is longer than the vector of a common one.
package struct WordVectors: Sendable {
    let dimension: Int
    private let table: WordVectorTable
    private let tokenizer: Tokenizer
    private let row: [[UInt8]: Int]

    /// nil where the model has no word vectors.
    init?(_ model: LoadedModel) {
        guard let table = model.wordVectors else { return nil }
        self.table = table
        let vocabulary = model.vocabulary
        tokenizer = vocabulary.tokenizer
        dimension = table.dimension
        let functionWords = zip(vocabulary.functionWords, table.functionWords).map { ($0, $1) }
        let words = zip(vocabulary.baseLexicon.words, table.words).map { ($0, $1) }
        row = Dictionary(functionWords + words, uniquingKeysWith: min)
    }

    /// The rows whose sum stands for a term: the term's own row, the row of its folded form, or the rows of its tokens.
    func rows(of term: [UInt8]) -> [Int] {
        if let known = row[term] ?? row[Words.fold(term)] { return [known] }
        return tokenizer.encode([UInt8(ascii: " ")] + term).map { table.pieces.lowerBound + Int($0) }
    }

    /// Adds the vectors of some rows, times a weight, to a sum.
    func add(_ rows: [Int], times weight: Float = 1, to sum: inout [Float]) {
        precondition(sum.count == dimension)
        table.values.withElements { values in
            sum.withUnsafeMutableBufferPointer { sum in
                for row in rows {
                    let scale = weight * table.scale[row]
                    let vector = values.extracting(row * dimension..<(row + 1) * dimension)
                    for j in 0..<dimension { sum[j] += scale * Float(vector[j]) }
                }
            }
        }
    }

    /// A vector of the same direction and of length 1; zeros stay zeros.
    static func unit(_ vector: [Float]) -> [Float] {
        let norm = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return norm > 0 ? vector.map { $0 / norm } : vector
    }
}
