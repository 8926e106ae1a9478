/// The lexical constraint's fixed part: free tokens, function words, and how words are spelled in tokens.
///
/// `pipelines/training/lexical.py` states the rules.
public final class Lexicon: Sendable {
    /// What spells the words.
    package let tokenizer: Tokenizer
    /// Candidates at every boundary, ascending: free tokens and the first tokens of function words.
    package let shared: [UInt16]
    /// The spellings of the function words.
    let functionTrie: TokenTrie
    /// The node of the function words' trie that a token leads to from the root, or 0; by token.
    let functionRoots: [Int32]
    /// Words that every passage may use, in the order of the model file.
    public let functionWords: [[UInt8]]
    private let isFunction: Set<[UInt8]>
    private let flags: [UInt8]

    private static let free: UInt8 = 1
    private static let letterFirst: UInt8 = 2
    private static let isShared: UInt8 = 4

    /// A lexicon of function words, which every passage may use and no word set holds.
    package init(tokenizer: Tokenizer, functionWords: [[UInt8]]) {
        self.tokenizer = tokenizer
        self.functionWords = functionWords
        isFunction = Set(functionWords)
        var flags = tokenizer.pieces.map(Self.flags(of:))
        var spellings = SpellingList()
        for (number, word) in functionWords.enumerated() {
            spellings.append(word, number: Int32(number), tokenizer)
        }
        functionTrie = TokenTrie(&spellings)
        var roots = [Int32](repeating: 0, count: flags.count)
        for node in functionTrie.children(of: 0) {
            let token = Int(functionTrie.token(of: node))
            roots[token] = Int32(node)
            flags[token] |= Self.isShared
        }
        for token in flags.indices where flags[token] & Self.free != 0 { flags[token] |= Self.isShared }
        functionRoots = roots
        shared = flags.indices.filter { flags[$0] & Self.isShared != 0 }.map { UInt16($0) }
        self.flags = flags
    }

    /// Whether a term is a function word.
    public func isFunctionWord(_ term: [UInt8]) -> Bool { isFunction.contains(term) }

    /// Whether a token holds no character of a word: it may come at every boundary, and is followed by one.
    package func isFree(_ token: UInt16) -> Bool { flags[Int(token)] & Self.free != 0 }

    /// Whether a token begins with a letter: it may not come right after a word of letters.
    package func isLetterFirst(_ token: UInt16) -> Bool { flags[Int(token)] & Self.letterFirst != 0 }

    /// Whether a token is among `shared`.
    package func isShared(_ token: UInt16) -> Bool { flags[Int(token)] & Self.isShared != 0 }

    private static func flags(of piece: [UInt8]) -> UInt8 {
        guard !piece.isEmpty else { return 0 }
        var flags = free
        var i = 0
        while i < piece.count {
            let (wordClass, length) = Words.character(in: piece.span, at: i)
            if wordClass.isWordy { flags &= ~free }
            if i == 0, wordClass == .letter { flags |= letterFirst }
            i += length
        }
        return flags
    }
}

/// Scratch for the spellings of a worker's passages.
package final class SpellingCache {
    var list = SpellingList()

    package init() {}
}

/// Words and the token sequences that they may appear as, in flat arrays.
struct SpellingList {
    /// A spelling: its tokens' range in `tokens`, and its word.
    struct Item {
        /// The first four tokens, each plus one, the first one highest: where keys differ they order the spellings.
        var key: UInt64
        var start: Int32
        var end: Int32
        var word: Int32
    }

    private(set) var tokens: [UInt16] = []
    private(set) var items: [Item] = []
    /// For each word, whether it ends in a letter.
    private(set) var endsInLetter: [Bool] = []
    private var merging = Merging()

    /// Forgets all words.
    mutating func removeAll() {
        tokens.removeAll(keepingCapacity: true)
        items.removeAll(keepingCapacity: true)
        endsInLetter.removeAll(keepingCapacity: true)
    }

