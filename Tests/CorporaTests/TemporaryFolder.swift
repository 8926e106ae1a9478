import Corpora
import Foundation

/// A folder of files that lives as long as the value.
final class TemporaryFolder {
    let path: String

    /// Creates the files, and the folders on the way to them.
    init(_ files: [String: String] = [:]) throws {
        let base = FileManager.default.temporaryDirectory.appendingPathComponent("corpora-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: base, withIntermediateDirectories: true)
        path = base.resolvingSymlinksInPath().path
        for (name, text) in files { try write(Array(text.utf8), to: name) }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func write(_ bytes: [UInt8], to name: String) throws {
        let file = path + "/" + name
        try FileManager.default.createDirectory(
            atPath: (file as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
        try Data(bytes).write(to: URL(fileURLWithPath: file))
    }

    /// The file as a walk would list it.
    func file(_ name: String) throws -> CorpusFile {
        let attributes = try FileManager.default.attributesOfItem(atPath: path + "/" + name)
        return CorpusFile(
            path: name, absolutePath: path + "/" + name, size: (attributes[.size] as! NSNumber).intValue, modified: 0,
            inode: 0)
    }
}

extension Extraction {
    var document: Document? { if case .document(let document) = self { document } else { nil } }
    var skipReason: String? { if case .skipped(let reason) = self { reason } else { nil } }
    var failReason: String? {
        switch self {
        case .failed(let reason), .unread(let reason): reason
        case .document, .skipped: nil
        }
    }
}

extension Document {
    var string: String { String(decoding: text, as: UTF8.self) }
}
