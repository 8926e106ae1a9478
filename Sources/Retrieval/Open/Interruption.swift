/// Whether the work of this thread is still wanted: a server sets it for the length of a question, whose client may go away.
package enum Interruption {
    /// Asked at the safe points of a search. After true the search throws `CancellationError`.
    @TaskLocal package static var isAsked: @Sendable () -> Bool = { false }

    /// - Throws: `CancellationError` where the work is not wanted any more.
    static func check() throws {
        if isAsked() { throw CancellationError() }
    }
}
