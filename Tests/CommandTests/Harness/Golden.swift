import Foundation
import Testing

/// A text that is kept in `Tests/CommandTests/Goldens` and compared with what the program prints today.
enum Golden {
    private static let folder = Command.root.appendingPathComponent("Tests/CommandTests/Goldens")
    private static let isRecording = ProcessInfo.processInfo.environment["R3MEM_RECORD"] == "1"

    /// Compares a text with the golden of this name. A recording run writes the golden and fails, so that no run passes
    /// unseen.
    static func check(_ text: String, _ name: String, location: SourceLocation = #_sourceLocation) throws {
        let file = Golden.file(name)
        let golden = try? String(contentsOf: file, encoding: .utf8)  // a new golden has no file yet
        if golden == text { return }
        if isRecording {
            try Data(text.utf8).write(to: file)
            Issue.record(
                "\(name) was recorded; look at the change and run again without R3MEM_RECORD", sourceLocation: location)
            return
        }
        let lines = { (text: String) in Set(text.split(separator: "\n")) }
        let old = lines(golden ?? "")
        let new = lines(text)
        let changes = old.subtracting(new).sorted().map { "- \($0)" } + new.subtracting(old).sorted().map { "+ \($0)" }
        Issue.record(
            """
            \(name) has changed:
            \(changes.joined(separator: "\n"))
            If this is meant: R3MEM_RECORD=1 swift test -c release --skip-build --no-parallel --filter 'GoldenOutputTests|AgentTests'
            """, sourceLocation: location)
    }

    /// Help texts, keys and the lines of sessions lie in a folder each.
    private static func file(_ name: String) -> URL {
        let kind = name.hasSuffix(".help") ? "Help" : name.hasSuffix(".lines") ? "Sessions" : "Keys"
        return folder.appendingPathComponent(kind).appendingPathComponent(name)
    }

    /// The names of all goldens.
    static func names() throws -> [String] {
        try ["Help", "Keys", "Sessions"].flatMap {
            try FileManager.default.contentsOfDirectory(atPath: folder.appendingPathComponent($0).path)
        }.sorted()
    }

    /// The text of a golden.
    static func text(_ name: String) throws -> String { try String(contentsOf: file(name), encoding: .utf8) }
}
