import SystemPackage

/// The English word list of the system (Debian's package wamerican). Empty where none is installed.
///
/// Only English writes compounds of whole words with hyphens so often that a list of words must decide.
struct WordList: Sendable {
    static let shared = WordList()

    private let bytes: [UInt8]
    /// The place of the first word with each pair of first letters.
    private let starts: [Int: Range<Int>]

    /// Loads the list for the life of the process, so that the sandbox may forbid opening files.
    static func load() { _ = shared }

    var isEmpty: Bool { bytes.isEmpty }

    private init() {
        let path: FilePath = "/usr/share/dict/american-english"
        var read: [UInt8] = []
        if let file = try? FileDescriptor.open(path, .readOnly) {
            read = (try? file.closeAfter { try file.bytes(atMost: 4 << 20) }) ?? []
        }
        var starts: [Int: Range<Int>] = [:]
        var start = 0
        while start < read.count {
            let end = read[start...].firstIndex(of: 10) ?? read.count
            if end - start > 1 {
                let key = Int(read[start]) << 8 | Int(read[start + 1])
                // The list is sorted: words with the same start follow one another, apart from a few.
                starts[key] = (starts[key]?.lowerBound ?? start)..<end
            }
            start = end + 1
        }
        bytes = read
        self.starts = starts
    }

    /// Whether the list has a word in lower case.
    func holds(_ word: String) -> Bool {
        let letters = Array(word.utf8)
        guard letters.count > 1, let range = starts[Int(letters[0]) << 8 | Int(letters[1])] else { return false }
        return bytes[range].split(separator: 10).contains { $0.elementsEqual(letters) }
    }
}
