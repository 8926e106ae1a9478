import Corpora
import Foundation
import Pipelines
import Retrieval
import Synchronization
import TestSupport
import Testing

@Suite struct RunProgressTests {
    /// Kinds of folders: for each extension the sizes of files, and the text of a byte of each.
    private static let kinds: [String: [(suffix: String, size: ClosedRange<Int>, text: ClosedRange<Double>)]] = [
        "notes": [("md", 500...20_000, 1...1)],
        "reports": [("pdf", 20_000...400_000, 0.01...0.12)],
        "mixed": [
            ("pdf", 20_000...900_000, 0.01...0.2), ("html", 5_000...90_000, 0.1...0.5), ("txt", 100...30_000, 1...1),
            ("docx", 10_000...60_000, 0.05...0.4), ("xlsx", 8_000...100_000, 0.5...2),
        ],
    ]

    /// From the first tenth of the work on, the time that is left is told within a fifth of all time.
    @Test(arguments: kinds.keys.sorted(), [1, 2, 3] as [UInt64])
    func theTimeThatIsLeftIsTold(kind: String, seed: UInt64) throws {
        var random = SeededGenerator(seed)
        var texts: [Int] = []
        var files: [CorpusFile] = []
        for i in 0..<800 {
            let format = RunProgressTests.kinds[kind]!.randomElement(using: &random)!
            let size = Int.random(in: format.size, using: &random)
            files.append(
                CorpusFile(path: "\(i).\(format.suffix)", absolutePath: "/\(i).\(format.suffix)", size: size, modified: 0))
            texts.append(Int(Double(size) * Double.random(in: format.text, using: &random)))
        }
        let told = Mutex(0.0)
        var progress = RunProgress(files) { state in
            told.withLock { $0 = state.share ?? -1 }
            return true
        }
        // A file takes some time even where no text of it is new.
        let works = zip(files, texts).map { Double($1) + Double($0.size) / 300 }
        let all = works.reduce(0, +)
        var done = 0.0
        for ((file, text), work) in zip(zip(files, texts), works) {
            progress.advance(past: [file], texts: [text])
            done += work
            _ = progress.report(.indexing)
            let share = done / all
            // The time that is left as a share of all time: what is told, and what is true.
            let left = share * (1 / told.withLock { $0 } - 1)
            if share >= 0.1 { #expect(abs(left - (1 - share)) < 0.2, "\(kind) \(seed) at \(share)") }
        }
        #expect(told.withLock { $0 } == 1)
    }
}
