/// The words of one passage: their spellings as a trie, and the tokens that they can start with.
package final class WordTrie: Sendable {
    /// How many words there are.
    let count: Int
    let trie: TokenTrie
    /// First tokens of the words that are no shared candidates, ascending.
    package let starts: [UInt16]
    /// For each start, how many words can begin with it.
    let startCounts: [Int32]
    /// The tokens that stand for the words in the prefix: each word with a space before it; BOS where there are none.
    package let prefixPieces: [UInt16]
    /// `wordStarts[i]` for `i` in `firstStart[word]..<firstStart[word + 1]`: the starts that a word can begin with.
    private let firstStart: [Int32]
    private let wordStarts: [Int32]

    /// - Parameter terms: the passage's word set, function words left out, sorted by bytes.
    package init(terms: [[UInt8]], lexicon: Lexicon, scratch: SpellingCache) {
        count = terms.count
        scratch.list.removeAll()
        var prefix: [UInt16] = []
        for (number, term) in terms.enumerated() {
            let second = scratch.list.append(term, number: Int32(number), lexicon.tokenizer)
            for i in second { prefix.append(scratch.list.tokens[i]) }
        }
        prefixPieces = prefix.isEmpty ? [0] : prefix
        trie = TokenTrie(&scratch.list)
        var starts: [UInt16] = []
        var counts: [Int32] = []
        var pairs: [(word: Int32, start: Int32)] = []
        var lastStart = [Int32](repeating: -1, count: terms.count)
        for node in trie.children(of: 0) where !lexicon.isShared(trie.token(of: node)) {
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

    /// The places in `starts` that a word can begin with.
    func starts(of word: Int) -> ArraySlice<Int32> { wordStarts[Int(firstStart[word])..<Int(firstStart[word + 1])] }
}
