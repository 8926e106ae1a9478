import Corpora
import Foundation
import Pipelines
import Retrieval
import TestSupport

/// An index of a few files, which the library reads.
final class SampleIndex: Sendable {
    private let folder: TemporaryFolder
    var path: String { folder.path("lighthouse.r3") }
    static let modelPath = Program.root.appendingPathComponent("models/default.safetensors").path

    private static let texts = [
        "keeper.md":
            "# Lighthouse\n\nThe light is on Skagen point.\n\n## Duties\n\nThe keeper winds the clockwork every four hours.\n",
        "stores.txt": "Oil is kept in the north cellar. The cellar holds ninety barrels.\n",
    ]

    init() throws {
        folder = try TemporaryFolder()
        let root = folder.url.appendingPathComponent("files")
        try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
        for (name, text) in SampleIndex.texts { try Data(text.utf8).write(to: root.appendingPathComponent(name)) }
        try write(root)
    }

    /// Adds a file and refreshes the index.
    func add(_ name: String, _ text: String) throws {
        let root = folder.url.appendingPathComponent("files")
        try Data(text.utf8).write(to: root.appendingPathComponent(name))
        try write(root)
    }

    /// Overwrites the middle of the index file.
    func damage() throws {
        let file = try FileHandle(forUpdating: URL(fileURLWithPath: path))
        let size = try file.seekToEnd()
        try file.seek(toOffset: size / 4)
        try file.write(contentsOf: Data(repeating: 0x5A, count: Int(size / 2)))
        try file.close()
    }

    static func text(of name: String) -> String { texts[name] ?? "" }

    private func write(_ root: URL) throws {
        let model = try ModelLocation.load(explicit: SampleIndex.modelPath)
        let worker = Worker.Program(executable: Program.path)
        let indexing = Indexing(model: model, options: IndexOptions(roots: [root.path]), worker: worker)
        _ = try indexing.index(to: path) { _ in true }
    }
}
