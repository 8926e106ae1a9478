import Corpora
import TestSupport
import Testing

/// Files that are cut, broken or named wrongly. No text of them is lost without a word.
@Suite struct OddFileTests {
    @Test func aFileThatIsCutInsideACharacterIsRead() throws {
        // Whole, it ends with ESC ( B.
        let japanese = Array("\u{1B}$BF|K\\8l\u{1B}(B text\n\u{1B}$B$G$9K\\\u{1B}(B".utf8)
        for count in 1...5 {
            let document = try #require(Readers.read(Array(japanese.dropLast(count)), path: "a.txt").document)
            #expect(document.string.hasPrefix("日本語 text\nです"), "\(count): \(document.string)")
            #expect(try document.original.bytes(from: document.text) == Array(japanese.dropLast(count)))
        }
        try checkReading(Array("\u{1B}$BF|K\\8".utf8), "日本\u{FFFD}")
        try checkReading(Array("a ~{<:Ky2;S{~} b\n~{#,NpJ)l6HK!#~}\n~{<:K".utf8), "a 己所不欲 b\n，勿施於人。\n己\u{FFFD}")
        let wide = "The quick brown fox, it was said. It was Monday.\n".utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
        try checkReading(Array(wide.dropLast()), "The quick brown fox, it was said. It was Monday.\u{FFFD}")
    }

    @Test func aFileWithTheNameOfAnotherFormatIsReadAsWhatItIs() {
        for name in ["a.docx", "a.pdf", "a.epub", "a.ipynb", "a.ods", "a.eml", "a.doc", "a.xls"] {
            #expect(Readers.text("Only some words.\n", name) == "Only some words.\n", "\(name)")
        }
        #expect(Readers.text("<html><body><p>A page</p></body></html>", "a.xls") == "A page\n")
        #expect(Readers.text("<!DOCTYPE html><p>Not found</p>", "a.pdf") == "Not found\n")
        // What is binary stays refused for what its name says.
        #expect(Readers.read([0x50, 0x4B, 3, 4, 0, 0, 1, 2], path: "a.docx").refusal != nil)
        #expect(Readers.read(Array("%PDF-1.4 and no more".utf8), path: "a.pdf").refusal != nil)
    }

    @Test func subtitlesKeepWhatStandsOutsideTheirTimes() throws {
        let film =
            "Spoken by Ann\n\n1\n00:00:01,000 --> 00:00:02,000\nFirst.\n\nSecond part.\n\n2\n00:00:05,000 --> 00:00:06,000\nThird.\n"
        #expect(Readers.text(film, "a.srt") == "Spoken by Ann\n\nFirst. Second part.\n\nThird.\n")
        let web =
            "WEBVTT Talk\nKind: captions\n\nSTYLE\n::cue { color: red }\n\nREGION\nid:x\n\nintro\n00:01.000 --> 00:02.000\nHello\n"
        #expect(Readers.text(web, "a.vtt") == "Hello\n")
    }

    @Test func headersOfRichTextStandApart() {
        #expect(
            Readers.text("{\\rtf1 Body{\\header Head}{\\footer Foot} text\\par end}", "a.rtf")
                == "Body\n\nHead\n\nFoot\n\ntext\n\nend\n")
    }

    @Test func aQuotationMarkWithoutEndDoesNotUndoTheOthers() {
        #expect(
            Readers.text("name,note\n\"a, b\",\"one\ntwo\"\nplain,\"open\nlast,1\n", "a.csv")
                == "name | note\nname: a, b | note: one two\nname: plain | note: \"open\nname: last | note: 1\n")
    }

    @Test func aPackageWithoutRelationshipsIsReadByTheUsualNames() {
        let xml = "<w:document xmlns:w=\"w\"><w:body><w:p><w:r><w:t>Words</w:t></w:r></w:p></w:body></w:document>"
        #expect(Readers.text(ZipSample.make([("word/document.xml", xml)]), "a.docx") == "Words\n")
    }

    @Test func aPageInsideAPageIsText() {
        #expect(
            Readers.text("<p>a</p><iframe srcdoc=\"<p>Inner &amp;amp; more</p><p>x</p>\"></iframe><p>b</p>", "a.html")
                == "a\n\nInner & more x\n\nb\n")
    }

    /// An empty file is called empty, whatever it is called.
    @Test(arguments: ["a.docx", "a.pdf", "a.eml", "a.csv", "a.epub", "a.json", "a.html", "a.svg", "a.toml"])
    func emptyFilesAreEmpty(_ name: String) {
        #expect(Readers.read([], path: name).refusal == .empty)
        #expect(Readers.read(Array(" \n".utf8), path: name).refusal != nil)
    }
}
