/// The tensors and the metadata of a model file, with their shapes and values checked.
struct ModelTensors {
    /// The value of `format` in the metadata of every model file.
    static let format = "r3mem-model-2"

    let file: SafeTensors

    init(_ file: SafeTensors) { self.file = file }

    /// An error about values of this file.
    func invalid(_ fact: String) -> MemoryError { MemoryError(.invalid(fact), subject: file.path) }

    /// Throws where the file has another format.
    func checkFormat() throws(MemoryError) {
        let format = file.metadata["format"]
        guard format == Self.format else { throw invalid("format '\(format ?? "none")' is not \(Self.format)") }
    }

    /// A whole number of the metadata, which must lie in a range.
    func number(_ key: String, in range: ClosedRange<Int>) throws(MemoryError) -> Int {
        guard let text = file.metadata[key], let value = Int(text), range.contains(value) else {
            throw invalid("metadata '\(key)' is missing or outside \(range)")
        }
        return value
    }

    /// A number of the metadata.
    func number(_ key: String) throws(MemoryError) -> Double {
        guard let text = file.metadata[key], let value = Double(text), value.isFinite else {
            throw invalid("metadata '\(key)' is not a number")
        }
        return value
    }

    /// A tensor of finite single-precision numbers.
    func float(_ name: String, shape: [Int]) throws(MemoryError) -> [Float] {
        let values = try file.float(name, shape: shape)
        guard values.allSatisfy(\.isFinite) else { throw notFinite(name) }
        return values
    }

    /// A tensor of finite double-precision numbers.
    func double(_ name: String, shape: [Int]) throws(MemoryError) -> [Double] {
        let values = try file.double(name, shape: shape)
        guard values.allSatisfy(\.isFinite) else { throw notFinite(name) }
        return values
    }

    private func notFinite(_ name: String) -> MemoryError { invalid("tensor '\(name)' has numbers that are not finite") }

    /// The matrix of the tensors `name.weight` and `name.scale`.
    ///
    /// - Parameter zero: the unsigned byte that stands for 0 in the inputs of the matrix.
    func matrix(_ name: String, outputs: Int, inputs: Int, zero: Int32 = 128) throws(MemoryError) -> Matrix {
        Matrix(
            weights: try file.int8(name + ".weight", shape: [outputs, inputs]),
            scale: try float(name + ".scale", shape: [outputs]), inputs: inputs, zero: zero)
    }

    /// An int8 tensor `[outputs / 64, inputs / 4, 64, 4]`: the rows of a matrix `[outputs, inputs]` as `Kernels.product` reads
    /// them.
    func packed(_ name: String, outputs: Int, inputs: Int) throws(MemoryError) -> MappedTensor {
        let (rows, step) = (Kernels.outputStep, Kernels.inputStep)
        precondition(outputs % rows == 0 && inputs % step == 0)
        return try file.int8Mapped(name, shape: [outputs / rows, inputs / step, rows, step])
    }

    /// The lines of a text tensor. A line feed ends each line.
    func lines(_ name: String) throws(MemoryError) -> [[UInt8]] { Words.lines(in: try file.uint8(name)) }
}
