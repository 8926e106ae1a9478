import Console
import Foundation
import Testing

struct ProgressTextTests {
    private let words = ["7 of 120 files", "1.2 MB of 30 MB", "80 kB/s", "6 min left"]

    /// At every width the line fits, and holds whole words: the first of those that are given.
    @Test func aLineIsNeverCut() {
        for width in 0...120 {
            let line = ProgressText.line("indexing", 0.5, words, width: width)
            #expect(line.count <= width, "\(width)")
            let told = line.components(separatedBy: "  ").filter { !$0.contains("█") && !$0.isEmpty }
            #expect(told == Array((["indexing"] + words).prefix(told.count)), "\(width): \(line)")
        }
    }

    @Test func aBarIsShortenedBeforeWordsAreLeftOut() {
        #expect(ProgressText.line("writing", 0.5, [], width: 80) == "writing  ██████████░░░░░░░░░░")
        #expect(ProgressText.line("writing", 0.5, ["1 of 2"], width: 23) == "writing  ███░░░  1 of 2")
        #expect(ProgressText.line("writing", 0.5, ["1 of 2"], width: 20) == "writing  1 of 2")
        #expect(ProgressText.line("writing", 0.5, ["1 of 2"], width: 14) == "writing  ██░░░")
    }
}
