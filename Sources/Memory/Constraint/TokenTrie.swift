/// Token sequences as a trie in flat arrays.
///
/// Nodes are numbered breadth first. The children of a node stand together, their tokens ascending. The root is node 0.
struct TokenTrie: Sendable {
    private var tokens: [UInt16] = [0]
    private var firstChild: [Int32] = []
    private var words: [Int32] = []
    private let endsInLetter: [Bool]
    /// The range of the spellings that pass through each node.
    private(set) var ranges: [Range<Int32>] = []

    /// The trie of a list of spellings, which this sorts. A spelling of two words belongs to the later word.
    init(_ list: inout SpellingList) {
        list.sort()
        endsInLetter = list.endsInLetter
        let items = list.items
        ranges.append(0..<Int32(items.count))
        var node = 0
        var depth = 0
        var levelEnd = 1
        while node < ranges.count {
            if node == levelEnd {
                depth += 1
                levelEnd = ranges.count
            }
            firstChild.append(Int32(tokens.count))
            var i = Int(ranges[node].lowerBound)
            let end = Int(ranges[node].upperBound)
            var word: Int32 = -1
            while i < end, Int(items[i].end - items[i].start) == depth {
                word = items[i].word
                i += 1
            }
            words.append(word)
            while i < end {
                let token = list.tokens[Int(items[i].start) + depth]
                let start = i
                repeat { i += 1 } while i < end && list.tokens[Int(items[i].start) + depth] == token
                tokens.append(token)
                ranges.append(Int32(start)..<Int32(i))
            }
            node += 1
        }
        firstChild.append(Int32(tokens.count))
    }

    /// The token that leads to a node.
    func token(of node: Int) -> UInt16 { tokens[node] }

    /// The nodes that follow a node; their tokens ascend.
    func children(of node: Int) -> Range<Int> { Int(firstChild[node])..<Int(firstChild[node + 1]) }

    /// The node that a token leads to from `node`; 0 when there is no such node.
    func child(of node: Int, _ token: UInt16) -> Int {
        var low = Int(firstChild[node])
        var high = Int(firstChild[node + 1])
        while low < high {
            let middle = (low &+ high) &>> 1
            if tokens[middle] < token { low = middle &+ 1 } else { high = middle }
        }
        return low < firstChild[node + 1] && tokens[low] == token ? low : 0
    }

    /// The word that ends at a node, and whether the word ends in a letter.
    func word(at node: Int) -> (number: Int, endsInLetter: Bool)? {
        let word = Int(words[node])
        return word < 0 ? nil : (word, endsInLetter[word])
    }
}
