import Foundation
import Indexes
import Pipelines
import Testing

/// An index whose checksums are right and whose contents are not, as only ill will makes one: an error or a true answer, never a trap.
@Suite struct HostileIndexTests {
    /// One thing that a forger may write.
    enum Forgery: CaseIterable {
        case longerPassages, shiftedPassages, manyTokens, noTokens, unknownCoding, plainCoding, impossibleCode, documentCodeMissing, emptyResiduals
        case endlessResidual, strangeWords, noWords, spansOfNonsense, spansOfOverflow, originalOfNonsense, otherText, textLengths
        case pathOutside, pathOfNothing
    }

    private static func forge(_ forgery: Forgery, _ document: inout EncodedDocument, _ path: inout String) {
        func each(_ change: (inout EncodedPassage) -> Void) { for p in document.passages.indices { change(&document.passages[p]) } }
        switch forgery {
        case .longerPassages: each { $0.byteCount += 5 }
        case .shiftedPassages:
            document.passages[0].byteCount += 5
            document.passages[1].byteCount -= 5
        case .manyTokens: each { $0.tokenCount = 1 << 20 }
        case .noTokens: each { $0.tokenCount = 0 }
        case .unknownCoding: each { $0.coding = 200 }
        case .plainCoding: each { $0.coding = 1 }
        case .impossibleCode: each { $0.memory = $0.memory.map { _ in 0xff } }
        case .documentCodeMissing: document.memory = []
        case .emptyResiduals: each { $0.residual = [] }
        case .endlessResidual: each { $0.residual = Array(repeating: 0xff, count: 5000) }
        case .strangeWords: each { $0.terms = [[], [0], [0xff, 0xfe], Array(repeating: 0x61, count: 60_000), Array(" ".utf8), Array("a b".utf8)] }
        case .noWords: each { $0.terms = [] }
        case .spansOfNonsense: document.spans = Array(repeating: 0xff, count: 100)
        case .spansOfOverflow:
            let far: [UInt8] = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f, 0x02]
            document.spans = Record(["page": .bytes((0..<300).flatMap { _ in far })]).bytes
        case .originalOfNonsense: document.original = Array(repeating: 0xee, count: 50)
        case .otherText: document.textHash[0] ^= 1
        case .textLengths: document.byteLength = 1 << 50
        case .pathOutside: path = "../../../outside/" + path
        case .pathOfNothing: path = "/./\0"
        }
    }

    private static let right = (0..<24).map { "The lamp number \($0) in the cellar hangs beside the blue door.\n" }

    private static let whole = Result {
        let corpus = try TestCorpus()
        try corpus.write("a.txt", right.joined(separator: "\n"))
        try corpus.write("b.md", "# Keys\n\n## Cellar\n\n" + right.joined(separator: "\n"))
        try corpus.write("c.html", "<h1>Lamps</h1><p>" + right.joined(separator: "</p><p>") + "</p>")
        try corpus.makeIndex()
        return corpus
    }

    @Test(arguments: Forgery.allCases)
    func aForgedIndexIsAnErrorOrTheTruth(forgery: Forgery) throws {
        let corpus = try HostileIndexTests.whole.get(), right = HostileIndexTests.right
        let forged = corpus.home.appendingPathComponent("\(forgery).r3").path
        try copy(corpus.index, to: forged) { HostileIndexTests.forge(forgery, &$0, &$1) }
        let index = try corpus.open(forged)
        for name in ["a.txt", "b.md", "c.html"] {
            let shown = try? index.document(named: name)
            if let shown, name == "a.txt" { #expect(shown.text == right.joined(separator: "\n")) }
        }
        for result in (try? index.search("lamp in the cellar")) ?? [] { #expect(result.citation.start <= result.citation.end) }
        _ = try? index.ask("Where does lamp number 7 hang?")
        _ = try? index.statistics()
        _ = try? index.verify { _ in true }
        let out = corpus.home.appendingPathComponent("\(forgery)/deep/er/out")
        _ = try? index.export(to: out.path) { _ in true }
        let above = [out, out.deletingLastPathComponent(), out.deletingLastPathComponent().deletingLastPathComponent(), corpus.home]
        for folder in above {
            #expect(!FileManager.default.fileExists(atPath: folder.deletingLastPathComponent().appendingPathComponent("outside").path))
        }
    }

    /// Writes an index like another one, its documents and paths changed.
    private func copy(_ index: String, to forged: String, _ change: (inout EncodedDocument, inout String) -> Void) throws {
        let lexicon = TestCorpus.model.makeBaseLexicon()
        let snapshot = try IndexFile.open(at: index, model: nil, lexicon: lexicon)
        let writer = try IndexFile.create(at: forged, model: snapshot.header.model, lexicon: lexicon, options: snapshot.header.options)
        var batch = Batch()
        for stored in snapshot.documents {
            let segment = try snapshot.segment(stored.id.segment)
            var path = stored.paths[0]
            var document = EncodedDocument(
                textHash: stored.textHash, byteLength: stored.byteLength, title: stored.title, mediaType: stored.mediaType,
                spans: try snapshot.spanBytes(of: stored), original: try snapshot.originalBytes(of: stored), memory: stored.memory,
                passages: stored.passages.map(segment.encodedPassage))
            change(&document, &path)
            batch.sources.append(
                SourceChange(
                    path: path, size: Int64(stored.byteLength), modified: 1,
                    state: .indexed(batch.add(document), hash: document.textHash, mediaType: stored.mediaType)))
        }
        try writer.write(batch)
        try writer.close()
    }
}
