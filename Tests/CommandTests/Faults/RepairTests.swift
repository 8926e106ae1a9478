import Foundation
import Pipelines
import Retrieval
import TestSupport
import Testing

/// `verify --repair` lists lost files, and a refresh brings them back.
struct RepairTests {
    private let folder: TemporaryFolder
    private let index: String
    private let names = (0..<16).map { "note-\($0).txt" }

    init() throws {
        folder = try TemporaryFolder()
        index = folder.path("notes.r3")
        for (i, name) in names.enumerated() { try folder.write("notes/\(name)", RepairTests.text(i)) }
        let outcome = try Command.run("index", folder.path("notes"), "--to", index, "--quiet")
        try #require(outcome.status == 0, "\(outcome.errors)")
    }

    private static func text(_ i: Int) -> String {
        "Note \(i). The shelf number \(i * 7 % 97) beside the window holds \(i * 31 % 1009) brass screws and a box of the old labels.\n"
    }

    /// Flips a bit at one place after another until the damage loses some documents but not all.
    private func damage() throws -> (Command.Outcome, VerifyReport) {
        let whole = try Data(contentsOf: URL(fileURLWithPath: index))
        for place in stride(from: whole.count - 12, to: 1024, by: -61) {
            var bytes = whole
            bytes[place] ^= 0x10
            try bytes.write(to: URL(fileURLWithPath: index))
            let outcome = try Command.run("verify", "--repair", index, "--json", "--quiet"),
                report = try outcome.json(VerifyReport.self)
            #expect(report.wrong.isEmpty && report.isComplete, "byte \(place)")
            #expect(outcome.status == (report.repair?.isWhole ?? true ? 0 : 1), "byte \(place)")
            if let repair = report.repair, !repair.lost.isEmpty, report.documents > 0 { return (outcome, report) }
        }
        throw ChildProcess.Failure(message: "no damage cost a document only")
    }

    /// Some damage keeps the index from being opened, other damage is found document by document. Both is reported.
    @Test func damageIsReportedWhereverItIsFound() throws {
        let bytes = try #require(try? Data(contentsOf: URL(fileURLWithPath: index)))
        var found = 0
        for place in stride(from: 4096, to: bytes.count, by: bytes.count / 40) {
            var damaged = bytes
            for byte in place..<min(place + 40, bytes.count) { damaged[byte] ^= 0x55 }
            let path = try folder.write("damaged.r3", damaged).path
            let outcome = try Command.run("verify", path, "--json", "--quiet")
            guard outcome.status == 1 else { continue }
            let report = try outcome.json(VerifyReport.self)
            #expect(!report.wrong.isEmpty && report.isComplete, "\(place): \(outcome.text)")
            // A reader that closes the pipe changes nothing of what was found.
            let piped = try Command.run(
                shell: #""$0" verify "$1" --quiet | :; exit ${PIPESTATUS[0]}"#, Command.executable, path)
            #expect(piped.status == 1, "\(place): \(piped.errors)")
            found += 1
        }
        #expect(found > 4)
    }

    /// Damage to an original is found by `verify` only.
    @Test func aDamagedIndexIsNotCalledWhole() throws {
        try folder.write("latin/a.txt", Data([0x4C, 0xF6, 0x77, 0x65, 0x0D, 0x0A]))
        let index = folder.path("latin.r3")
        #expect(try Command.run("index", folder.path("latin"), "--to", index, "--quiet").status == 0)
        #expect(try Command.run("verify", index).text.contains("1 document, 6 B of text, every byte reconstructed"))
        let whole = try Data(contentsOf: URL(fileURLWithPath: index))
        for place in stride(from: whole.count - 12, to: 1024, by: -61) {
            var bytes = whole
            bytes[place] ^= 0x10
            try bytes.write(to: URL(fileURLWithPath: index))
            let outcome = try Command.run("verify", index)
            guard outcome.status == 1, !outcome.text.isEmpty else { continue }
            #expect(outcome.text.contains(" right, ") && outcome.text.contains(" wrong ("), "\(outcome.text)")
            #expect(!outcome.text.contains("every"), "\(outcome.text)")
            return
        }
        throw ChildProcess.Failure(message: "verify listed no damage")
    }

    @Test func whatIsLostIsListedAndReadAgain() throws {
        let (outcome, report) = try damage(), lost = try #require(report.repair).lost.map(\.path)
        #expect(
            outcome.status == 1 && outcome.errors.contains("repaired, but the text of \(lost.count) file"),
            "\(outcome.errors)")
        #expect(Set(lost).isSubset(of: names) && lost.count + report.documents == names.count)
        #expect(try Command.run("verify", index, "--quiet").status == 0)
        for (i, name) in names.enumerated() {
            let shown = try Command.run("show", index, name)
            if lost.contains(name) {
                #expect(shown.status == 1, "\(name)")
            } else {
                #expect(shown.text == RepairTests.text(i), "\(name)")
            }
        }
        let refreshed = try Command.run("refresh", index, "--json", "--quiet").json(IndexReport.self)
        #expect(refreshed.changed == lost.count && refreshed.unchanged == names.count - lost.count)
        #expect(try Command.run("verify", index, "--json", "--quiet").json(VerifyReport.self).documents == names.count)
        for (i, name) in names.enumerated() where lost.contains(name) {
            #expect(try Command.run("show", index, name).text == RepairTests.text(i), "\(name)")
        }
        // Repaired and refreshed, the index gives back every file as it is.
        #expect(try Command.run("export", index, "--to", folder.path("restored"), "--quiet").status == 0)
        let difference = try Command.run(shell: "diff -r \"$0\" \"$1\"", folder.path("notes"), folder.path("restored"))
        #expect(difference.status == 0, "\(difference.text)")
    }

