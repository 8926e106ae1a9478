/// Runs given streams through the layers: for tests of the inverse law.
package struct EngineProbe {
    private let engine: Engine, cache: AttentionCache, rows: Int
    /// Numbers of a stream: rows × C.
    package let count: Int

    package init(model: Model, rows: Int) {
        engine = Engine(model: model, capacity: rows)
        cache = AttentionCache(model.shape, positions: rows)
        self.rows = rows
        count = rows * model.shape.width
    }

    package func run(_ a: [Int32], _ b: [Int32], _ direction: Direction) -> (a: [Int32], b: [Int32]) {
        precondition(a.count == count && b.count == count, "a stream has rows × C numbers")
        engine.a.pointer.update(from: a, count: count)
        engine.b.pointer.update(from: b, count: count)
        engine.run(rows: rows, direction) { (cache, $0) }
        return (Array(UnsafeBufferPointer(start: engine.a.pointer, count: count)), Array(UnsafeBufferPointer(start: engine.b.pointer, count: count)))
    }
}
