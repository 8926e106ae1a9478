import Foundation

/// Whether the work of this thread is still wanted: a server sets it for the length of a question, whose client may go away.
package enum Interruption {
    private static let key = "r3mem.interruption"

    /// Holds the closure in the dictionary of a thread. A task local is not used: outside of tasks, on threads of Dispatch,
    /// setting one crashed (Swift 6.3).
    private final class Question {
        let isAsked: @Sendable () -> Bool
        init(_ isAsked: @escaping @Sendable () -> Bool) { self.isAsked = isAsked }
    }

    /// Asked at the safe points of a search. After true the search throws `CancellationError`.
    package static var isAsked: @Sendable () -> Bool {
        if let question = Thread.current.threadDictionary[key] as? Question { return question.isAsked }
        return { false }
    }

    /// Runs work on this thread that ends at its next safe point after `isAsked` gives true.
    package static func whileWanted<Value>(
        unless isAsked: @escaping @Sendable () -> Bool, _ work: () throws -> Value
    ) rethrows -> Value {
        let local = Thread.current.threadDictionary
        let before = local[key]
        local[key] = Question(isAsked)
        defer { local[key] = before }
        return try work()
    }
}
