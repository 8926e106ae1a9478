import Console
import Retrieval

/// The index files of a command line, and the words after them.
struct AskedIndexes {
    /// One or more files; several are asked as one index.
    let files: [String]
    let words: [String]

    /// Single words that end with ".r3" are further files, as long as a word is left. A file that is not there is told when
    /// it is opened.
    init(first: String, _ words: [String]) {
        var rest = words[...]
        var files = [first]
        while rest.count > 1, let next = rest.first, next.hasSuffix(".r3"), !next.contains(where: \.isWhitespace) {
            files.append(next)
            rest.removeFirst()
        }
        self.files = files
        self.words = Array(rest)
    }

    /// The files as a message names them.
    var named: String { files.joined(separator: ", ") }

    /// Tells which words the files lack, and what was looked for instead.
    func note(_ corrections: [Correction]) {
        for correction in corrections {
            Output.note(
                "“\(Printable.line(correction.word))” is not in \(Printable.line(named)); looked for "
                    + correction.used.map { "“\(Printable.line($0))”" }.joined(separator: ", "))
        }
    }
}
