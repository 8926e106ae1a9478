import ArgumentParser
import Console
import Corpora
import Foundation
import Interface
import Pipelines
import Retrieval

/// The entry of the program: the command line, or an extraction worker where the program started itself as one.
@main
enum Main {
    static func main() {
        let arguments = CommandLine.arguments
        if arguments.count > 1, arguments[1] == Worker.argument { Worker.serve() }
        signal(SIGPIPE, SIG_IGN)
        // No proxy: no byte goes to an address that the user did not name.
        setenv("no_proxy", "*", 1)
        var command: any ParsableCommand
        do {
            command = try R3Mem.parseAsRoot()
        } catch {
            misuse(error)
        }
        do {
            try command.run()
        } catch let code as ExitCode {
            exit(code.rawValue)
        } catch {
            if R3Mem.exitCode(for: error) != .failure { misuse(error) }
            Output.note("r3mem: \(Remedies.line(error))")
            exit(1)
        }
    }

    /// Prints help to standard output, or the fault of the arguments to standard error, and ends.
    private static func misuse(_ error: any Error) -> Never {
        let code = R3Mem.exitCode(for: error)
        guard code != .success else { R3Mem.exit(withError: error) }
        let message = R3Mem.fullMessage(for: error)
        let prefix = "Error: "
        Output.note("r3mem: " + (message.hasPrefix(prefix) ? String(message.dropFirst(prefix.count)) : message))
        exit(code.rawValue)
    }
}

extension Worker.Program {
    /// This program, which serves as worker when it is started as one.
    static let this = Worker.Program(executable: "/proc/self/exe")
}
