import ArgumentParser
import Console
import Retrieval

/// The index files of a command line, and the words after them.
struct AskedIndexes {
    /// One or more files; several are asked as one index. A file that is named twice is there once.
    let files: [String]
    let words: [String]

    /// As long as a word is left, the next one is a further file where it names an index, or is one word that ends with
    /// ".r3". A file that is not there is told when it is opened.
    init(first: String, _ words: [String]) {
        var rest = words[...]
        var files = [first]
        var seen: Set = [OpenIndex.resolved(first)]
        while rest.count > 1, let next = rest.first, AskedIndexes.isFile(next) {
            if seen.insert(OpenIndex.resolved(next)).inserted { files.append(next) }
            rest.removeFirst()
        }
        self.files = files
        self.words = Array(rest)
    }

    private static func isFile(_ word: String) -> Bool {
        word.hasSuffix(".r3") && !word.contains(where: \.isWhitespace) || OpenIndex.isIndex(at: word)
    }

    /// - Throws: `ValidationError` where the only word that is left names an index.
    func check(_ thing: String) throws {
        guard words.count == 1, !CommandLine.arguments.contains("--"), OpenIndex.isIndex(at: words[0]) else { return }
        throw ValidationError(
            "\(words[0]) is an index file; name a \(thing), or write -- before it where it is the \(thing)")
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
