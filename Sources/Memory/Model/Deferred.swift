import Dispatch
import Synchronization

/// A value that is made when it is first needed, once.
package final class Deferred<Value: Sendable>: Sendable {
    private enum State: Sendable {
        case open(@Sendable () -> Value)
        case made(Value)
    }

    private let state: Mutex<State>

    /// A value that `make` makes.
    package init(_ make: @escaping @Sendable () -> Value) { state = Mutex(.open(make)) }

    /// The value. Other threads wait while one thread makes it.
    package var value: Value {
        state.withLock { state in
            switch state {
            case .made(let value): return value
            case .open(let make):
                let value = make()
                state = .made(value)
                return value
            }
        }
    }

    /// Has a thread of its own make the value, where nobody has yet.
    package func prepare() {
        let isOpen = state.withLockIfAvailable { state in
            if case .open = state { true } else { false }
        }
        if isOpen == true { DispatchQueue.global(qos: .userInitiated).async { _ = self.value } }
    }
}
