import Corpora
import Indexes

extension StoredOptions {
    /// The options as an index stores them: what a user can set, and no limit of the worker.
    init(_ options: IndexOptions) {
        self.init()
        set(options)
    }

    /// Takes over options. Fields that this program does not know stay.
    mutating func set(_ options: IndexOptions) {
        roots = options.roots
        include = options.include
        exclude = options.exclude
        honoursIgnoreFiles = options.ignoreFiles
        readsHidden = options.hidden
        recognisesPages = options.limits.recognisesPages
        // `--max-file-size` sets one limit for all formats; the defaults differ by format.
        maximumFileSize = options.limits.fileBytes == options.limits.pdfBytes ? options.limits.fileBytes : nil
        shards = options.shards?.description
    }
}

extension IndexOptions {
    /// The options that an index with this header was made with. Throws where they were lost with damage.
    init(of header: IndexHeader, at path: String) throws(PipelineError) {
        let stored = header.options
        guard !stored.roots.isEmpty else {
            throw PipelineError(.originUnknown, subject: path, fact: "does not say what it was made from")
        }
        self.init(stored)
    }

    /// The options that an index stores. Shards that cannot be read are those of another program; a refresh takes all files.
    init(_ stored: StoredOptions) {
        self.init(roots: stored.roots)
        include = stored.include
        exclude = stored.exclude
        ignoreFiles = stored.honoursIgnoreFiles
        hidden = stored.readsHidden
        limits.recognisesPages = stored.recognisesPages
        if let size = stored.maximumFileSize { limits.limitFiles(to: size) }
        shards = stored.shards.flatMap { Shards($0) }
    }
}
