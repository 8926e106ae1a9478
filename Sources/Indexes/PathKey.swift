/// A path as paths are compared: by its bytes.
///
/// Swift takes strings for equal that differ in Unicode form, and a folder can hold files of both names. `FilePath` compares
/// bytes too, but it joins double slashes and holds no zero byte; the paths of a damaged index may have either.
package struct PathKey: Hashable, Comparable, Sendable {
    private let bytes: [UInt8]

    /// The key of a path.
    package init(_ path: String) { bytes = Array(path.utf8) }
    private init(bytes: ArraySlice<UInt8>) { self.bytes = Array(bytes) }

    /// The path that the key was made of.
    package var path: String { String(decoding: bytes, as: UTF8.self) }

    /// The folders above the path, without a "/" at their ends.
    package var folders: [PathKey] {
        bytes.indices.filter { bytes[$0] == UInt8(ascii: "/") }.map { PathKey(bytes: bytes[..<$0]) }
    }

    /// Whether `other` lies in the folder that `self` names, at any depth.
    package func isFolder(of other: PathKey) -> Bool {
        let start = bytes.last == UInt8(ascii: "/") ? bytes : bytes + [UInt8(ascii: "/")]
        return other.bytes.count > start.count && other.bytes.starts(with: start)
    }

    /// The order of the bytes.
    package static func < (one: PathKey, other: PathKey) -> Bool { one.bytes.lexicographicallyPrecedes(other.bytes) }
}
