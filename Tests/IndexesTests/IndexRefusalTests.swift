import Foundation
import Indexes
import Synchronization
import TestSupport
import Testing

/// What is refused: other models, foreign files, paths that are taken, second writers, other formats.
@Suite struct IndexRefusalTests {
    private let folder: TemporaryFolder
    private let lexicon = Fixture.lexicon()

    init() throws { folder = try TemporaryFolder() }

    private func create(_ name: String = "a.r3") throws -> IndexWriter {
        try IndexFile.create(
            at: folder.path(name), model: Fixture.model, lexicon: lexicon, options: Fixture.options)
    }

    @Test func otherModelsAndLexiconsAreNamedAndRefused() throws {
        let path = folder.path("a.r3")
        try create().close()
        var model = Fixture.model
        model.hash[0] = 0xfe
        #expect(Fixture.code { _ = try IndexFile.open(at: path, model: model, lexicon: lexicon) } == .otherModel)
        #expect(Fixture.code { _ = try IndexFile.openForWriting(at: path, model: model, lexicon: lexicon) } == .otherModel)
        let other = TermPrior(terms: [], frequency: [], id: [8], fold: { $0 })
        #expect(Fixture.code { _ = try IndexFile.open(at: path, model: nil, lexicon: other) } == .otherLexicon)
        let error = #expect(throws: IndexError.self) { _ = try IndexFile.open(at: path, model: model, lexicon: lexicon) }
        #expect(error?.description == "\(path): coded with model 00010203… (test), this model is fe010203…")
        #expect(try IndexFile.header(at: path).model == Fixture.model)
        // The file that a model was read from is named, and is no part of what it is.
        model.file = "/models/other"
        let named = #expect(throws: IndexError.self) { _ = try IndexFile.open(at: path, model: model, lexicon: lexicon) }
        #expect(named?.description.hasSuffix("the model /models/other is fe010203…") == true)
        var same = Fixture.model
        same.file = "/models/test"
        #expect(same == Fixture.model)
        try IndexFile.openForWriting(at: path, model: same, lexicon: lexicon).close()
    }

    @Test func whatIsNoIndexIsSaidToBeNone() throws {
        let path = folder.path("x")
        #expect(Fixture.code { _ = try IndexFile.open(at: path, model: nil, lexicon: lexicon) } == .missing)
        #expect(Fixture.code { _ = try IndexFile.openForWriting(at: path, model: nil, lexicon: lexicon) } == .missing)
        for bytes in [Data(), Data("hello".utf8), Data(repeating: 65, count: 10000)] {
            try bytes.write(to: URL(fileURLWithPath: path))
            #expect(Fixture.code { _ = try IndexFile.open(at: path, model: nil, lexicon: lexicon) } == .notAnIndex)
        }
        try create().close()
        #expect(Fixture.code { _ = try create() } == .exists)
    }

