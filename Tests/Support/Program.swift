import Foundation

/// The program under test.
package enum Program {
    /// The root of the repository.
    package static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// The program beside the tests, or `R3MEM_PROGRAM`. A sanitizer's build names another program, because a worker process
    /// may not have the memory that a sanitizer needs.
    package static let path =
        ProcessInfo.processInfo.environment["R3MEM_PROGRAM"]
        ?? URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
        .appendingPathComponent("r3mem").path
}
