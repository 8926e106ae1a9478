/// What may begin after the tokens so far.
enum Boundary: Sendable {
    /// Nothing: the word goes on.
    case none
    /// Anything.
    case all
    /// Anything but a word that begins with a letter right here: it would have been part of the word that ended.
    case notLetter
}

/// The tokens that may come next.
struct LexicalCandidates {
    var boundary = Boundary.none
    /// First tokens of the passage's words that are no shared candidates, ascending; a start is used when all its words were.
    var own: [(token: UInt16, used: Bool)] = []
    /// Tokens that go on with a word, ascending, without those that the boundary admits anyway.
    var continuations: [UInt16] = []

    /// The only candidate there is, where there is but one.
    var forced: UInt16? { boundary == .none && continuations.count == 1 ? continuations[0] : nil }
}

/// Follows the tokens of a passage through the tries of its words: encoder and decoder take the same steps.
struct LexicalState {
    private let lexicon: Lexicon
    private var trie = TokenTrie()
    /// One piece sequence a word, joined: what the word-set prefix sums.
    private(set) var prefixPieces: [UInt16] = []
    /// Words of the set that have not yet occurred.
    private(set) var unusedCount: Int
    private var isUsed: [Bool]
    private var boundary = Boundary.all
    /// Places in the tries: node, and whether in the function words' trie.
    private var nodes: [(node: Int32, isFunction: Bool)] = []
    private var starts: [(token: UInt16, unused: Int32)] = []
    /// For each word, the starts that it can begin with.
    private var startsOfWord: [[Int32]]

    /// - Parameter terms: the passage's word set without function words.
    init(lexicon: Lexicon, terms: [[UInt8]], spellings: SpellingCache) {
        self.lexicon = lexicon
        unusedCount = terms.count
        isUsed = [Bool](repeating: false, count: terms.count)
        startsOfWord = [[Int32]](repeating: [], count: terms.count)
        var firsts: [(token: UInt16, word: Int32)] = []
        for (number, term) in terms.enumerated() {
            let forms = spellings.spellings(of: term, lexicon.tokenizer), letter = Lexicon.endsInLetter(term)
            for spelling in forms where !spelling.isEmpty {
                trie.insert(spelling, word: Int32(number), endsInLetter: letter)
                if !lexicon.isShared(spelling[0]) { firsts.append((spelling[0], Int32(number))) }
            }
            prefixPieces += forms.count > 1 ? forms[1] : forms.first ?? []
        }
        if prefixPieces.isEmpty { prefixPieces = [Token.begin] }
        firsts.sort { ($0.token, $0.word) < ($1.token, $1.word) }
        for (i, first) in firsts.enumerated() {
            if i > 0, firsts[i - 1] == first { continue }
            if starts.last?.token != first.token { starts.append((first.token, 0)) }
            starts[starts.count - 1].unused += 1
            startsOfWord[Int(first.word)].append(Int32(starts.count - 1))
        }
    }

    /// Fills in what may come next.
    func candidates(into out: inout LexicalCandidates) {
        out.boundary = boundary
        out.own.removeAll(keepingCapacity: true)
        out.continuations.removeAll(keepingCapacity: true)
        if boundary != .none {
            for start in starts where boundary == .all || !lexicon.isLetterFirst(start.token) { out.own.append((start.token, start.unused == 0)) }
        }
        for place in nodes {
            (place.isFunction ? lexicon.functionTrie : trie).eachChild(of: place.node) { token in
                if !isAdmitted(token) { out.continuations.append(token) }
            }
        }
        if out.continuations.count > 1 {
            out.continuations.sort()
            var kept = 1
            for i in 1..<out.continuations.count where out.continuations[i] != out.continuations[i - 1] {
                out.continuations[kept] = out.continuations[i]
                kept += 1
            }
            out.continuations.removeLast(out.continuations.count - kept)
        }
    }

    /// Whether the boundary admits a token.
    private func isAdmitted(_ token: UInt16) -> Bool {
        switch boundary {
        case .none: false
        case .all: lexicon.isShared(token) || trie.root(token) != nil
        case .notLetter: !lexicon.isLetterFirst(token) && (lexicon.isShared(token) || trie.root(token) != nil)
        }
    }

    /// Takes a token; false where the constraint does not admit it.
    mutating func advance(_ token: UInt16) -> Bool {
        var following: [(node: Int32, isFunction: Bool)] = []
        for place in nodes {
            if let next = (place.isFunction ? lexicon.functionTrie : trie).child(of: place.node, token) { following.append((next, place.isFunction)) }
        }
        var isFree = false
        if boundary == .all || boundary == .notLetter && !lexicon.isLetterFirst(token) {
            if let next = trie.root(token) { following.append((next, false)) }
            if let next = lexicon.functionTrie.root(token) { following.append((next, true)) }
            isFree = lexicon.isFree(token)
        }
        if following.isEmpty && !isFree { return false }
        boundary = isFree ? .all : .none
        for place in following {
            let trie = place.isFunction ? lexicon.functionTrie : trie, word = trie.word[Int(place.node)]
            guard word >= 0 else { continue }
            if !place.isFunction { use(Int(word)) }
            if boundary != .all { boundary = trie.endsInLetter[Int(place.node)] ? .notLetter : .all }
        }
        nodes = following
        return true
    }

    private mutating func use(_ word: Int) {
        guard !isUsed[word] else { return }
        isUsed[word] = true
        unusedCount -= 1
        for start in startsOfWord[word] { starts[Int(start)].unused -= 1 }
    }
}