    /// The last commit of the index is still in the log beside it.
    @Test func aRepairThatIsKilledLosesNothing() throws {
        let state = try TemporaryFolder(), log = folder.path("log")
        let ends = ["", "-wal"]  // the files after a killed refresh; every process makes the log's index anew
        func run(_ fault: Fault?, _ arguments: String...) throws -> Command.Outcome {
            try? folder.remove("log")  // the log of the last run
            return try Command.run(
                list: arguments + ["--quiet"], environment: Fault.environment(fault, path: index, log: log))
        }
        func restore(flipping place: Int? = nil) throws {
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
            for name in names where name.hasPrefix("notes.r3") { try folder.remove(name) }
            for end in ends { try folder.copy(URL(fileURLWithPath: state.path("x" + end)), as: "notes.r3" + end) }
            guard let place else { return }
            var bytes = try Data(contentsOf: URL(fileURLWithPath: index))
            bytes[place] ^= 0x10
            try bytes.write(to: URL(fileURLWithPath: index))
        }
        // The keys fill pages of the file that are not in the log.
        var random = SeededGenerator(1)
        for i in 0..<3 {
            let keys = (0..<300).map { _ in String(UInt64.random(in: 0...UInt64.max, using: &random), radix: 36) }
            try folder.write("notes/keys-\(i).txt", keys.joined(separator: "\n"))
        }
        #expect(try Command.run("refresh", index, "--quiet").status == 0)
        try folder.write("notes/new.txt", "A new note tells of the lighthouse.\n")
        let before = try Data(contentsOf: URL(fileURLWithPath: index))
        #expect(try run(nil, "refresh", index).status == 0)
        // The first write to the file itself copies from the log, which has everything by then.
        let copying = try #require(try Fault.calls(in: log).firstIndex(of: "write ")) + 1
        try before.write(to: URL(fileURLWithPath: index))
        #expect(try run(Fault(kind: .kill, call: copying), "refresh", index).status == -SIGKILL)
        for end in ends { try state.copy(URL(fileURLWithPath: index + end), as: "x" + end) }

        // Damage that loses a document, but not the new one.
        var expected = IndexContents()
        let place = try #require(
            stride(from: before.count - 12, to: 1024, by: -509).first { place in
                try restore(flipping: place)
                _ = try run(nil, "verify", "--repair", index)
                expected = try IndexContents(of: index)
                return expected.documents["new.txt"] != nil && expected.documents.count < names.count + 4
            }, "no damage cost some documents only")
        let repaired = try Fault.calls(in: log)
        #expect(repaired.contains("rename "))
        let moving = repaired.indices.filter { repaired[$0].hasPrefix("rename ") || repaired[$0].hasPrefix("unlink ") }.map {
            $0 + 1
        }
        for call in [1, repaired.count / 2, repaired.count] + moving {
            try restore(flipping: place)
            let story = Comment("killed at call \(call), \(repaired[call - 1])")
            #expect(try run(Fault(kind: .kill, call: call), "verify", "--repair", index).status == -SIGKILL, story)
            #expect([0, 1].contains(try run(nil, "verify", "--repair", index).status), story)
            #expect(try IndexContents(of: index) == expected, story)
        }
    }

    @Test func aDamagedHeaderCostsNothing() throws {
        var bytes = try Data(contentsOf: URL(fileURLWithPath: index))
        for i in 0..<200 { bytes[i] = 0xee }
        try bytes.write(to: URL(fileURLWithPath: index))
        #expect(try Command.run("verify", index, "--quiet").status == 1)
        let outcome = try Command.run("verify", "--repair", index)
        #expect(
            outcome.status == 0 && outcome.text.contains("repaired; nothing was lost"), "\(outcome.text) \(outcome.errors)")
        #expect(try Command.run("refresh", index, "--json", "--quiet").json(IndexReport.self).unchanged == names.count)
    }

    @Test func aWholeIndexIsNotTouched() throws {
        let before = try Data(contentsOf: URL(fileURLWithPath: index))
        let outcome = try Command.run("verify", "--repair", index)
        #expect(outcome.status == 0 && !outcome.text.contains("repaired"))
        #expect(try Data(contentsOf: URL(fileURLWithPath: index)) == before)
    }

    @Test func whatIsNoIndexStaysAsItIs() throws {
        let text = String(repeating: "This is no index. ", count: 500)
        try folder.write("foreign.r3", text)
        let outcome = try Command.run("verify", "--repair", folder.path("foreign.r3"), "--quiet")
        #expect(outcome.status == 1 && outcome.errors.contains("not an r3 index"), "\(outcome.errors)")
        #expect(try String(contentsOfFile: folder.path("foreign.r3"), encoding: .utf8) == text)
    }
}
