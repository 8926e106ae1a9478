import ArgumentParser
import Interface
import Pipelines
import Retrieval

/// `--model`, for every command that needs a model.
struct ModelOption: ParsableArguments {
    @Option(
        name: .customLong("model"),
        help: ArgumentHelp("The model file. (default: $R3MEM_MODEL, or the model that comes with r3mem)", valueName: "file"),
        completion: .file())
    var path: String?

    /// Reads the model.
    func load() throws -> LoadedModel { try ModelLocation.load(explicit: path) }
}

/// `--threads`, for every command that runs the model.
struct ThreadsOption: ParsableArguments {
    @Option(name: .customLong("threads"), help: ArgumentHelp("Threads to use; 0 stands for one per core.", valueName: "n"))
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

/// The options of every command that runs the model for a while and reports what it did.
struct RunOptions: ParsableArguments {
    @OptionGroup var threads: ThreadsOption
    @OptionGroup var model: ModelOption
    @OptionGroup var json: JSONOption
    @OptionGroup var quiet: QuietOption
}

/// `--top`.
struct TopOption: ParsableArguments {
    @Option(name: .customLong("top"), help: ArgumentHelp("Passages to return.", valueName: "n"))
    var count = 5

    @Flag(
        name: .customLong("no-reader"),
        help: "Rank by words and vectors alone: faster, and less often right.")
    var skipsReader = false

    func validate() throws {
        guard (1...1000).contains(count) else { throw ValidationError("--top must be 1 to 1000, not \(count)") }
    }

    /// Search options that score at least as many passages exactly as they return.
    var search: SearchOptions {
        var options = SearchOptions()
        options.take(top: count)
        if skipsReader { options.read = 0 }
        return options
    }
}

extension ByteSize: ExpressibleByArgument {
    /// Reads a size as a user writes it.
    package init?(argument: String) { self.init(argument) }
    /// The size as help texts show it.
    package var defaultValueDescription: String { description }
}
