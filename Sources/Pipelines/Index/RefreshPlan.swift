import Corpora
import Indexes
import Retrieval
import SystemPackage

/// The work of a run, found by comparing the files in the index with the files that a walk found.
///
/// A plan is a value. `IndexRun` executes it.
package struct RefreshPlan: Equatable {
    /// Known files with the size and time that they had.
    package private(set) var unchanged: [Source] = []
    /// Files to read: new ones, and known ones with another size or time.
    package private(set) var changed: [CorpusFile] = []
    /// Known files that are gone.
    package private(set) var gone: [Source] = []
    /// Known files of roots that were dropped, under the paths that they had.
    package private(set) var dropped: [Source] = []
    /// Known files that the walk could not look at. Their text stays in the index.
    package private(set) var kept: [Source] = []
    /// Files and folders that the walk refused and whose text, if any, is dropped.
    package private(set) var refused: [CorpusListing.Skipped] = []
    /// Refused files and folders whose stored state is another one.
    package private(set) var newlyRefused: [CorpusListing.Skipped] = []
    /// The number of gone files by their document: as many new files with this document count as moved.
    package private(set) var movable: [DocumentID: Int] = [:]
    /// What rules left out.
    package private(set) var leftOut = LeftOut()
    /// All files that the index knows, by path.
    package private(set) var known: [FilePath: Source] = [:]

    /// A plan for the known files of an index and a listing of its corpus.
    ///
    /// - Parameter dropped: the known files of roots that the index has no more.
    package init(known files: [Source], dropped: [Source] = [], listing: CorpusListing) {
        self.dropped = dropped
        known = Dictionary(files.map { (FilePath($0.path), $0) }, uniquingKeysWith: { first, _ in first })
        for file in listing.files {
            if let before = known[FilePath(file.path)], before.isSame(as: file) {
                unchanged.append(before)
            } else {
                changed.append(file)
            }
        }
        refused = listing.skipped
        leftOut = listing.leftOut
        for entry in listing.skipped {
            let before = known[FilePath(entry.path)]
            if entry.refusal.isUnseen, let before, before.document != nil {
                kept.append(before)
            } else if before?.state != .skipped(Reason(entry.refusal)) {
                newlyRefused.append(entry)
            }
        }
        let present = Set((listing.files.map(\.path) + listing.skipped.map(\.path)).map { FilePath($0) })
        let unseen = Set(listing.skipped.filter(\.refusal.isUnseen).map { FilePath($0.path) })
        for file in files where !present.contains(FilePath(file.path)) {
            // A file below an unseen folder counts as kept, not as gone.
            if FilePath(file.path).isIn(unseen) {
                if file.document != nil { kept.append(file) }
            } else {
                gone.append(file)
            }
        }
        for document in (gone + dropped).compactMap(\.document) { movable[document, default: 0] += 1 }
    }
}

extension Source {
    /// Whether a file on disk has the size and time that it had. A time that is not trusted tells nothing.
    fileprivate func isSame(as file: CorpusFile) -> Bool {
        size == Int64(file.size) && modified == file.modifiedMilliseconds
    }
}

extension CorpusFile {
    /// The time of the last change in milliseconds since 1970.
    var modifiedMilliseconds: Int64 { modified / 1_000_000 }
}

extension RefreshPlan {
    /// Whether the files that were listed below a root are those that the index knows there: a tenth of the known ones have
    /// the name and size of a file that was listed, or half of them its path. True where the index knows none.
    ///
    /// Every folder has a `README.md`, so one name alone tells nothing.
    ///
    /// - Parameter label: what the paths below the root begin with; empty for all roots together.
    func findsKnownFiles(below label: String = "") -> Bool {
        let root = FilePath(label)
        func isBelow(_ path: String) -> Bool { label.isEmpty || FilePath(path).starts(with: root) }
        let known = (Array(known.values) + dropped).filter { isBelow($0.path) }
        guard !known.isEmpty, !(unchanged + kept).contains(where: { isBelow($0.path) }) else { return true }
        func trait(_ path: String, _ size: Int64) -> String { "\(size)/\(FilePath(path).lastComponent?.string ?? "")" }
        let listed = changed.filter { isBelow($0.path) }
        let paths = Set(listed.map { FilePath($0.path) })
        let traits = Set(listed.filter { $0.size > 0 }.map { trait($0.path, Int64($0.size)) })
        let same = known.count { traits.contains(trait($0.path, $0.size)) }
        let named = known.count { paths.contains(FilePath($0.path)) }
        return same > 0 && 10 * same >= known.count || named > 2 && 2 * named >= known.count
    }

    /// The plan for walked roots. This is the policy about roots without files:
    ///
    /// | roots | new index | known index | with `allowEmpty` |
    /// |---|---|---|---|
    /// | the only root, or every root, is missing or unreadable | error | error | error |
    /// | one of several roots is missing | error | its documents are kept | its documents are removed |
    /// | one of several roots is unreadable | error | its documents are kept | the same |
    /// | a root is empty | error | error | its documents are removed |
    /// | no file was seen, some folders could not be looked at | error | error if a file is gone | gone files are removed |
    ///
    /// - Parameters:
    ///   - known: the files of the index; nil for a new index.
    ///   - dropped: the files of roots that the index has no more.
    package init(roots: [WalkedRoot], known: [Source]?, dropped: [Source] = [], allowEmpty: Bool) throws {
        var listing = CorpusListing()
        var unopened = 0
        for walked in roots {
            switch walked.outcome {
            case .success(let found):
                listing.files += found.files
                listing.skipped += found.skipped
                listing.leftOut += found.leftOut
                listing.filesOfOtherShards += found.filesOfOtherShards
            case .failure(let error):
                let refusal: Refusal
                switch error.code {
                case .rootEmpty, .nothingSelected:
                    guard allowEmpty else { throw IndexingError.rootEmpty(walked.root) }
                    continue
                case .rootMissing: refusal = .rootMissing
                case .rootUnreadable(let reason): refusal = reason
                default: throw error
                }
                unopened += 1
                guard known != nil, roots.count > 1, unopened < roots.count else { throw error }
                if allowEmpty, refusal == .rootMissing { continue }
                listing.skipped.append(CorpusListing.Skipped(path: String(walked.label.dropLast()), refusal: refusal))
            }
        }
        self.init(known: known ?? [], dropped: dropped, listing: listing)
        guard listing.files.isEmpty, listing.filesOfOtherShards == 0, !allowEmpty else { return }
        if let known {
            if !gone.isEmpty { throw IndexingError.allGone(roots: roots.map(\.root), known: known.count) }
        } else if let entry = listing.skipped.first(where: \.refusal.isUnseen) {
            throw IndexingError.nothingSeen(path: entry.path, Reason(entry.refusal))
        }
    }
}
