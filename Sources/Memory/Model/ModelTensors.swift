/// Typed, shape-checked access to the tensors of a model file (`docs/model-format.md`).
struct ModelTensors {
    let file: SafeTensors, path: String

    private func malformed(_ fact: String) -> MemoryError { MemoryError(.invalid(fact), subject: path) }

    func int8(_ name: String, _ shape: [Int]? = nil) throws -> [Int8] { try file.int8(name, shape: shape) }
    func uint8(_ name: String) throws -> [UInt8] { try file.uint8(name) }
    func uint16(_ name: String) throws -> [UInt16] { try file.uint16(name) }
    func float(_ name: String, _ shape: [Int]) throws -> [Float] {
        let values = try file.float(name, shape: shape)
        guard values.allSatisfy(\.isFinite) else { throw malformed("tensor '\(name)' holds numbers that are not finite") }
        return values
    }
    func double(_ name: String, _ shape: [Int]) throws -> [Double] { try file.double(name, shape: shape) }

    func number(_ key: String) throws -> Double {
        guard let text = file.metadata[key], let value = Double(text), value.isFinite else { throw malformed("metadata '\(key)' is not a number") }
        return value
    }

    func matrix(_ name: String, _ outputs: Int, _ inputs: Int, zero: Int32 = 128) throws -> Matrix {
        Matrix(weights: try int8(name + ".weight", [outputs, inputs]), scale: try float(name + ".scale", [outputs]), inputs: inputs, zero: zero)
    }

    /// The lines of a text tensor, each ended by a line feed.
    func lines(_ name: String) throws -> [[UInt8]] { Words.lines(in: try uint8(name)) }

    func tokenizer(vocabulary: Int) throws -> Tokenizer {
        let lengths = try file.uint8("tokenizer.lengths", shape: [vocabulary])
        return try Tokenizer(bytes: uint8("tokenizer.bytes"), lengths: lengths, merges: uint16("tokenizer.merges"), subject: path)
    }

    func baseWords() throws -> BaseWords {
        let words = try lines("lexicon.words"), frequency = try uint16("lexicon.frequency")
        guard words.count == frequency.count else { throw malformed("the base lexicon has \(words.count) words and \(frequency.count) frequencies") }
        return BaseWords(words: words, frequency: frequency)
    }

    /// nil where the model has no vectors.
    func vectors(functionWords: Int, words: Int, pieces: Int) throws -> VectorTable? {
        guard let shape = file.tensors["lexicon.vectors.weight"]?.shape else { return nil }
        let all = functionWords + words + pieces
        guard shape.count == 2, shape[0] == words || shape[0] == all else { throw malformed("the word vectors do not fit the lexicon") }
        let first = shape[0] == all ? functionWords : 0
        return VectorTable(
            values: try int8("lexicon.vectors.weight"), scale: try float("lexicon.vectors.scale", [shape[0]]), dimension: shape[1],
            functionWords: 0..<first, words: first..<first + words, pieces: first + words..<shape[0])
    }
}
