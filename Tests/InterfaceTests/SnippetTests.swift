import Interface
import Retrieval
import TestSupport
import Testing

struct SnippetTests {
    private let text =
        (0..<60).map { "Sentence number \($0) speaks of nothing in particular." }.joined(separator: " ")
        + " The zeppelin über dem Markt hangs there. "
        + (60..<90).map { "Sentence number \($0) ends." }.joined(separator: " ")

    @Test func aShortTextIsKeptWhole() {
        let snippet = Snippet("A key.", around: MatchedWords(["key"]), longest: 100)
        #expect(snippet.text == "A key." && snippet.range == 0..<6)
    }

    @Test func theStretchWithTheWordsIsTaken() {
        let snippet = Snippet(text, around: MatchedWords(["zeppelin", "markt"]), longest: 200)
        #expect(snippet.text.contains("The zeppelin über dem Markt hangs") && snippet.text.utf8.count <= 200)
    }

    /// A snippet is the bytes of its range, wherever it is cut.
    @Test(arguments: [1, 2, 3]) func aSnippetIsExact(seed: UInt64) {
        var random = SeededGenerator(seed)
        let letters = ["a", "ü", "漢", "😀", " ", "\n", "key ", "İ"]
        for _ in 0..<300 {
            let text = (0..<Int.random(in: 1...200, using: &random)).map { _ in letters.randomElement(using: &random)! }
                .joined()
            let longest = Int.random(in: 8...120, using: &random)
            let snippet = Snippet(text, around: MatchedWords(["key"]), longest: longest)
            let bytes = Array(text.utf8)[snippet.range]
            #expect(Array(snippet.text.utf8) == Array(bytes) && snippet.range.count <= max(longest, 8), "seed \(seed)")
        }
    }
}
