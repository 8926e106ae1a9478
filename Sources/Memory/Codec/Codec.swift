/// How the bytes of a residual are to be read.
public enum ResidualCoding: UInt8, Sendable {
    /// Range-coded tokens under the model, given the memory: indexes of format 1.
    case model = 0
    /// Range-coded bytes under a small adaptive model: for what the model codes badly.
    case plain = 1
    /// As `model`, with the bias of a `MatchModel`.
    case matched = 2
}

/// What remains to be said of a passage, given its memory.
public struct Residual: Sendable, Equatable {
    public let coding: ResidualCoding
    public let bytes: [UInt8]
    public init(coding: ResidualCoding, bytes: [UInt8]) {
        self.coding = coding
        self.bytes = bytes
    }
}

/// What the decoder is given of a passage besides the model.
public struct PassageMemory: Sendable {
    /// The word set: distinct members sorted by bytes, function words left out.
    public let terms: [[UInt8]]
    /// Memory codes of the passage and of its document, D entries each.
    public let passage: [Int8], document: [Int8]
    public init(terms: [[UInt8]], passage: [Int8], document: [Int8]) {
        self.terms = terms
        self.passage = passage
        self.document = document
    }
}

/// A passage to be reconstructed.
public struct ReconstructionRequest: Sendable {
    public let residual: Residual, memory: PassageMemory
    public let tokenCount: Int, byteCount: Int
    public init(residual: Residual, memory: PassageMemory, tokenCount: Int, byteCount: Int) {
        self.residual = residual
        self.memory = memory
        self.tokenCount = tokenCount
        self.byteCount = byteCount
    }
}

/// Passage ⇄ memory + residual. One codec a thread: it owns its engine and caches; the model is shared.
public final class Codec {
    public let model: Model
    /// Passages that are reconstructed side by side.
    public static let batch = 24
    private let engine: Engine, predictor: TokenPredictor
    private let encoding: AttentionCache, spellings = SpellingCache()
    private var decoding: [AttentionCache] = []

    public init(model: Model) {
        self.model = model
        let positions = model.shape.passageLimit + ModelShape.prefix + 1
        engine = Engine(model: model, capacity: max(positions, Codec.batch * (ModelShape.prefix + 1)))
        predictor = TokenPredictor(model: model)
        encoding = AttentionCache(model.shape, positions: positions)
    }

    // MARK: Compress

    /// The memory code of a passage or a question: the tokens are run forward and the code is read at a memory token after them.
    /// Tokens beyond the passage limit are not seen.
    public func memory(of tokens: ArraySlice<UInt16>) -> [Int8] {
        let tokens = tokens.prefix(model.shape.passageLimit), n = tokens.count
        let history = History(tokens)
        for i in 0..<n { engine.setToken(row: i, history: history.ending(at: i)) }
        engine.setToken(row: n, history: (Token.memory, 0, 0, 0), ngrams: false)
        engine.run(rows: n + 1, .forward) { (encoding, $0) }
        return engine.readMemory(row: n)
    }

    /// The memory code of a document: the codes of its passages are run forward in windows, each beginning with the code of those before.
    public func documentMemory(of passages: [[Int8]]) -> [Int8] {
        var code: [Int8]?
        for start in stride(from: 0, to: max(1, passages.count), by: Codec.documentWindow) {
            var row = 0
            for vector in (code.map { [$0] } ?? []) + passages[start..<min(passages.count, start + Codec.documentWindow)] {
                engine.setMemory(row: row, code: vector)
                row += 1
            }
            engine.setToken(row: row, history: (Token.document, 0, 0, 0), ngrams: false)
            engine.run(rows: row + 1, .forward) { (encoding, $0) }
            code = engine.readMemory(row: row)
        }
        return code!
    }
    private static let documentWindow = 16

