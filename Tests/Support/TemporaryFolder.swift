import Foundation

/// A folder that is removed when the value goes away.
package final class TemporaryFolder: Sendable {
    package let url: URL
    /// Its absolute path, free of symbolic links.
    package var path: String { url.path }

    /// Creates the folder, the files, and the folders above them.
    package init(_ files: [String: String] = [:]) throws {
        let base = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
        url = base.appendingPathComponent("r3mem-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        for (name, text) in files { try write(name, text) }
    }

    deinit { try? FileManager.default.removeItem(at: url) }  // the system clears its temporary folder in the end

    /// The absolute path of something in the folder.
    package func path(_ name: String) -> String { url.path + "/" + name }

    /// Writes a file, with the folders above it.
    @discardableResult
    package func write(_ name: String, _ text: String) throws -> URL { try write(name, Data(text.utf8)) }

    @discardableResult
    package func write(_ name: String, _ data: Data) throws -> URL {
        let file = URL(fileURLWithPath: path(name))
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try data.write(to: file)
        return file
    }

    /// Copies a file or folder into this one.
    package func copy(_ source: URL, as name: String) throws {
        try FileManager.default.copyItem(at: source, to: url.appendingPathComponent(name))
    }

    package func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: path(name)) }
}
