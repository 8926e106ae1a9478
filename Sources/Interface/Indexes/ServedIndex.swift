import Foundation
import Retrieval
import Synchronization

/// An index that is served under a name. Every question is answered from the newest commit.
package final class ServedIndex: Sendable {
    /// The name that clients use: the name of the file without its extension.
    package let name: String
    /// The index file.
    package let path: String
    private let model: ModelOnDemand
    private let threads: Int
    /// The view of the last question.
    private let view = Mutex<OpenIndex?>(nil)

    init(name: String, path: String, model: ModelOnDemand, threads: Int) {
        self.name = name
        self.path = path
        self.model = model
        self.threads = threads
    }

    /// The index as the newest commit left it. Opens the index at the first call, which reads the model too.
    package func current() throws -> OpenIndex {
        try view.withLock { view in
            let newest =
                if let view { try view.isCurrent() ? view : view.reopened() } else {
                    try OpenIndex(path: path, model: model.model(), threads: threads)
                }
            view = newest
            return newest
        }
    }

    /// The view of the last question; nil before the first one, and while the index is being opened. Does not wait.
    package var lastView: OpenIndex? { view.withLockIfAvailable { $0 } ?? nil }
}

/// The indexes that are served, and the model that reads them.
package struct Shelf: Sendable {
    /// The indexes in the order in which they were named.
    package let indexes: [ServedIndex]
    /// The model of all indexes.
    package let model: ModelOnDemand

    /// - Parameters:
    ///   - model: the model file; nil for the default model.
    ///   - threads: 0 for as many as the machine has cores.
    package init(paths: [String], model: String?, threads: Int) {
        let shared = ModelOnDemand(path: model)
        var taken: Set<String> = []
        indexes = paths.map { path in
            let stem = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
            var name = stem
            var number = 2
            while !taken.insert(name).inserted {
                name = "\(stem)-\(number)"
                number += 1
            }
            return ServedIndex(name: name, path: path, model: shared, threads: threads)
        }
        self.model = shared
    }

    /// The index of a name; without a name the only one.
    package func index(named name: String?) throws -> ServedIndex {
        let names = indexes.map(\.name).joined(separator: ", ")
        guard let name else {
            guard indexes.count == 1 else {
                throw RequestError(.badRequest, "index: missing; name one of \(names)", field: "index")
            }
            return indexes[0]
        }
        guard let index = indexes.first(where: { $0.name == name }) else {
            throw RequestError(
                .notFound, "\(RequestError.quoted(name)): no such index; name one of \(names)", field: "index")
        }
        return index
    }
}
