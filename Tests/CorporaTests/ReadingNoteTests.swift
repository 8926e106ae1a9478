import Corpora
import Testing

@Suite struct ReadingNoteTests {
    /// One note of each case.
    static let all: [ReadingNote] = [
        .pagesWithoutText(2, of: 3), .damagedPages(1, of: 9), .lettersUnknown(characters: 4), .hiddenText(characters: 5),
        .textOutsidePage(characters: 6), .attachments(["plan.dwg", "sums.csv"]), .languagePackMissing("Adobe-Japan1"),
        .pictures(3), .objects(["macros"]), .lockedParts(["a"]), .damagedParts(["b"]), .partsBeyondLimit(["c"]),
        .hiddenPieces(2), .inside("plan.pdf", .pagesWithoutText(2, of: 3)),
        .inside("old.eml", .inside("a.doc", .pictures(1))), .dynamicForm(lines: 7),
    ]

    @Test func aStoredNoteIsReadAsItWasWritten() {
        for note in Self.all { #expect(ReadingNote(number: note.number, details: note.details) == note) }
        for (number, details) in [(100, ["1"]), (102, ["x"]), (105, []), (116, ["a", "999"]), (12, ["1", "2"]), (999, [])] {
            #expect(ReadingNote(number: number, details: details) == nil, "\(number) \(details)")
        }
    }

    /// An index stores the numbers, so they must never change, and none may be that of a refusal.
    @Test func numbersStayTheSame() {
        #expect(Self.all.map(\.number) == Array(100...106) + Array(110...116) + [116, 117])
        #expect(Set(Self.all.map(\.number)).isDisjoint(with: RefusalTests.all.map(\.number)))
    }

    @Test func aWorkerAnswersWithItsNotes() throws {
        let document = Document(
            title: nil, mediaType: .pdf, text: Array("Words.\n".utf8), spans: [SourceSpan(start: 0, place: .page(1))],
            original: .extracted, notes: Self.all)
        let reply = ExtractionReply(extraction: .document(document), peakBytes: 7)
        // The length at the start belongs to the channel.
        let frame = Array(reply.frame.dropFirst(4))
        #expect(try ExtractionReply(frame: frame) == reply)
        for count in frame.indices {
            #expect(throws: FrameReader.Malformed.self) { try ExtractionReply(frame: Array(frame[..<count])) }
        }
    }
}
