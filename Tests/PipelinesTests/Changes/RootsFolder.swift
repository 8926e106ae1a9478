import Corpora
import Foundation
import Indexes
import Pipelines
import Retrieval
import TestSupport

/// A folder with several roots, and indexes of some of them.
struct RootsFolder {
    let folder: TemporaryFolder
    var index: String { folder.path("all.r3") }

    /// A folder with these files.
    init(_ files: [String: String]) throws { folder = try TemporaryFolder(files) }

    private static let heron = "A heron waits at the weir."
    /// Files of two roots, which have one text in common.
    static let files = [
        "notes/a.txt": "The otter swims in the mill pond at night.", "notes/b.md": "# Owls\n\nThe owl flies over the barn.",
        "notes/deep/c.txt": RootsFolder.heron, "papers/a.txt": "The otter is a mammal of the weasel family.",
        "papers/d.md": "# Hares\n\n## Young\n\nA hare has three young in spring.", "papers/copy.txt": RootsFolder.heron,
    ]

    func indexing(_ roots: [String], _ change: (inout IndexOptions) -> Void = { _ in }) -> Indexing {
        var options = IndexOptions(roots: roots.map { folder.path($0) })
        change(&options)
        return Indexing(model: TestCorpus.model, options: options, worker: .underTest)
    }

    @discardableResult
    func make(
        _ roots: [String], to name: String = "all.r3", _ change: (inout IndexOptions) -> Void = { _ in }
    ) throws
        -> IndexReport
    {
        try indexing(roots, change).index(to: folder.path(name), allowEmpty: true) { _ in true }
    }

    @discardableResult
    func refresh(
        _ name: String = "all.r3", allowEmpty: Bool = false, _ change: (inout OptionChanges) -> Void = { _ in }
    )
        throws -> IndexReport
    {
        var changes = OptionChanges()
        change(&changes)
        return try Indexing.refresh(
            folder.path(name), model: TestCorpus.model, changes: changes, allowEmpty: allowEmpty, worker: .underTest
        ) { _ in true }
    }

    @discardableResult
    func refresh(_ moves: [String], allowEmpty: Bool = false) throws -> IndexReport {
        try refresh(allowEmpty: allowEmpty) { $0.moves = moves.compactMap { RootMove($0) } }
    }

    @discardableResult
    func merge(_ names: String..., to target: String = "all.r3") throws -> MergeReport {
        try merge(names, to: target)
    }

    @discardableResult
    func merge(_ names: [String], to target: String = "all.r3") throws -> MergeReport {
        try Indexing.merge(names.map { folder.path($0) }, to: folder.path(target), model: TestCorpus.model) { _ in true }
    }

    func open(_ name: String = "all.r3") throws -> OpenIndex {
        try OpenIndex(path: folder.path(name), model: TestCorpus.model)
    }

    func options(_ name: String = "all.r3") throws -> StoredOptions { try IndexFile.header(at: folder.path(name)).options }

    func paths(_ name: String = "all.r3") throws -> [String] { try open(name).snapshot.sources.map(\.path) }

    func move(_ old: String, _ new: String) throws {
        let target = folder.path(new)
        try FileManager.default.createDirectory(
            atPath: URL(fileURLWithPath: target).deletingLastPathComponent().path, withIntermediateDirectories: true)
        try FileManager.default.moveItem(atPath: folder.path(old), toPath: target)
    }
}

/// All that a reader can ask of an index, in an order that does not depend on its making.
struct IndexAnswers: Equatable {
    var texts: [String: String] = [:]
    var titles: [String: [String]] = [:]
    var sources: [String] = []
    var results: [String] = []
    var answers: [String] = []

    init(_ index: OpenIndex, queries: [String] = ["otter weir", "When has a hare young?", "barn", "zebra"]) throws {
        for document in index.snapshot.documents {
            let shown = try index.document(named: document.paths[0])
            for path in document.paths {
                texts[path] = shown.text
                titles[path] = [document.title, document.mediaType] + document.paths
            }
        }
        sources = index.snapshot.sources.map { source in
            let state =
                switch source.state {
                case .indexed(_, let hash, let mediaType): "indexed \(hash) \(mediaType)"
                case .skipped(let reason): "skipped \(reason)"
                case .failed(let reason): "failed \(reason)"
                }
            return "\(source.path) \(source.size) \(state) \(source.notes) \(source.date ?? "")"
        }
        var options = SearchOptions()
        (options.top, options.rescored) = (100, 100)
        for query in queries {
            results += try index.search(query, options).map {
                "\(query): \($0.citation) \($0.passage) \($0.score) \($0.text)"
            }.sorted()
            let answer = try index.ask(query)
            answers.append("\(query): \(answer.isFound) \(answer.sentences.map { "\($0.text) \($0.citation)" })")
        }
    }
}
