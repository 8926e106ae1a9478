/// What may begin after the tokens so far.
package enum Boundary: Int, Sendable {
    /// Nothing: the word goes on.
    case none = 0
    /// Anything.
    case all = 1
    /// Anything but a token that begins with a letter: that letter would have been part of the word before.
    case notLetter = 2
}

/// The tokens that may come next: shared candidates where the boundary admits them, the passage's own, continuations.
package struct LexicalCandidates: Sendable {
    /// What may begin; of the shared candidates, `notLetter` leaves out those that begin with a letter.
    package private(set) var boundary = Boundary.none
    /// First tokens of the passage's words that are no shared candidates and that the boundary admits, ascending; a start
    /// is used when all words that can begin with it have occurred.
    package private(set) var own: [(token: UInt16, used: Bool)] = []
    /// Tokens that go on with a word, ascending, without those that the boundary admits anyway.
    package private(set) var continuations: [UInt16] = []

    package init() {}

    /// The only candidate there is, where there is but one.
    package var forced: UInt16? { boundary == .none && continuations.count == 1 ? continuations[0] : nil }

    fileprivate mutating func clear(_ boundary: Boundary) {
        self.boundary = boundary
        own.removeAll(keepingCapacity: true)
        continuations.removeAll(keepingCapacity: true)
    }

    fileprivate mutating func appendOwn(_ token: UInt16, used: Bool) { own.append((token, used)) }

    fileprivate mutating func appendContinuation(_ token: UInt16) { continuations.append(token) }

    fileprivate mutating func sortContinuations() {
        continuations.sort()
        var kept = 1
        for i in 1..<continuations.count where continuations[i] != continuations[kept - 1] {
            continuations[kept] = continuations[i]
            kept += 1
        }
        continuations.removeLast(continuations.count - kept)
    }
}

/// Follows the tokens of a passage through the tries of its words: encoder and decoder take the same steps.
///
/// At a boundary the free tokens, the first tokens of function words and those of the passage's words may come; inside a
/// word its continuations. Several words can be under way at once, since their tokens may also be read as a shorter
/// word and what follows it.
package struct LexicalState: Sendable {
    /// The passage's words.
    package let words: WordTrie
    /// Words of the set that have not yet occurred.
    package private(set) var unusedCount: Int
    /// What may begin next.
    package private(set) var boundary = Boundary.all
    private let lexicon: Lexicon
    /// Nodes of the words' trie; of the function words' trie where complemented.
    private var nodes: [Int] = []
    private var following: [Int] = []
    private var isUsed: [Bool]
    /// For each start, how many of its words have not yet occurred.
    private var unusedOfStart: [Int32]

    /// The state before the first token of a passage.
    package init(lexicon: Lexicon, words: WordTrie) {
        (self.lexicon, self.words) = (lexicon, words)
        unusedCount = words.count
        isUsed = [Bool](repeating: false, count: words.count)
        unusedOfStart = words.startCounts
    }

    /// The state before the first token of a passage with these words, function words left out, sorted by bytes.
    package init(lexicon: Lexicon, terms: [[UInt8]], spellings: SpellingCache) {
        self.init(lexicon: lexicon, words: WordTrie(terms: terms, lexicon: lexicon, scratch: spellings))
    }

    /// What the word-set prefix sums.
    package var prefixPieces: [UInt16] { words.prefixPieces }

    /// Fills in what may come next.
    package func candidates(into candidates: inout LexicalCandidates) {
        candidates.clear(boundary)
        if boundary != .none {
            for (i, token) in words.starts.enumerated() where boundary == .all || !lexicon.isLetterFirst(token) {
                candidates.appendOwn(token, used: unusedOfStart[i] == 0)
            }
        }
        for node in nodes {
            if node >= 0 {
                append(words.trie, node, to: &candidates)
            } else {
                append(lexicon.functionTrie, ~node, to: &candidates)
            }
        }
        if nodes.count > 1, candidates.continuations.count > 1 { candidates.sortContinuations() }
    }

    /// Takes a token; false, and nothing is changed, where it is outside the constraint.
    package mutating func advance(_ token: UInt16) -> Bool {
        guard Int(token) < lexicon.functionRoots.count else { return false }
        following.removeAll(keepingCapacity: true)
        for node in nodes {
            if node >= 0 {
                let child = words.trie.child(of: node, token)
                if child != 0 { following.append(child) }
            } else {
                let child = lexicon.functionTrie.child(of: ~node, token)
                if child != 0 { following.append(~child) }
            }
        }
        var isFree = false
        if boundary == .all || boundary == .notLetter && !lexicon.isLetterFirst(token) {
            let own = words.trie.child(of: 0, token)
            if own != 0 { following.append(own) }
            let function = Int(lexicon.functionRoots[Int(token)])
            if function != 0 { following.append(~function) }
            isFree = lexicon.isFree(token)
        }
        if following.isEmpty, !isFree { return false }
        boundary = isFree ? .all : .none
        for node in following {
            if node >= 0 {
                guard let word = words.trie.word(at: node) else { continue }
                use(word.number)
                end(word.endsInLetter)
            } else if let word = lexicon.functionTrie.word(at: ~node) {
                end(word.endsInLetter)
            }
        }
        swap(&nodes, &following)
        return true
    }

    /// A word ends here: where several do, the one that admits most decides.
    private mutating func end(_ inLetter: Bool) {
        if boundary != .all { boundary = inLetter ? .notLetter : .all }
    }

    private mutating func use(_ word: Int) {
        guard !isUsed[word] else { return }
        isUsed[word] = true
        unusedCount -= 1
        for start in words.starts(of: word) { unusedOfStart[Int(start)] -= 1 }
    }

    private func append(_ trie: borrowing TokenTrie, _ node: Int, to candidates: inout LexicalCandidates) {
        for child in trie.children(of: node) {
            let token = trie.token(of: child)
            if !isAdmitted(token) { candidates.appendContinuation(token) }
        }
    }

    /// Whether the boundary admits a token.
    private func isAdmitted(_ token: UInt16) -> Bool {
        switch boundary {
        case .none: false
        case .notLetter where lexicon.isLetterFirst(token): false
        case .all, .notLetter: lexicon.isShared(token) || words.trie.child(of: 0, token) != 0
        }
    }
}
