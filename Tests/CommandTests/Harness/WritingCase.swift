import Foundation
import Retrieval
import TestSupport

/// The documents of an index, and all results of a search with their scores.
struct IndexContents: Equatable {
    var documents: [String: Data] = [:]
    var results: [String] = []

    static let model = Result {
        try ModelLocation.load(explicit: Command.root.appendingPathComponent("models/default.safetensors").path)
    }

    /// No documents.
    init() {}

    /// Reads an index. Fails where any byte of it is wrong.
    init(of path: String) throws {
        let index = try OpenIndex(path: path, model: IndexContents.model.get()), folder = try TemporaryFolder()
        try FileManager.default.createDirectory(atPath: folder.path("out"), withIntermediateDirectories: false)
        let wrong = try index.verify { _ in true }.wrong + index.export(to: folder.path("out")) { _ in true }.failed
        guard wrong.isEmpty else { throw ChildProcess.Failure(message: "\(wrong)") }
        for path in try FileManager.default.subpathsOfDirectory(atPath: folder.path("out")) {
            documents[path] = try? Data(contentsOf: URL(fileURLWithPath: folder.path("out/" + path)))  // a folder has none
        }
        var options = SearchOptions()
        (options.top, options.rescored) = (100, 100)
        results = try index.search("crates of the harbour, Zyxwvut, a yellow lighthouse", options).map { result in
            "\(result.citation) \(result.passage) \(result.score) \(result.text)"
        }
        results.sort()  // the order of equal scores is not fixed
    }
}

/// A command that writes an index.
enum WritingCommand: String, Sendable, CaseIterable {
    case index, refresh, compact, merge

    /// Whether the command makes an index where there was none.
    var makesIndex: Bool { self == .index || self == .merge }
}

/// A small corpus and an index that a command changes: the contents before, the contents after, and the calls between.
struct WritingCase: Sendable {
    let command: WritingCommand
    let before: IndexContents, after: IndexContents
    /// The calls of an undisturbed run that change the files of the index. Each begins with the name of the call.
    let calls: [String]
    private let folder: TemporaryFolder

    /// An index of several transactions that are joined at the end. Wide lines make it large and quick to code.
    static let long = Result { try WritingCase(.index, lines: 240, padding: 1200) }

    private static let all = Result {
        try Dictionary(uniqueKeysWithValues: WritingCommand.allCases.map { ($0, try WritingCase($0)) })
    }

    /// Made once for each command.
    static func of(_ command: WritingCommand) throws -> WritingCase { try all.get()[command]! }  // of all cases

    private init(_ command: WritingCommand, lines: Int = 10, padding: Int = 0) throws {
        self.command = command
        folder = try TemporaryFolder()
        for i in 0..<5 { try Self.write("chapter-\(i).txt", to: folder, chapter: i, lines: lines, padding: padding) }
        try folder.write("corpus/latin.txt", Data([0x44, 0x65, 0x72, 0x20, 0x4C, 0xF6, 0x77, 0x65, 0x0D, 0x0A]))
        try folder.write(
            "corpus/gone.md", "# Treasury\n\n" + String(repeating: "Zyxwvut is a secret word of the treasury. ", count: 40))
        if command != .index { try Self.expectDone("index", folder.path("corpus"), "--to", folder.path("base.r3")) }
        before = command.makesIndex ? IndexContents() : try IndexContents(of: folder.path("base.r3"))
        if command == .merge {
            try folder.write("annex/pier.txt", Data([0x41, 0x20, 0x70, 0x69, 0x65, 0x72, 0xFC, 0x0D, 0x0A]))
            try folder.copy(folder.url.appendingPathComponent("corpus/chapter-2.txt"), as: "annex/copy.txt")
            try Self.expectDone("index", folder.path("annex"), "--to", folder.path("annex.r3"))
        }
        if !command.makesIndex {
            try Self.write("chapter-3.txt", to: folder, chapter: 3, lines: lines, crates: 7)
            try folder.write("corpus/new.txt", "A new lighthouse was painted yellow.\n")
            try folder.remove("corpus/gone.md")
            try FileManager.default.moveItem(
                atPath: folder.path("corpus/chapter-1.txt"), toPath: folder.path("corpus/moved.txt"))
        }
        if command == .compact { try Self.expectDone("refresh", folder.path("base.r3")) }
        let trial = try Trial(command, folder, log: "calls")
        try Self.expectDone(trial.arguments, environment: Fault.environment(nil, path: trial.index, log: trial.log))
        calls = try trial.logged()
        after = try IndexContents(of: trial.index)
    }

    private static func write(
        _ name: String, to folder: TemporaryFolder, chapter: Int, lines: Int, crates: Int = 0, padding: Int = 0
    ) throws {
        let end = "crates." + String(repeating: " ", count: padding) + "\n"
        let lines = (0..<lines).map {
            "Chapter \(chapter) says that line \($0) of the harbour log holds \($0 * chapter * 7 + crates) \(end)"
        }
        try folder.write("corpus/" + name, lines.joined())
    }

    private static func expectDone(_ arguments: String...) throws { try expectDone(arguments) }

    private static func expectDone(_ arguments: [String], environment: [String: String] = [:]) throws {
        let outcome = try Command.run(list: arguments + ["--quiet"], environment: environment)
        guard outcome.status == 0 else { throw ChildProcess.Failure(message: outcome.errors) }
    }

    /// A copy of the index in a folder of its own, to run the command on.
    func trial() throws -> Trial { try Trial(command, folder, log: "log") }

    /// A run of the command, and later runs on the same copy.
    struct Trial {
        let folder: TemporaryFolder
        let arguments: [String]
        var index: String { folder.path("x.r3") }
        var log: String { folder.path("log") }

        fileprivate init(_ command: WritingCommand, _ home: TemporaryFolder, log: String) throws {
            folder = try TemporaryFolder()
            let path = folder.path("x.r3")
            switch command {
            case .index: arguments = ["index", home.path("corpus"), "--to", path]
            case .merge: arguments = ["merge", home.path("base.r3"), home.path("annex.r3"), "--to", path]
            case .refresh, .compact:
                arguments = [command.rawValue, path]
                try folder.copy(home.url.appendingPathComponent("base.r3"), as: "x.r3")
            }
        }

        var exists: Bool { FileManager.default.fileExists(atPath: index) }

        /// Runs the command, or another one, with a fault.
        func run(_ arguments: [String]? = nil, _ fault: Fault? = nil) throws -> Command.Outcome {
            let environment = try fault.map { try Fault.environment($0, path: index, log: log) } ?? [:]
            return try Command.run(list: (arguments ?? self.arguments) + ["--quiet"], environment: environment)
        }

        /// The run that completes what a fault left: the same command. A merge that was complete is only refreshed.
        func complete() throws -> Command.Outcome {
            try run(arguments[0] == WritingCommand.merge.rawValue && exists ? ["refresh", index] : nil)
        }

        /// The calls that were logged.
        func logged() throws -> [String] { try Fault.calls(in: log) }

        /// The files of the index.
        func files() throws -> [String] {
            try FileManager.default.contentsOfDirectory(atPath: folder.url.path).filter { $0.hasPrefix("x.r3") }.sorted()
        }
    }
}
