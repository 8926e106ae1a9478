/// Writes a message between an extractor and a worker: a length of four bytes, then fields.
///
/// An integer is little-endian and eight bytes long. The length of a byte string or text precedes its bytes.
struct FrameWriter {
    private(set) var bytes: [UInt8] = [0, 0, 0, 0]

    /// An empty message with room for so many bytes.
    init(room: Int = 0) { bytes.reserveCapacity(room + 4) }

    mutating func put(_ value: Int) {
        for shift in stride(from: 0, to: 64, by: 8) { bytes.append(UInt8(truncatingIfNeeded: value >> shift)) }
    }

    mutating func put(_ field: [UInt8]) {
        put(field.count)
        bytes += field
    }

    mutating func put(_ text: String) { put(Array(text.utf8)) }

    /// The message with its length at the start. `trailing` bytes of the message are sent after these ones.
    consuming func finished(trailing: Int = 0) -> [UInt8] {
        let count = bytes.count - 4 + trailing
        precondition(count <= UInt32.max)
        for k in 0..<4 { bytes[k] = UInt8(truncatingIfNeeded: count >> (8 * k)) }
        return bytes
    }
}

/// Reads the fields of one message. Throws when the message is too short or malformed.
package struct FrameReader {
    /// The message does not follow the format.
    package struct Malformed: Error {}

    private var bytes: [UInt8]
    private var position = 0

    init(_ bytes: consuming [UInt8]) { self.bytes = bytes }

    var isAtEnd: Bool { position == bytes.count }

    mutating func int() throws(Malformed) -> Int {
        guard bytes.count - position >= 8 else { throw Malformed() }
        var value: UInt64 = 0
        for k in 0..<8 { value |= UInt64(bytes[position + k]) << UInt64(8 * k) }
        position += 8
        return Int(Int64(bitPattern: value))
    }

    /// Reads a number of elements. Throws when the rest of the message has no room for so many elements of `size` bytes.
    mutating func count(of size: Int) throws(Malformed) -> Int {
        let count = try int()
        guard count >= 0, count <= (bytes.count - position) / size else { throw Malformed() }
        return count
    }

    mutating func field() throws(Malformed) -> [UInt8] {
        let count = try count(of: 1)
        defer { position += count }
        return Array(bytes[position..<position + count])
    }

    /// Reads the rest of the message, which has to be `count` bytes long. Nothing is copied if the reader alone has the message.
    mutating func rest(_ count: Int) throws(Malformed) -> [UInt8] {
        guard bytes.count - position == count else { throw Malformed() }
        var rest: [UInt8] = []
        swap(&rest, &bytes)
        rest.removeFirst(position)
        position = 0
        return rest
    }

    mutating func string() throws(Malformed) -> String {
        guard let text = String(validating: try field(), as: UTF8.self) else { throw Malformed() }
        return text
    }
}
