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
    func lines(_ name: String) throws -> [[UInt8]] {
        let bytes = try uint8(name)
        guard bytes.isEmpty || bytes.last == 10 else { throw malformed("tensor '\(name)' does not end with a line feed") }
        return bytes.dropLast().split(separator: 10, omittingEmptySubsequences: false).map(Array.init)
    }

    func tokenizer(vocabulary: Int) throws -> Tokenizer {
        let bytes = try uint8("tokenizer.bytes"), lengths = try uint8("tokenizer.lengths"), merges = try uint16("tokenizer.merges")
        guard lengths.count == vocabulary, lengths.reduce(0, { $0 + Int($1) }) == bytes.count, merges.count % 3 == 0,
            merges.allSatisfy({ Int($0) < vocabulary })
        else { throw malformed("the tokenizer's tensors do not fit its vocabulary of \(vocabulary)") }
        var pieces: [[UInt8]] = [], at = 0
        for length in lengths {
            pieces.append(Array(bytes[at..<at + Int(length)]))
            at += Int(length)
        }
        return Tokenizer(
            pieces: pieces,
            merges: stride(from: 0, to: merges.count, by: 3).map { (left: merges[$0], right: merges[$0 + 1], result: merges[$0 + 2]) })
    }

    func baseWords() throws -> BaseWords {
        let words = try lines("lexicon.words"), frequency = try uint16("lexicon.frequency")
        guard words.count == frequency.count else { throw malformed("the base lexicon has \(words.count) words and \(frequency.count) frequencies") }
        guard let shape = file.tensors["lexicon.vectors.weight"]?.shape else {
            return BaseWords(words: words, frequency: frequency, vectors: [], vectorScale: [], dimension: 0)
        }
        guard shape.count == 2, shape[0] == words.count else { throw malformed("the word vectors do not fit the base lexicon") }
        return BaseWords(
            words: words, frequency: frequency, vectors: try int8("lexicon.vectors.weight"),
            vectorScale: try float("lexicon.vectors.scale", [words.count]), dimension: shape[1])
    }
}
