/// A path as paths are compared: by its bytes. Swift takes strings for equal that differ in Unicode form, and a folder can hold files of both names.
public struct PathKey: Hashable, Comparable, Sendable {
    private let bytes: [UInt8]

    public init(_ path: String) { bytes = Array(path.utf8) }
    private init(bytes: ArraySlice<UInt8>) { self.bytes = Array(bytes) }

    public var path: String { String(decoding: bytes, as: UTF8.self) }

    /// The folders on the way to it, without a "/" at their ends.
    public var folders: [PathKey] {
        bytes.indices.filter { bytes[$0] == UInt8(ascii: "/") }.map { PathKey(bytes: bytes[..<$0]) }
    }

    /// Whether the other lies in it, at any depth.
    public func isFolder(of other: PathKey) -> Bool {
        let start = bytes.last == UInt8(ascii: "/") ? bytes : bytes + [UInt8(ascii: "/")]
        return other.bytes.count > start.count && other.bytes.starts(with: start)
    }

    public static func < (one: PathKey, other: PathKey) -> Bool { one.bytes.lexicographicallyPrecedes(other.bytes) }
}
