import Corpora
import Indexes

extension StoredOptions {
    /// The options as an index stores them: what a user can set, and no limit of the worker.
    init(_ options: IndexOptions) {
        self.init()
        roots = options.roots
        include = options.include
        exclude = options.exclude
        honoursIgnoreFiles = options.ignoreFiles
        readsHidden = options.hidden
        recognisesPages = options.limits.recognisesPages
        // `--max-file-size` sets one limit for all formats; the defaults differ by format.
        maximumFileSize = options.limits.fileBytes == options.limits.pdfBytes ? options.limits.fileBytes : nil
    }
}

extension IndexOptions {
    /// The options that an index was made with.
    init(of index: IndexWriter, at path: String) throws(PipelineError) {
        let stored = index.header.options
        guard !stored.roots.isEmpty else {
            throw PipelineError(.originUnknown, subject: path, fact: "does not say what it was made from")
        }
        self.init(stored)
    }

    /// The options that an index stores.
    init(_ stored: StoredOptions) {
        self.init(roots: stored.roots)
        include = stored.include
        exclude = stored.exclude
        ignoreFiles = stored.honoursIgnoreFiles
        hidden = stored.readsHidden
        limits.recognisesPages = stored.recognisesPages
        if let size = stored.maximumFileSize { limits.limitFiles(to: size) }
    }
}