    /// The residual of a passage under its memory.
    /// - Parameters:
    ///   - tokens: the passage's canonical tokens, at most the model's passage limit.
    ///   - bytes: the same passage as bytes.
    public func encode(tokens: ArraySlice<UInt16>, bytes: ArraySlice<UInt8>, memory: PassageMemory) -> Residual {
        let modelled = tokens.count <= model.shape.passageLimit ? encodeModelled(tokens, memory) : nil
        if let modelled, modelled.count * 2 < bytes.count { return Residual(coding: .matched, bytes: modelled) }
        let plain = PlainCoder.encode(bytes)
        if let modelled, modelled.count <= plain.count { return Residual(coding: .matched, bytes: modelled) }
        return Residual(coding: .plain, bytes: plain)
    }

    /// nil where the passage leaves the lexical constraint.
    private func encodeModelled(_ tokens: ArraySlice<UInt16>, _ memory: PassageMemory) -> [UInt8]? {
        let n = tokens.count, prefix = ModelShape.prefix
        var state = LexicalState(lexicon: model.lexicon, terms: memory.terms, spellings: spellings)
        setPrefix(at: 0, memory, state)
        let history = History(tokens)
        for i in 1..<max(n, 1) { engine.setToken(row: prefix + i, history: history.ending(at: i - 1)) }
        engine.run(rows: prefix + max(n, 1), .backward) { (encoding, $0) }
        var coder = RangeEncoder(), matches = MatchModel()
        var candidates = LexicalCandidates()
        for (i, token) in tokens.enumerated() {
            state.candidates(into: &candidates)
            if candidates.forced == nil {
                predictor.predict(
                    engine, row: prefix + i, candidates: candidates, unused: state.unusedCount, remaining: n - i, matches: matches)
                guard let index = predictor.index(of: token) else { return nil }
                let (cumulative, frequency) = predictor.interval(of: index)
                coder.encode(cumulative: cumulative, frequency: frequency, total: predictor.total)
            }
            guard state.advance(token) else { return nil }
            matches.append(token)
        }
        return coder.finish()
    }

    /// Rows for document memory, passage memory, word set and BOS.
    private func setPrefix(at row: Int, _ memory: PassageMemory, _ state: borrowing LexicalState) {
        engine.setMemory(row: row, code: memory.document)
        engine.setMemory(row: row + 1, code: memory.passage)
        engine.setWords(row: row + 2, pieces: state.prefixPieces)
        engine.setToken(row: row + 3, history: (Token.begin, 0, 0, 0))
    }

    // MARK: Expand

    /// Reconstructs passages by running the model backward, many side by side; the result is in the order of the requests.
    /// - Throws: `MemoryError` where a request's sizes are not those of any passage; damaged bytes give other text, which a hash over it tells.
    public func decode(_ requests: [ReconstructionRequest]) throws -> [[UInt8]] {
        var out = [[UInt8]](repeating: [], count: requests.count)
        var waiting: [Int] = []
        for (i, request) in requests.enumerated() {
            switch request.residual.coding {
            case .plain: out[i] = PlainCoder.decode(request.residual.bytes[...], count: request.byteCount)
            case .model, .matched:
                guard request.tokenCount <= model.shape.passageLimit else {
                    throw MemoryError(.damaged("it claims \(request.tokenCount) tokens"), subject: "passage")
                }
                if request.tokenCount > 0 { waiting.append(i) }
            }
        }
        // Passages of like length run together, so that few lanes idle at the end.
        waiting.sort { (requests[$0].tokenCount, $0) > (requests[$1].tokenCount, $1) }
        while decoding.count < min(Codec.batch, waiting.count) { decoding.append(AttentionCache(model.shape, positions: encoding.positions)) }
        var lanes: [Lane] = []
        var next = 0
        while next < waiting.count || !lanes.isEmpty {
            while lanes.count < Codec.batch, next < waiting.count {
                let used = Set(lanes.map(\.cache))
                let cache = decoding.indices.first { !used.contains($0) }!
                lanes.append(Lane(request: waiting[next], requests[waiting[next]], model.lexicon, spellings, cache: cache))
                next += 1
            }
            step(&lanes)
            for lane in lanes where lane.isComplete { out[lane.request] = model.tokenizer.decode(lane.tokens) }
            lanes.removeAll(where: \.isComplete)
        }
        return out
    }

