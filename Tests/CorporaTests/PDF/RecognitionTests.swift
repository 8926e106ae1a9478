import Corpora
import Foundation
import Glibc
import TestSupport
import Testing

private let hasTesseract: Bool = {
    let folders = ["/usr/share/tesseract-ocr/5/tessdata", "/usr/share/tesseract-ocr/4.00/tessdata", "/usr/share/tessdata"]
    return dlopen("libtesseract.so.5", RTLD_LAZY) != nil
        && folders.contains { access($0 + "/eng.traineddata", R_OK) == 0 }
}()

/// Pages that are images, read with tesseract. Without tesseract these tests say so and do not run.
@Suite(.enabled(if: hasTesseract, "tesseract with English is not installed: install tesseract-ocr"))
struct RecognitionTests {
    /// "The harbour fee rises in / January to nine crowns.", 344 by 102 pixels of one bit, deflated, in hexadecimal.
    private static let picture = """
        78daedd6416bdb301400e06704f2e5d5beaad4d47f41658739ac6dfe8aca603bd6a5971c46ea10481864e935bb6c7f6347854073dd1f1853 \
        e86197d1ba371fb2664fced62971bba53b8de10711d2f3672c3d62c90075d451c73f10827eec6787c2cf6ceb65e0e4ca8817a3351ac2c634 \
        78f0f96a7d02f81baa3930019a09eddb317a1907904069ba99bb74276f6ad6f68ba7d419777aa6796e1327d48e6f417cce1cba9ba4864d83 \
        e8903ab34e5f636413b3018dfa206eb44323a114eb2226d439eaf401854d7446423d67208c4b85302963805244e6a4d303ba8712de08cc29 \
        2d55af522d9714cd9ea51229e1bd03fd4457e82267cc9f13d5256dce29e19debc54d712f0d076bb49b2ff2767502c0588477944a0acccb12 \
        0d7e851aa2c25916184b236ab375aa2c8d88aa920a5096a2a2ff4c852a9ac0beb475edf67ed4d51b4554d70a3d308c0557326e35c6d744c3 \
        1625bcf7ad83cbebca5ce38c2a30953b799c7d23ea1b4a787d1addaed23aeaa8633dbcecc12bc55f51fcc303934750b45b3eb30eed0e44af \
        3bb34788367451ae4c2739ebb61163f349ab66bf80e3f19b223670bb352d54fa621e1b97ce2653daddd3422b0c2268cdcee92cf0a6e1304a \
        f3974391ba544fe82090d2188388901e0d69e0758794cbbf70295796356144a45674b604a08e0698262ca3befc78c1253c44794995a05546 \
        5c8e2ef8fe0a3db334cef549866249cf0aa2826f138d572a50587a28f55e85beed71dfad40435b9aba54c192beee71702a201a99a54aea1d \
        b85b1694cbdade229ab8b453d2d4525c5209ac33c020b4d4f97688f62644a9dc7a176c5d4b4a751d208621e7b2f16bd70ef3ab4b16be7af6 \
        410710f69392eee6b0403f097dce0f9d93dbd7f353e67f6d4644fd6e5ed250431b59ce8986b3fbce02dcfc4d7904159bd362739ad7bb551d \
        75fc3ff11de56c2285
        """

    /// A file of three pages: the picture, text, and nothing.
    static func file() -> [UInt8] {
        let image =
            "<< /Type /XObject /Subtype /Image /Width 344 /Height 102 /BitsPerComponent 1 /ColorSpace /DeviceGray /Decode [1 0] "
            + "/Filter [/ASCIIHexDecode /FlateDecode] /Length \(picture.utf8.count + 1) >>\nstream\n\(picture)>\nendstream"
        return PDFSample.file(
            ["q 190 0 0 56 72 600 cm /I1 Do Q", "BT /F1 12 Tf 72 700 Td (The owl is typed.) Tj ET", ""], objects: [image],
            resources: "/XObject << /I1 5 0 R >>")
    }

    private func limits(_ recognises: Bool) -> ExtractionLimits {
        var limits = ExtractionLimits()
        limits.recognisesPages = recognises
        return limits
    }

    @Test(arguments: [true, false]) func aPageThatIsAnImageIsReadInTheWorker(_ inWorker: Bool) throws {
        let extraction =
            inWorker
            ? try Extractor(Worker.Program(executable: Program.path), limits: limits(true)).extract(
                FileBytes(Self.file()), path: "a.pdf")
            : Readers.read(Self.file(), path: "a.pdf", limits: limits(true))
        guard case .document(let document) = extraction else {
            Issue.record("\(extraction)")
            return
        }
        let text = String(decoding: document.text, as: UTF8.self)
        #expect(text == "The harbour fee rises in January to nine crowns.\n\nThe owl is typed.\n")
        #expect(document.notes == [.pagesRecognised(1, of: 3)])
        #expect(document.spans.map(\.place) == [.page(1), .page(2)])
    }

    @Test func recognitionCanBeTurnedOff() {
        guard case .document(let document) = Readers.read(Self.file(), path: "a.pdf", limits: limits(false)) else {
            Issue.record("no document")
            return
        }
        #expect(document.notes == [.pagesWithoutText(1, of: 3)])
        #expect(String(decoding: document.text, as: UTF8.self) == "The owl is typed.\n")
    }

    @Test func afterTheTimeIsUpPagesStayImages() {
        var limits = limits(true)
        limits.recognitionSeconds = 0
        guard case .document(let document) = Readers.read(Self.file(), path: "a.pdf", limits: limits) else {
            Issue.record("no document")
            return
        }
        #expect(document.notes == [.pagesWithoutText(1, of: 3)])
    }
}
