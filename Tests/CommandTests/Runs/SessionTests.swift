import Corpora
import Foundation
import Pipelines
import Retrieval
import TestSupport
import Testing

/// Runs that are stopped, that are killed, or that run at the same time.
struct SessionTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// Writes enough files that a run takes several steps.
    private func writeManyNotes(_ count: Int = 1000) throws {
        for i in 0..<count {
            try folder.write(
                "many/\(i % 10)/note-\(i).txt", "Note \(i): shelf \(i * 7 % 97) holds \(i * 31 % 1009) screws.\n")
        }
    }

    @Test(arguments: [SIGINT, SIGTERM])
    func aStoppedRunKeepsWhatItReadAndGoesOn(signal: Int32) throws {
        try writeManyNotes()
        let index = folder.path("many.r3")
        let running = try Command.Running("index", folder.path("many"), "--to", index)
        #expect(running.heard.hasPrefix("indexing: 0 of 1000 files"))
        running.waitForWorker()
        #expect(running.stop(signal) == 130)
        #expect(running.heard.contains("r3mem: stopped; "))
        let kept = try Command.run("stats", index, "--json").json(Statistics.self).documents
        #expect(kept > 0 && kept < 1000)
        let report = try Command.run("index", folder.path("many"), "--to", index, "--json", "--quiet").json(IndexReport.self)
        #expect(report.isComplete && report.added == 1000 - kept && report.unchanged == kept)
        #expect(try Command.run("show", index, "note-639.txt").text == "Note 639: shelf 11 holds 638 screws.\n")
    }

    @Test func aKilledRunGoesOn() throws {
        try writeManyNotes(200)
        let index = folder.path("many.r3")
        let running = try Command.Running("index", folder.path("many"), "--to", index)
        #expect(running.stop(SIGKILL) == -SIGKILL)
        let report = try Command.run("index", folder.path("many"), "--to", index, "--json", "--quiet").json(IndexReport.self)
        #expect(report.isComplete && report.added + report.unchanged == 200)
    }

    @Test func aSecondWriterIsTurnedAway() throws {
        try writeManyNotes()
        let index = folder.path("many.r3")
        let running = try Command.Running("index", folder.path("many"), "--to", index)
        // The first run holds its lock while it is stopped.
        running.send(SIGSTOP)
        let second = try Command.run("refresh", index, "--quiet")
        running.send(SIGCONT)
        #expect(
            second.status == 1 && second.errors.hasPrefix("r3mem: \(index): is being written by process \(running.id); "),
            "\(second.errors)")
        #expect(running.stop(SIGINT) == 130)
        #expect(try Command.run("stats", index).status == 0)
    }

    @Test func firstRunsAtTheSameTimeMakeOneIndex() throws {
        let notes = try Notes.shared.get(),
            start = "for i in 1 2 3 4; do \"$0\" index \"$1\" --to \"$2\" --quiet 2>>\"$2.said\" & done; wait"
        for round in 0..<3 {
            let index = folder.path("\(round).r3")
            _ = try Command.run(shell: start, Command.executable, notes.corpus, index)
            let said = try String(contentsOfFile: index + ".said", encoding: .utf8).split(separator: "\n")
            #expect(said.allSatisfy { $0.contains("is being written by") || $0.contains("exists already") }, "\(said)")
            #expect(try Command.run("verify", index, "--quiet").status == 0)
            #expect(try Command.run("show", index, "fees.txt").text.hasPrefix("The yearly fee"))
        }
    }

    @Test func aMeasurementThatIsStoppedSaysSo() throws {
        try writeManyNotes(200)
        let running = try Command.Running("eval", "--corpus", folder.path("many"))
        running.waitForWorker()
        #expect(running.stop(SIGINT) == 130 && running.heard.contains("stopped; nothing was measured"))
    }
}
