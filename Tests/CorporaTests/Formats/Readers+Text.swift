import Corpora
import Testing

extension Readers {
    /// The text that is read from these bytes.
    static func text(_ bytes: [UInt8], _ path: String) -> String? { read(bytes, path: path).document?.string }
    static func text(_ text: String, _ path: String) -> String? { self.text(Array(text.utf8), path) }
}

/// Checks that a file is read as a text, and that the text gives the file back.
func checkReading(
    _ bytes: [UInt8], _ text: String, _ path: String = "a.txt", at place: SourceLocation = #_sourceLocation
) throws {
    let document = try #require(Readers.read(bytes, path: path).document, sourceLocation: place)
    #expect(document.string == text, sourceLocation: place)
    #expect(try document.original.bytes(from: document.text) == bytes, sourceLocation: place)
}
