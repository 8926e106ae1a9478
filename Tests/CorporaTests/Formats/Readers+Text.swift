import Corpora

extension Readers {
    /// The text that is read from these bytes.
    static func text(_ bytes: [UInt8], _ path: String) -> String? { read(bytes, path: path).document?.string }
    static func text(_ text: String, _ path: String) -> String? { self.text(Array(text.utf8), path) }
}
