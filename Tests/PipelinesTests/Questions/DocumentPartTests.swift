import Foundation
import Retrieval
import TestSupport
import Testing

/// Parts of a document, for which only some passages are reconstructed.
struct DocumentPartTests {
    private static let text =
        "# Ledger\n\n"
        + (0..<300).map {
            "Öl number \($0): \($0 * 7919 % 10007) barrels – 漢字 😀.\n" + ($0 % 40 == 39 ? "\n## Part \($0)\n\n" : "")
        }
        .joined()

    /// The law: a part is that part of the whole text, without the characters that its ends cut.
    @Test(arguments: [1, 2]) func aPartIsAPartOfTheWhole(seed: UInt64) throws {
        let corpus = try TestCorpus()
        try corpus.write("ledger.md", DocumentPartTests.text)
        try corpus.makeIndex()
        let index = try corpus.open()
        let bytes = Array(DocumentPartTests.text.utf8)
        let whole = try index.document(named: "ledger.md")
        #expect(whole.passages.count > 20)
        var random = SeededGenerator(seed)
        func isInside(_ i: Int) -> Bool { i < bytes.count && bytes[i] & 0xC0 == 0x80 }
        for _ in 0..<200 {
            let start = Int.random(in: 0..<bytes.count, using: &random)
            let end = Int.random(in: start...bytes.count + 50, using: &random)
            let part = try index.bytes(start..<end, ofDocumentNamed: "ledger.md")
            var (first, last) = (start, min(end, bytes.count))
            while isInside(first) { first += 1 }
            while last > first, isInside(last) { last -= 1 }
            last = max(first, last)
            #expect(Array(part.text.utf8) == Array(bytes[first..<last]), "seed \(seed): \(start)..<\(end)")
            #expect(part.place.start == first && part.place.end == last && part.length == bytes.count)
            let passage = try #require(whole.passages.last { $0.start <= first })
            if passage.start == first { #expect(part.place.headings == passage.headings) }
        }
        #expect(throws: RetrievalError.self) {
            try index.bytes(bytes.count..<bytes.count + 1, ofDocumentNamed: "ledger.md")
        }
    }

    /// The law: pages of a list together are the list, in the order of the paths.
    @Test func pagesOfAListAreTheList() throws {
        let corpus = try TestCorpus()
        for name in ["b/z.txt", "a.txt", "B.txt", "b.txt", "ä.txt", "c/d/e.txt", "c.txt"] { try corpus.write(name, name) }
        try corpus.makeIndex()
        let index = try corpus.open()
        let all = try index.documents().page.map(\.path)
        #expect(all == all.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) } && all.count == 7)
        for limit in 1...8 {
            var (found, last, hasMore): ([String], String?, Bool) = ([], nil, true)
            while hasMore {
                let next = try index.documents(after: last, limit: limit)
                #expect(next.page.count == limit || !next.hasMore)
                found += next.page.map(\.path)
                (last, hasMore) = (next.page.last?.path, next.hasMore)
            }
            #expect(found == all, "\(limit)")
        }
        #expect(try index.documents(fitting: "b*", limit: 1).hasMore)
    }
}
