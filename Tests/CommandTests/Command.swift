import Foundation

/// The program under test, run as a process.
enum Command {
    /// What a run left behind.
    struct Outcome {
        let status: Int32
        let output: Data, errors: String

        var text: String { String(decoding: output, as: UTF8.self) }

        /// The output as JSON of this type.
        func json<Value: Decodable>(_ type: Value.Type = Value.self) throws -> Value { try JSONDecoder().decode(type, from: output) }
    }

    /// The root of the repository.
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// The program beside the test bundle, which is built with it.
    static let executable: URL = {
        let bundle = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
        let beside = bundle.appendingPathComponent("r3mem")
        return FileManager.default.isExecutableFile(atPath: beside.path) ? beside : root.appendingPathComponent(".build/release/r3mem")
    }()

    /// Runs the program to its end.
    static func run(_ arguments: String..., environment: [String: String] = [:]) throws -> Outcome {
        try run(executable, arguments, environment: environment)
    }

    /// Runs the program with a list of arguments.
    static func run(list arguments: [String], environment: [String: String] = [:]) throws -> Outcome {
        try run(executable, arguments, environment: environment)
    }

    /// Runs a line of shell with arguments from `$0`.
    static func run(shell line: String, _ arguments: String...) throws -> Outcome {
        try run(URL(fileURLWithPath: "/bin/bash"), ["-c", line] + arguments, environment: [:])
    }

    /// Runs the program on a terminal of its own; what it writes to it is the output.
    static func runOnTerminal(list arguments: [String], environment: [String: String] = [:]) throws -> Outcome {
        let script = "import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))"
        return try run(URL(fileURLWithPath: "/usr/bin/env"), ["python3", "-c", script, executable.path] + arguments, environment: environment)
    }

    private static func run(_ program: URL, _ arguments: [String], environment: [String: String]) throws -> Outcome {
        let folder = try TemporaryFolder()
        let output = try folder.write("output", ""), errors = try folder.write("errors", "")
        let process = process(program, arguments, environment: environment)
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = try FileHandle(forWritingTo: errors)
        try process.run()
        process.waitUntilExit()
        return Outcome(
            status: process.terminationStatus, output: try Data(contentsOf: output),
            errors: String(decoding: try Data(contentsOf: errors), as: UTF8.self))
    }

    private static func process(_ program: URL, _ arguments: [String], environment: [String: String]) -> Process {
        let process = Process()
        process.executableURL = program
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        return process
    }

    /// A run that goes on while the test does something.
    final class Running {
        private let process: Process
        private let errors = Pipe()
        private(set) var heard = ""

        /// Starts the program and waits until its first line on standard error.
        init(_ arguments: String...) throws {
            process = Command.process(Command.executable, arguments, environment: [:])
            process.standardError = errors
            try process.run()
            while !heard.contains("\n") {
                let data = errors.fileHandleForReading.availableData
                if data.isEmpty { break }
                heard += String(decoding: data, as: UTF8.self)
            }
        }

        /// Sends a signal.
        func send(_ signal: Int32) { kill(process.processIdentifier, signal) }

        /// Sends a signal and waits for the end; what was said on standard error is in `heard`.
        func stop(_ signal: Int32) -> Int32 {
            send(signal)
            return end()
        }

        func end() -> Int32 {
            let rest = (try? errors.fileHandleForReading.readToEnd()) ?? nil  // nothing more was said
            heard += String(decoding: rest ?? Data(), as: UTF8.self)
            process.waitUntilExit()
            return process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
        }
    }
}
