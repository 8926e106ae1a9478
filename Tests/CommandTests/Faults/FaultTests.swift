import Foundation
import TestSupport
import Testing

/// A full or failing disk gives one line of error and loses no commit; the same command completes when the disk is well
/// again.
@Suite struct FaultTests {
    @Test(arguments: WritingCommand.allCases, [Fault.Kind.noSpace, .inputOutput, .short])
    func aFaultIsToldAndLosesNothing(command: WritingCommand, kind: Fault.Kind) throws {
        let writing = try WritingCase.of(command), seed: UInt64 = Nightly.isOn ? .random(in: 1...1_000_000) : 3
        var random = SeededGenerator(seed + UInt64(kind.rawValue.utf8.first!))
        // A full disk fails only calls that need room; only a write can be short.
        let names =
            switch kind {
            case .noSpace: ["write", "create"]
            case .short: ["write"]
            default: ["write", "create", "sync", "truncate", "unlink"]
            }
        let calls = writing.calls.indices.filter { i in names.contains { writing.calls[i].hasPrefix($0) } }
        for i in 0..<(Nightly.isOn ? 16 : 1) {
            let stays = (i + WritingCommand.allCases.firstIndex(of: command)!) % 3 > 0,
                call = try #require(calls.randomElement(using: &random))
            try check(Fault(kind: kind, call: call + 1, stays: stays, seed: seed), writing)
        }
    }

    private func check(_ fault: Fault, _ writing: WritingCase) throws {
        let trial = try writing.trial(), outcome = try trial.run(nil, fault)
        let story = Comment(
            "\(writing.command) \(fault.testDescription): \(writing.calls[fault.call - 1]) → \(outcome.status) \(outcome.errors)"
        )
        #expect(try trial.logged().contains { $0.hasSuffix("fault") }, story)
        if outcome.status == 0 {
            #expect(try IndexContents(of: trial.index) == writing.after, story)
        } else {
            #expect(outcome.status == 1 && outcome.errors.split(separator: "\n").count == 1, story)
            #expect(outcome.errors.hasPrefix("r3mem: \(trial.index): ") && outcome.errors.contains("; "), story)
        }
        if trial.exists {
            if fault.stays {
                let reading = Fault(kind: fault.kind == .inputOutput ? .inputOutput : .noSpace, call: 1, stays: true)
                let verified = try trial.run(["verify", trial.index], reading)
                #expect(verified.status == 0, "\(story), then: \(verified.errors)")
            }
            let left = try IndexContents(of: trial.index)
            #expect(left == writing.before || left == writing.after, story)
        } else {
            #expect(writing.command.makesIndex, story)
        }
        let next = try trial.complete()
        #expect(next.status == 0, "\(story), then: \(next.errors)")
        #expect(try IndexContents(of: trial.index) == writing.after, story)
        #expect(try trial.files() == ["x.r3"], story)
    }

    @Test(arguments: WritingCommand.allCases) func aFullDiskIsNamedAsSuch(command: WritingCommand) throws {
        let writing = try WritingCase.of(command)
        // A merge writes no log before the file is complete.
        let others =
            command == .merge
            ? ["create -new", "write -new", "write -new-journal"] : ["create -wal", "write -shm", "write -wal"]
        for place in ["create -writer"] + others {
            let call = try #require(writing.calls.firstIndex(of: place)) + 1, trial = try writing.trial()
            let outcome = try trial.run(nil, Fault(kind: .noSpace, call: call, stays: true))
            #expect(outcome.status == 1, "\(place)")
            #expect(
                outcome.errors
                    == "r3mem: \(trial.index): no space left on the disk; free some and run again; nothing that was committed is lost\n"
            )
        }
    }
}
