import Foundation
import Indexes
import Memory
import Retrieval
import TestSupport

/// An index of the terms of some texts, one passage a text. It holds no residuals, so nothing can be reconstructed.
struct WordIndex {
    private let folder: TemporaryFolder
    let index: OpenIndex

    /// - Parameter texts: texts, each with the path and the title of its document.
    init(_ texts: [(path: String, title: String, text: String)]) throws {
        let model = TestModel.shared
        folder = try TemporaryFolder()
        let path = folder.path("words.r3")
        let writer = try IndexFile.create(
            at: path, model: model.identity, lexicon: model.termPrior(), options: StoredOptions())
        var batch = Batch()
        for (i, (name, title, text)) in texts.enumerated() {
            let terms = Words.terms(in: bytes(text).span).filter { !model.vocabulary.isFunctionWord($0) }
            let passage = EncodedPassage(
                terms: terms, memory: Array(repeating: 0, count: model.identity.passageMemorySize), residual: [],
                tokenCount: max(1, terms.count), byteCount: text.utf8.count, coding: 0)
            let document = EncodedDocument(
                textHash: Array(repeating: UInt8(i), count: 32), byteLength: text.utf8.count, title: title,
                mediaType: "text", spans: [], original: [], memory: [], passages: [passage])
            batch.sources.append(
                SourceChange(
                    path: name, size: 1, modified: 1_700_000_000_000,
                    state: .indexed(batch.add(document), hash: document.textHash, mediaType: "text")))
        }
        try writer.write(batch)
        try writer.close()
        index = try OpenIndex(path: path, model: model, threads: 1)
    }

    init(texts: [String]) throws {
        try self.init(texts.enumerated().map { ("\($0).txt", "", $1) })
    }

    /// What the words of a query stand for in the index, without those that it lacks: "word > terms".
    func senses(_ query: String) throws -> [String: Sense.Kind] {
        let query = try index.query(query)
        var found: [String: Sense.Kind] = [:]
        for (word, senses) in zip(query.words, query.senses) {
            for sense in senses {
                let isHeld = try sense.terms.allSatisfy { try index.snapshot.passageCount(holding: $0) > 0 }
                guard isHeld else { continue }
                found["\(string(word)) > \(sense.terms.map { string($0) }.joined(separator: " "))"] = sense.kind
            }
        }
        return found
    }
}
