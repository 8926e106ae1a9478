/// The lexical constraint's fixed part: function words, free tokens, and how words are spelled in tokens.
///
/// `pipelines/training/lexical.py` states the same rules; `docs/model-format.md` says where they are written down.
public final class Lexicon: Sendable {
    let tokenizer: Tokenizer
    private let functionWords: Set<[UInt8]>
    /// Candidates at every boundary, ascending: free tokens and first tokens of function words.
    let shared: [UInt16]
    private let flags: [UInt8]
    let functionTrie: TokenTrie
    private static let free: UInt8 = 1, letterFirst: UInt8 = 2, isShared: UInt8 = 4

    init(tokenizer: Tokenizer, functionWords: [[UInt8]]) {
        self.tokenizer = tokenizer
        self.functionWords = Set(functionWords)
        var flags = [UInt8](repeating: 0, count: tokenizer.pieces.count)
        for (token, piece) in tokenizer.pieces.enumerated() where !piece.isEmpty {
            var isWordy = false, at = 0
            while at < piece.count {
                let (wordClass, length) = Words.character(in: piece.span, at: at)
                if wordClass.isWordy { isWordy = true }
                if at == 0, wordClass == .letter { flags[token] |= Lexicon.letterFirst }
                at += length
            }
            if !isWordy { flags[token] |= Lexicon.free }
        }
        var trie = TokenTrie()
        for (number, word) in functionWords.enumerated() {
            for spelling in Lexicon.spell(word, tokenizer) { trie.insert(spelling, word: Int32(number), endsInLetter: Lexicon.endsInLetter(word)) }
        }
        functionTrie = trie
        let first = Set(trie.firstTokens)
        let shared = flags.indices.map { UInt16($0) }.filter { flags[Int($0)] & Lexicon.free != 0 || first.contains($0) }
        for token in shared { flags[Int(token)] |= Lexicon.isShared }
        self.shared = shared
        self.flags = flags
    }

    /// Whether a term is one of the words that every passage may use and no word set holds.
    public func isFunctionWord(_ term: [UInt8]) -> Bool { functionWords.contains(term) }

    func isFree(_ token: UInt16) -> Bool { flags[Int(token)] & Lexicon.free != 0 }
    func isLetterFirst(_ token: UInt16) -> Bool { flags[Int(token)] & Lexicon.letterFirst != 0 }
    func isShared(_ token: UInt16) -> Bool { flags[Int(token)] & Lexicon.isShared != 0 }

    static func spell(_ term: [UInt8], _ tokenizer: Tokenizer) -> [[UInt16]] { Words.spellings(of: term).map(tokenizer.encode) }

    static func endsInLetter(_ word: [UInt8]) -> Bool {
        var at = 0, last = WordClass.other
        while at < word.count {
            let (wordClass, length) = Words.character(in: word.span, at: at)
            last = wordClass
            at += length
        }
        return last == .letter
    }
}

/// Spellings of terms that a worker has met: bounded, one a thread.
final class SpellingCache {
    private var known: [[UInt8]: [[UInt16]]] = [:]
    private static let most = 60_000

    func spellings(of term: [UInt8], _ tokenizer: Tokenizer) -> [[UInt16]] {
        if let spellings = known[term] { return spellings }
        let spellings = Lexicon.spell(term, tokenizer)
        if known.count >= SpellingCache.most { known.removeAll(keepingCapacity: true) }
        known[term] = spellings
        return spellings
    }
}

/// A trie of token sequences in flat arrays. Node 0 is the root.
struct TokenTrie: Sendable {
    private var token: [UInt16] = [0], firstChild: [Int32] = [-1], sibling: [Int32] = [-1]
    /// The word that ends at a node, or -1, and whether it ends in a letter.
    private(set) var word: [Int32] = [-1], endsInLetter: [Bool] = [false]
    private var roots: [UInt16: Int32] = [:]

    /// Distinct first tokens.
    var firstTokens: some Collection<UInt16> { roots.keys }

    mutating func insert(_ spelling: [UInt16], word number: Int32, endsInLetter letter: Bool) {
        var node: Int32 = 0
        for (depth, t) in spelling.enumerated() {
            if let next = depth == 0 ? roots[t] : child(of: node, t) {
                node = next
                continue
            }
            let made = Int32(token.count)
            token.append(t)
            firstChild.append(-1)
            word.append(-1)
            endsInLetter.append(false)
            if depth == 0 {
                roots[t] = made
                sibling.append(-1)
            } else {
                sibling.append(firstChild[Int(node)])
                firstChild[Int(node)] = made
            }
            node = made
        }
        word[Int(node)] = number
        endsInLetter[Int(node)] = letter
    }

    /// The node of a first token.
    func root(_ t: UInt16) -> Int32? { roots[t] }

    func child(of node: Int32, _ t: UInt16) -> Int32? {
        var child = firstChild[Int(node)]
        while child >= 0 {
            if token[Int(child)] == t { return child }
            child = sibling[Int(child)]
        }
        return nil
    }

    func eachChild(of node: Int32, _ body: (UInt16) -> Void) {
        var child = firstChild[Int(node)]
        while child >= 0 {
            body(token[Int(child)])
            child = sibling[Int(child)]
        }
    }
}
