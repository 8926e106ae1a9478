import Foundation

/// Stored expectations, which `pipelines/training/fixtures/fixtures.py` and `reference.py` make of a model file.
package enum Fixture {
    /// The value in `Fixtures/NAME.json`.
    package static func load<Value: Decodable>(_ name: String) throws -> Value {
        try JSONDecoder().decode(Value.self, from: Data(contentsOf: URL(fileURLWithPath: path(name + ".json"))))
    }

    /// The path of a file in `Fixtures`.
    package static func path(_ name: String) -> String {
        Program.root.appendingPathComponent("Tests/Support/Fixtures/\(name)").path
    }

    /// The CRC-32 of numbers written as JSON without spaces: how `fixtures.py` tells one tokenizer from another.
    package static func checksum(_ numbers: some Encodable) throws -> UInt32 {
        try JSONEncoder().encode(numbers).reduce(UInt32.max) { crc, byte in
            (0..<8).reduce(crc ^ UInt32(byte)) { crc, _ in crc >> 1 ^ (crc & 1 == 1 ? 0xEDB8_8320 : 0) }
        } ^ UInt32.max
    }
}
