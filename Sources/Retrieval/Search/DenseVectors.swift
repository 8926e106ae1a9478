import Indexes
import Memory

/// Dense vectors of all live passages: their memory codes, and what the words of their sets sum to, at no cost in the index.
struct DenseVectors: Sendable {
    let passages: [PassageID]
    /// nil where the model has none.
    let wordVectors: WordVectors?
    private let position: [PassageID: Int]
    private let memory: QuantizedVectors, words: QuantizedVectors

    init(_ snapshot: IndexSnapshot, model: LoadedModel) throws {
        let vectors = WordVectors(model)
        var ids: [PassageID] = []
        var memory = QuantizedVectors(width: model.backbone.shape.code), words = QuantizedVectors(width: vectors?.dimension ?? 0)
        var rows: [[Int]] = [], segmentID: Int?
        for document in snapshot.documents {
            let segment = try snapshot.segment(document.id.segment)
            if let vectors, segmentID != segment.id {
                rows = (0..<segment.termCount).map { vectors.rows(of: segment.term($0)) }
                segmentID = segment.id
            }
            for id in document.passageIDs {
                ids.append(id)
                memory.append((MemoryCode.unpack(segment.memory(of: id.index), count: memory.width) ?? []).map(Float.init))
                guard let vectors else { continue }
                var sum = [Float](repeating: 0, count: vectors.dimension)
                for term in segment.termNumbers(of: id.index) { vectors.add(rows[Int(term)], to: &sum) }
                words.append(sum)
            }
        }
        passages = ids
        wordVectors = vectors
        position = Dictionary(uniqueKeysWithValues: ids.enumerated().map { ($1, $0) })
        self.memory = memory
        self.words = words
    }

    /// Cosines of a query with every passage: of its memory code, and of the sum of its terms; the latter empty where the model has no vectors.
    func similarities(code: [Int8], terms: [[UInt8]]) -> (memory: [Float], words: [Float]) {
        let byMemory = memory.cosines(code.map(Float.init))
        guard let wordVectors else { return (byMemory, []) }
        var sum = [Float](repeating: 0, count: wordVectors.dimension)
        for term in terms { wordVectors.add(wordVectors.rows(of: term), to: &sum) }
        return (byMemory, words.cosines(sum))
    }

    func index(of passage: PassageID) -> Int? { position[passage] }
}

/// Vectors of one width in int8, each with its length.
private struct QuantizedVectors: Sendable {
    let width: Int
    private var values: [Int8] = [], lengths: [Float] = []

    init(width: Int) { self.width = width }

    /// Appends a vector; an empty one stands for zeros.
    mutating func append(_ vector: [Float]) {
        let row = QuantizedVectors.quantized(vector, count: width)
        values += row
        lengths.append(QuantizedVectors.length(row))
    }

    /// Cosines of a vector with all of these.
    func cosines(_ vector: [Float]) -> [Float] {
        let query = QuantizedVectors.quantized(vector, count: width), length = QuantizedVectors.length(query)
        return values.withUnsafeBufferPointer { values in
            query.withUnsafeBufferPointer { query in
                lengths.indices.map { i in
                    let row = values.extracting(i * width..<(i + 1) * width)
                    var sum: Int32 = 0
                    for j in 0..<width { sum &+= Int32(row[j]) &* Int32(query[j]) }
                    return Float(sum) / (lengths[i] * length)
                }
            }
        }
    }

    /// The entries in steps of 1/127 of the largest; 0 for what is no number, as a damaged model may give.
    private static func quantized(_ vector: [Float], count: Int) -> [Int8] {
        guard let largest = vector.lazy.map(abs).max(), largest > 0 else { return Array(repeating: 0, count: count) }
        return vector.map { Int8(exactly: ($0 / (largest / 127)).rounded()) ?? 0 }
    }

    private static func length(_ row: [Int8]) -> Float { max(1, Float(row.reduce(0) { $0 + Int($1) * Int($1) }).squareRoot()) }
}
