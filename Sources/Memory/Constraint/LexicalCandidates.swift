/// The tokens that may begin something new after the tokens so far.
package enum WordBoundary: Int, Sendable {
    /// None: a word goes on.
    case none = 0
    /// All tokens.
    case all = 1
    /// All tokens but those that begin with a letter, which would belong to the word before.
    case notLetter = 2
}

/// The tokens that may come next: shared candidates where the boundary admits them, the passage's own tokens, and the
/// continuations of words.
package struct LexicalCandidates: Sendable {
    /// What may begin. `notLetter` leaves out the shared candidates that begin with a letter.
    package private(set) var boundary = WordBoundary.none
    /// The first tokens of the passage's words that the boundary admits, ascending, without the shared candidates. A token
    /// is used when all words that can begin with it have occurred.
    package private(set) var own: [(token: UInt16, used: Bool)] = []
    /// The tokens that continue a word, ascending, without those that the boundary admits anyway.
    package private(set) var continuations: [UInt16] = []

    /// No candidates.
    package init() {}

    /// The only candidate, where there is exactly one.
    package var forced: UInt16? { boundary == .none && continuations.count == 1 ? continuations[0] : nil }

    mutating func clear(_ boundary: WordBoundary) {
        self.boundary = boundary
        own.removeAll(keepingCapacity: true)
        continuations.removeAll(keepingCapacity: true)
    }

    mutating func appendOwn(_ token: UInt16, used: Bool) { own.append((token, used)) }

    mutating func appendContinuation(_ token: UInt16) { continuations.append(token) }

    mutating func sortContinuations() {
        continuations.sort()
        var kept = 1
        for i in 1..<continuations.count where continuations[i] != continuations[kept - 1] {
            continuations[kept] = continuations[i]
            kept += 1
        }
        continuations.removeLast(continuations.count - kept)
    }
}
