import ArgumentParser
import Console
import Foundation
import Interface
import Server

/// `r3mem serve`.
struct Serve: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Serve indexes to people, programs and agents: a page, an HTTP API and the Model Context Protocol.",
        discussion: """
            Answers questions over HTTP on this machine: a page at /, JSON below /v1 (described at /openapi.json), the \
            OpenAI API with an index as the model, and agents at /mcp. The model is loaded once. Answers come from the newest \
            commit while an index is refreshed. docs/serve.md describes all of it.

            Another address than that of this machine needs a token, which clients send as "Authorization: Bearer TOKEN". The \
            first Ctrl-C or SIGTERM finishes what runs, then the program ends.

              r3mem serve indexes/handbook.r3
              r3mem serve notes.r3 mail.r3 --watch --port 9000
            """)

    @Argument(help: "The index files.", completion: .file(extensions: ["r3"]))
    var files: [String]

    @Option(help: ArgumentHelp("The address to listen at.", valueName: "address"))
    var host = "127.0.0.1"

    @Option(help: ArgumentHelp("The port to listen at; 0 for any free one.", valueName: "n"))
    var port = 8311

    @Option(
        name: .customLong("token-env"),
        help: ArgumentHelp("The environment variable that holds the token clients must send.", valueName: "variable"))
    var tokenVariable: String?

    @Option(
        name: .customLong("allow-host"),
        help: ArgumentHelp("A name by which clients may call this server. Can be repeated.", valueName: "name"))
    var names: [String] = []

    @Flag(help: "Follow the folders of the indexes, and refresh by itself.")
    var watch = false

    @Flag(help: "Let clients start a refresh (POST /v1/refresh).")
    var allowRefresh = false

    @Option(help: ArgumentHelp("Questions that run at a time; 0 stands for one per core.", valueName: "n"))
    var questions = 0

    @Option(help: ArgumentHelp("Questions that may wait; further ones are told to come back.", valueName: "n"))
    var queue = 64

    @OptionGroup var generator: GeneratorOptions
    @OptionGroup var threads: ThreadsOption
    @OptionGroup var model: ModelOption

    func validate() throws {
        guard (0...65535).contains(port) else { throw ValidationError("--port must be 0 to 65535, not \(port)") }
        guard (0...1024).contains(questions) else {
            throw ValidationError("--questions must be 0 to 1024, not \(questions)")
        }
        guard (0...100_000).contains(queue) else { throw ValidationError("--queue must be 0 to 100000, not \(queue)") }
        guard ServerOptions.isLocal(host) || tokenVariable != nil else {
            throw ValidationError("\(host): other machines can reach this address; pass --token-env with a token")
        }
        _ = try token()
    }

    /// The token that clients must send; nil for none.
    private func token() throws -> String? {
        guard let tokenVariable else { return nil }
        guard let token = ProcessInfo.processInfo.environment[tokenVariable] else {
            throw ValidationError("\(tokenVariable): is not set; set it to a long random text")
        }
        guard token.utf8.count >= 16 else {
            throw ValidationError("\(tokenVariable): is shorter than 16 bytes; set it to a long random text")
        }
        return token
    }

    func run() throws {
        var options = ServerOptions(indexes: files, version: R3Mem.version, worker: .this)
        options.host = host
        options.port = port
        options.names = names
        options.watches = watch
        options.allowsRefresh = allowRefresh
        options.questions = questions
        options.queueLength = queue
        options.generator = try generator.generator()
        options.threads = threads.count
        options.model = model.path
        options.token = try token()
        try Shelf.checkFiles(files)
        let server = Server(options)
        let address = host.contains(":") ? "[\(host)]" : host
        try Waiting.run {
            try await server.run { port in
                Output.note(
                    "r3mem: serving \(files.map { Printable.line($0) }.joined(separator: ", ")) at http://\(address):\(port)/"
                )
            }
        }
    }
}