    /// One passage on its way back to text.
    private struct Lane {
        let request: Int, count: Int, memory: PassageMemory, cache: Int
        private let coding: ResidualCoding
        private var said = MatchModel()
        var state: LexicalState, coder: RangeDecoder
        /// Positions already run, the prefix included.
        var done = 0
        var tokens: [UInt16] { said.tokens }
        var matches: MatchModel? { coding == .matched ? said : nil }
        var isComplete: Bool { tokens.count >= count }

        init(request: Int, _ r: ReconstructionRequest, _ lexicon: Lexicon, _ spellings: SpellingCache, cache: Int) {
            self.request = request
            count = r.tokenCount
            memory = r.memory
            coding = r.residual.coding
            self.cache = cache
            state = LexicalState(lexicon: lexicon, terms: r.memory.terms, spellings: spellings)
            coder = RangeDecoder(r.residual.bytes)
        }

        mutating func accept(_ token: UInt16) {
            said.append(token)
            _ = state.advance(token)
        }
    }

    /// Runs what each lane has pending, then decodes one token and those that are forced after it.
    private func step(_ lanes: inout [Lane]) {
        var rows: [(cache: AttentionCache, position: Int)] = []
        var last = [Int](repeating: 0, count: lanes.count), chosen = lanes.count
        for l in lanes.indices {
            let lane = lanes[l], end = ModelShape.prefix + 1 + lane.tokens.count
            if rows.count + end - lane.done > engine.capacity {
                chosen = l
                break
            }
            if lane.done == 0 {
                setPrefix(at: rows.count, lane.memory, lane.state)
                for position in 0...ModelShape.prefix { rows.append((decoding[lane.cache], position)) }
                lanes[l].done = ModelShape.prefix + 1
            }
            let history = History(lane.tokens[...])
            for position in lanes[l].done..<end {
                engine.setToken(row: rows.count, history: history.ending(at: position - ModelShape.prefix - 1))
                rows.append((decoding[lane.cache], position))
            }
            lanes[l].done = end
            last[l] = rows.count - 1
        }
        engine.run(rows: rows.count, .backward) { rows[$0] }
        var candidates = LexicalCandidates()
        for l in 0..<chosen {
            lanes[l].state.candidates(into: &candidates)
            // Nothing has been decoded where the very first token is forced; otherwise `forced` was drained below.
            if candidates.forced == nil {
                predictor.predict(
                    engine, row: last[l], candidates: candidates, unused: lanes[l].state.unusedCount,
                    remaining: lanes[l].count - lanes[l].tokens.count, matches: lanes[l].matches)
                let (index, cumulative) = predictor.index(holding: lanes[l].coder.target(total: predictor.total))
                lanes[l].coder.consume(cumulative: cumulative, frequency: UInt64(predictor.frequencies[index]))
                lanes[l].accept(predictor.tokens[index])
                lanes[l].state.candidates(into: &candidates)
            }
            while let token = candidates.forced, !lanes[l].isComplete {
                lanes[l].accept(token)
                lanes[l].state.candidates(into: &candidates)
            }
        }
    }
}

/// The special tokens, first in every vocabulary.
enum Token {
    static let begin: UInt16 = 0, document: UInt16 = 1, memory: UInt16 = 3
}

/// Tokens with those before them, newest first; before the first there is BOS (0).
struct History {
    let tokens: ArraySlice<UInt16>
    init(_ tokens: ArraySlice<UInt16>) { self.tokens = tokens }

    func ending(at index: Int) -> (UInt16, UInt16, UInt16, UInt16) {
        func token(_ i: Int) -> UInt16 { i >= 0 ? tokens[tokens.startIndex + i] : Token.begin }
        return (token(index), token(index - 1), token(index - 2), token(index - 3))
    }
}
