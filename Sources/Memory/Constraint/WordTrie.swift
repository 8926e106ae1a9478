/// The term set of one passage: its spellings as a trie, and the tokens that they start with.
final class WordTrie: Sendable {
    /// The number of words.
    let count: Int
    /// The spellings of the words.
    let trie: TokenTrie
    /// The first tokens of the words, ascending, without those that are shared candidates.
    let starts: [UInt16]
    /// How many words can begin with each start.
    let startCounts: [Int32]
    /// The tokens that stand for the words in the prefix: each word with a space before it, or BOS where there is no word.
    let prefixPieces: [UInt16]
    /// The starts that a word can begin with are `wordStarts[firstStart[word]..<firstStart[word + 1]]`.
    private let firstStart: [Int32]
    private let wordStarts: [Int32]

    /// - Parameter terms: the term set of the passage, sorted by bytes.
    init(terms: [[UInt8]], constraint: LexicalConstraint, scratch: SpellingScratch) {
        count = terms.count
        scratch.list.removeAll()
        var prefix: [UInt16] = []
        for (number, term) in terms.enumerated() {
            let second = scratch.list.append(term, number: Int32(number), constraint.tokenizer)
            for i in second { prefix.append(scratch.list.tokens[i]) }
        }
        prefixPieces = prefix.isEmpty ? [SpecialToken.begin] : prefix
        trie = TokenTrie(&scratch.list)
        var starts: [UInt16] = []
        var counts: [Int32] = []
        var pairs: [(word: Int32, start: Int32)] = []
        var lastStart = [Int32](repeating: -1, count: terms.count)
        for node in trie.children(of: 0) where !constraint.isShared(trie.token(of: node)) {
            let start = Int32(starts.count)
            starts.append(trie.token(of: node))
            counts.append(0)
            for i in trie.ranges[node] {
                let word = scratch.list.items[Int(i)].word
                if lastStart[Int(word)] == start { continue }
                lastStart[Int(word)] = start
                counts[counts.count - 1] += 1
                pairs.append((word, start))
            }
        }
        (self.starts, startCounts) = (starts, counts)
        var first = [Int32](repeating: 0, count: terms.count + 2)
        for pair in pairs { first[Int(pair.word) + 2] += 1 }
        for word in 0..<terms.count { first[word + 2] += first[word + 1] }
        var wordStarts = [Int32](repeating: 0, count: pairs.count)
        for pair in pairs {
            wordStarts[Int(first[Int(pair.word) + 1])] = pair.start
            first[Int(pair.word) + 1] += 1
        }
        (firstStart, self.wordStarts) = (first, wordStarts)
    }

    /// The starts that a word can begin with, as places in `starts`.
    func starts(of word: Int) -> ArraySlice<Int32> { wordStarts[Int(firstStart[word])..<Int(firstStart[word + 1])] }
}
