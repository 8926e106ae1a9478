import Algorithms
import Indexes
import Retrieval

/// The search to compare with: BM25 with true term frequencies over the text of all passages.
struct BM25Baseline {
    private let ids: [PassageID]
    private let texts: [[UInt8]]
    /// Words of each passage.
    private let lengths: [Int]
    private let postings: [[UInt8]: [(passage: Int, count: Int)]]
    private let position: [PassageID: Int]
    private let bm25: BM25

    init(_ index: OpenIndex) throws {
        ids = index.snapshot.documents.flatMap(\.passageIDs)
        texts = try index.reconstruction.texts(of: ids)
        var postings: [[UInt8]: [(passage: Int, count: Int)]] = [:]
        var lengths: [Int] = []
        for (i, text) in texts.enumerated() {
            let bag = WordBag(text)
            lengths.append(bag.order.count)
            for (word, count) in bag.words { postings[word, default: []].append((i, count)) }
        }
        self.postings = postings
        self.lengths = lengths
        position = Dictionary(uniqueKeysWithValues: ids.enumerated().map { ($1, $0) })
        bm25 = BM25(passageCount: ids.count, averageLength: Double(lengths.reduce(0, +)) / Double(max(1, lengths.count)))
    }

    func text(_ id: PassageID) -> [UInt8] { position[id].map { texts[$0] } ?? [] }

    /// The passages with the highest scores, the best first.
    func best(_ words: [[UInt8]], _ limit: Int) -> [PassageID] {
        var scores: [Int: Double] = [:]
        for word in words {
            guard let list = postings[word] else { continue }
            let idf = bm25.idf(holders: list.count)
            for (passage, count) in list {
                scores[passage, default: 0] += idf * bm25.weight(frequency: Double(count), length: Double(lengths[passage]))
            }
        }
        return scores.max(count: limit) { ($0.value, $1.key) < ($1.value, $0.key) }.reversed().map { ids[$0.key] }
    }
}