    /// Adds the spellings of a term, whose number must be how many were added before. Returns the range in `tokens` of
    /// the second spelling, which stands for the term in prefixes.
    @discardableResult
    mutating func append(_ term: [UInt8], number: Int32, _ tokenizer: borrowing Tokenizer) -> Range<Int> {
        endsInLetter.append(Self.endsInLetter(term))
        let second = spell(term, number, tokenizer)
        if Words.fold(term) == term {
            let capitalised = Words.capitalised(term)
            if capitalised != term { spell(capitalised, number, tokenizer) }
            let upper = Words.upper(term)
            if upper != term, upper != capitalised { spell(upper, number, tokenizer) }
        }
        return second
    }

    /// Sorts the spellings by their tokens, equal ones by their words.
    mutating func sort() {
        items.sort { [tokens] a, b in
            if a.key != b.key { return a.key < b.key }
            var i = Int(a.start) + 4
            var j = Int(b.start) + 4
            while i < a.end, j < b.end {
                if tokens[i] != tokens[j] { return tokens[i] < tokens[j] }
                i += 1
                j += 1
            }
            let (restOfA, restOfB) = (max(Int(a.end) - i, 0), max(Int(b.end) - j, 0))
            return restOfA != restOfB ? restOfA < restOfB : a.word < b.word
        }
    }

    /// Adds a form without and with a space before it; returns where the tokens of the latter are.
    @discardableResult
    private mutating func spell(_ form: [UInt8], _ number: Int32, _ tokenizer: borrowing Tokenizer) -> Range<Int> {
        let spaced = [0x20] + form
        if !form.isEmpty { add(form.span, number, tokenizer) }
        return add(spaced.span, number, tokenizer)
    }

    @discardableResult
    private mutating func add(_ text: Span<UInt8>, _ number: Int32, _ tokenizer: borrowing Tokenizer) -> Range<Int> {
        let start = tokens.count
        tokenizer.encode(text, into: &tokens, &merging)
        var key: UInt64 = 0
        for i in start..<start + 4 { key = key << 16 | (i < tokens.count ? UInt64(tokens[i]) + 1 : 0) }
        items.append(Item(key: key, start: Int32(start), end: Int32(tokens.count), word: number))
        return start..<tokens.count
    }

    private static func endsInLetter(_ word: [UInt8]) -> Bool {
        var last = word.count - 1
        while last > 0, word[last] & 0xC0 == 0x80, word.count - last < 4 { last -= 1 }
        guard last >= 0 else { return false }
        let (wordClass, length) = Words.character(in: word.span, at: last)
        return wordClass == .letter && last + length == word.count
    }
}

/// Token sequences as a trie in flat arrays. Nodes are numbered breadth first and the children of a node stand together,
/// their tokens ascending; the root is 0.
struct TokenTrie: Sendable {
    private var tokens: [UInt16] = [0]
    private var firstChild: [Int32] = []
    private var words: [Int32] = []
    private let endsInLetter: [Bool]
    /// For each node, the spellings that pass through it.
    private(set) var ranges: [Range<Int32>] = []

    /// The trie of some spellings, which get sorted. Where two words share one, the later word has it.
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

    /// The nodes that follow a node, their tokens ascending.
    func children(of node: Int) -> Range<Int> { Int(firstChild[node])..<Int(firstChild[node + 1]) }

    /// The node that a token leads to from `node`, or 0.
    func child(of node: Int, _ token: UInt16) -> Int {
        var low = Int(firstChild[node])
        var high = Int(firstChild[node + 1])
        while low < high {
            let middle = (low &+ high) &>> 1
            if tokens[middle] < token { low = middle &+ 1 } else { high = middle }
        }
        return low < firstChild[node + 1] && tokens[low] == token ? low : 0
    }

    /// The word that ends at a node, and whether it ends in a letter.
    func word(at node: Int) -> (number: Int, endsInLetter: Bool)? {
        let word = Int(words[node])
        return word < 0 ? nil : (word, endsInLetter[word])
    }
}
