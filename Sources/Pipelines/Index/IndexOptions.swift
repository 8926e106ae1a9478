import Corpora
import Foundation
import Indexes
import Retrieval

/// What an index was made from and how: kept in the index, so that `refresh` needs no option again.
public struct IndexOptions: Sendable, Equatable {
    /// Absolute paths of the corpus roots. With several, a document's path begins with its root's name.
    public var roots: [String]
    /// Globs of files to take, and to leave out; `.gitignore` files are honoured too.
    public var include: [String] = [], exclude: [String] = []
    public var ignoreFiles = true, hidden = false
    public var limits = ExtractionLimits()

    public init(roots: [String]) {
        self.roots = roots.map { URL(fileURLWithPath: $0).standardizedFileURL.path }
    }

    /// The roots with the labels that start the paths of their documents.
    var labelledRoots: [(root: String, label: String)] { CorpusRoots(roots).labelled }

    /// What the options differ in, as the command line calls it.
    func differences(from other: IndexOptions) -> [String] {
        func list(_ values: [String]) -> String { values.isEmpty ? "none" : values.joined(separator: ", ") }
        return [
            ("roots (\(list(roots)))", roots == other.roots), ("--include (\(list(include)))", include == other.include),
            ("--exclude (\(list(exclude)))", exclude == other.exclude),
            ("--no-ignore", ignoreFiles == other.ignoreFiles), ("--hidden", hidden == other.hidden),
            ("--max-file-size", StoredOptions(self).maximumFileSize == StoredOptions(other).maximumFileSize),
        ].filter { !$0.1 }.map(\.0)
    }

    /// - Throws: where a root lies in another, or is given twice: its files would be indexed twice.
    func checkRoots() throws {
        let keys = roots.map { PathKey(URL(fileURLWithPath: $0).resolvingSymlinksInPath().path) }
        for (i, key) in keys.enumerated() {
            if keys[..<i].contains(key) { throw PipelineError(.rootsOverlap, roots[i], "is given twice", remedy: "name it once") }
            if let outer = keys.firstIndex(where: { $0.isFolder(of: key) }) {
                throw PipelineError(.rootsOverlap, roots[i], "lies in \(roots[outer]), which is given too", remedy: "leave it out")
            }
        }
    }
}

/// What a run of `index` or `refresh` did.
public struct IndexReport: Sendable, Codable, Equatable {
    public var added = 0, changed = 0, moved = 0, removed = 0, unchanged = 0, duplicates = 0
    /// Files that could not be looked at this time, and of which the index keeps what it held.
    public var kept = 0
    /// Files that could not be indexed in this run, with the reason.
    public var skipped: [FileReason] = [], failed: [FileReason] = []
    /// Bytes of text and passages that this run encoded.
    public var textBytes = 0, passages = 0
    public var seconds = 0.0
    /// False where the run was stopped before its end; running it again goes on.
    public var isComplete = true
}

/// What `index --dry-run` expects.
public struct IndexEstimate: Sendable, Codable, Equatable {
    public var files = 0, bytes = 0
    public var expectedIndexBytes = 0, expectedSeconds = 0.0
    public var skipped: [FileReason] = []
}
