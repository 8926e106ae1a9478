import Bytes
import Testing

/// UTF-8 by the decoder of Swift's strings, and the bytes that belong to no character.
struct UTF8CharacterTests {
    /// The code points and lengths of all characters of a text.
    private func characters(_ text: [UInt8]) -> [(scalar: UInt32?, length: Int)] {
        var found: [(scalar: UInt32?, length: Int)] = []
        var i = 0
        while i < text.count {
            let character = UTF8Character(in: text.span, at: i)
            found.append((character.scalar, character.length))
            i += character.length
        }
        return found
    }

    @Test func everyScalarIsReadAsItIsWritten() {
        for value in UInt32(0)...0x10FFFF {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let bytes = Array(UTF8.encode(scalar)!)
            let character = UTF8Character(in: bytes.span, at: 0)
            guard character.scalar == value, character.length == bytes.count else {
                Issue.record("U+\(String(value, radix: 16))")
                return
            }
        }
    }

    @Test(
        arguments: [
            [0x80], [0xBF, 0x80], [0xC0, 0x80], [0xC1, 0xBF], [0xC3], [0xC3, 0x28], [0xE0, 0x80, 0x80], [0xE2, 0x82],
            [0xED, 0xA0, 0x80], [0xF0, 0x80, 0x80, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xF0, 0x9F, 0x98], [0xF5, 0x80], [0xFF],
        ] as [[UInt8]])
    func bytesThatAreNoCharacterStandAlone(bytes: [UInt8]) {
        let first = UTF8Character(in: bytes.span, at: 0)
        #expect(first.scalar == nil && first.length == 1)
        #expect(characters(bytes + Array("ß".utf8)).last?.scalar == 0xDF)
    }
}
