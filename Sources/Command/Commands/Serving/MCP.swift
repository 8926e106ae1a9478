import ArgumentParser
import Console
import Foundation
import Interface

/// `r3mem mcp`.
struct MCP: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mcp",
        abstract: "Let an agent search and read indexes: the Model Context Protocol over standard input and output.",
        discussion: """
            A client such as an editor or a chat program starts this command and asks it with the tools search, ask, read, \
            documents and status. Nothing but messages of the protocol is written to standard output. The command ends with \
            its input. Answers come from the newest commit, so the index may be refreshed meanwhile.

              r3mem mcp indexes/handbook.r3
              claude mcp add handbook -- r3mem mcp /path/to/handbook.r3
            """)

    @Argument(help: "The index files.", completion: .file(extensions: ["r3"]))
    var files: [String]

    @OptionGroup var generator: GeneratorOptions
    @OptionGroup var threads: ThreadsOption
    @OptionGroup var model: ModelOption

    func run() throws {
        // The server starts without an index that is still to be made. Who started it reads of that now, who asks later.
        do { try Shelf.checkFiles(files) } catch { Output.note("r3mem: \(Remedies.line(error))") }
        let output = try ProtocolOutput()
        let shelf = Shelf(paths: files, model: model.path, threads: threads.count)
        let server = MCPServer(
            shelf, gate: Gate(places: ProcessInfo.processInfo.activeProcessorCount, queueLength: 256),
            generator: try generator.generator(), version: R3Mem.version,
            report: { Output.note("r3mem: \(Remedies.line($0))") })
        let following = Following(shelf)
        MessageLoop(server, output).run()
        following.end()
        shelf.close()
    }
}
