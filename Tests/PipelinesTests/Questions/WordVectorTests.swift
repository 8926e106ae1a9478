import Retrieval
import TestSupport
import Testing

/// What the vectors of words do for search: meaning without common words, single sentences, words that the model does not
/// know.
@Suite struct WordVectorTests {
    private func search(_ query: String, _ texts: [String: String]) throws -> [SearchResult] {
        let corpus = try TestCorpus()
        for (path, text) in texts { try corpus.write(path, text) }
        try corpus.makeIndex()
        var options = SearchOptions()
        options.top = texts.count
        return try corpus.open().search(query, options)
    }

    private let texts = [
        "1.txt": "The physician examined the sick child and prescribed medicine against the fever.",
        "2.txt": "The orchestra rehearsed the symphony twice before the evening concert in the old hall.",
        "3.txt": "Tomatoes want sun and water; the gardener ties the young plants to wooden sticks in May.",
        "4.txt": "The bank raised its interest rates, and many borrowers paid their loans back early.",
    ]

    @Test(arguments: [
        ("hospital doctors treating illness", "1.txt"), ("violins playing Mozart", "2.txt"),
        ("growing vegetables outdoors", "3.txt"),
        ("mortgage debts", "4.txt"),
    ])
    func meaningIsFoundWithoutACommonWord(query: String, path: String) throws {
        let results = try search(query, texts), first = try #require(results.first)
        #expect(
            first.matched.isEmpty && first.citation.path == path, "\(results.map { ($0.citation.path, $0.explanation) })")
        let sentences = results.map(\.explanation.sentence)
        #expect(sentences.max() == first.explanation.sentence && first.explanation.wordVectors > 0.1)
    }

    @Test func oneSentenceAmongManyCounts() throws {
        let filler = texts.filter { $0.key != "1.txt" }.values.sorted().joined(separator: " ")
        let alone = try #require(
            try search("hospital doctors treating illness", ["a.txt": texts["1.txt"]!, "b.txt": filler]).first {
                $0.citation.path == "a.txt"
            })
        let among = try #require(
            try search(
                "hospital doctors treating illness",
                ["a.txt": filler + " " + texts["1.txt"]! + " " + filler, "b.txt": filler]
            ).first {
                $0.citation.path == "a.txt"
            })
        #expect(among.explanation.sentence > 0.6 * alone.explanation.sentence, "\(among.explanation), \(alone.explanation)")
        #expect(among.explanation.sentence > 1.2 * among.explanation.wordVectors, "\(among.explanation)")
    }

    @Test func aWordOutsideTheLexiconCountsByItsPieces() throws {
        let results = try search("Qwyzzlbar", ["a.txt": "Qwyzzlbar frobnixae!", "b.txt": "Trains wait at the platform."])
        let known = try #require(results.first { $0.citation.path == "a.txt" }).explanation
        #expect(known.sentence > 0.5, "a text of two words is its nearest sentence: \(known)")
        #expect(
            known.wordVectors > 0.5
                && known.wordVectors > (results.first { $0.citation.path == "b.txt" }?.explanation.wordVectors ?? 0) + 0.3,
            "\(known)")
    }

    /// `vectors.json`, which `pipelines/training/fixtures/fixtures.py` made of the model file with the sums of distil.py.
    @Test func sumsAreThoseTheModelWasTaughtBy() throws {
        struct Known: Decodable { let question: String, passage: String, cosine: Double }
        let known: [Known] = try Fixture.load("vectors")
        let corpus = try TestCorpus()
        for (i, pair) in known.enumerated() { try corpus.write("\(i).txt", pair.passage) }
        try corpus.makeIndex()
        let index = try corpus.open()
        var options = SearchOptions()
        options.top = known.count
        for (i, pair) in known.enumerated() {
            let result = try #require(try index.search(pair.question, options).first { $0.citation.path == "\(i).txt" })
            let cosine = result.explanation.wordVectors
            #expect(abs(cosine - pair.cosine) < 0.01, "\(pair.question): \(cosine), not \(pair.cosine)")
        }
        #expect(known.count >= 6)
    }

    @Test func aTextWithoutWordsIsNearNothing() throws {
        let results = try search("hospital doctors", ["a.txt": "— … !!! ???", "b.txt": texts["1.txt"]!])
        #expect(results.first?.citation.path == "b.txt")
        let a = try #require(results.first { $0.citation.path == "a.txt" }).explanation
        #expect(a.wordVectors == 0 && a.sentence == 0)
    }
}
