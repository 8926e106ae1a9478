import Memory
import TestSupport
import Testing

@Suite struct LexicalStateTests {
    struct Expectations: Decodable {
        struct Passage: Decodable {
            let text: String
            let ids: [UInt16]
            let terms: [String]
            let boundary: [Int]
            let continuations: [[UInt16]]
            let starts: [UInt16]
            let last: [Int]
            let unused: [Int]
            let prefix: [UInt16]
        }

        let merges: UInt32
        let shared: [UInt16]
        let free: UInt32
        let letterFirst: UInt32
        let passages: [Passage]
    }

    let vocabulary = TestModel.shared.vocabulary
    let constraint = TestModel.shared.vocabulary.constraint
    let scratch = SpellingScratch()

    private func terms(_ text: [UInt8]) -> [[UInt8]] {
        vocabulary.termSet(of: text.span)
    }

    /// `fixtures.py` made the expectations with `lexical.py` and `batches.py`.
    @Test func stepsAreThoseOfPython() throws {
        let expected: Expectations = try Fixture.load("walks")
        #expect(constraint.sharedCandidates == expected.shared)
        let tokens = (SpecialToken.count..<constraint.tokenizer.pieces.count).map { UInt16($0) }
        #expect(try Fixture.checksum(tokens.filter(constraint.isFree)) == expected.free)
        #expect(try Fixture.checksum(tokens.filter(constraint.isLetterFirst)) == expected.letterFirst)
        var candidates = LexicalCandidates()
        for passage in expected.passages {
            let text = Array(passage.text.utf8)
            #expect(terms(text) == passage.terms.map { Array($0.utf8) })
            var state = LexicalState(constraint: constraint, terms: terms(text), scratch: scratch)
            #expect(state.prefixPieces == (passage.prefix.isEmpty ? [SpecialToken.begin] : passage.prefix))
            for (i, token) in passage.ids.enumerated() {
                state.candidates(into: &candidates)
                #expect(candidates.boundary.rawValue == passage.boundary[i])
                #expect(state.unusedCount == passage.unused[i])
                #expect(candidates.continuations == passage.continuations[i])
                let own = zip(passage.starts, passage.last).filter { start, _ in
                    candidates.boundary == .all || candidates.boundary == .notLetter && !constraint.isLetterFirst(start)
                }
                #expect(candidates.own.map(\.token) == own.map(\.0))
                #expect(candidates.own.map(\.used) == own.map { i > $1 })
                let isAdmitted = state.advance(token)
                try #require(isAdmitted, "token \(i) of \(passage.text)")
            }
        }
    }

    /// The next token is among the candidates, once.
    @Test(arguments: 1...6 as ClosedRange<UInt64>) func canonicalTokensNeverLeaveTheConstraint(seed: UInt64) throws {
        var random = SeededGenerator(seed)
        var candidates = LexicalCandidates()
        for _ in 0..<300 {
            let text = random.text()
            var state = LexicalState(constraint: constraint, terms: terms(text), scratch: scratch)
            for token in constraint.tokenizer.encode(text) {
                state.candidates(into: &candidates)
                let boundary = candidates.boundary
                let admitsShared = boundary == .all || boundary == .notLetter && !constraint.isLetterFirst(token)
                let places =
                    (admitsShared && constraint.isShared(token) ? 1 : 0) + candidates.own.count { $0.token == token }
                    + candidates.continuations.count { $0 == token }
                #expect(places == 1)
                if let forced = candidates.forced { #expect(forced == token) }
                let isAdmitted = state.advance(token)
                try #require(isAdmitted, "\(text)")
            }
            #expect(state.unusedCount == 0)
        }
    }

    @Test func wordsOutsideTheTermSetAreRefusedAndChangeNothing() {
        var state = LexicalState(constraint: constraint, terms: [Array("lamp".utf8)], scratch: scratch)
        func accepts(_ text: String) -> Bool {
            constraint.tokenizer.encode(Array(text.utf8)).allSatisfy { state.advance($0) }
        }
        #expect(accepts("the lamp"))
        #expect(state.unusedCount == 0 && state.boundary == .notLetter)
        #expect(!accepts(" harbour"))
        let isAdmitted = state.advance(.max)
        #expect(!isAdmitted && state.boundary == .notLetter)
        #expect(accepts(" LAMP."))
    }

    @Test(arguments: [11, 12] as [UInt64]) func senselessTermSetsAndTokensDoNotTrap(seed: UInt64) {
        var random = SeededGenerator(seed)
        var candidates = LexicalCandidates()
        for _ in 0..<200 {
            var terms = (0..<Int.random(in: 0...20, using: &random)).map { _ in
                (0..<Int.random(in: 0...12, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
            }
            terms += [[], [0x20], terms.first ?? []]
            var state = LexicalState(constraint: constraint, terms: terms, scratch: scratch)
            for _ in 0..<100 {
                state.candidates(into: &candidates)
                let choices = candidates.own.map(\.token) + candidates.continuations
                let token = choices.randomElement(using: &random) ?? UInt16.random(in: 0...9_000, using: &random)
                let isAdmitted = state.advance(token)
                #expect(isAdmitted || !choices.contains(token))
            }
            #expect(state.unusedCount >= 0)
        }
    }
}
