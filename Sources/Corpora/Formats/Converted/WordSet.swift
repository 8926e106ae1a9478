import Bytes

/// The words of a text in lower case, with digits and without marks: what tells whether another text says the same.
struct WordSet {
    private(set) var words: Set<ArraySlice<UInt8>>

    init(_ text: [UInt8]) { words = Set(text.map(\.lowercasedASCII).split { !$0.isAlphanumeric && $0 < 0x80 }) }

    init(_ text: String) { self.init(Array(text.utf8)) }

    func isSubset(of other: WordSet) -> Bool { words.isSubset(of: other.words) }

    mutating func add(_ other: WordSet) { words.formUnion(other.words) }
}