    @Test func creationCutShortIsBegunAgain() throws {
        for suffix in ["", "-wal", "-journal"] {
            try folder.write("cut.r3-new-0123456789abcdef" + suffix, Data(repeating: 7, count: 5000))
        }
        try folder.write("cut.r3-repair-0123456789abcdef/repaired.r3", Data(repeating: 7, count: 5000))
        let writer = try create("cut.r3")
        try writer.write(Fixture.batch(Fixture.documents(1..<3)))
        #expect(try writer.snapshot().documents.count == 2)
        try writer.close()
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["cut.r3"])
    }

    @Test func whatIsAtAPathIsNeverReplaced() throws {
        let writer = try create()
        try writer.write(Fixture.batch(Fixture.documents(1..<3)))
        #expect(Fixture.code { _ = try create() } == .writerBusy)
        try writer.close()
        try Data().write(to: URL(fileURLWithPath: folder.path("empty.r3")))
        for name in ["a.r3", "empty.r3"] { #expect(Fixture.code { _ = try create(name) } == .exists) }
        #expect(try IndexFile.open(at: folder.path("a.r3"), model: nil, lexicon: lexicon).documents.count == 2)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == ["a.r3", "empty.r3"])
    }

    /// Names that users give to their own files, though they begin as the name of an index.
    @Test func filesOfTheUserStayBesideAnIndex() throws {
        let names = [
            "-new", "-new-journal", "-new-wal", "-new-0123456789ABCDEF", "-new-0123456789abcdef-notes", "-repair/a",
        ]
        for name in names { try folder.write("a.r3" + name, name) }
        try create().close()
        #expect(try IndexFile.repair(at: folder.path("a.r3"), model: Fixture.model, lexicon: lexicon) { _ in [] }.isWhole)
        for name in names { #expect(try String(contentsOfFile: folder.path("a.r3" + name), encoding: .utf8) == name) }
    }

    @Test(arguments: ["-wal", "-shm", "-journal", "-writer"]) func whatIsInTheWayIsNamedAndStays(end: String) throws {
        let path = folder.path("a.r3"), obstacle = path + end, text = "The only copy of a letter."
        let (lexicon, model) = (lexicon, Fixture.model)
        func refusal(_ body: () throws -> Void) -> String? { (#expect(throws: IndexError.self) { try body() })?.subject }
        try folder.write("a.r3" + end, text)
        #expect(refusal { _ = try create() } == obstacle)
        #expect(try String(contentsOfFile: obstacle, encoding: .utf8) == text)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["a.r3" + end])
        try folder.remove("a.r3" + end)
        // What readers and killed runs leave is taken.
        try Data().write(to: URL(fileURLWithPath: obstacle))
        try create().close()
        try? folder.remove("a.r3" + end)  // an empty journal stays
        try folder.write("a.r3\(end)/letter", text)
        #expect(refusal { _ = try IndexFile.openForWriting(at: path, model: nil, lexicon: lexicon) } == obstacle)
        #expect(refusal { _ = try IndexFile.repair(at: path, model: model, lexicon: lexicon) { _ in [] } } == obstacle)
        if end != "-writer" {
            #expect(refusal { _ = try IndexFile.open(at: path, model: nil, lexicon: lexicon) } == obstacle)
        }
        #expect(try String(contentsOfFile: obstacle + "/letter", encoding: .utf8) == text)
    }

    @Test func whatIsNoFileIsRefusedWithoutWaitingForIt() throws {
        let path = folder.path("pipe")
        try #require(mkfifo(path, 0o600) == 0)
        #expect(Fixture.code { _ = try IndexFile.open(at: path, model: nil, lexicon: lexicon) } == .notAnIndex)
        #expect(Fixture.code { _ = try IndexFile.openForWriting(at: path, model: nil, lexicon: lexicon) } == .notAnIndex)
        let repair = Fixture.code { _ = try IndexFile.repair(at: path, model: Fixture.model, lexicon: lexicon) { _ in [] } }
        #expect(repair == .notAnIndex)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["pipe"])
    }

    @Test func theHolderOfTheLockIsNamedUnderAnyNameOfTheFile() throws {
        let writer = try create()
        try FileManager.default.createSymbolicLink(atPath: folder.path("link.r3"), withDestinationPath: "a.r3")
        let error = #expect(throws: IndexError.self) {
            try IndexFile.openForWriting(at: folder.path("link.r3"), model: nil, lexicon: lexicon)
        }
        #expect(error?.code == .writerBusy)
        #expect(error?.fact == "is being written by process \(getpid())")
        try writer.close()
    }

    /// Threads that open, write and close at the same time: none finds a state that another is changing.
    @Test func oneWriterWritesAtATimeHoweverManyTry() throws {
        let path = folder.path("a.r3")
        let lexicon = lexicon
        try create().close()
        let writing = Atomic<Int>(0)
        let written = Atomic<Int>(0)
        let wrong = Mutex<[String]>([])
        DispatchQueue.concurrentPerform(iterations: 8) { thread in
            for round in 0..<30 {
                do {
                    let writer = try IndexFile.openForWriting(at: path, model: nil, lexicon: lexicon)
                    if writing.wrappingAdd(1, ordering: .acquiringAndReleasing).oldValue != 0 {
                        wrong.withLock { $0.append("two writers") }
                    }
                    try writer.write(Fixture.batch([Fixture.document(seed: 1, passages: 2)], prefix: "t\(thread)-\(round)"))
                    written.wrappingAdd(1, ordering: .relaxed)
                    writing.wrappingSubtract(1, ordering: .acquiringAndReleasing)
                    try writer.close()
                } catch {
                    if (error as? IndexError)?.code != .writerBusy { wrong.withLock { $0.append("\(error)") } }
                }
            }
        }
        #expect(wrong.withLock { $0 } == [])
        let count = written.load(ordering: .relaxed)
        #expect(count > 0)
        #expect(try IndexFile.open(at: path, model: nil, lexicon: lexicon).sources.count == count)
    }

    @Test func anotherFormatIsRefusedByItsNumber() throws {
        let path = folder.path("a.r3")
        try create().close()
        var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        bytes[63] = 9  // the last byte of SQLite's user_version
        try bytes.write(to: URL(fileURLWithPath: path))
        #expect(Fixture.code { _ = try IndexFile.open(at: path, model: nil, lexicon: lexicon) } == .newerFormat(9))
        bytes[63] = 2
        try bytes.write(to: URL(fileURLWithPath: path))
        #expect(Fixture.code { _ = try IndexFile.open(at: path, model: nil, lexicon: lexicon) } == .olderFormat(2))
        bytes[60] = 2  // the first byte: no format has so large a number
        try bytes.write(to: URL(fileURLWithPath: path))
        let opened = Fixture.code { _ = try IndexFile.open(at: path, model: nil, lexicon: lexicon) }
        #expect(opened == .damaged(part: "the format's number"))
        #expect(try IndexFile.repair(at: path, model: Fixture.model, lexicon: lexicon) { _ in [] }.isWhole)
    }
}
