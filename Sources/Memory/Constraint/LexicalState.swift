/// Follows the tokens of a passage through the tries of its words. Encoder and decoder take the same steps.
///
/// At a boundary come free tokens, first tokens of function words, and first tokens of the passage's words. Inside a word
/// come its continuations. Several words can be under way at once, because their tokens may also spell a shorter word and
/// what follows it.
package struct LexicalState: Sendable {
    /// A place inside a word under way.
    private enum Place {
        /// A node of the trie of the passage's words.
        case word(Int)
        /// A node of the trie of the function words.
        case functionWord(Int)
    }

    /// The number of words of the term set that have not yet occurred.
    package private(set) var unusedCount: Int
    /// What may begin next.
    package private(set) var boundary = WordBoundary.all
    private let constraint: LexicalConstraint
    private let words: WordTrie
    /// The places of the words under way, and scratch for those after the next token.
    private var places: [Place] = []
    private var following: [Place] = []
    private var isUsed: [Bool]
    /// For each start, how many of its words have not yet occurred.
    private var unusedOfStart: [Int32]

    /// The state before the first token of a passage.
    ///
    /// - Parameter terms: the term set of the passage, sorted by bytes.
    package init(constraint: LexicalConstraint, terms: [[UInt8]], scratch: SpellingScratch) {
        let words = WordTrie(terms: terms, constraint: constraint, scratch: scratch)
        self.constraint = constraint
        self.words = words
        unusedCount = words.count
        isUsed = [Bool](repeating: false, count: words.count)
        unusedOfStart = words.startCounts
    }

    /// The tokens whose embeddings the term-set row of the prefix sums.
    package var prefixPieces: [UInt16] { words.prefixPieces }

    /// Fills in what may come next.
    package func candidates(into candidates: inout LexicalCandidates) {
        candidates.clear(boundary)
        if boundary != .none {
            for (i, token) in words.starts.enumerated() where boundary == .all || !constraint.isLetterFirst(token) {
                candidates.appendOwn(token, used: unusedOfStart[i] == 0)
            }
        }
        for place in places {
            switch place {
            case .word(let node): append(words.trie, node, to: &candidates)
            case .functionWord(let node): append(constraint.functionTrie, node, to: &candidates)
            }
        }
        if places.count > 1, candidates.continuations.count > 1 { candidates.sortContinuations() }
    }

    /// Takes a token. Returns false, and changes nothing, where the token is outside the constraint.
    package mutating func advance(_ token: UInt16) -> Bool {
        guard Int(token) < constraint.functionRoots.count else { return false }
        following.removeAll(keepingCapacity: true)
        for place in places {
            switch place {
            case .word(let node):
                let child = words.trie.child(of: node, token)
                if child != 0 { following.append(.word(child)) }
            case .functionWord(let node):
                let child = constraint.functionTrie.child(of: node, token)
                if child != 0 { following.append(.functionWord(child)) }
            }
        }
        var isFree = false
        if boundary == .all || boundary == .notLetter && !constraint.isLetterFirst(token) {
            let own = words.trie.child(of: 0, token)
            if own != 0 { following.append(.word(own)) }
            let function = Int(constraint.functionRoots[Int(token)])
            if function != 0 { following.append(.functionWord(function)) }
            isFree = constraint.isFree(token)
        }
        if following.isEmpty, !isFree { return false }
        boundary = isFree ? .all : .none
        for place in following {
            switch place {
            case .word(let node):
                guard let word = words.trie.word(at: node) else { continue }
                use(word.number)
                end(inLetter: word.endsInLetter)
            case .functionWord(let node):
                if let word = constraint.functionTrie.word(at: node) { end(inLetter: word.endsInLetter) }
            }
        }
        swap(&places, &following)
        return true
    }

    /// Ends a word. Where several words end, the one that admits most decides.
    private mutating func end(inLetter: Bool) {
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
        case .notLetter where constraint.isLetterFirst(token): false
        case .all, .notLetter: constraint.isShared(token) || words.trie.child(of: 0, token) != 0
        }
    }
}
