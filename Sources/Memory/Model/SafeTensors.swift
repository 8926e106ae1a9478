import Foundation

/// A safetensors file, mapped into memory, with its header checked: every tensor lies within the file, has the length that
/// its shape says, and overlaps no other tensor.
package struct SafeTensors: Sendable {
    /// The element types that model files use.
    package enum ElementType: String, Sendable {
        case int8 = "I8"
        case uint8 = "U8"
        case uint16 = "U16"
        case float = "F32"
        case double = "F64"

        /// Bytes of an element.
        package var size: Int {
            switch self {
            case .int8, .uint8: 1
            case .uint16: 2
            case .float: 4
            case .double: 8
            }
        }
    }

    /// The place, the type and the shape of a tensor.
    package struct Entry: Sendable, Equatable {
        /// The type of the elements.
        package let type: ElementType
        /// The extents, the slowest first.
        package let shape: [Int]
        /// The range of the bytes in the file.
        package let bytes: Range<Int>

        /// The number of elements.
        package var count: Int { bytes.count / type.size }
    }

    /// The most bytes that a header may have.
    package static let headerLimit = 16 << 20
    /// The most bytes that a file may have.
    package static let fileLimit = 1 << 31

    /// The name of the file in errors.
    package let path: String
    /// The file in memory.
    package let file: MappedFile
    /// The tensors by name.
    package let tensors: [String: Entry]
    /// The entries of `__metadata__`.
    package let metadata: [String: String]

    /// Maps a file and checks its header.
    package init(path: String) throws(MemoryError) {
        try self.init(try MappedFile(path: path), path: path)
    }

    /// Checks the header of a file's contents. `path` is the name of the file in errors.
    package init(contents: Data, path: String) throws(MemoryError) {
        try self.init(MappedFile(copying: contents), path: path)
    }

    private init(_ file: MappedFile, path: String) throws(MemoryError) {
        func malformed(_ fact: String) -> MemoryError { MemoryError(.notSafeTensors(fact), subject: path) }
        let contents = file.bytes
        guard contents.count >= 8 else { throw malformed("\(contents.count) bytes") }
        guard contents.count <= Self.fileLimit else { throw malformed("\(contents.count) bytes, more than 2 GiB") }
        let length = (0..<8).reduce(UInt64(0)) { $0 | UInt64(contents[$1]) << (8 * UInt64($1)) }
        guard length <= UInt64(Self.headerLimit), length <= UInt64(contents.count - 8) else {
            throw malformed("a header of \(length) bytes in a file of \(contents.count)")
        }
        let start = 8 + Int(length)
        let header: SafeTensorsHeader
        do {
            header = try JSONDecoder().decode(SafeTensorsHeader.self, from: Data(contents[8..<start]))
        } catch {
            throw malformed("its header is not the JSON of the format")
        }
        var tensors: [String: Entry] = [:]
        for (name, tensor) in header.tensors {
            guard let type = ElementType(rawValue: tensor.dtype) else {
                throw malformed("tensor \(name) has the element type \(tensor.dtype)")
            }
            var size = type.size
            for extent in tensor.shape {
                let (product, overflow) = size.multipliedReportingOverflow(by: extent)
                guard extent >= 0, !overflow else { throw malformed("tensor \(name) has shape \(tensor.shape)") }
                size = product
            }
            let offsets = tensor.data_offsets
            guard offsets.count == 2, offsets[0] >= 0, offsets[0] <= offsets[1], offsets[1] <= contents.count - start
            else { throw malformed("tensor \(name) lies at \(offsets), the data has \(contents.count - start) bytes") }
            guard offsets[1] - offsets[0] == size else {
                throw malformed("tensor \(name) has \(offsets[1] - offsets[0]) bytes, its shape says \(size)")
            }
            tensors[name] = Entry(type: type, shape: tensor.shape, bytes: start + offsets[0]..<start + offsets[1])
        }
        var end = start
        let inOrder = tensors.sorted { a, b in
            let (first, second) = (a.value.bytes, b.value.bytes)
            return (first.lowerBound, first.upperBound) < (second.lowerBound, second.upperBound)
        }
        for (name, entry) in inOrder {
            guard entry.bytes.lowerBound >= end else { throw malformed("tensor \(name) overlaps another one") }
            end = entry.bytes.upperBound
        }
        (self.path, self.file, self.tensors, self.metadata) = (path, file, tensors, header.metadata)
    }
}

// MARK: Elements

extension SafeTensors {
    /// The entry of a tensor, which must exist.
    package func entry(_ name: String) throws(MemoryError) -> Entry {
        guard let entry = tensors[name] else { throw MemoryError(.tensorMissing(name), subject: path) }
        return entry
    }

    /// A copy of a tensor of type `I8`, which must have the shape `shape` where that is given.
    package func int8(_ name: String, shape: [Int]? = nil) throws(MemoryError) -> [Int8] {
        try elements(name, .int8, shape)
    }

    /// A copy of a tensor of type `U8`, which must have the shape `shape` where that is given.
    package func uint8(_ name: String, shape: [Int]? = nil) throws(MemoryError) -> [UInt8] {
        try elements(name, .uint8, shape)
    }

    /// A copy of a tensor of type `U16`, which must have the shape `shape` where that is given.
    package func uint16(_ name: String, shape: [Int]? = nil) throws(MemoryError) -> [UInt16] {
        try elements(name, .uint16, shape).map(UInt16.init(littleEndian:))
    }

    /// A copy of a tensor of type `F32`, which must have the shape `shape` where that is given.
    package func float(_ name: String, shape: [Int]? = nil) throws(MemoryError) -> [Float] {
        try elements(name, .float, shape).map { Float(bitPattern: UInt32(littleEndian: $0)) }
    }

    /// A copy of a tensor of type `F64`, which must have the shape `shape` where that is given.
    package func double(_ name: String, shape: [Int]? = nil) throws(MemoryError) -> [Double] {
        try elements(name, .double, shape).map { Double(bitPattern: UInt64(littleEndian: $0)) }
    }

    /// A tensor of type `I8` where it lies in the file. The tensor must have the shape `shape` where that is given.
    func int8Mapped(_ name: String, shape: [Int]? = nil) throws(MemoryError) -> MappedTensor {
        MappedTensor(file, try checked(name, .int8, shape).bytes)
    }

    private func elements<Element: FixedWidthInteger>(
        _ name: String, _ type: ElementType, _ shape: [Int]?
    ) throws(MemoryError) -> [Element] {
        copy(try checked(name, type, shape))
    }

    private func checked(_ name: String, _ type: ElementType, _ shape: [Int]?) throws(MemoryError) -> Entry {
        let entry = try entry(name)
        guard entry.type == type else {
            throw MemoryError(.tensorType(name, found: entry.type.rawValue, expected: type.rawValue), subject: path)
        }
        if let shape, shape != entry.shape {
            throw MemoryError(.tensorShape(name, found: entry.shape, expected: shape), subject: path)
        }
        return entry
    }

    private func copy<Element: FixedWidthInteger>(_ entry: Entry) -> [Element] {
        [Element](unsafeUninitializedCapacity: entry.count) { elements, count in
            UnsafeMutableRawBufferPointer(elements).copyMemory(
                from: UnsafeRawBufferPointer(rebasing: file.bytes[entry.bytes]))
            count = entry.count
        }
    }
}
