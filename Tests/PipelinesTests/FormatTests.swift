import Corpora
import Foundation
import class GRDB.DatabaseQueue
import Indexes
import Pipelines
import Retrieval
import TestSupport
import Testing

/// Indexes that another version of the program wrote go on to be used.
@Suite struct FormatTests {
    private static let golden = Program.root.appendingPathComponent("indexes/golden")

    private let folder: TemporaryFolder
    private let path: String

    init() throws {
        folder = try TemporaryFolder()
        path = folder.path("other.r3")
        try folder.copy(Self.golden.appendingPathComponent("corpus"), as: "corpus")
    }

    private static let later: [String: Record.Value] = [
        "later": .record(Record(["a": .list([.integer(-3), .bool(true)])])), "zz": .bytes([0xff]),
    ]

    /// A stored record with two fields that no version knows yet.
    private func withLaterFields(_ bytes: [UInt8]) throws -> [UInt8] {
        var record = try #require(Record(bytes: bytes))
        record.fields.merge(Self.later) { $1 }
        return record.bytes
    }

    private func hasLaterFields(_ bytes: [UInt8]) -> Bool {
        let fields = Record(bytes: bytes)?.fields ?? [:]
        return Self.later.allSatisfy { fields[$0.key] == $0.value }
    }

    /// The golden index as another version would have written it. Its options lack all keys but the roots, as if they were
    /// written before the others were added; its options, originals and spans have keys that are not known today.
    private func writeOther() throws {
        let lexicon = try TestCorpus.model.termPrior()
        let snapshot = try IndexFile.open(
            at: Self.golden.appendingPathComponent("format-3.r3").path, model: TestCorpus.model.identity, lexicon: lexicon)
        let record = Record(["roots": .texts([folder.path("corpus")])])
        let options = try #require(StoredOptions(bytes: withLaterFields(record.bytes)))
        let writer = try IndexFile.create(at: path, model: snapshot.header.model, lexicon: lexicon, options: options)
        var batch = Batch()
        var references: [DocumentID: DocumentReference] = [:]
        for stored in snapshot.documents {
            let document = EncodedDocument(
                textHash: stored.textHash, byteLength: stored.byteLength, title: stored.title, mediaType: stored.mediaType,
                spans: try withLaterFields(snapshot.spanBytes(of: stored)),
                original: try withLaterFields(snapshot.originalBytes(of: stored)),
                memory: Array(try snapshot.sectionMemory(of: stored)),
                passages: try snapshot.encodedPassages(of: stored))
            references[stored.id] = batch.add(document)
        }
        batch.sources = snapshot.sources.map { source in
            SourceChange(source, document: source.document.flatMap { references[$0] })
        }
        try writer.write(batch)
        try writer.close()
    }

    private func expectLaterFields() throws {
        let snapshot = try IndexFile.open(at: path, model: nil, lexicon: TestCorpus.model.termPrior())
        #expect(hasLaterFields(snapshot.header.options.bytes))
        for document in snapshot.documents where document.paths != ["new.txt"] {
            #expect(try hasLaterFields(snapshot.originalBytes(of: document)), "\(document.paths)")
            #expect(try hasLaterFields(snapshot.spanBytes(of: document)), "\(document.paths)")
        }
    }

    @Test func anIndexOfAnotherVersionIsReadRefreshedAndKept() throws {
        try writeOther()
        var index = try OpenIndex(path: path, model: TestCorpus.model)
        let statistics = try index.statistics()
        #expect(statistics.roots == [folder.path("corpus")] && statistics.formatVersion == 3)
        #expect(statistics.fileStates == ["indexed": 12, "skipped": 1])
        #expect(try index.document(named: "hours.txt").text.hasPrefix("Opening hours\nMonday"))
        #expect(try index.document(named: "keys.pdf").passages.first?.page == 1)
        #expect(try index.document(named: folder.path("corpus/lamp.md")).title == "Lamp")
        #expect(try index.verify { _ in true }.wrong.isEmpty)
        try expectExport(index)

        // Nothing has changed but the times of the files.
        func refresh() throws -> IndexReport {
            try Indexing.refresh(path, model: TestCorpus.model, worker: .underTest) { _ in true }
        }
        var report = try refresh()
        #expect(report.unchanged == 12 && report.added + report.changed + report.removed + report.moved == 0, "\(report)")
        try expectLaterFields()

        try folder.write("corpus/new.txt", "A new note tells of the lighthouse.\n")
        report = try refresh()
        #expect(report.unchanged == 12 && report.added == 1, "\(report)")
        _ = try Indexing.compact(path, model: TestCorpus.model)
        try expectLaterFields()
        index = try OpenIndex(path: path, model: TestCorpus.model)
        #expect(try index.search("lighthouse").first?.citation.path == "new.txt")
        #expect(try index.verify { _ in true }.wrong.isEmpty)
    }

    @Test func aRepairKeepsFieldsThatItDoesNotKnow() throws {
        try writeOther()
        var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        bytes.resetBytes(in: 0..<100)
        try bytes.write(to: URL(fileURLWithPath: path))
        let report = try Indexing.verifyAndRepair(path, model: TestCorpus.model, threads: 0) { _ in true }
        #expect(report.repair?.isWhole == true && report.wrong.isEmpty)
        try expectLaterFields()
    }

    private func expectExport(_ index: OpenIndex) throws {
        let out = folder.path("out")
        #expect(try index.export(to: out) { _ in true }.failed.isEmpty)
        let expected = Self.golden.appendingPathComponent("export").path
        for name in try FileManager.default.subpathsOfDirectory(atPath: expected) {
            guard let bytes = FileManager.default.contents(atPath: expected + "/" + name) else { continue }  // a folder
            #expect(FileManager.default.contents(atPath: out + "/" + name) == bytes, "\(name)")
        }
    }

