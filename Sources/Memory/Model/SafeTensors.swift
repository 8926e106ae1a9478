import Foundation

/// A safetensors file, mapped into memory, whose header has been checked: every tensor lies within the file, is as
/// long as its shape says and overlaps no other one.
public struct SafeTensors: Sendable {
    /// The element types that model files use.
    public enum ElementType: String, Sendable {
        case int8 = "I8"
        case uint8 = "U8"
        case uint16 = "U16"
        case float = "F32"
        case double = "F64"

        /// Bytes of an element.
        public var size: Int {
            switch self {
            case .int8, .uint8: 1
            case .uint16: 2
            case .float: 4
            case .double: 8
            }
        }
    }

    /// Where a tensor lies and what it holds.
    public struct Entry: Sendable, Equatable {
        /// The type of its elements.
        public let type: ElementType
        /// Its extents, the slowest first.
        public let shape: [Int]
        /// Its bytes, counted from the start of the file.
        public let bytes: Range<Int>

        /// How many elements it has.
        public var count: Int { bytes.count / type.size }
    }

    /// The most bytes that a header may have.
    public static let headerLimit = 16 << 20
    /// The most bytes that a file may have.
    public static let fileLimit = 1 << 31

    /// The name of the file in errors.
    public let path: String
    /// The whole file.
    public let contents: Data
    /// The tensors by name.
    public let tensors: [String: Entry]
    /// The entries of `__metadata__`.
    public let metadata: [String: String]

    /// Maps a file and checks its header.
    public init(path: String) throws(MemoryError) {
        let contents: Data
        do {
            contents = try Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped)
        } catch {
            let reason = (error as? CocoaError)?.underlying ?? "\(error)"
            throw MemoryError(.unreadable(reason), subject: path)
        }
        try self.init(contents: contents, path: path)
    }

    /// Checks the header of a file's contents; `path` is its name in errors.
    public init(contents: Data, path: String) throws(MemoryError) {
        func malformed(_ fact: String) -> MemoryError { MemoryError(.notSafeTensors(fact), subject: path) }
        let contents = contents.startIndex == 0 ? contents : Data(contents)
        guard contents.count >= 8 else { throw malformed("\(contents.count) bytes") }
        guard contents.count <= Self.fileLimit else { throw malformed("\(contents.count) bytes, more than 2 GiB") }
        let length = (0..<8).reduce(UInt64(0)) { $0 | UInt64(contents[$1]) << (8 * UInt64($1)) }
        guard length <= UInt64(Self.headerLimit), length <= UInt64(contents.count - 8) else {
            throw malformed("a header of \(length) bytes in a file of \(contents.count)")
        }
        let start = 8 + Int(length)
        let header: Header
        do {
            header = try JSONDecoder().decode(Header.self, from: contents.subdata(in: 8..<start))
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
        (self.path, self.contents, self.tensors, self.metadata) = (path, contents, tensors, header.metadata)
    }
}

// MARK: Elements

extension SafeTensors {
    /// The entry of a tensor, which must exist.
    public func entry(_ name: String) throws(MemoryError) -> Entry {
        guard let entry = tensors[name] else { throw MemoryError(.tensorMissing(name), subject: path) }
        return entry
    }

    /// A copy of a tensor of `I8`; with `shape`, it must have that shape.
    public func int8(_ name: String, shape: [Int]? = nil) throws(MemoryError) -> [Int8] {
        try elements(name, .int8, shape)
    }

    /// A copy of a tensor of `U8`; with `shape`, it must have that shape.
    public func uint8(_ name: String, shape: [Int]? = nil) throws(MemoryError) -> [UInt8] {
        try elements(name, .uint8, shape)
    }

    /// A copy of a tensor of `U16`; with `shape`, it must have that shape.
    public func uint16(_ name: String, shape: [Int]? = nil) throws(MemoryError) -> [UInt16] {
        try elements(name, .uint16, shape).map(UInt16.init(littleEndian:))
    }

    /// A copy of a tensor of `F32`; with `shape`, it must have that shape.
    public func float(_ name: String, shape: [Int]? = nil) throws(MemoryError) -> [Float] {
        try elements(name, .float, shape).map { Float(bitPattern: UInt32(littleEndian: $0)) }
    }

    /// A copy of a tensor of `F64`; with `shape`, it must have that shape.
    public func double(_ name: String, shape: [Int]? = nil) throws(MemoryError) -> [Double] {
        try elements(name, .double, shape).map { Double(bitPattern: UInt64(littleEndian: $0)) }
    }

    private func elements<Element: FixedWidthInteger>(
        _ name: String, _ type: ElementType, _ shape: [Int]?
    ) throws(MemoryError) -> [Element] {
        let entry = try entry(name)
        guard entry.type == type else {
            throw MemoryError(.tensorType(name, found: entry.type.rawValue, expected: type.rawValue), subject: path)
        }
        if let shape, shape != entry.shape {
            throw MemoryError(.tensorShape(name, found: entry.shape, expected: shape), subject: path)
        }
        return [Element](unsafeUninitializedCapacity: entry.count) { elements, count in
            count = contents.copyBytes(to: elements, from: entry.bytes) / MemoryLayout<Element>.size
        }
    }
}

// MARK: Header

/// The JSON header: tensors by name, and `__metadata__` among them.
private struct Header: Decodable {
    struct Tensor: Decodable {
        let dtype: String
        let shape: [Int]
        let data_offsets: [Int]
    }

    struct Name: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    let tensors: [String: Tensor]
    let metadata: [String: String]

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Name.self)
        var tensors: [String: Tensor] = [:]
        var metadata: [String: String] = [:]
        for key in container.allKeys {
            if key.stringValue == "__metadata__" {
                metadata = try container.decode([String: String].self, forKey: key)
            } else {
                tensors[key.stringValue] = try container.decode(Tensor.self, forKey: key)
            }
        }
        (self.tensors, self.metadata) = (tensors, metadata)
    }
}

extension CocoaError {
    /// The words of the system for what befell a file.
    fileprivate var underlying: String? {
        (userInfo[NSUnderlyingErrorKey] as? POSIXError).map { String(cString: strerror($0.code.rawValue)) }
    }
}
