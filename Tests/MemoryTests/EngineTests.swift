import Memory
import TestSupport
import Testing

@Suite struct EngineTests {
    @Test(arguments: [1, 2, 50, 200], [1, 2, 3])
    func backwardAfterForwardIsTheIdentity(rows: Int, seed: Int) {
        let probe = EngineProbe(model: TestModel.shared, rows: rows)
        var random = SeededGenerator(UInt64(rows * 10 + seed))
        // Values far beyond what embeddings give: the coupling is a bijection whatever F and G are.
        let spread: Int32 = seed == 3 ? 2_000_000_000 : 40_000
        let a = (0..<probe.count).map { _ in Int32.random(in: -spread...spread, using: &random) }
        let b = (0..<probe.count).map { _ in Int32.random(in: -spread...spread, using: &random) }
        let there = probe.run(a, b, .forward)
        #expect(there.a != a && there.b != b)
        let back = probe.run(there.a, there.b, .backward)
        #expect(back.a == a && back.b == b)
        let other = probe.run(probe.run(a, b, .backward).a, probe.run(a, b, .backward).b, .forward)
        #expect(other.a == a && other.b == b)
    }
}
