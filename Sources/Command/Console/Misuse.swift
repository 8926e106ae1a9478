import ArgumentParser
import Console
import Foundation
import Retrieval

/// A command line that cannot be carried out as it is written. Its exit code is 64.
enum Misuse {
    /// Prints help to standard output, or the fault of the arguments to standard error, and ends.
    static func end(_ error: any Error) -> Never {
        let code = R3Mem.exitCode(for: error)
        guard code != .success else {
            if let name = nameTakenForHelp(CommandLine.arguments.dropFirst()) {
                Output.note("r3mem: \(Printable.line(name)): is no option; where it is a name, write -- before it")
                exit(ExitCode.validationFailure.rawValue)
            }
            R3Mem.exit(withError: error)
        }
        let message = R3Mem.fullMessage(for: error)
        let arguments = Array(CommandLine.arguments.dropFirst())
        Output.note("r3mem: " + (unknownCommand(arguments) ?? invalidNumber(message, arguments) ?? withoutPrefix(message)))
        exit(code.rawValue)
    }

    /// Ends where help is asked for on a command that does not exist. The parser would show that of the program instead.
    static func checkHelp(_ arguments: ArraySlice<String>) {
        guard arguments.first == "help", let fault = unknownCommand(Array(arguments.dropFirst())) else { return }
        Output.note("r3mem: \(fault)")
        exit(ExitCode.validationFailure.rawValue)
    }

    /// The word that the parser took for letters of options, one of them "h", where nothing else asks for help; nil where
    /// something does.
    private static func nameTakenForHelp(_ arguments: ArraySlice<String>) -> String? {
        let options = arguments.prefix { $0 != "--" }.filter { $0.hasPrefix("-") }
        guard arguments.first != "help", !options.contains(where: { $0 == "-h" || $0.hasPrefix("--") }) else { return nil }
        return options.first { $0.contains("h") }
    }

    private static func withoutPrefix(_ message: String) -> String {
        let prefix = "Error: "
        return message.hasPrefix(prefix) ? String(message.dropFirst(prefix.count)) : message
    }

    /// What to say where the first argument should be a command and is none; nil where it is one.
    private static func unknownCommand(_ arguments: [String]) -> String? {
        let names = R3Mem.configuration.subcommands.map { $0._commandName } + ["help"]
        guard let name = arguments.first, !name.hasPrefix("-"), !names.contains(name) else { return nil }
        let letters = Array(name.lowercased().unicodeScalars.map(\.value))
        let near = names.compactMap { other in
            EditDistance.between(letters, other.unicodeScalars.map(\.value), atMost: 2).map { (distance: $0, name: other) }
        }
        let hint = near.min { $0.distance < $1.distance }.map { "did you mean '\($0.name)'? " } ?? ""
        return "\(Printable.line(name)): no such command; \(hint)'r3mem --help' lists all"
    }

    /// What to say where a value is a negative number, which the parser takes for an option; nil for other faults.
    private static func invalidNumber(_ message: String, _ arguments: [String]) -> String? {
        guard let fault = message.firstMatch(of: /Missing value for '(-[^ ']+)([^']*)'/),
            let place = arguments.firstIndex(of: String(fault.1)), place + 1 < arguments.count,
            arguments[place + 1].wholeMatch(of: /-[0-9.]+/) != nil
        else { return nil }
        let said = "The value '\(arguments[place + 1])' is invalid for '\(fault.1)\(fault.2)'"
        return withoutPrefix(message.replacingCharacters(in: fault.range, with: said))
    }
}

/// The value of `--to` of commands that make an index.
enum IndexTarget {
    /// - Throws: `ValidationError` for a value that names no file.
    static func check(_ target: String) throws {
        if target.isEmpty { throw ValidationError("The value of --to is empty; name the index file.") }
        if target.hasSuffix("/") { throw ValidationError("--to \(target) is a folder; name the index file.") }
    }
}
