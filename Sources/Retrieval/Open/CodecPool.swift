import Dispatch
import Foundation
import Memory
import Synchronization

/// Codecs that are lent to threads, each to one thread at a time, and work spread over the threads.
package final class CodecPool: Sendable {
    /// The model of all codecs.
    package let model: ModelFile
    /// The threads that work at the same time.
    package let threads: Int
    // Whoever took a codec out of the list is its only user.
    private struct Idle: @unchecked Sendable { var codecs: [Codec] = [] }
    private let idle = Mutex(Idle())

    /// - Parameter threads: 0 for as many as the machine has cores.
    package init(model: ModelFile, threads: Int) {
        self.model = model
        self.threads = threads > 0 ? threads : max(1, ProcessInfo.processInfo.activeProcessorCount)
    }

    /// Lends a codec for the length of `body`.
    package func withCodec<R>(_ body: (Codec) throws -> R) rethrows -> R {
        let box = idle.withLock { state in state.codecs.popLast().map(Box.init) }
        let codec = box?.codec ?? Codec(model)
        defer {
            let back = Box(codec: codec)
            idle.withLock { $0.codecs.append(back.codec) }
        }
        return try body(codec)
    }

    // Carries a codec across the lock; see `Idle`.
    private struct Box: @unchecked Sendable { let codec: Codec }

    /// The results of `body(codec, index)` for every index, in order, computed on all threads.
    /// - Throws: the first error, after all threads have ended; `CancellationError` where `Interruption` asks to stop.
    package func map<R: Sendable>(_ count: Int, _ body: @Sendable (Codec, Int) throws -> R) throws -> [R] {
        guard count > 0 else { return [] }
        let isStopped = Interruption.isAsked
        let next = Atomic<Int>(0)
        let state = Mutex<(results: [R?], error: (any Error)?)>((Array(repeating: nil, count: count), nil))
        DispatchQueue.concurrentPerform(iterations: min(threads, count)) { _ in
            withCodec { codec in
                while true {
                    let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
                    guard index < count, state.withLock({ $0.error == nil }) else { return }
                    do {
                        if isStopped() { throw CancellationError() }
                        let result = try body(codec, index)
                        state.withLock { $0.results[index] = result }
                    } catch {
                        state.withLock { if $0.error == nil { $0.error = error } }
                    }
                }
            }
        }
        return try state.withLock { state in
            if let error = state.error { throw error }
            return state.results.map { $0! }  // without an error every index has its result
        }
    }
}
