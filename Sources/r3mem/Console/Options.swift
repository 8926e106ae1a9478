import ArgumentParser
import Pipelines
import Retrieval

/// `--model`, on every command that needs one.
struct ModelOption: ParsableArguments {
    @Option(
        name: .customLong("model"), help: ArgumentHelp("The model file; otherwise R3MEM_MODEL, or the one that comes with r3mem.", valueName: "file"),
        completion: .file())
    var path: String?

    /// Reads the model.
    func load() throws -> LoadedModel { try ModelLocation.load(explicit: path) }
}

/// `--threads`, on every command that runs the model for long.
struct ThreadsOption: ParsableArguments {
    @Option(name: .customLong("threads"), help: ArgumentHelp("Threads to use; 0 for one a core.", valueName: "n"))
    var count = 0

    func validate() throws {
        guard (0...1024).contains(count) else { throw ValidationError("--threads must be 0 to 1024, not \(count)") }
    }
}

/// `--json`.
struct JSONOption: ParsableArguments {
    @Flag(name: .customLong("json"), help: "Print the result as JSON.")
    var isOn = false
}

/// `--quiet`.
struct QuietOption: ParsableArguments {
    @Flag(name: [.customLong("quiet"), .customShort("q")], help: "Show no progress and no summary.")
    var isOn = false
}

/// `--top`.
struct TopOption: ParsableArguments {
    @Option(name: .customLong("top"), help: ArgumentHelp("Passages to give.", valueName: "n"))
    var count = 5

    func validate() throws {
        guard (1...1000).contains(count) else { throw ValidationError("--top must be 1 to 1000, not \(count)") }
    }

    /// Search options with at least as many passages scored exactly as are given.
    var search: SearchOptions {
        var options = SearchOptions()
        options.top = count
        options.rescored = max(options.rescored, count)
        return options
    }
}

extension ByteSize: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument) }
    public var defaultValueDescription: String { description }
}
