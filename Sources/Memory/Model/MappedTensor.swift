/// The int8 elements of a tensor where they lie in a mapped file: they take no memory of their own, and all processes with
/// the file share them.
package struct MappedTensor: Sendable {
    private let file: MappedFile
    // Read only, and valid as long as `file` lives.
    private nonisolated(unsafe) let elements: UnsafeBufferPointer<Int8>

    /// The elements in some bytes of a file.
    init(_ file: MappedFile, _ bytes: Range<Int>) {
        self.file = file
        elements = UnsafeRawBufferPointer(rebasing: file.bytes[bytes]).bindMemory(to: Int8.self)
    }

    /// The number of elements.
    package var count: Int { elements.count }

    /// Calls `body` with all elements.
    @inline(__always)
    package func withElements<Result>(_ body: (UnsafeBufferPointer<Int8>) -> Result) -> Result {
        withExtendedLifetime(file) { body(elements) }
    }

    /// Calls `body` with row number `row` of a tensor whose rows have `width` elements.
    @inline(__always)
    package func withRow<Result>(_ row: Int, width: Int, _ body: (UnsafeBufferPointer<Int8>) -> Result) -> Result {
        withElements { body($0.extracting(row * width..<(row + 1) * width)) }
    }
}
