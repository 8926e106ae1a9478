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
            let story = Comment("\(command) \(fault.testDescription): \(writing.calls[fault.call - 1])"), trial = try writing.trial()
            #expect(try trial.run(nil, fault).status == -SIGKILL, story)
            if trial.exists {
                let left = try IndexContents(of: trial.index)
                #expect(left == writing.before || left == writing.after, story)
            } else {
                #expect(command == .index, story)
            }
            let next = try trial.run()
            #expect(next.status == 0, "\(story): \(next.errors)")
            #expect(try IndexContents(of: trial.index) == writing.after, story)
            #expect(try trial.files() == ["x.r3"], story)
        }
    }
}
