import Foundation
import Memory
import TestSupport

/// A model file of one layer with random weights, made in the test, whose parts a test can change.
struct SmallModel {
    /// A tensor of the file.
    struct Tensor {
        var type: SafeTensors.ElementType
        var shape: [Int]
        var bytes: [UInt8]
    }

    static let functionWords = ["the", "of", "and"]
    static let words = ["lamp", "harbour", "train", "key", "door"]
    /// The special tokens and one token for each byte.
    static let vocabulary = SpecialToken.count + 256
    static let passageLimit = 12

    var metadata: [String: String]
    var tensors: [String: Tensor] = [:]

    /// - Parameter slots: the rows of each n-gram table, or 0 for none.
    init(width C: Int = 64, slots: Int = 16, seed: UInt64 = 1) {
        let V = Self.vocabulary
        let W = 4
        let D = 8
        var random = SeededGenerator(seed)
        metadata = [
            "format": "r3mem-model-2", "name": "small", "width": "\(C)", "layers": "1", "heads": "2", "ratio": "2",
            "vocabulary": "\(V)", "code": "\(D)", "slots": "\(slots)", "slot_width": "\(W)", "context": "16", "levels": "15",
            "passage_limit": "\(Self.passageLimit)", "output_scale": "1",
        ]
        func matrix(_ name: String, _ outputs: Int, _ inputs: Int) {
            tensors[name + ".weight"] = Tensor(
                type: .int8, shape: [outputs, inputs],
                bytes: (0..<outputs * inputs).map { _ in .random(in: 0...255, using: &random) })
            tensors[name + ".scale"] = Tensor(
                type: .float, shape: [outputs],
                bytes: (0..<outputs).flatMap { _ in Self.bytes(Float.random(in: 0.0005...0.002, using: &random).bitPattern) }
            )
        }
        matrix("embedding", V, C)
        matrix("layers.0.qkv", 3 * C, C)
        matrix("layers.0.out", C, C)
        matrix("layers.0.up", 2 * C, C)
        matrix("layers.0.down", C, 2 * C)
        matrix("words", C, C)
        matrix("to_code", D, C)
        matrix("from_code", C, D)
        matrix("bias", 4, C)
        if slots > 0 {
            for order in 2...4 {
                tensors["ngrams.\(order)"] = Tensor(
                    type: .int8, shape: [slots, W], bytes: (0..<slots * W).map { _ in .random(in: 0...255, using: &random) })
            }
            matrix("ngrams.project", C, 3 * W)
        }
        setFloats("bias.offset", [4], [0.1, -0.2, 0.3, -0.4])
        setFloats("log_half", [513], (0...512).map { Float(log(Double($0) + 0.5)) })
        let angles = (0..<C / 4).map { pow(10_000, -Double($0) / Double(C / 4)) }
        tensors["rotary"] = Tensor(
            type: .double, shape: [2, C / 4],
            bytes: (angles.map { cos($0) } + angles.map { sin($0) }).flatMap { Self.bytes($0.bitPattern) })
        setBytes("tokenizer.bytes", Array(0...255))
        setBytes("tokenizer.lengths", [UInt8](repeating: 0, count: SpecialToken.count) + [UInt8](repeating: 1, count: 256))
        tensors["tokenizer.merges"] = Tensor(type: .uint16, shape: [0, 3], bytes: [])
        setBytes("lexicon.function", Self.functionWords.flatMap { Array(($0 + "\n").utf8) })
        setBytes("lexicon.words", Self.words.flatMap { Array(($0 + "\n").utf8) })
        tensors["lexicon.frequency"] = Tensor(
            type: .uint16, shape: [Self.words.count], bytes: Self.words.indices.flatMap { Self.bytes(UInt16(500 - $0)) })
    }

    mutating func setBytes(_ name: String, _ bytes: [UInt8]) {
        tensors[name] = Tensor(type: .uint8, shape: [bytes.count], bytes: bytes)
    }

    mutating func setFloats(_ name: String, _ shape: [Int], _ values: [Float]) {
        tensors[name] = Tensor(type: .float, shape: shape, bytes: values.flatMap { Self.bytes($0.bitPattern) })
    }

    /// Adds word vectors of two entries: row r has r mod 100 and 1, scaled by 0.5.
    mutating func addVectors(rows: Int) {
        setFloats("lexicon.vectors.scale", [rows], [Float](repeating: 0.5, count: rows))
        tensors["lexicon.vectors.weight"] = Tensor(
            type: .int8, shape: [rows, 2], bytes: (0..<rows).flatMap { [UInt8($0 % 100), 1] })
    }

    private static func bytes<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
        withUnsafeBytes(of: number.littleEndian, Array.init)
    }

    /// The model, written to a file and read.
    func load() throws -> ModelFile {
        var header: [String: Any] = ["__metadata__": metadata]
        var data = Data()
        for (name, tensor) in tensors.sorted(by: { $0.key < $1.key }) {
            let end = data.count + tensor.bytes.count
            header[name] =
                ["dtype": tensor.type.rawValue, "shape": tensor.shape, "data_offsets": [data.count, end]] as [String: Any]
            data.append(contentsOf: tensor.bytes)
        }
        let text = try JSONSerialization.data(withJSONObject: header)
        let file = Data(Self.bytes(UInt64(text.count))) + text + data
        let folder = try TemporaryFolder()
        defer { withExtendedLifetime(folder) {} }
        return try ModelFile(path: folder.write("small.safetensors", file).path)
    }
}
