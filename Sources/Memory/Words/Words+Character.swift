import Bytes

extension Words {
    /// The class and the length in bytes of the character that starts at `i`.
    @inline(__always)
    package static func character(in text: Span<UInt8>, at i: Int) -> (wordClass: WordClass, length: Int) {
        let lead = text[i]
        if lead < 0x80 { return (WordClass(scalar: UInt32(lead)), 1) }
        let character = UTF8Character(in: text, at: i)
        return (character.scalar.map(WordClass.init(scalar:)) ?? .other, character.length)
    }
}
