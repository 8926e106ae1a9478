import Dispatch
import Foundation
import Retrieval
import Synchronization

/// Lets a bounded number of questions run at a time. The rest wait in the order in which they came, in a bounded queue.
package final class Gate: Sendable {
    private struct State {
        var running = 0
        var waiting: [(ticket: Int, turn: CheckedContinuation<Void, any Error>)] = []
        var nextTicket = 0
    }

    private let state = Mutex(State())
    private let places: Int
    private let queueLength: Int

    /// - Parameters:
    ///   - places: questions that run at a time.
    ///   - queueLength: questions that may wait.
    package init(places: Int, queueLength: Int) {
        self.places = places
        self.queueLength = queueLength
    }

    /// Runs work on a thread of its own when its turn comes. When the task is cancelled, the work ends at its next safe point.
    ///
    /// - Throws: `RequestError.busy` where the queue is full.
    package func run<Result: Sendable>(_ work: @escaping @Sendable () throws -> Result) async throws -> Result {
        try await enter()
        defer { leave() }
        let sign = StopSign()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                // The queue of one question has a thread of its own. Threads of a concurrent queue are those that tasks run on,
                // as many as there are cores: questions would hold up whoever cancels them.
                DispatchQueue(label: "r3mem.question").async {
                    continuation.resume(
                        with: Swift.Result { try Interruption.whileWanted(unless: { sign.isSet }, work) })
                }
            }
        } onCancel: {
            sign.set()
        }
    }

    /// How long work waited for its turn, and how long it took.
    package struct Timing: Sendable {
        package let queue: Duration
        package let work: Duration
    }

    /// Runs work as `run` does, and says how long it took.
    package func timed<Result: Sendable>(
        _ work: @escaping @Sendable () throws -> Result
    ) async throws -> (result: Result, timing: Timing) {
        let arrival = ContinuousClock.now
        return try await run {
            let start = ContinuousClock.now
            let result = try work()
            return (result, Timing(queue: start - arrival, work: .now - start))
        }
    }

    /// Texts of more bytes are parsed only when their turn comes.
    private static let shortText = 16 << 10

    /// Parses JSON. Parsing a long text is work as a question is.
    ///
    /// - Throws: `RequestError.busy` where the queue is full; another error where the bytes are no JSON.
    package func json(_ bytes: Data) async throws -> JSON {
        guard bytes.count > Gate.shortText else { return try JSON(parsing: bytes) }
        return try await run { try JSON(parsing: bytes) }
    }

    /// The number of questions that run and that wait.
    package var load: (running: Int, waiting: Int) { state.withLock { ($0.running, $0.waiting.count) } }

    private func enter() async throws {
        let ticket = state.withLock { state in
            state.nextTicket += 1
            return state.nextTicket
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (turn: CheckedContinuation<Void, any Error>) in
                let outcome: Swift.Result<Void, any Error>? = state.withLock { state in
                    // The flag is set before `onCancel` runs: a task that is not cancelled here is found in the queue there.
                    if Task.isCancelled { return .failure(CancellationError()) }
                    if state.running < places {
                        state.running += 1
                        return .success(())
                    }
                    guard state.waiting.count < queueLength else {
                        return .failure(RequestError(.busy, "too many questions wait already; try again in a moment"))
                    }
                    state.waiting.append((ticket, turn))
                    return nil
                }
                if let outcome { turn.resume(with: outcome) }
            }
        } onCancel: {
            let turn: CheckedContinuation<Void, any Error>? = state.withLock { state in
                state.waiting.firstIndex { $0.ticket == ticket }.map { state.waiting.remove(at: $0).turn }
            }
            turn?.resume(throwing: CancellationError())
        }
    }

    private func leave() {
        let next: CheckedContinuation<Void, any Error>? = state.withLock { state in
            guard !state.waiting.isEmpty else {
                state.running -= 1
                return nil
            }
            return state.waiting.removeFirst().turn
        }
        next?.resume()
    }
}

/// Says whether work is still wanted.
private final class StopSign: Sendable {
    private let value = Atomic<Bool>(false)
    var isSet: Bool { value.load(ordering: .relaxed) }
    func set() { value.store(true, ordering: .relaxed) }
}
