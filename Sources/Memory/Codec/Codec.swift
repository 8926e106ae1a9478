/// Turns passages into memory and residuals, and back.
///
/// Each thread has a codec of its own, which owns an engine and caches. The vocabulary and the backbone are shared.
package final class Codec {
    /// How many passages are reconstructed side by side.
    package static let batch = 12

    /// Text to tokens and back.
    package let vocabulary: Vocabulary
    /// The network.
    package let backbone: Backbone
    /// The sentence encoder, or nil for a model without one.
    package let encoding: TextEncoder?
    let engine: Engine
    let predictor: TokenPredictor
    let spellings = SpellingScratch()
    /// The cache of the passage that is compressed or coded.
    let cache: AttentionCache
    /// The caches of the passages that are reconstructed side by side, as many as have been needed so far.
    var lanes: [AttentionCache] = []

    /// A codec of a vocabulary and a backbone that was made with it.
    package init(vocabulary: Vocabulary, backbone: Backbone, encoding: TextEncoder? = nil) {
        self.vocabulary = vocabulary
        self.backbone = backbone
        self.encoding = encoding
        let shape = backbone.shape
        engine = Engine(backbone, capacity: max(shape.positions, Codec.batch * PassagePrefix.count))
        predictor = TokenPredictor(backbone)
        cache = AttentionCache(shape, positions: shape.positions)
    }

    /// A codec of a model file.
    package convenience init(_ model: ModelFile) {
        self.init(vocabulary: model.vocabulary, backbone: model.backbone, encoding: TextEncoder(model))
    }

    /// The code that the forward run leaves.
    ///
    /// The tokens run forward, and the code is read at a memory token after them. Tokens beyond the passage limit have no
    /// effect.
    package func forwardCode(of tokens: ArraySlice<UInt16>) -> [Int8] {
        let tokens = tokens.prefix(backbone.shape.passageLimit)
        let n = tokens.count
        let history = TokenHistory(tokens)
        for i in 0..<n { engine.setToken(row: i, history.ending(at: i)) }
        return readCode(at: n, SpecialToken.memory)
    }

    /// Runs the rows before `row` forward with a special token at `row`, and reads the code there.
    private func readCode(at row: Int, _ token: UInt16) -> [Int8] {
        let begin = SpecialToken.begin
        engine.setToken(row: row, (token, begin, begin, begin), ngrams: false)
        engine.run(rows: row + 1, .forward) { (cache, $0) }
        return engine.readMemory(row: row)
    }

    /// Sets the rows of a passage's prefix, from `row` on.
    func setPrefix(at row: Int, _ memory: PassageMemory, _ state: borrowing LexicalState) {
        let begin = SpecialToken.begin
        engine.setMemory(row: row + PassagePrefix.document, code: memory.document)
        engine.setMemory(row: row + PassagePrefix.passage, code: memory.passage)
        engine.setTerms(row: row + PassagePrefix.terms, pieces: state.prefixPieces)
        engine.setToken(row: row + PassagePrefix.begin, (begin, begin, begin, begin))
    }
}
