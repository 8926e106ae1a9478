/// The reversible model with its tokenizer and lexicon: immutable, shared by all workers.
///
/// Two streams a, b with additive coupling (R³Mem, section 3; `docs/model-format.md` states the arithmetic):
/// forward `a += F(b); b += G(a)` through layers 1…L, backward `b -= G(a); a -= F(b)` through L…1.
public final class Model: Sendable {
    public let shape: ModelShape
    public let name: String
    /// SHA-256 of the model file: an index names the model that coded it by this.
    public let hash: [UInt8]
    /// Bytes of the model file.
    public let fileSize: Int
    public let tokenizer: Tokenizer
    public let lexicon: Lexicon
    public let baseLexicon: BaseWords
    public let vectors: VectorTable?

    struct Layer: Sendable {
        let qkv: Matrix, out: Matrix, up: Matrix, down: Matrix
    }
    let layers: [Layer]
    /// Normalised embedding rows on the stream's grid, `[V, C]`.
    let rows: [Int32]
    /// Output rows int8 `[V, C]`, their scales and the sums that a zero of 128 adds.
    let output: [Int8], outputScale: [Float], outputOffset: [Int32]
    /// Output rows of the shared candidates, those that begin with a letter last.
    let shared: Matrix
    let sharedTokens: [UInt16], sharedWithoutLetters: Int
    let ngrams: [[Int8]], ngramProjection: Matrix?
    let words: Matrix, toCode: Matrix, fromCode: Matrix, bias: Matrix
    let biasOffset: [Float], logHalf: [Float]
    /// Rotary tables `[context, headWidth / 2]`.
    let cosine: [Float], sine: [Float]

    /// Reads and checks a model file.
    public convenience init(path: String) throws {
        try self.init(file: SafeTensors(path: path), path: path)
    }

    init(file: SafeTensors, path: String) throws {
        let tensors = ModelTensors(file: file, path: path)
        let shape = try ModelShape(metadata: file.metadata, path: path)
        self.shape = shape
        name = file.metadata["name"] ?? "unnamed"
        hash = SHA256.hash(file.contents)
        fileSize = file.contents.count
        let C = shape.width, V = shape.vocabulary
        tokenizer = try tensors.tokenizer(vocabulary: V)
        baseLexicon = try tensors.baseWords()
        let lexicon = try Lexicon(tokenizer: tokenizer, functionWords: tensors.lines("lexicon.function"))
        self.lexicon = lexicon
        vectors = try tensors.vectors(functionWords: lexicon.functionWords.count, words: baseLexicon.words.count, pieces: V)
        layers = try (0..<shape.layers).map { l in
            Layer(
                qkv: try tensors.matrix("layers.\(l).qkv", 3 * C, C), out: try tensors.matrix("layers.\(l).out", C, C),
                up: try tensors.matrix("layers.\(l).up", shape.ratio * C, C),
                down: try tensors.matrix("layers.\(l).down", C, shape.ratio * C, zero: 0))
        }
        let embedding = try tensors.int8("embedding.weight", [V, C]), scale = try tensors.float("embedding.scale", [V])
        rows = Model.normalisedRows(embedding, scale, width: C)
        let factor = Float(try tensors.number("output_scale"))
        let outputScale = scale.map { $0 * factor }
        self.outputScale = outputScale
        output = embedding
        outputOffset = (0..<V).map { v in 128 * embedding[v * C..<(v + 1) * C].reduce(Int32(0)) { $0 + Int32($1) } }
        let candidates = lexicon.shared
        let tokens = candidates.filter { !lexicon.isLetterFirst($0) } + candidates.filter { lexicon.isLetterFirst($0) }
        sharedTokens = tokens
        sharedWithoutLetters = candidates.count { !lexicon.isLetterFirst($0) }
        shared = Matrix(
            weights: tokens.flatMap { embedding[Int($0) * C..<(Int($0) + 1) * C] }, scale: tokens.map { outputScale[Int($0)] }, inputs: C, zero: 128)
        if shape.slots > 0 {
            ngrams = try [2, 3, 4].map { try tensors.int8("ngrams.\($0)", [shape.slots, shape.slotWidth]) }
            ngramProjection = try tensors.matrix("ngrams.project", C, 3 * shape.slotWidth)
        } else {
            ngrams = []
            ngramProjection = nil
        }
        words = try tensors.matrix("words", C, C)
        toCode = try tensors.matrix("to_code", shape.code, C)
        fromCode = try tensors.matrix("from_code", C, shape.code)
        bias = try tensors.matrix("bias", 4, C)
        biasOffset = try tensors.float("bias.offset", [4])
        logHalf = try tensors.float("log_half", [513])
        (cosine, sine) = Model.rotaryTables(try tensors.double("rotary", [2, shape.headWidth / 2]), positions: shape.context)
    }

    /// `round(4096 · e / rms(e))` of every embedding row e = q · scale; eps 1e-6.
    private static func normalisedRows(_ q: [Int8], _ scale: [Float], width C: Int) -> [Int32] {
        var out = [Int32](repeating: 0, count: q.count)
        for v in scale.indices {
            var squares = 0
            for c in 0..<C { squares += Int(q[v * C + c]) * Int(q[v * C + c]) }
            let s = Double(scale[v])
            let unit = 4096 * s / (s * s * Double(squares) / Double(C) + 1e-6).squareRoot()
            for c in 0..<C { out[v * C + c] = Int32((Double(q[v * C + c]) * unit).rounded(.toNearestOrAwayFromZero)) }
        }
        return out
    }

    /// Cosines and sines of every position, from those of position one by repeated rotation in double precision: no libm, so the same everywhere.
    private static func rotaryTables(_ first: [Double], positions: Int) -> ([Float], [Float]) {
        let half = first.count / 2
        var c = [Double](repeating: 1, count: half), s = [Double](repeating: 0, count: half)
        var cosine: [Float] = [], sine: [Float] = []
        for _ in 0..<positions {
            cosine += c.map(Float.init)
            sine += s.map(Float.init)
            for i in 0..<half { (c[i], s[i]) = (c[i] * first[i] - s[i] * first[half + i], c[i] * first[half + i] + s[i] * first[i]) }
        }
        return (cosine, sine)
    }
}

/// The base lexicon shipped with a model: words by falling frequency.
public struct BaseWords: Sendable {
    /// UTF-8 of each word, folded (or a literal form).
    public let words: [[UInt8]]
    /// Passages in 65,536 that hold the word.
    public let frequency: [UInt16]
}

/// Vectors int8 `[rows, dimension]` with a scale a row, distilled from a sentence encoder: the sum of those of a text's words takes its direction.
public struct VectorTable: Sendable {
    public let values: [Int8], scale: [Float], dimension: Int
    /// The rows of function words, of the base lexicon's words, and of the tokenizer's pieces, of which other words are made; models up to
    /// r3mem-2 have only the second.
    public let functionWords: Range<Int>, words: Range<Int>, pieces: Range<Int>
}
