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
        signal(SIGXFSZ, SIG_IGN)  // a limit on file sizes is an error of the disk, and leaves nothing behind
        // No proxy: no byte goes to an address that the user did not name.
        setenv("no_proxy", "*", 1)
        Misuse.checkHelp(arguments.dropFirst())
        var command: any ParsableCommand
        do {
            command = try R3Mem.parseAsRoot()
        } catch {
            Misuse.end(error)
        }
        do {
            try command.run()
        } catch let code as ExitCode {
            exit(code.rawValue)
        } catch {
            if R3Mem.exitCode(for: error) != .failure { Misuse.end(error) }
            Output.note("r3mem: \(Remedies.line(error))")
            let isMisuse = (error as? RetrievalError).map { [.badDate, .badPattern].contains($0.code) } ?? false
            exit(isMisuse ? ExitCode.validationFailure.rawValue : 1)
        }
    }
}

extension Worker.Program {
    /// This program, which serves as worker when it is started as one.
    static let this = Worker.Program(executable: "/proc/self/exe")
}
