extension Codec {
    /// Reconstructs passages by running the backbone backward over many at a time. The results are in the order of the
    /// requests.
    ///
    /// Of a passage whose start is wanted the result may end anywhere behind it.
    ///
    /// Damaged bytes give other text, which only a hash over the text can tell.
    ///
    /// - Throws: `MemoryError` where a request has more tokens than any passage.
    package func decode(_ requests: [ReconstructionRequest]) throws(MemoryError) -> [[UInt8]] {
        var out = [[UInt8]](repeating: [], count: requests.count)
        var waiting: [Int] = []
        for (i, request) in requests.enumerated() {
            switch request.residual.coding {
            case .plain: out[i] = PlainCoder.decode(request.residual.bytes[...], count: request.byteCount)
            case .tokens:
                guard request.tokenCount <= backbone.shape.passageLimit else {
                    throw MemoryError(.damaged("it claims \(request.tokenCount) tokens"), subject: "passage")
                }
                if request.tokenCount > 0 { waiting.append(i) }
            }
        }
        // Passages of like length run together, so that few lanes idle at the end.
        waiting.sort { (requests[$0].tokenCount, $0) > (requests[$1].tokenCount, $1) }
        while lanes.count < min(Codec.batch, waiting.count) {
            lanes.append(AttentionCache(backbone.shape, positions: cache.positions))
        }
        var running: [Lane] = []
        var idle = Array(lanes.indices.reversed())
        var next = 0
        while next < waiting.count || !running.isEmpty {
            while running.count < Codec.batch, next < waiting.count, let cache = idle.popLast() {
                let request = waiting[next]
                let state = LexicalState(
                    constraint: vocabulary.constraint, terms: requests[request].memory.terms, scratch: spellings)
                running.append(Lane(request: request, requests[request], state, cache: cache))
                next += 1
            }
            step(&running)
            for lane in running where lane.isComplete {
                out[lane.request] = vocabulary.tokenizer.decode(lane.tokens)
                idle.append(lane.cache)
            }
            running.removeAll(where: \.isComplete)
        }
        return out
    }

    /// One passage on its way back to text.
    private struct Lane {
        /// The index of the request.
        let request: Int
        /// The tokens of the whole passage.
        let count: Int
        let memory: PassageMemory
        /// The index of the lane's cache.
        let cache: Int
        private var start: PassageStart?
        private(set) var matches = MatchModel()
        private(set) var state: LexicalState
        var coder: SymbolDecoder
        /// The positions that have run, the prefix included.
        var done = 0

        init(request: Int, _ passage: ReconstructionRequest, _ state: LexicalState, cache: Int) {
            self.request = request
            self.state = state
            self.cache = cache
            if case .paragraph(let byte) = passage.part { start = PassageStart(byte) }
            count = passage.tokenCount
            memory = passage.memory
            coder = SymbolDecoder(passage.residual.bytes)
        }

        /// The tokens so far.
        var tokens: [UInt16] { matches.tokens }
        var isComplete: Bool { tokens.count >= count || start?.isEnough ?? false }

        mutating func accept(_ token: UInt16, _ tokenizer: Tokenizer) {
            matches.append(token)
            _ = state.advance(token)
            start?.append(tokenizer.decode([token]))
        }
    }

    /// Runs the positions that each lane has pending, then decodes one token and the forced tokens after it.
    private func step(_ running: inout [Lane]) {
        var rows: [Engine.Place] = []
        var last = [Int](repeating: 0, count: running.count)
        var chosen = running.count
        for l in running.indices {
            let end = PassagePrefix.count + running[l].tokens.count
            if rows.count + end - running[l].done > engine.capacity {
                chosen = l
                break
            }
            let cache = lanes[running[l].cache]
            if running[l].done == 0 {
                setPrefix(at: rows.count, running[l].memory, running[l].state)
                for position in 0..<PassagePrefix.count { rows.append((cache, position)) }
                running[l].done = PassagePrefix.count
            }
            let history = TokenHistory(running[l].tokens[...])
            for position in running[l].done..<end {
                engine.setToken(row: rows.count, history.ending(at: position - PassagePrefix.count))
                rows.append((cache, position))
            }
            running[l].done = end
            last[l] = rows.count - 1
        }
        engine.run(rows: rows.count, .backward) { rows[$0] }
        var candidates = LexicalCandidates()
        for l in 0..<chosen {
            running[l].state.candidates(into: &candidates)
            // A forced token comes here only as the first token of a passage: the loop below takes all others.
            if candidates.forced == nil {
                predictor.predict(
                    engine, row: last[l], candidates: candidates, unused: running[l].state.unusedCount,
                    remaining: running[l].count - running[l].tokens.count, matches: running[l].matches)
                let (index, cumulative) = predictor.index(holding: running[l].coder.target(total: predictor.total))
                running[l].coder.consume(cumulative: cumulative, frequency: UInt64(predictor.frequencies[index]))
                running[l].accept(predictor.tokens[index], vocabulary.tokenizer)
                running[l].state.candidates(into: &candidates)
            }
            while let token = candidates.forced, !running[l].isComplete {
                running[l].accept(token, vocabulary.tokenizer)
                running[l].state.candidates(into: &candidates)
            }
        }
    }
}
