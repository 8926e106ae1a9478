import Dispatch
import Foundation
import Logging

/// Ends the process at the second signal. The first one only asks for the end: what runs is finished.
final class Haste {
    private let sources: [any DispatchSourceSignal]

    init(_ logger: Logger) {
        // Both signals count together, one after the other.
        let queue = DispatchQueue(label: "r3mem.signals")
        let count = Counter()
        sources = [SIGTERM, SIGINT].map { number in
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler {
                count.value += Int(source.data)
                guard count.value > 1 else { return }
                logger.notice("ended at once by a second signal")
                _exit(128 + number)  // the work of other threads must not meet what an orderly end takes down
            }
            source.resume()
            return source
        }
    }

    func end() { for source in sources { source.cancel() } }

    /// Is only touched on the queue.
    private final class Counter: @unchecked Sendable {
        var value = 0
    }
}
