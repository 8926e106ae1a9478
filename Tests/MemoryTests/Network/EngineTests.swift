import Memory
import TestSupport
import Testing

@Suite struct EngineTests {
    private typealias Streams = (a: [Int32], b: [Int32])

    /// Runs streams of one sequence through the layers of the default model.
    private func run(_ streams: Streams, _ direction: Direction, rows: Int) -> Streams {
        let backbone = TestModel.shared.backbone
        let engine = Engine(backbone, capacity: rows)
        let cache = AttentionCache(backbone.shape, positions: rows)
        _ = engine.a.all.update(fromContentsOf: streams.a)
        _ = engine.b.all.update(fromContentsOf: streams.b)
        engine.run(rows: rows, direction) { (cache, $0) }
        return (Array(engine.a.all), Array(engine.b.all))
    }

    @Test(arguments: [1, 2, 50, 200], [1, 2, 3])
    func backwardAfterForwardIsTheIdentity(rows: Int, seed: Int) {
        var random = SeededGenerator(UInt64(rows * 10 + seed))
        // Values far beyond what embeddings give: the coupling is a bijection for any F and G.
        let spread: Int32 = seed == 3 ? 2_000_000_000 : 40_000
        let count = rows * TestModel.shared.backbone.shape.width
        let a = (0..<count).map { _ in Int32.random(in: -spread...spread, using: &random) }
        let b = (0..<count).map { _ in Int32.random(in: -spread...spread, using: &random) }
        let there = run((a, b), .forward, rows: rows)
        #expect(there.a != a && there.b != b)
        let back = run(there, .backward, rows: rows)
        #expect(back.a == a && back.b == b)
        let other = run(run((a, b), .backward, rows: rows), .forward, rows: rows)
        #expect(other.a == a && other.b == b)
    }
}
