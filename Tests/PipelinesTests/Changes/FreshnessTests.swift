import Foundation
import Pipelines
import Retrieval
import Testing

/// Whether an index knows that its files have changed.
struct FreshnessTests {
    private let corpus: TestCorpus

    init() throws {
        corpus = try TestCorpus()
        try corpus.write("a.txt", "The ferry leaves at nine.")
        try corpus.write("empty.txt", "")
        try corpus.makeIndex()
    }

    private func freshness() throws -> Freshness { try corpus.open().freshness() }

    /// The files are as new as the index. A refresh reads them again, because their times cannot be trusted.
    @Test func newFilesHaveNotChangedSinceTheyWereRead() throws {
        let now = try freshness()
        #expect(now.isFresh && now.changed == 0 && now.gone == 0)
    }

    @Test(arguments: ["The ferry leaves at nice.", "The ferry leaves at ten."])
    func aLaterChangeIsToldWhateverTheSize(text: String) throws {
        Thread.sleep(forTimeInterval: 0.05)
        try corpus.write("a.txt", text)
        let now = try freshness()
        #expect(!now.isFresh && now.changed == 1 && now.gone == 0)
    }

    @Test func newAndGoneFilesAreTold() throws {
        try corpus.write("b.txt", "Another one.")
        try corpus.remove("a.txt")
        let now = try freshness()
        #expect(!now.isFresh && now.changed == 1 && now.gone == 1)
    }
}
