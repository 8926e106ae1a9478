/// What an index was made from, as far as a user can say it: kept in the index, so that a refresh needs no option.
///
/// Every key has a default, so that an index written before a key was added goes on to be read.
package struct StoredOptions: Sendable, Equatable {
    /// Absolute paths of the corpus roots.
    package var roots: [String] = []
    /// Globs of the files to take; empty for all.
    package var include: [String] = []
    /// Globs of the files to leave out.
    package var exclude: [String] = []
    /// Whether `.gitignore` files are honoured.
    package var honoursIgnoreFiles = true
    /// Whether hidden files are read.
    package var readsHidden = false
    /// The largest file to read, in bytes; nil for the defaults of the program that reads.
    package var maximumFileSize: Int?
    /// Whether the text of pages that are images is recognised.
    package var recognisesPages = true
    /// The shards of the corpus that are taken, as `1,2/8`; nil for the whole corpus.
    package var shards: String?
    /// Fields that this program does not know; they are kept.
    private var unknown = Record()

    /// The default options.
    package init() {}
}

extension StoredOptions {
    private enum Key {
        static let roots = "roots"
        static let include = "include"
        static let exclude = "exclude"
        static let ignoreFiles = "ignore-files"
        static let hidden = "hidden"
        static let maximumFileSize = "max-file-size"
        static let recognition = "ocr"
        static let shards = "shards"
    }

    /// Reads stored options; nil for bytes that are no record, or one with a field of another kind.
    package init?(bytes: [UInt8]) {
        guard let record = Record(bytes: bytes) else { return nil }
        unknown = record
        guard unknown.take(Key.roots, \.texts, into: &roots), unknown.take(Key.include, \.texts, into: &include),
            unknown.take(Key.exclude, \.texts, into: &exclude),
            unknown.take(Key.ignoreFiles, \.bool, into: &honoursIgnoreFiles),
            unknown.take(Key.hidden, \.bool, into: &readsHidden),
            unknown.take(Key.maximumFileSize, \.size, into: &maximumFileSize),
            unknown.take(Key.recognition, \.bool, into: &recognisesPages),
            unknown.take(Key.shards, \.text, into: &shards)
        else { return nil }
    }

    /// The options as they are stored: a field for each that differs from its default.
    package var bytes: [UInt8] {
        var record = unknown
        if !roots.isEmpty { record[Key.roots] = .texts(roots) }
        if !include.isEmpty { record[Key.include] = .texts(include) }
        if !exclude.isEmpty { record[Key.exclude] = .texts(exclude) }
        if !honoursIgnoreFiles { record[Key.ignoreFiles] = .bool(false) }
        if readsHidden { record[Key.hidden] = .bool(true) }
        if let maximumFileSize { record[Key.maximumFileSize] = .integer(Int64(maximumFileSize)) }
        if !recognisesPages { record[Key.recognition] = .bool(false) }
        if let shards { record[Key.shards] = .text(shards) }
        return record.bytes
    }
}
