import Foundation
import Indexes
import Memory
import Pipelines
import Retrieval
import Testing

/// An index with right checksums and wrong contents, as only ill will makes one. Every operation is an error or gives the
/// truth, and none traps.
@Suite struct HostileIndexTests {
    /// One thing that a forger may write.
    enum Forgery: CaseIterable {
        case longerPassages, shiftedPassages, manyTokens, noTokens, plainCoding, forgedCode,
            documentCodeOfAnotherLength, emptyResiduals
        case endlessResidual, strangeWords, noWords, spansOfNonsense, spansOfOverflow, originalOfNonsense, otherText,
            textLengths
        case pathOutside, pathOfNothing
    }

    private static func forge(_ forgery: Forgery, _ document: inout EncodedDocument, _ path: inout String) {
        func each(_ change: (inout EncodedPassage) -> Void) {
            for p in document.passages.indices { change(&document.passages[p]) }
        }
        switch forgery {
        case .longerPassages: each { $0.byteCount += 5 }
        case .shiftedPassages:
            document.passages[0].byteCount += 5
            document.passages[1].byteCount -= 5
        case .manyTokens: each { $0.tokenCount = 1 << 20 }
        case .noTokens: each { $0.tokenCount = 0 }
        case .plainCoding: each { $0.coding = 1 }
        case .forgedCode: each { $0.memory = $0.memory.map { _ in 0xff } }
        case .documentCodeOfAnotherLength: document.memory.append(0)
        case .emptyResiduals: each { $0.residual = [] }
        case .endlessResidual: each { $0.residual = Array(repeating: 0xff, count: 5000) }
        case .strangeWords:
            each {
                $0.terms = [
                    [], [0], [0xff, 0xfe], Array(repeating: 0x61, count: 60_000), Array(" ".utf8), Array("a b".utf8),
                ]
            }
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

    /// What a forgery makes wrong.
    private enum Damage {
        /// The texts: no document is given any more.
        case text
        /// The pages and headings of formats that store them.
        case places
        /// The way back to the file.
        case original
        /// The paths, which lead out of the folder that an export writes to.
        case path
        /// The order of results.
        case order
        /// Numbers that nothing relies on.
        case nothing
    }

    private static func damage(of forgery: Forgery) -> Damage {
        switch forgery {
        case .spansOfNonsense, .spansOfOverflow: .places
        case .originalOfNonsense: .original
        case .pathOutside, .pathOfNothing: .path
        case .textLengths: .nothing
        // Every byte is a code: a forged one misleads the order of results and no more.
        case .forgedCode, .documentCodeOfAnotherLength: .order
        default: .text
        }
    }

    private static let names = ["a.txt", "b.md", "c.html"]

    @Test(arguments: Forgery.allCases)
    func aForgedIndexIsAnErrorOrTheTruth(forgery: Forgery) throws {
        let corpus = try HostileIndexTests.whole.get()
        let damage = HostileIndexTests.damage(of: forgery)
        let truth = try corpus.open()
        let forged = corpus.home.appendingPathComponent("\(forgery).r3").path
        try copy(corpus.index, to: forged) { HostileIndexTests.forge(forgery, &$0, &$1) }
        let index = try corpus.open(forged)
        // Three documents of one path are one source.
        let count = forgery == .pathOfNothing ? 1 : 3
        #expect(try index.statistics().documents == count)

        for name in HostileIndexTests.names where forgery != .pathOfNothing {
            let isLost = damage == .text || damage == .places && name != "b.md"
            let shown = Result { try index.document(named: name) }
            switch shown {
            case .success(let document): #expect(try !isLost && document.text == truth.document(named: name).text, "\(name)")
            case .failure(let error):
                #expect(isLost && (error is IndexError || error is RetrievalError || error is MemoryError), "\(error)")
            }
        }
        search(index, damage)
        try ask(index, truth, damage)
        let verified = Result { try index.verify { _ in true } }
        switch verified {
        case .success(let report):
            let isRight = ([.nothing, .order, .path] as [Damage]).contains(damage)
            #expect(report.wrong.isEmpty == isRight && report.isComplete, "\(report.wrong)")
        case .failure(let error): #expect(damage == .text && (error is IndexError || error is MemoryError), "\(error)")
        }
        try export(index, corpus, forgery, damage, count)
    }

    /// Searches. Search checks lengths and not hashes: a forged text may be found, under a place that it fills.
    private func search(_ index: OpenIndex, _ damage: Damage) {
        switch Result(catching: { try index.search("lamp in the cellar") }) {
        case .success(let results):
            #expect(damage == .text || damage != .places && !results.isEmpty)
            for result in results { expect(result.text, at: result.citation, damage) }
        case .failure(let error): expect(error, damage)
        }
    }

    /// Asks for a lamp. An answer quotes what stands in its sources at the places that it cites.
    private func ask(_ index: OpenIndex, _ truth: OpenIndex, _ damage: Damage) throws {
        let question = "Where does lamp number 7 hang?"
        switch Result(catching: { try index.ask(question) }) {
        case .success(let answer):
            #expect(damage == .text || damage != .places && answer.isFound)
            #expect(answer.isFound != answer.sentences.isEmpty)
            if damage == .original || damage == .nothing {
                let right = try truth.ask(question)
                // Without its original a text has no line numbers.
                #expect(answer.sentences == right.sentences && answer.shortAnswer == right.shortAnswer)
                if damage == .nothing { #expect(answer == right) }
            }
            for sentence in answer.sentences {
                expect(sentence.text, at: sentence.citation, damage)
                let source = try #require(answer.sources.first { $0.rank == sentence.source })
                if HostileIndexTests.isRepaired(source.text) { continue }
                let start = sentence.citation.start - source.citation.start
                #expect(start >= 0 && source.text.utf8.dropFirst(start).starts(with: sentence.text.utf8), "\(sentence)")
            }
        case .failure(let error): expect(error, damage)
        }
    }

    /// A text has the length of its place. A forged text may hold bytes that are no UTF-8, which are shown as U+FFFD.
    private func expect(_ text: String, at citation: Citation, _ damage: Damage) {
        let length = citation.end - citation.start
        #expect(
            length == text.utf8.count || damage == .text && HostileIndexTests.isRepaired(text), "\(length) bytes: \(text)")
    }

    /// Only forged texts and places make searching and asking fail: places when they are read, texts when they are decoded.
    private func expect(_ error: any Error, _ damage: Damage) {
        switch damage {
        case .places: #expect(error is IndexError, "\(error)")
        case .text: #expect(error is IndexError || error is MemoryError, "\(error)")
        case .original, .path, .order, .nothing: Issue.record("\(error)")
        }
    }

    /// Whether a text holds U+FFFD, which the right texts do not.
    private static func isRepaired(_ text: String) -> Bool { text.unicodeScalars.contains("\u{FFFD}") }

    /// Exports, and looks for files beside the folder.
    private func export(_ index: OpenIndex, _ corpus: TestCorpus, _ forgery: Forgery, _ damage: Damage, _ count: Int) throws
    {
        let out = corpus.home.appendingPathComponent("\(forgery)/deep/er/out")
        switch Result(catching: { try index.export(to: out.path) { _ in true } }) {
        case .success(let report):
            let isWhole = ([.nothing, .order, .places] as [Damage]).contains(damage)
            #expect(report.files == (isWhole ? count : 0) && report.failed.count == (isWhole ? 0 : count), "\(report)")
        case .failure(let error): #expect(damage == .text && (error is IndexError || error is MemoryError), "\(error)")
        }
        let above = [
            out, out.deletingLastPathComponent(), out.deletingLastPathComponent().deletingLastPathComponent(), corpus.home,
        ]
        for folder in above {
            #expect(
                !FileManager.default.fileExists(
                    atPath: folder.deletingLastPathComponent().appendingPathComponent("outside").path))
        }
    }

    /// Writes an index like another one, its documents and paths changed.
    private func copy(_ index: String, to forged: String, _ change: (inout EncodedDocument, inout String) -> Void) throws {
        let lexicon = try TestCorpus.model.termPrior()
        let snapshot = try IndexFile.open(at: index, model: nil, lexicon: lexicon)
        let writer = try IndexFile.create(
            at: forged, model: snapshot.header.model, lexicon: lexicon, options: snapshot.header.options)
        var batch = Batch()
        for stored in snapshot.documents {
            var path = stored.paths[0]
            var document = EncodedDocument(
                textHash: stored.textHash, byteLength: stored.byteLength, title: stored.title, mediaType: stored.mediaType,
                spans: try snapshot.spanBytes(of: stored), original: try snapshot.originalBytes(of: stored),
                memory: Array(try snapshot.sectionMemory(of: stored)),
                passages: try snapshot.encodedPassages(of: stored))
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