    /// The number of the format is part of the hash over what the index says of itself.
    @Test func aChangedFormatNumberIsNoticedAndMended() throws {
        var bytes = try Data(contentsOf: Self.golden.appendingPathComponent("format-3.r3"))
        #expect(bytes[63] == 3)
        bytes[63] = 2
        try bytes.write(to: URL(fileURLWithPath: path))
        #expect { try OpenIndex(path: path, model: TestCorpus.model) } throws: {
            ($0 as? IndexError)?.code == .olderFormat(2)
        }
        #expect(try Indexing.verifyAndRepair(path, model: TestCorpus.model) { _ in true }.repair?.isWhole == true)
        #expect(try IndexFile.header(at: path).formatVersion == 3)
    }
}

extension FormatTests {
    /// Drafts of the format had residuals in their segments. They are named, and a repair leaves their texts alone.
    @Test func aDraftIsRefusedAndKept() throws {
        try FileManager.default.copyItem(
            at: Self.golden.appendingPathComponent("format-3.r3"), to: URL(fileURLWithPath: path))
        let queue = try DatabaseQueue(path: path)
        try queue.write { db in
            try db.execute(sql: "ALTER TABLE segment ADD COLUMN residual BLOB; UPDATE segment SET residual = x'00'")
            try db.execute(sql: "DROP TABLE residual")
        }
        try queue.close()
        let before = try Data(contentsOf: URL(fileURLWithPath: path))
        #expect { try OpenIndex(path: path, model: TestCorpus.model) } throws: {
            ($0 as? IndexError)?.code == .olderFormat(3)
        }
        #expect { try Indexing.verifyAndRepair(path, model: TestCorpus.model) { _ in true } } throws: {
            ($0 as? IndexError)?.code == .olderFormat(3)
        }
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
    }
}

/// What a reader says of a file survives its stored form.
@Suite struct StoredFormTests {
    @Test func originalsSurviveTheirStoredForm() throws {
        let repairs = [EncodedForm.Repair(offset: 3, bytes: [0xff]), EncodedForm.Repair(offset: 900, bytes: [0xc3, 0x28])]
        for encoding in TextEncoding.allCases {
            for ends in [EncodedForm.LineEnds.asTheyStand, .crlf, .cr] {
                for form in [
                    EncodedForm(encoding: encoding, lineEnds: ends),
                    EncodedForm(encoding: encoding, hasByteOrderMark: true, lineEnds: ends, repairs: repairs),
                ] {
                    let stored = try #require(StoredOriginal(bytes: StoredOriginal(.encoded(form)).bytes))
                    #expect(OriginalForm(stored) == .encoded(form))
                }
            }
        }
        #expect(OriginalForm(try #require(StoredOriginal(bytes: StoredOriginal(.extracted).bytes))) == .extracted)
        #expect(StoredOriginal(.plain).bytes == [])
        var unknown = StoredOriginal()
        unknown.encoding = "EBCDIC-9"
        #expect(OriginalForm(unknown) == nil)
    }

    @Test func spansSurviveTheirStoredForm() throws {
        let spans = [
            SourceSpan(start: 0, place: .page(1)), SourceSpan(start: 5, place: .heading(["A"])),
            SourceSpan(start: 70, place: .heading(["A", "B"])), SourceSpan(start: 71, place: .page(2)),
        ]
        let stored = try #require(StoredSpans(bytes: StoredSpans(spans, isOutline: false).bytes))
        #expect(stored.sourceSpans { _ in nil } == spans && stored.outline.isEmpty)
        let outline = try #require(StoredSpans(bytes: StoredSpans(spans, isOutline: true).bytes))
        #expect(outline.outline == [StoredSpans.Line(start: 5, depth: 1), StoredSpans.Line(start: 70, depth: 2)])
        #expect(outline.headings.isEmpty)
    }

    /// A heading that is the line where it starts is stored without its words; another one is stored with them.
    @Test func headingsThatAreLinesHaveNoWordsOfTheirOwn() throws {
        let text = "Boats\n\nOak\n\nA.\n\nOak\n\nB.\n\nPine, in short\n\nC.\n\nBirch\n\nD.\n"
        let bytes = Array(text.utf8)
        func line(_ start: Int) -> String? { String(decoding: bytes[start...].prefix { $0 != 10 }, as: UTF8.self) }
        let deep = (0..<20).map { "\($0)" }
        let spans = [
            SourceSpan(start: 0, place: .heading(["Boats"])), SourceSpan(start: 7, place: .heading(["Boats", "Oak"])),
            SourceSpan(start: 16, place: .heading(["Boats", "Oak"])),
            SourceSpan(start: 25, place: .heading(["Boats", "Pine"])),
            SourceSpan(start: 45, place: .heading(["Boats", "Pine", "Birch"])), SourceSpan(start: 46, place: .heading(deep)),
            SourceSpan(start: 47, place: .heading([])),
        ]
        let stored = StoredSpans(spans, isOutline: false, line: line)
        let (boats, oak, again): (StoredSpans.Name, StoredSpans.Name, StoredSpans.Name) = (.line(0), .line(7), .line(16))
        let pine = StoredSpans.Name.written("Pine")
        #expect(
            stored.headings.map(\.path) == [
                [boats], [boats, oak], [boats, again], [boats, pine], [boats, pine, .line(45)], deep.map { .written($0) },
                [],
            ])
        let back = try #require(StoredSpans(bytes: stored.bytes))
        #expect(back == stored && back.sourceSpans(line: line) == spans)
        #expect(back.sourceSpans { _ in nil }[4].place == .heading(["Pine"]))
    }
}
