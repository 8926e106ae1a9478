import CKernels
import Corpora
import Foundation
import GRDB
import Pipelines
import Retrieval
import TestSupport
import Testing

/// The same corpus gives the same bytes in every stream, however it is computed.
@Suite struct DeterminismTests {
    /// All rows of an index, without the times of files and the tallies over them.
    private static func streams(_ path: String) throws -> [String: [Row]] {
        var configuration = Configuration()
        configuration.readonly = true
        return try DatabaseQueue(path: path, configuration: configuration).read { db in
            [
                "segment": try Row.fetchAll(db, sql: "SELECT * FROM segment ORDER BY id"),
                "original": try Row.fetchAll(db, sql: "SELECT * FROM original ORDER BY document"),
                "source": try Row.fetchAll(
                    db, sql: "SELECT path, size, hash, media, state, reason, document FROM source ORDER BY path"),
                "meta": try Row.fetchAll(db, sql: "SELECT * FROM meta WHERE key NOT IN ('sources', 'check') ORDER BY key"),
            ]
        }
    }

    @Test func threadsRunsAndInstructionSetsGiveTheSameStreams() throws {
        let folder = try TemporaryFolder(), corpus = folder.path("corpus")
        for i in 0..<4 {
            let items = (0..<12).map { "Item \($0) of note \(i) costs \($0 * i) euros and weighs \($0 * 31 % 7) pounds." }
            try folder.write(
                "corpus/note-\(i).\(i % 2 == 0 ? "md" : "txt")", "# Note \(i)\n\n" + items.joined(separator: " "))
        }
        try folder.write("corpus/page.html", "<h1>Prices</h1><p>The <b>catalogue</b> of the year lists nine notes.")
        try folder.write("corpus/latin.txt", Data([0x44, 0x65, 0x72, 0x20, 0x4C, 0xF6, 0x77, 0x65, 0x0D, 0x0A]))
        var expected: [String: [Row]]?
        func check(_ index: String, _ story: Comment) throws {
            let streams = try Self.streams(index)
            #expect(streams["segment"]?.isEmpty == false && streams["original"]?.isEmpty == false)
            for (name, rows) in streams { #expect(rows == (expected ?? streams)[name], "\(name), \(story)") }
            expected = expected ?? streams
        }
        // Each process has its own seed for Swift's hashing.
        for (run, threads) in [1, 2, 1, 2].enumerated() {
            let index = folder.path("run-\(run).r3")
            #expect(try Command.run("index", corpus, "--to", index, "--threads", "\(threads)", "--quiet").status == 0)
            try check(index, "run \(run) with \(threads) threads")
        }
        // Another build, such as a debug build (`make test-nightly`).
        if let program = ProcessInfo.processInfo.environment["R3MEM_OTHER_PROGRAM"] {
            let index = folder.path("other.r3")
            #expect(try Command.run(program: program, "index", corpus, "--to", index, "--quiet").status == 0)
            try check(index, "\(program)")
        }
        let model = try IndexContents.model.get()
        defer { ck_force_isa(-1) }
        for isa in 0...ck_isa() {
            ck_force_isa(isa)
            let indexing = Indexing(
                model: model, options: IndexOptions(roots: [corpus]), worker: Worker.Program(executable: Command.executable))
            _ = try indexing.index(to: folder.path("isa-\(isa).r3")) { _ in true }
            try check(folder.path("isa-\(isa).r3"), "instruction set \(isa)")
            // Every instruction set reads the index of the first run.
            let report = try OpenIndex(path: folder.path("run-0.r3"), model: model).verify { _ in true }
            #expect(report.documents == 6 && report.wrong.isEmpty, "instruction set \(isa)")
        }
    }
}
