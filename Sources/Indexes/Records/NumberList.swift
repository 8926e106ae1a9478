/// A list of whole numbers and strings, one after the other. Fields with many small values are stored as such lists.
///
/// A byte holds seven bits of a number, and the lowest bits come first. The highest bit is set in every byte of a number but
/// the last. A string is the number of its bytes, followed by its bytes.
package struct NumberList {
    /// What was appended.
    package private(set) var bytes: [UInt8] = []

    /// Places in a text beyond this one are damage: sums of a place and a number stay far from overflow.
    static let placeLimit = 1 << 60

    /// An empty list.
    package init() {}

    /// Appends a number, which must not be negative.
    package mutating func append(_ number: Int) {
        precondition(number >= 0)
        var rest = UInt(number)
        while rest >= 128 {
            bytes.append(UInt8(rest & 127) | 128)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    /// Appends a string.
    package mutating func append(_ string: [UInt8]) {
        append(string.count)
        bytes += string
    }

    /// Reads a list from its start.
    package struct Reader {
        private let bytes: [UInt8]
        private var at = 0

        /// A reader of some bytes.
        package init(_ bytes: [UInt8]) { self.bytes = bytes }

        /// Whether all has been read.
        package var isAtEnd: Bool { at >= bytes.count }

        /// The next number; nil where none below 2^56 stands.
        package mutating func number() -> Int? {
            var value = 0
            var shift = 0
            while at < bytes.count, shift < 56 {
                let byte = bytes[at]
                at += 1
                value |= Int(byte & 127) << shift
                if byte < 128 { return value }
                shift += 7
            }
            return nil
        }

        /// The next string; nil where none stands.
        package mutating func string() -> [UInt8]? {
            guard let length = number(), length <= bytes.count - at else { return nil }
            defer { at += length }
            return Array(bytes[at..<at + length])
        }

        /// The next string as text; nil where none stands, or one that is not UTF-8.
        package mutating func text() -> String? { string().flatMap { String(validating: $0, as: UTF8.self) } }
    }
}
