import Dispatch
import Foundation
import Pipelines
import Retrieval
import Synchronization
import Testing

/// One open index, asked by many threads at a time.
struct ConcurrencyTests {
    @Test func manyThreadsGetTheAnswersOfOne() throws {
        let corpus = try TestCorpus()
        for i in 0..<12 {
            try corpus.write(
                "\(i).md",
                "# Room \(i)\n\n## Lamp\n\nThe lamp of room number \(i) costs \(100 + i) euros. It hangs beside door \(i * 7).\n"
            )
        }
        try corpus.makeIndex()
        let questions = (0..<12).map { "How many euros does the lamp of room number \($0) cost?" }
        let alone = try questions.map { try corpus.open().ask($0) }
        #expect(alone.contains { !$0.sentences.isEmpty } && Set(alone.map(\.confidence)).count > 1)

        let index = try corpus.open()
        let failures = Mutex<[String]>([])
        DispatchQueue.concurrentPerform(iterations: 48) { i in
            do {
                let k = i % questions.count
                if i % 5 == 4 {
                    // What other threads ask again is reconstructed anew.
                    index.reconstruction.forget()
                    let document = try index.document(named: "\(k).md")
                    guard document.text.contains("room number \(k) costs") else { throw Difference() }
                }
                if i % 7 == 6, try !index.verify(progress: { _ in true }).wrong.isEmpty { throw Difference() }
                guard try index.ask(questions[k]) == alone[k] else { throw Difference() }
            } catch {
                failures.withLock { $0.append("\(i): \(error)") }
            }
        }
        #expect(failures.withLock { $0 } == [])
    }

    private struct Difference: Error {}
}
