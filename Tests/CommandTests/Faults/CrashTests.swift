import Foundation
import TestSupport
import Testing

/// A writer that is killed at any of its writes loses nothing that was committed, and the next run needs no help.
@Suite struct CrashTests {
    @Test(arguments: WritingCommand.allCases, [Fault.Kind.kill, .tear, .power])
    func whatAKilledWriterLeavesIsWholeAndTheNextRunCompletes(command: WritingCommand, kind: Fault.Kind) throws {
        let writing = try WritingCase.of(command), seed: UInt64 = Nightly.isOn ? .random(in: 1...1_000_000) : 7
        var random = SeededGenerator(seed + UInt64(kind.rawValue.utf8.first!))
        for _ in 0..<(Nightly.isOn ? 25 : command == .refresh ? 3 : 2) {
            let fault = Fault(kind: kind, call: .random(in: 1...writing.calls.count, using: &random), seed: seed)
            let story = Comment("\(command) \(fault.testDescription): \(writing.calls[fault.call - 1])"),
                trial = try writing.trial()
            #expect(try trial.run(nil, fault).status == -SIGKILL, story)
            if trial.exists {
                let left = try IndexContents(of: trial.index)
                #expect(left == writing.before || left == writing.after, story)
            } else {
                #expect(command.makesIndex, story)
            }
            let next = try trial.complete()
            #expect(next.status == 0, "\(story): \(next.errors)")
            #expect(try IndexContents(of: trial.index) == writing.after, story)
            #expect(try trial.files() == ["x.r3"], story)
        }
    }

    /// The committed transactions of a killed run are kept whole, and the next run adds the other documents.
    @Test(.enabled(if: Nightly.isOn), arguments: [Fault.Kind.kill, .tear, .power])
    func aKilledRunOfManyTransactionsKeepsThoseThatWereCommitted(kind: Fault.Kind) throws {
        let writing = try WritingCase.long.get(), seed: UInt64 = .random(in: 1...1_000_000)
        // The first sync is that of the log's header; each later one ends a commit.
        let syncs = writing.calls.indices.filter { writing.calls[$0] == "sync -wal" }
        try #require(syncs.count > 3, "one transaction only")
        var random = SeededGenerator(seed)
        for calls in [0...syncs[1], syncs[1] + 1...syncs[2] - 1, syncs[2] + 1...writing.calls.count - 1] {
            let fault = Fault(kind: kind, call: .random(in: calls, using: &random) + 1, seed: seed)
            let story = Comment("\(fault.testDescription): \(writing.calls[fault.call - 1])"), trial = try writing.trial()
            #expect(try trial.run(nil, fault).status == -SIGKILL, story)
            if trial.exists {
                let left = try IndexContents(of: trial.index).documents
                #expect(left.allSatisfy { writing.after.documents[$0.key] == $0.value }, story)
                if calls.contains(syncs[2] - 1) {
                    #expect(0 < left.count && left.count < writing.after.documents.count, story)
                }
            } else {
                #expect(calls.contains(0), story)
            }
            let next = try trial.run()
            #expect(next.status == 0, "\(story): \(next.errors)")
            #expect(try IndexContents(of: trial.index) == writing.after, story)
        }
    }
}
