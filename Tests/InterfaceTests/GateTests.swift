import Dispatch
import Foundation
import Interface
import Retrieval
import Synchronization
import Testing

struct GateTests {
    /// Work that runs until it is told to end, or until it is given up.
    private final class Held: Sendable {
        private let semaphore = DispatchSemaphore(value: 0)
        func run() { semaphore.wait() }
        func end() { semaphore.signal() }
    }

    /// Whether work that looks for it may end.
    private final class End: Sendable {
        private let value = Atomic<Bool>(false)
        var isReached: Bool { value.load(ordering: .relaxed) }
        func reach() { value.store(true, ordering: .relaxed) }
    }

    /// How much work runs, and how much ran at most.
    private final class Count: Sendable {
        private let state = Mutex((now: 0, most: 0))
        var most: Int { state.withLock { $0.most } }

        func enter() {
            state.withLock { state in
                state.now += 1
                state.most = max(state.most, state.now)
            }
        }
        func leave() { state.withLock { $0.now -= 1 } }
    }

    private func until(_ condition: () -> Bool) async {
        let deadline = ContinuousClock.now + .seconds(60)
        while !condition() {
            guard ContinuousClock.now < deadline else {
                Issue.record("it did not come about in a minute")
                return
            }
            await Task.yield()
        }
    }

    @Test func asManyRunAsThereArePlacesAndTheRestWaits() async throws {
        let gate = Gate(places: 2, queueLength: 2)
        let held = Held()
        let count = Count()
        let tasks = (0..<4).map { _ in
            Task {
                try await gate.run {
                    count.enter()
                    held.run()
                    count.leave()
                }
            }
        }
        await until { gate.load == (2, 2) && count.most == 2 }
        let refused = await #expect(throws: RequestError.self) { try await gate.run {} }
        #expect(refused?.code == .busy)
        for _ in 0..<4 { held.end() }
        for task in tasks { try await task.value }
        #expect(count.most == 2 && gate.load == (0, 0))
    }

    @Test func aWaitingTaskThatIsCancelledLeavesTheQueue() async throws {
        let gate = Gate(places: 1, queueLength: 5)
        let held = Held()
        let first = Task { try await gate.run { held.run() } }
        await until { gate.load.running == 1 }
        let second = Task { try await gate.run {} }
        await until { gate.load.waiting == 1 }
        second.cancel()
        await #expect(throws: CancellationError.self) { try await second.value }
        #expect(gate.load == (1, 0))
        held.end()
        try await first.value
        #expect(gate.load == (0, 0))
    }

    @Test func workThatIsCancelledIsAskedToStop() async throws {
        let gate = Gate(places: 1, queueLength: 0)
        let task = Task {
            try await gate.run { while !Interruption.isAsked() {} }
        }
        await until { gate.load.running == 1 }
        task.cancel()
        try await task.value
        #expect(gate.load == (0, 0))
    }

    /// Tasks go on, such as one that ends the work, however many questions keep the processors busy.
    @Test func workLeavesTheThreadsOfTasksFree() async throws {
        let places = 2 * ProcessInfo.processInfo.activeProcessorCount
        let gate = Gate(places: places, queueLength: 0)
        let end = End()
        let deadline = ContinuousClock.now + .seconds(60)
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<places {
                group.addTask {
                    try await gate.run {
                        while !end.isReached, ContinuousClock.now < deadline {}
                        return end.isReached
                    }
                }
            }
            await until { gate.load.running == places }
            await Task.detached { end.reach() }.value
            for try await wasEnded in group { #expect(wasEnded) }
        }
    }

    @Test func workOfATaskThatWasCancelledBeforeDoesNotWait() async throws {
        let gate = Gate(places: 1, queueLength: 5)
        let held = Held()
        let first = Task { try await gate.run { held.run() } }
        await until { gate.load.running == 1 }
        let second = Task {
            while !Task.isCancelled { await Task.yield() }
            try await gate.run {}
        }
        second.cancel()
        await #expect(throws: CancellationError.self) { try await second.value }
        held.end()
        try await first.value
        #expect(gate.load == (0, 0))
    }
}
