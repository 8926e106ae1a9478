extension Codec {
    /// The residual of a passage under its memory.
    ///
    /// - Parameters:
    ///   - tokens: the canonical tokens of the passage.
    ///   - bytes: the passage as bytes.
    package func encode(tokens: ArraySlice<UInt16>, bytes: ArraySlice<UInt8>, memory: PassageMemory) -> Residual {
        let coded = tokens.count <= backbone.shape.passageLimit ? encode(tokens, memory) : nil
        if let coded, coded.count * 2 < bytes.count { return Residual(coding: .tokens, bytes: coded) }
        let plain = PlainCoder.encode(bytes)
        if let coded, coded.count <= plain.count { return Residual(coding: .tokens, bytes: coded) }
        return Residual(coding: .plain, bytes: plain)
    }

    /// The code of the tokens, or nil where they leave the lexical constraint.
    private func encode(_ tokens: ArraySlice<UInt16>, _ memory: PassageMemory) -> [UInt8]? {
        let n = tokens.count
        var state = LexicalState(constraint: vocabulary.constraint, terms: memory.terms, scratch: spellings)
        setPrefix(at: 0, memory, state)
        let history = TokenHistory(tokens)
        for i in 1..<max(n, 1) { engine.setToken(row: PassagePrefix.begin + i, history.ending(at: i - 1)) }
        engine.run(rows: PassagePrefix.begin + max(n, 1), .backward) { (cache, $0) }
        var coder = SymbolEncoder()
        var matches = MatchModel()
        var candidates = LexicalCandidates()
        for (i, token) in tokens.enumerated() {
            state.candidates(into: &candidates)
            if candidates.forced == nil {
                predictor.predict(
                    engine, row: PassagePrefix.begin + i, candidates: candidates, unused: state.unusedCount,
                    remaining: n - i, matches: matches)
                guard let index = predictor.index(of: token) else { return nil }
                let (cumulative, frequency) = predictor.interval(of: index)
                coder.encode(cumulative: cumulative, frequency: frequency, total: predictor.total)
            }
            guard state.advance(token) else { return nil }
            matches.append(token)
        }
        return coder.finish()
    }
}
