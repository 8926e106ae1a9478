import Corpora
import Foundation
import Pipelines
import Retrieval
import TestSupport

/// A folder of files that a test owns, and indexes beside it.
final class TestCorpus: Sendable {
    private let folder: TemporaryFolder
    var home: URL { folder.url }
    var root: URL { home.appendingPathComponent("corpus") }
    var index: String { home.appendingPathComponent("corpus.r3").path }

    init() throws {
        folder = try TemporaryFolder()
        try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
    }

    func write(_ path: String, _ text: String) throws { try write(path, Array(text.utf8)) }
    func write(_ path: String, _ bytes: [UInt8]) throws {
        let url = root.appendingPathComponent(path)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: url)
    }
    /// Gives every file a time that is long ago: the times of files this old are trusted.
    func age() throws {
        let longAgo: [FileAttributeKey: Any] = [.modificationDate: Date(timeIntervalSince1970: 1_700_000_000)]
        for name in try files().keys { try FileManager.default.setAttributes(longAgo, ofItemAtPath: root.path + "/" + name) }
    }

    func remove(_ path: String) throws { try FileManager.default.removeItem(at: root.appendingPathComponent(path)) }

    /// All files by path.
    func files() throws -> [String: [UInt8]] { try TestCorpus.files(below: root) }

    private static func files(below folder: URL) throws -> [String: [UInt8]] {
        var files: [String: [UInt8]] = [:]
        for case let file as URL in FileManager.default.enumerator(
            at: folder, includingPropertiesForKeys: [.isRegularFileKey])!
        {
            guard try file.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true else { continue }
            files[String(file.path.dropFirst(folder.path.count + 1))] = Array(try Data(contentsOf: file))
        }
        return files
    }

    static let model: LoadedModel = {
        let path = Program.root.appendingPathComponent("models/default.safetensors").path
        do { return try ModelLocation.load(explicit: path) } catch { fatalError("\(error)") }
    }()

    @discardableResult
    func makeIndex(
        at path: String? = nil, threads: Int = 0, progress: @escaping ProgressReport = { _ in true }
    ) throws -> IndexReport {
        try Indexing(
            model: TestCorpus.model, options: IndexOptions(roots: [root.path]), threads: threads, worker: .underTest
        )
        .index(to: path ?? index, progress: progress)
    }

    @discardableResult
    func refresh(allowEmpty: Bool = false) throws -> IndexReport {
        try Indexing.refresh(index, model: TestCorpus.model, allowEmpty: allowEmpty, worker: .underTest) { _ in true }
    }

    func open(_ path: String? = nil) throws -> OpenIndex { try OpenIndex(path: path ?? index, model: TestCorpus.model) }

    private struct NotExported: Error { let files: [FileReason] }

    /// All exported files by path.
    func exported(_ path: String? = nil) throws -> [String: [UInt8]] {
        let folder = home.appendingPathComponent("out-\(UUID().uuidString)")
        let report = try open(path).export(to: folder.path) { _ in true }
        guard report.failed.isEmpty else { throw NotExported(files: report.failed) }
        return try TestCorpus.files(below: folder)
    }
}

extension Worker.Program {
    /// The program under test.
    static let underTest = Worker.Program(executable: Program.path)
}
