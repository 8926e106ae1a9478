/// Makes zip archives whose parts are stored without compression.
package struct ZipSample {
    package init() {}

    private var bytes: [UInt8] = []
    private var directory: [UInt8] = []
    private var count = 0

    /// An archive of these parts.
    package static func make(_ parts: [(name: String, text: String)]) -> [UInt8] {
        var zip = ZipSample()
        for part in parts { zip.add(part.name, Array(part.text.utf8)) }
        return zip.finished()
    }

    /// Adds a part. The flags, method and sizes can be those of a hostile archive.
    package mutating func add(
        _ name: String, _ content: [UInt8], method: UInt16 = 0, flags: UInt16 = 0, length: Int? = nil, crc: UInt32? = nil
    ) {
        let name = Array(name.utf8)
        var head = Self.little(flags, 2) + Self.little(method, 2) + Self.little(0, 4)
        head +=
            Self.little(Int(crc ?? Self.crc(content)), 4) + Self.little(content.count, 4)
            + Self.little(length ?? content.count, 4)
        head += Self.little(name.count, 2) + Self.little(0, 2)
        directory += [0x50, 0x4B, 1, 2, 20, 0, 20, 0] + head + Self.little(0, 2) + Self.little(0, 2) + Self.little(0, 2)
        directory += Self.little(0, 4) + Self.little(bytes.count, 4) + name
        bytes += [0x50, 0x4B, 3, 4, 20, 0] + head + name + content
        count += 1
    }

    package func finished() -> [UInt8] {
        bytes + directory + [0x50, 0x4B, 5, 6, 0, 0, 0, 0] + Self.little(count, 2) + Self.little(count, 2)
            + Self.little(directory.count, 4) + Self.little(bytes.count, 4) + [0, 0]
    }

    /// A part of `count` equal bytes, compressed to a thousandth by hand-made DEFLATE blocks.
    package mutating func addBomb(_ name: String, count: Int) {
        // One literal "A", then copies of 258 bytes from one byte back: fixed Huffman codes, most significant bit first.
        var bits = BitWriter()
        bits.put(1, 1)
        bits.put(1, 2)
        bits.code(0x30 + 65, 8)
        let copies = (count - 1) / 258
        for _ in 0..<copies {
            bits.code(0xC0 + 285 - 280, 8)
            bits.code(0, 5)
        }
        bits.code(0, 7)
        add(name, bits.finished(), method: 8, length: 1 + copies * 258, crc: 0)
    }

    private struct BitWriter {
        private var bytes: [UInt8] = []
        private var byte: UInt8 = 0
        private var used = 0
        mutating func put(_ value: Int, _ count: Int) {
            for k in 0..<count {
                byte |= UInt8(value >> k & 1) << UInt8(used)
                used += 1
                if used == 8 {
                    bytes.append(byte)
                    byte = 0
                    used = 0
                }
            }
        }
        mutating func code(_ value: Int, _ count: Int) {
            for k in (0..<count).reversed() { put(value >> k & 1, 1) }
        }
        mutating func finished() -> [UInt8] { used == 0 ? bytes : bytes + [byte] }
    }

    private static func little(_ value: some BinaryInteger, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: Int(value) >> (8 * $0)) }
    }

    private static func crc(_ bytes: [UInt8]) -> UInt32 {
        var crc: UInt32 = 0xFFFF_FFFF
        for byte in bytes {
            crc ^= UInt32(byte)
            for _ in 0..<8 {
                let shifted: UInt32 = crc >> 1
                crc = crc & 1 == 1 ? shifted ^ 0xEDB8_8320 : shifted
            }
        }
        return ~crc
    }
}
