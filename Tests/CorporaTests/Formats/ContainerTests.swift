import Corpora
import Foundation
import TestSupport
import Testing

/// Archives and XML that are made to harm their reader.
@Suite struct ContainerTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder(["plain.txt": "text"]) }

    /// Reads a file in a worker, and checks that the worker reads the next file.
    private func extract(_ bytes: [UInt8], _ name: String) throws -> Extraction {
        try folder.write(bytes, to: name)
        let extractor = Extractor(.underTest, workers: 1)
        let extraction = try extractor.extract(folder.file(name))
        #expect(try extractor.extract(folder.file("plain.txt")).document?.string == "text")
        return extraction
    }

    private func word(_ document: String) -> [UInt8] {
        ZipSample.make([
            ("_rels/.rels", OfficeSample.relationships([("r1", "officeDocument", "word/document.xml")])),
            ("word/document.xml", document),
        ])
    }

    @Test func aPartThatUnfoldsWithoutEndIsRefused() throws {
        var zip = ZipSample()
        zip.add("_rels/.rels", Array(OfficeSample.relationships([("r1", "officeDocument", "word/document.xml")]).utf8))
        zip.addBomb("word/document.xml", count: 20 << 20)
        var limits = ExtractionLimits()
        limits.textBytes = 4 << 20
        // The first part has used a little of the limit.
        let refusal = Readers.read(zip.finished(), path: "a.docx", limits: limits).refusal
        #expect(refusal?.number == Refusal.expandsTooFar(limit: 0).number)
    }

    @Test func manyPartsAreRefused() throws {
        let parts = (0..<20_001).map { (name: "word/media/\($0).png", text: "") }
        #expect(
            try extract(ZipSample.make(parts), "many.docx").refusal == .expandsTooFar(limit: ExtractionLimits().textBytes))
    }

    @Test func namesThatLeaveTheArchiveReachNothing() throws {
        let bytes = ZipSample.make([
            ("_rels/.rels", OfficeSample.relationships([("r1", "officeDocument", "../../../../etc/passwd")])),
            ("../../../../etc/passwd", "<w:document xmlns:w=\"w\"/>"), ("/etc/passwd", "x"),
        ])
        #expect(try extract(bytes, "path.docx").refusal != nil)
        #expect(
            try extract(
                word("<w:document xmlns:w=\"w\"><w:body>\(OfficeSample.paragraph("kept"))</w:body></w:document>"), "a.docx"
            ).document?.string
                == "kept\n")
    }

    @Test func entitiesAreNeitherLoadedNorUnfolded() throws {
        try folder.write(Array("the secret".utf8), to: "secret.txt")
        let outside =
            "<!DOCTYPE x [<!ENTITY e SYSTEM \"file://\(folder.path)/secret.txt\"><!ENTITY % p SYSTEM \"file:///etc/passwd\"> %p;]>"
            + "<w:document xmlns:w=\"w\"><w:body>\(OfficeSample.paragraph("kept &e; words"))</w:body></w:document>"
        let text = try extract(word(outside), "outside.docx").document?.string
        #expect(text?.contains("kept") == true)
        #expect(text?.contains("secret") == false)
        let levels = (1...12).map { "<!ENTITY e\($0) \"" + String(repeating: "&e\($0 - 1);", count: 10) + "\">" }.joined()
        let bomb =
            "<!DOCTYPE x [<!ENTITY e0 \"lol\">\(levels)]><w:document xmlns:w=\"w\"><w:body>\(OfficeSample.paragraph("kept &e12;"))"
            + "</w:body></w:document>"
        #expect(try extract(word(bomb), "lol.docx").document?.string.contains("lol") != true)
    }

    @Test func damagedArchivesAreRefusedOrReadInPart() throws {
        let whole = OfficeSample.word(OfficeSample.paragraph("kept"))
        for (name, bytes) in [
            ("head.docx", Array(whole.prefix(30))),
            ("noise.docx", [0x50, 0x4B, 3, 4] + Array(repeating: 0xA5, count: 500)),
        ] {
            #expect(try extract(bytes, name).refusal != nil, "\(name)")
        }
        let cut = try extract(Array(whole.prefix(whole.count / 2)), "cut.docx")
        #expect(cut.document == nil || cut.document?.string == "kept\n")
        var random = SeededGenerator(3)
        for _ in 0..<200 {
            var bytes = whole
            for _ in 0..<4 {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            _ = Readers.read(bytes, path: "a.docx")
        }
    }

    @Test func encryptedPartsNeedTheirPassword() {
        var zip = ZipSample()
        zip.add("_rels/.rels", Array("<Relationships/>".utf8), flags: 1)
        #expect(Readers.read(zip.finished(), path: "a.docx").refusal == .needsPassword)
    }

    @Test func deepXMLEnds() throws {
        let deep = String(repeating: "<w:p>", count: 100_000)
        _ = try extract(word("<w:document xmlns:w=\"w\"><w:body>" + deep), "deep.docx")
    }
}

/// Documents in zip archives are known by their parts.
@Suite struct PackageFormatTests {
    @Test(arguments: ["a.dat", "a.doc", "a", "a.zip", "a.pptx", "a.txt", "a.epub"]) func theNameDoesNotDecide(path: String) {
        let word = OfficeSample.word(OfficeSample.paragraph("Rope."))
        #expect(Readers.read(word, path: path).document?.mediaType == .word)
        #expect(Readers.text(word, path) == "Rope.\n")
    }

    @Test func otherArchivesAreRefused() {
        let archive = ZipSample.make([("notes.txt", "Rope.")])
        #expect(Readers.read(archive, path: "a.zip").refusal == .unsupportedFormat("zip"))
        #expect(Readers.read(archive, path: "a.dat").refusal == .unsupportedFormat("zip archive"))
    }
}
