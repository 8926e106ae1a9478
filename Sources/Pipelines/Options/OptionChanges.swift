import Corpora
import Foundation
import Indexes
import Retrieval

/// What a refresh changes about the roots and filters of an index. What is nil stays.
package struct OptionChanges: Sendable {
    /// Roots that are at another place now.
    package var moves: [RootMove] = []
    /// Roots to add.
    package var added: [String] = []
    /// Roots to drop: paths, or names in the index.
    package var dropped: [String] = []
    /// Globs of the files to take, in place of all that the index has.
    package var include: [String]?
    /// Globs of the files and folders to leave out, in place of all that the index has.
    package var exclude: [String]?
    /// Whether `.gitignore` files are honoured.
    package var ignoreFiles: Bool?
    /// Whether hidden files and folders are read.
    package var hidden: Bool?
    /// The largest file that is read.
    package var fileSize: FileSize?
    /// Whether the text of pages that are images is recognised.
    package var recognition: Bool?

    /// The largest file that is read.
    package enum FileSize: Sendable {
        case usual
        case atMost(ByteSize)
    }

    /// No change.
    package init() {}
}

/// The options of an index before and after a change.
struct ChangedOptions {
    let old: IndexOptions
    let new: IndexOptions
    /// For each old root its position among the new ones; nil where it is dropped.
    let places: [Int?]

    /// The options after a change that a user asked for.
    ///
    /// Throws where the change names a root that is not there, or leaves none.
    init(_ old: IndexOptions, _ changes: OptionChanges, of index: String) throws {
        self.old = old
        var new = old
        let moves = try RootMove.applied(changes.moves, to: old.roots, of: index)
        new.roots = moves
        let labels = CorpusRoots(old.roots).labelled.map { String($0.label.dropLast()) }
        var isDropped = [Bool](repeating: false, count: new.roots.count)
        for name in changes.dropped {
            let path = PathKey(IndexOptions(roots: [name]).roots[0])
            guard let at = new.roots.firstIndex(where: { PathKey($0) == path }) ?? labels.firstIndex(of: name) else {
                throw IndexingError.rootUnknown(name, index: index, roots: old.roots)
            }
            isDropped[at] = true
        }
        let added = IndexOptions(roots: changes.added).roots
        for root in added where !FileManager.default.fileExists(atPath: root) {
            throw CorporaError(.rootMissing, subject: root)
        }
        var places: [Int?] = []
        for dropped in isDropped { places.append(dropped ? nil : places.count { $0 != nil }) }
        new.roots = zip(new.roots, isDropped).filter { !$0.1 }.map(\.0) + added
        guard !new.roots.isEmpty else { throw IndexingError.noRootLeft(index: index) }
        self.places = places
        func moved(_ globs: [String]) -> [String] {
            globs.map { RootPatterns.moved($0, from: old.roots, to: moves) }
        }
        new.include = changes.include ?? moved(old.include)
        new.exclude = changes.exclude ?? moved(old.exclude)
        new.ignoreFiles = changes.ignoreFiles ?? old.ignoreFiles
        new.hidden = changes.hidden ?? old.hidden
        switch changes.fileSize {
        case nil: break
        case .usual:
            new.limits = ExtractionLimits()
            new.limits.recognisesPages = old.limits.recognisesPages
        case .atMost(let size): new.limits.limitFiles(to: size)
        }
        new.limits.recognisesPages = changes.recognition ?? old.limits.recognisesPages
        self.new = new
    }

    /// The change from the options that an index has to those that it should have. A root stays where its path stays.
    init(_ old: IndexOptions, to new: IndexOptions) {
        self.old = old
        self.new = new
        let positions = Dictionary(zip(new.roots.map(PathKey.init), 0...), uniquingKeysWith: { first, _ in first })
        places = old.roots.map { positions[PathKey($0)] }
    }

    /// The roots that are at another place than before, with the labels that their paths begin with now.
    var moved: [(root: String, label: String)] {
        let labelled = CorpusRoots(new.roots).labelled
        return zip(old.roots, places).compactMap { before, place in
            place.flatMap { PathKey(before) == PathKey(new.roots[$0]) ? nil : labelled[$0] }
        }
    }

    /// Whether no root of the index stays, neither at its place nor at another one.
    var replacesAllRoots: Bool { places.allSatisfy { $0 == nil } }
}

extension ChangedOptions {
    /// The known files of an index after a change of its options.
    struct Files {
        /// The files under their new paths.
        var known: [Source] = []
        /// The files of dropped roots under their old paths.
        var dropped: [Source] = []
        /// Those of `known` that are not as they are stored: they have another path, or are to be read again.
        var rewritten: [Source] = []
        /// Stored paths that are not those of `known`.
        var oldPaths: [String] = []
    }

    /// The known files after the change. Those of an index that has lost its roots keep their paths.
    func files(_ sources: [Source]) -> Files {
        let renaming = RootRenaming(
            CorpusRoots(old.roots), to: CorpusRoots(new.roots), places: places, paths: sources.map(\.path))
        var files = Files()
        for source in sources {
            guard let path = old.roots.isEmpty ? source.path : renaming.path(of: source.path) else {
                files.dropped.append(source)
                files.oldPaths.append(source.path)
                continue
            }
            var file = isToBeReadAgain(source) ? source.withoutContent : source
            file.path = path
            let hasMoved = PathKey(path) != PathKey(source.path)
            if hasMoved { files.oldPaths.append(source.path) }
            if hasMoved || file != source { files.rewritten.append(file) }
            files.known.append(file)
        }
        return files
    }

    /// Whether other limits may make something else of a file that has not changed.
    private func isToBeReadAgain(_ source: Source) -> Bool {
        let (before, after) = (old.limits, new.limits)
        let hasOtherSize = before.fileBytes != after.fileBytes || before.pdfBytes != after.pdfBytes
        let hasOtherRecognition = before.recognisesPages != after.recognisesPages
        guard hasOtherSize || hasOtherRecognition else { return false }
        guard source.document != nil else { return true }
        if hasOtherRecognition, source.notes.contains(where: \.concernsRecognition) { return true }
        return hasOtherSize && source.size > Int64(min(after.fileBytes, after.pdfBytes))
    }
}

extension Reason {
    /// Whether a note is about pages that are images.
    fileprivate var concernsRecognition: Bool {
        ReadingNote(number: number, details: details)?.concernsRecognition ?? false
    }
}

extension ReadingNote {
    fileprivate var concernsRecognition: Bool {
        switch self {
        case .pagesWithoutText, .pagesRecognised: true
        case .inside(_, let note): note.concernsRecognition
        default: false
        }
    }
}
