import Foundation
import Pipelines
import TestSupport
import Testing

/// The text of a generator in pieces.
struct WrittenTextTests {
    private static func written(_ pieces: [String]) -> (pieces: [String], text: String) {
        var written = WrittenText()
        var given = pieces.map { written.take($0) }
        given.append(written.end())
        return (given, written.text)
    }

    @Test(arguments: [
        ("  The key hangs here. \n", "The key hangs here."), ("<think>where?</think>\n\nHere.", "Here."),
        (" \n<think>a</think></think>b", "</think>b"), ("<think>no end", "<think>no end"), ("<thin ice>", "<thin ice>"),
        ("", ""), (" \n ", ""), ("<think></think>", ""), ("a\n\n b", "a\n\n b"), ("<", "<"),
    ])
    func thoughtsAndSpaceAroundAreLeftOut(whole: String, text: String) {
        #expect(WrittenTextTests.written([whole]).text == text)
    }

    /// The law: however a text is cut, its pieces together are the text of the whole.
    @Test(arguments: [1, 2, 3]) func cutsChangeNothing(seed: UInt64) {
        var random = SeededGenerator(seed)
        let parts = ["<think>", "</think>", " ", "\n", "word", "é", "<", "漢", "."]
        for _ in 0..<500 {
            let whole = (0..<Int.random(in: 0...12, using: &random)).map { _ in parts.randomElement(using: &random)! }
                .joined()
            let scalars = Array(whole.unicodeScalars)
            var pieces: [String] = []
            var at = 0
            while at < scalars.count {
                let end = Int.random(in: at...min(scalars.count, at + 4), using: &random)
                pieces.append(String(String.UnicodeScalarView(scalars[at..<end])))
                at = end
            }
            let cut = WrittenTextTests.written(pieces)
            #expect(cut.text == WrittenTextTests.written([whole]).text, "seed \(seed): \(whole.debugDescription)")
            #expect(cut.pieces.joined() == cut.text, "seed \(seed): \(whole.debugDescription)")
        }
    }
}
