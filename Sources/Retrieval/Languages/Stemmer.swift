import CStemmer

/// A Snowball stemmer of one language. One value serves one thread at a time.
final class Stemmer {
    private let handle: OpaquePointer

    /// nil for a language that the library lacks.
    init?(_ language: Language) {
        guard let handle = sb_stemmer_new(language.rawValue, "UTF_8") else { return nil }
        self.handle = handle
    }

    deinit { sb_stemmer_delete(handle) }

    /// The stem of a word in lower case.
    func stem(_ word: [UInt8]) -> [UInt8] {
        guard !word.isEmpty, word.count < 1 << 16 else { return word }
        return word.withUnsafeBufferPointer { bytes in
            guard let stem = sb_stemmer_stem(handle, bytes.baseAddress, Int32(bytes.count)) else { return word }
            return Array(UnsafeBufferPointer(start: stem, count: Int(sb_stemmer_length(handle))))
        }
    }
}
