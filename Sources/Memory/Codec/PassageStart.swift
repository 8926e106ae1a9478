/// The start of a passage up to the end of the paragraph that holds a byte.
package struct PassageStart {
    private let byte: Int
    private var count = 0
    private var last: UInt8 = 0
    /// Whether the bytes so far have a blank line behind the byte.
    package private(set) var isEnough = false

    /// - Parameter byte: a byte of the wanted paragraph.
    package init(_ byte: Int) { self.byte = byte }

    /// Takes the next bytes of the passage.
    package mutating func append(_ bytes: [UInt8]) {
        for next in bytes {
            if count > byte, last == 0x0A, next == 0x0A { isEnough = true }
            last = next
            count += 1
        }
    }
}
