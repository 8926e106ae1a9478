internal import Retrieval

/// A model file in memory. Read it once: any number of indexes can share it, on any thread.
public struct Model: Sendable {
    let file: LoadedModel

    /// Reads a model file, which takes some 100 ms.
    ///
    /// - Parameter path: the file; without it the one that the environment variable `R3MEM_MODEL` names, else
    ///   `default.safetensors` beside the program, or in `share/r3mem` or `models` of a folder above it.
    /// - Throws: `ReadingError`.
    public init(path: String? = nil) throws {
        file = try ReadingError.translating { try ModelLocation.load(explicit: path) }
    }

    /// The name that the file gives itself.
    public var name: String { file.name }
}
