import Dispatch
import Synchronization

/// The values of `body` for all numbers below `count`, in order, made on as many threads as there are processors. The first
/// error ends the work of the threads that have not begun.
func concurrently<Value: Sendable>(_ count: Int, _ body: @Sendable (Int) throws -> Value) throws -> [Value] {
    guard count > 1 else { return try (0..<count).map(body) }
    let results = Mutex<(values: [Value?], error: (any Error)?)>((Array(repeating: nil, count: count), nil))
    // Small steps are taken together.
    let stride = max(1, min(32, count / 8))
    DispatchQueue.concurrentPerform(iterations: (count + stride - 1) / stride) { step in
        let range = step * stride..<min(count, (step + 1) * stride)
        if results.withLock({ $0.error != nil }) { return }
        do {
            let values = try range.map(body)
            results.withLock { results in
                for (i, value) in zip(range, values) { results.values[i] = value }
            }
        } catch {
            results.withLock { $0.error = $0.error ?? error }
        }
    }
    return try results.withLock { results in
        if let error = results.error { throw error }
        return results.values.compactMap(\.self)
    }
}
