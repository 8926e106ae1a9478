import Dispatch
import Foundation

/// Moves a shelf to the newest commits now and then: while nobody asks, logs do not grow, and text that was deleted leaves the
/// files.
package final class Following: Sendable {
    private let ending = DispatchSemaphore(value: 0)
    private let hasEnded = DispatchSemaphore(value: 0)

    /// - Parameter interval: the seconds from one look to the next.
    package init(_ shelf: Shelf, every interval: Double = 15) {
        Thread.detachNewThread { [ending, hasEnded] in
            while ending.wait(timeout: .now() + interval) == .timedOut { shelf.follow() }
            hasEnded.signal()
        }
    }

    /// Ends it. Afterwards the shelf may be closed.
    package func end() {
        ending.signal()
        hasEnded.wait()
    }
}
