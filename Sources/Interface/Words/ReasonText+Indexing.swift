import Indexes
import Pipelines

/// Errors about the roots and options of indexes.
extension ReasonText {
    static func describe(_ error: IndexingError) -> String {
        switch error {
        case .rootTwice(let root): "\(root): is given twice, or is a root of the index already; name it once"
        case .rootIsIndex(let root): "\(root): is an index of r3mem; 'r3mem merge' makes one index of several"
        case .rootInside(let root, let outer): "\(root): lies in \(outer), which is a root too; leave one of them out"
        case .rootEmpty(let root):
            "\(root): holds no file to index; check the path and the filters, "
                + "or pass --allow-empty to 'r3mem index' or 'r3mem refresh'"
        case .nothingSeen(let path, let reason): "\(path): \(words(reason)); there is no other file to index"
        case .allGone(let roots, let known):
            "\(roots.joined(separator: ", ")): holds no file any more, the index holds \(known); "
                + "check that the folder is there, or pass --allow-empty to 'r3mem refresh' to remove all documents from the index"
        case .rootUnknown(let root, let index, let roots):
            "\(root): is no root of \(index); its roots are \(roots.joined(separator: ", "))"
        case .movedRootMissing(let root): "\(root): no such file or folder; name the place where the root is now"
        case .noKnownFile(let roots):
            "\(roots.joined(separator: ", ")): holds too few of the files that the index knows; "
                + "check the path, or pass --allow-empty to 'r3mem refresh' to index what is there instead"
        case .noRootLeft(let index): "\(index): no root is left; keep one of its roots, or name another one with --add"
        case .otherCorpus(let index, let roots):
            "\(index): was made from \(roots.joined(separator: ", ")), and too few of its files are below the roots of the pipeline; "
                + "name its own index file, or change the roots with 'r3mem refresh --add ROOT --drop ROOT' first"
        case .otherOptions(let index, let options):
            "\(index): was made with other \(options.map { words($0.stored) }.joined(separator: " and ")); "
                + remedy(for: options, of: index)
        }
    }

    /// The command that gives an index the options that are asked for.
    private static func remedy(for options: [OptionDifference], of index: String) -> String {
        if options.contains(where: { if case .shards = $0.wanted { true } else { false } }) {
            return "each shard has an index file of its own: name another one"
        }
        let changes = options.flatMap { flags(from: $0.stored, to: $0.wanted) }
        if changes.isEmpty { return "name the roots in that order, or run 'r3mem refresh \(quoted(index))'" }
        return "'\((["r3mem", "refresh", index] + changes).map(quoted).joined(separator: " "))' changes that"
    }

    private static func flags(from stored: IndexOption, to wanted: IndexOption) -> [String] {
        func list(_ name: String, _ values: [String]) -> [String] {
            values.isEmpty
                ? ["--no-\(name)"] : values.flatMap { $0.hasPrefix("-") ? ["--\(name)=\($0)"] : ["--\(name)", $0] }
        }
        return switch (stored, wanted) {
        case (.roots(let old), .roots(let new)):
            new.filter { !old.contains($0) }.flatMap { ["--add", $0] }
                + old.filter { !new.contains($0) }.flatMap { ["--drop", $0] }
        case (_, .include(let globs)): list("include", globs)
        case (_, .exclude(let globs)): list("exclude", globs)
        case (_, .ignoreFiles(let isOn)): [isOn ? "--ignore" : "--no-ignore"]
        case (_, .hidden(let isOn)): [isOn ? "--hidden" : "--no-hidden"]
        case (_, .recognition(let isOn)): [isOn ? "--ocr" : "--no-ocr"]
        case (_, .fileSize(let size)): size.map { ["--max-file-size", "\($0)"] } ?? ["--no-max-file-size"]
        case (_, .roots), (_, .shards): []
        }
    }

    /// A word as a shell takes it.
    private static func quoted(_ word: String) -> String {
        let isPlain = word.allSatisfy { $0.isLetter || $0.isNumber || "/._-=+,:".contains($0) }
        if isPlain && !word.isEmpty { return word }
        return "'" + word.replacing("'", with: "'\\''") + "'"
    }

    private static func words(_ option: IndexOption) -> String {
        func list(_ values: [String]) -> String { values.isEmpty ? "none" : values.joined(separator: ", ") }
        return switch option {
        case .roots(let values): "roots (\(list(values)))"
        case .include(let values): "--include (\(list(values)))"
        case .exclude(let values): "--exclude (\(list(values)))"
        case .ignoreFiles: "--no-ignore"
        case .hidden: "--hidden"
        case .recognition: "--no-ocr"
        case .fileSize(let size): "--max-file-size (\(size.map { "\($0)" } ?? "the usual"))"
        case .shards(let shards): "--shard (\(shards.map { "\($0)" } ?? "none"))"
        }
    }

    static func describe(_ error: MergeError) -> String {
        switch error {
        case .sameFile(let index): "\(index): is given twice; name it once"
        case .otherModel(let model, let index, let first, let firstModel):
            "\(index): coded with model \(words(model)), \(first) with \(words(firstModel)); "
                + "index the files of one of them again with the model of the other"
        case .sameRoot(let root, let index, let first):
            "\(index): is made from \(root), and so is \(first); merge only one of them"
        case .otherOrder(let index, let first):
            "\(index): has the roots of \(first) in another order; make all shards of one corpus with its roots in one order"
        case .rootInside(let root, let index, let outer, let other):
            "\(index): its root \(root) lies in \(outer), a root of \(other); merge only one of them"
        case .otherOptions(let index, let first, let options):
            "\(index): was made with other \(options.map { words($0.stored) }.joined(separator: " and ")) than \(first); "
                + remedy(for: options, of: index)
        case .sameShard(let number, let count, let index, let first):
            "\(index): takes shard \(number)/\(count), and so does \(first); merge only one of them"
        case .otherShardCount(let count, let index, let first, let firstCount):
            "\(index): takes a shard of \(count), \(first) one of \(firstCount); make all shards of one corpus with the same number"
        case .shardsMissing(let shards, let index):
            "\(index): takes only shard \(shards) of its files; merge all shards of a corpus before or together with other indexes"
        }
    }

    private static func words(_ model: ModelIdentity) -> String {
        let hash = model.hash.prefix(4).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        return "\(hash)… (\(model.name), \(model.passageMemorySize) bytes of memory a passage)"
    }
}
