import Indexes

/// The options in the settings of an index.
enum IndexSettings {
    static func unpack(_ header: IndexHeader, path: String) throws -> IndexOptions {
        guard !header.options.roots.isEmpty else {
            throw PipelineError(.rootsDiffer, path, "does not say what it was made from", remedy: "index the corpus anew")
        }
        return IndexOptions(header.options)
    }
}
