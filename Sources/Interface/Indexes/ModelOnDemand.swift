import Retrieval
import Synchronization

/// A model that is read when it is needed first, and then kept.
package final class ModelOnDemand: Sendable {
    private let path: String?
    private let loaded = Mutex<LoadedModel?>(nil)

    /// - Parameter path: the model file; nil for the default model.
    package init(path: String?) { self.path = path }

    /// The model. A failure is not kept: the next call tries again.
    package func model() throws -> LoadedModel {
        try loaded.withLock { loaded in
            if let loaded { return loaded }
            let model = try ModelLocation.load(explicit: path)
            loaded = model
            return model
        }
    }

    /// Whether the model is in memory. Does not wait.
    package var isLoaded: Bool { loaded.withLockIfAvailable { $0 != nil } ?? false }
}
