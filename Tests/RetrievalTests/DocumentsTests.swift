import Foundation
import Indexes
import Retrieval
import TestSupport
import Testing

struct PassageCacheTests {
    @Test func itHoldsNoMoreThanItsLimit() {
        var cache = PassageCache(limit: 10)
        func id(_ i: Int) -> PassageID { PassageID(segment: 1, index: i) }
        for i in 0..<3 { cache.keep([UInt8(i), 1, 2, 3], of: id(i)) }
        #expect(cache[id(0)] == nil && cache[id(1)] == nil && cache[id(2)] == [2, 1, 2, 3])
        cache.keep([UInt8](repeating: 0, count: 11), of: id(3))
        #expect(cache[id(3)] == nil && cache[id(2)] != nil)
        cache.keep([], of: id(4))
        #expect(cache[id(4)] == [])
    }
}

struct ExportNamesTests {
    @Test func extractedTextTakesNoNameThatADocumentOrFolderHas() {
        var names = ExportNames(["a.pdf", "a.pdf.txt", "b.html", "b.html.txt/inner.txt", "c.pdf"])
        #expect(names.extracted("c.pdf") == "c.pdf.txt")
        #expect(names.extracted("a.pdf") == "a.pdf.2.txt")
        #expect(names.extracted("b.html") == "b.html.2.txt")
        #expect(names.extracted("a.pdf") == "a.pdf.3.txt")
    }

    @Test func namesFitIntoAFileSystem() {
        let long = "folder/" + String(repeating: "ü", count: 125) + ".html"
        var names = ExportNames([long])
        for end in [".txt", ".2.txt", ".3.txt"] {
            let name = names.extracted(long)
            #expect(name.utf8.count <= "folder/".utf8.count + 255 && name.hasSuffix(end) && name.hasPrefix("folder/üü"))
        }
    }
}

struct CorpusRootsTests {
    @Test func oneRootHasNoLabel() { #expect(CorpusRoots(["/srv/docs"]).labelled.map(\.label) == [""]) }

    @Test func severalRootsAreLabelledByName() {
        #expect(
            CorpusRoots(["/a/docs", "/b/notes", "/c/docs", "/d/docs-2"]).labelled.map(\.label) == [
                "docs/", "notes/", "docs-3/", "docs-2/",
            ])
    }

    @Test func aFileBelowARootHasItsNameInTheIndex() throws {
        let folder = try TemporaryFolder(["docs/a/b.txt": "", "notes/c.txt": ""])
        let one = CorpusRoots([folder.path("docs")])
        #expect(one.documentPath(of: folder.path("docs/a/b.txt")) == "a/b.txt")
        #expect(one.documentPath(of: folder.path("docs/a/../a/b.txt")) == "a/b.txt")
        #expect(one.documentPath(of: folder.path("docs-and-more/b.txt")) == nil)
        let two = CorpusRoots([folder.path("docs"), folder.path("notes")])
        #expect(two.documentPath(of: folder.path("notes/c.txt")) == "notes/c.txt")
        try FileManager.default.createSymbolicLink(atPath: folder.path("link"), withDestinationPath: folder.path("notes"))
        #expect(two.documentPath(of: folder.path("link/c.txt")) == "notes/c.txt")
    }
}

struct AnswerTextTests {
    @Test func caseAndWhiteSpaceDoNotMatter() {
        #expect(AnswerText.holds("It takes\n Five  Months.", "five months"))
        #expect(!AnswerText.holds("It takes fivemonths.", "five months"))
        #expect(!AnswerText.holds("five", "five months"))
    }
}
