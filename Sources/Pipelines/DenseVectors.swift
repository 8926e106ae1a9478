import Indexes
import Memory

/// Dense vectors of all live passages: their memory codes, and sums of the base lexicon's word vectors over their word sets.
struct DenseVectors: Sendable {
    let passages: [PassageID]
    private let position: [PassageID: Int]
    /// Unit vectors `[passages, D]` and, where the model has word vectors, `[passages, E]`.
    private let memory: [Float], words: [Float]
    private let width: Int, dimension: Int
    private let lexicon: WordVectors?

    init(_ snapshot: IndexSnapshot, model: LoadedModel) throws {
        width = model.shape.code
        lexicon = WordVectors(model.baseLexicon)
        dimension = lexicon?.dimension ?? 0
        var ids: [PassageID] = [], memory: [Float] = [], words: [Float] = []
        var rows: [Int?] = [], segmentID: Int?
        for document in snapshot.documents {
            let segment = try snapshot.segment(document.id.segment)
            if let lexicon, segmentID != segment.id {
                rows = (0..<segment.termCount).map { lexicon.row(of: segment.term($0)) }
                segmentID = segment.id
            }
            for id in document.passageIDs {
                ids.append(id)
                let code = CodeBytes.unpack(segment.memory(of: id.index), count: width) ?? [Int8](repeating: 0, count: width)
                memory += DenseVectors.unit(code.map(Float.init))
                if let lexicon { words += DenseVectors.unit(lexicon.sum(segment.terms(of: id.index).lazy.compactMap { rows[Int($0)] })) }
            }
        }
        passages = ids
        position = Dictionary(uniqueKeysWithValues: ids.enumerated().map { ($1, $0) })
        self.memory = memory
        self.words = words
    }

    /// Cosines of a query with every passage: of its memory code, and of its summed word vectors.
    func similarities(code: [Int8], words query: [[UInt8]]) -> (memory: [Float], words: [Float]) {
        let byMemory = DenseVectors.products(memory, DenseVectors.unit(code.map(Float.init)), count: passages.count)
        guard let lexicon else { return (byMemory, []) }
        return (byMemory, DenseVectors.products(words, DenseVectors.unit(lexicon.sum(query.lazy.compactMap(lexicon.row))), count: passages.count))
    }

    func index(of passage: PassageID) -> Int? { position[passage] }

    private static func unit(_ v: [Float]) -> [Float] {
        let norm = v.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return norm > 0 ? v.map { $0 / norm } : v
    }

    private static func products(_ matrix: [Float], _ vector: [Float], count: Int) -> [Float] {
        var out = [Float](repeating: 0, count: count)
        let width = vector.count
        matrix.withUnsafeBufferPointer { m in
            for i in 0..<count {
                var sum: Float = 0
                for j in 0..<width { sum += m[i * width + j] * vector[j] }
                out[i] = sum
            }
        }
        return out
    }
}

/// The base lexicon's word vectors, weighted by how rare the word is.
struct WordVectors: Sendable {
    let dimension: Int
    private let base: BaseWords
    private let position: [[UInt8]: Int]

    /// nil where the model has no word vectors.
    init?(_ base: BaseWords) {
        guard base.dimension > 0 else { return nil }
        dimension = base.dimension
        self.base = base
        position = Dictionary(base.words.enumerated().map { ($1, $0) }, uniquingKeysWith: min)
    }

    /// The vector that stands for a word, or for what it folds to; nil for a word without one.
    func row(of word: [UInt8]) -> Int? { position[word] ?? position[Words.fold(word)] }

    func sum(_ rows: some Sequence<Int>) -> [Float] {
        var out = [Float](repeating: 0, count: dimension)
        for row in rows {
            // The vectors already carry the weight of rarity that they were distilled with.
            let scale = base.vectorScale[row]
            for j in 0..<dimension { out[j] += Float(base.vectors[row * dimension + j]) * scale }
        }
        return out
    }
}
