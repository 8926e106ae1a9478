import Foundation

/// How long each of several operations took, in milliseconds.
package struct Latencies: Sendable {
    private var milliseconds: [Double] = []

    /// Times that were measured elsewhere.
    package init(_ milliseconds: [Double] = []) { self.milliseconds = milliseconds }

    /// Runs an operation and adds its time.
    package mutating func measure(_ operation: () throws -> Void) rethrows {
        let started = Date()
        try operation()
        milliseconds.append(Date().timeIntervalSince(started) * 1000)
    }

    /// The time that `percent` percent of the operations do not exceed; 0 without operations.
    package func percentile(_ percent: Int) -> Double {
        guard !milliseconds.isEmpty else { return 0 }
        return milliseconds.sorted()[min(milliseconds.count - 1, milliseconds.count * percent / 100)]
    }
}
