import Foundation
import Indexes
import Retrieval
import SystemPackage

extension Indexing {
    /// Makes one index of several, without coding anything again. There must be nothing at `target`.
    ///
    /// - Throws: `MergeError` where the indexes do not go together; `IndexError` where one of them cannot be read.
    package static func merge(
        _ paths: [String], to target: String, model: LoadedModel, progress: @escaping ProgressReport
    ) throws -> MergeReport {
        let started = Date()
        try checkFiles(paths)
        let lexicon = try model.termPrior()
        let snapshots = try paths.map { try IndexFile.open(at: $0, model: model.identity, lexicon: lexicon) }
        let members = try zip(paths, snapshots).map { path, snapshot in
            MergePlan.Member(path: path, options: try IndexOptions(of: snapshot.header, at: path))
        }
        let plan = try MergePlan(members)
        let roots = CorpusRoots(plan.options.roots)
        let indexes = zip(zip(members, snapshots), plan.places).map { member, places in
            let renaming = RootRenaming(
                CorpusRoots(member.0.options.roots), to: roots, places: places, paths: member.1.sources.map(\.path))
            return MergedIndex(member.1) { renaming.path(of: $0) }
        }
        var options = snapshots[0].header.options
        options.set(plan.options)
        var leftOut: [String: Int] = [:]
        for at in plan.walked { leftOut.merge(snapshots[at].header.leftOut, uniquingKeysWith: +) }
        let folder = FilePath(target).removingLastComponent()
        if !folder.isEmpty {
            try FileManager.default.createDirectory(atPath: folder.string, withIntermediateDirectories: true)
        }
        let all = snapshots.reduce(0) { $0 + $1.documents.count }
        let counts = try IndexFile.merge(indexes, to: target, options: options, leftOut: leftOut) {
            progress(WorkProgress(.merging, items: $0, totalItems: all))
        }
        var report = MergeReport(indexes: paths.count, roots: plan.options.roots)
        report.shards = plan.options.shards?.description
        report.seconds = Date().timeIntervalSince(started)
        guard let counts else {
            report.isComplete = false
            return report
        }
        report.files = counts.files
        report.documents = counts.documents
        report.duplicates = counts.duplicates
        report.segments = counts.segments
        report.indexBytes = fileSize(target)
        return report
    }

    /// Refuses files that are given twice, and indexes of different models: no model could read the merged one.
    private static func checkFiles(_ paths: [String]) throws {
        var seen: Set<PathKey> = []
        for path in paths where !seen.insert(PathKey(IndexFile.resolved(path))).inserted { throw MergeError.sameFile(path) }
        let models = try paths.map { try IndexFile.header(at: $0).model }
        for (path, model) in zip(paths, models)
        where model.hash != models[0].hash || model.passageMemorySize != models[0].passageMemorySize {
            throw MergeError.otherModel(model, index: path, first: paths[0], firstModel: models[0])
        }
    }
}
