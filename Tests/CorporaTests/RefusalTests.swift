import Corpora
import Testing

@Suite struct RefusalTests {
    /// One refusal of each case.
    static let all: [Refusal] = [
        .empty, .whiteSpaceOnly, .tooLarge(size: 3, limit: 2), .unsupportedFormat("docx"), .zeroBytes, .controlCharacters,
        .unknownEncoding, .pageWithoutText, .noTextLayer(pages: 4), .lettersUnknown, .languagePackMissing("Adobe-Japan1"),
        .noText,
        .folderUnreadable(.permissionDenied), .folderReadInPart(.ioError), .ignoreFileUnreadable(.permissionDenied),
        .notExaminable(.ioError), .nameNotUTF8,
        .linkBroken(.noSuchFileOrDirectory), .linkToRoot, .linkInside("a/b"), .linkOutside("/a"),
        .namedPipe, .socket,
        .device, .rootMissing, .linkToLeftOut("a/b"), .markupUnreadable, .invalidUTF8, .needsPassword,
        .pdfDamaged("xref"), .noReadablePage, .textTooLong(limit: 5, size: 6), .processorTime(seconds: 6),
        .workerCrashed(signal: 11),
        .workerExited(status: 3), .workerLost, .malformedAnswer, .containerDamaged("word/document.xml"),
        .expandsTooFar(limit: 7), .textTooRich(size: 8), .gone, .becameLink, .folderBecameLink, .notRegular,
        .unopenable(.permissionDenied), .unreadable(.ioError), .changedWhileRead, .wallTime(seconds: 0.2), .workerKilled,
    ]

    @Test func aStoredRefusalIsReadAsItWasWritten() {
        #expect(Refusal(number: 55, details: ["5"]) == .textTooLong(limit: 5))
        for refusal in Self.all { #expect(Refusal(number: refusal.number, details: refusal.details) == refusal) }
        #expect(Set(Self.all.map(\.number)).count == Self.all.count)
    }

    /// An index stores the numbers, so they must never change.
    @Test func numbersStayTheSame() {
        #expect(
            Self.all.map(\.number)
                == Array(10...20) + [24] + Array(30...43) + Array(50...60) + [64, 65, 66]
                + Array(70...78))
    }

    @Test func detailsThatDoNotFitAreRefused() {
        for (number, details) in [
            (0, []), (12, ["1"]), (12, ["1", "x"]), (13, []), (30, ["x"]), (10, ["more"]), (77, ["x"]), (999, []),
        ] {
            #expect(Refusal(number: number, details: details) == nil, "\(number) \(details)")
        }
    }
}
