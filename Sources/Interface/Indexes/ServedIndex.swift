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
    /// The view of the last question. Whoever looks for a newer one holds the lock.
    private let view = Mutex<OpenIndex?>(nil)
    /// The same view for those who do not wait.
    private let seen = Mutex<OpenIndex?>(nil)

    init(name: String, path: String, model: ModelOnDemand, threads: Int) {
        self.name = name
        self.path = path
        self.model = model
        self.threads = threads
    }

    /// The index as the newest commit left it. Opens the index at the first call, which reads the model too.
    /// Requests call `Shelf.current`, which drops what joins an older view.
    func current() throws -> OpenIndex {
        try view.withLock { view in
            let newest =
                if let view { try view.isCurrent() ? view : view.reopened() } else {
                    try OpenIndex(path: path, model: model.model(), threads: threads)
                }
            view = newest
            seen.withLock { $0 = newest }
            return newest
        }
    }

    /// Closes the view, whoever still holds it. The next question would open another one.
    func close() {
        view.withLock { view in
            try? view?.snapshot.close()  // where this fails, a log stays beside the file as after a crash
            view = nil
            seen.withLock { $0 = nil }
        }
    }

    /// The view of the last question; nil before the first one, and while the index is being opened. Does not wait.
    package var lastView: OpenIndex? { seen.withLock(\.self) }
}
