import Corpora
import Foundation
import Indexes

/// What an index holds and how its bytes divide.
package struct Statistics: Sendable, Codable, Equatable {
    /// The bytes of the index file by what they hold; they add up to its size.
    package struct Parts: Sendable, Codable, Equatable {
        /// Residuals of passages.
        package var residual = 0
        /// Term sets and lexicons.
        package var terms = 0
        /// Memory codes of passages.
        package var memoryCodes = 0
        /// Lengths and places of passages.
        package var passages = 0
        /// Titles, hashes, memory codes, spans and original forms of documents.
        package var documents = 0
        /// Files with their states, and what the index says of itself.
        package var sources = 0
        /// Pages of the file that hold no data, and what the database needs for itself.
        package var overhead = 0
    }

    /// The documents of the index.
    package var documents = 0
    /// Their passages.
    package var passages = 0
    /// The files that the index knows.
    package var files = 0
    /// The number of files in each state.
    package var fileStates: [String: Int] = [:]
    /// The files that are not in the index, with the reason.
    package var notIndexed: [RefusedFile] = []
    /// How many files and folders the last walk left out.
    package var leftOut = LeftOut()
    /// What was not read of indexed files.
    package var notes: [RefusedFile] = []
    /// Bytes of the text in UTF-8.
    package var textBytes = 0
    /// Bytes of the files that are indexed.
    package var sourceBytes = 0
    /// The size of the index file.
    package var indexBytes = 0
    /// The size of the model file.
    package var modelBytes = 0
    /// What the index file consists of.
    package var parts = Parts()
    /// `indexBytes` / `textBytes`.
    package var ratio = 0.0
    /// (`indexBytes` + `modelBytes`) / `textBytes`.
    package var ratioWithModel = 0.0
    /// The name of the model.
    package var modelName = ""
    /// In hexadecimal.
    package var modelHash = ""
    /// The version of the format.
    package var formatVersion = 0
    /// The folders that the index was made from.
    package var roots: [String] = []
    /// The shards of the files that the index takes, as `1,2/8`; nil for all files.
    package var shards: String?
    /// When this user verified the index last.
    package var lastVerification = Verification()

    /// The statistics of nothing.
    package init() {}
}

extension LeftOut {
    /// The counts that an index stores.
    package init(stored counts: [String: Int]) {
        self.init()
        for (name, rule) in Self.names { self[keyPath: rule] = counts[name] ?? 0 }
    }

    /// The counts as an index stores them.
    package var stored: [String: Int] {
        Dictionary(uniqueKeysWithValues: Self.names.map { ($0.name, self[keyPath: $0.rule]) })
    }

    private static var names: [(name: String, rule: WritableKeyPath<LeftOut, Int>)] {
        [("ignore-files", \.ignoreFiles), ("exclude", \.exclude), ("include", \.include), ("hidden", \.hidden)]
    }
}

extension OpenIndex {
    /// When this user verified the index last; `never` for several indexes that are open as one.
    package var lastVerification: Verification {
        Verification.Subject(snapshot, path: path).map(Verification.init) ?? Verification()
    }

    /// What the index holds and how its bytes divide.
    package func statistics() throws -> Statistics {
        var statistics = Statistics()
        let header = snapshot.header
        statistics.documents = snapshot.documents.count
        statistics.passages = snapshot.passageCount
        statistics.count(snapshot.sources)
        statistics.textBytes = snapshot.documents.reduce(0) { $0 + $1.byteLength }
        statistics.measure(try snapshot.sizes(), model: model.size)
        statistics.modelName = header.model.name
        statistics.modelHash = header.model.hash.map { byte in String(format: "%02x", byte) }.joined()
        statistics.formatVersion = header.formatVersion
        statistics.roots = CorpusRoots(header).paths
        statistics.shards = header.options.shards
        statistics.leftOut = LeftOut(stored: header.leftOut)
        statistics.lastVerification = lastVerification
        return statistics
    }
}

extension Statistics {
    fileprivate mutating func count(_ sources: [Source]) {
        files = sources.count
        for source in sources {
            switch source.state {
            case .indexed:
                fileStates["indexed", default: 0] += 1
                sourceBytes += Int(source.size)
                notes += source.notes.map { RefusedFile(path: source.path, reason: $0) }
            case .skipped(let reason):
                fileStates["skipped", default: 0] += 1
                notIndexed.append(RefusedFile(path: source.path, reason: reason))
            case .failed(let reason):
                fileStates["failed", default: 0] += 1
                notIndexed.append(RefusedFile(path: source.path, reason: reason))
            }
        }
    }

    fileprivate mutating func measure(_ sizes: IndexSizes, model: Int) {
        parts.residual = sizes.residual
        parts.terms = sizes.terms
        parts.memoryCodes = sizes.memory
        parts.passages = sizes.passages
        parts.documents = sizes.documents + sizes.spans + sizes.originals
        parts.sources = sizes.sources + sizes.meta
        parts.overhead = sizes.free + sizes.overhead
        indexBytes = sizes.total
        modelBytes = model
        guard textBytes > 0 else { return }
        ratio = Double(indexBytes) / Double(textBytes)
        ratioWithModel = Double(indexBytes + modelBytes) / Double(textBytes)
    }
}
