import Foundation

/// The program under test.
public enum Program {
    /// The root of the repository.
    public static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// `R3MEM_PROGRAM` where it is set, so that tests in a build whose workers cannot run (a sanitizer takes more memory than they may) use those of another;
    /// else the program that was built with the tests and stands beside them.
    public static let path =
        ProcessInfo.processInfo.environment["R3MEM_PROGRAM"]
        ?? URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
        .appendingPathComponent("r3mem").path
}
