import Foundation
import TestSupport

/// The program under test, run as a process.
enum Command {
    /// The result of a run.
    struct Outcome {
        let status: Int32
        let output: Data, errors: String

        var text: String { String(decoding: output, as: UTF8.self) }

        /// The output as JSON of this type.
        func json<Value: Decodable>(_ type: Value.Type = Value.self) throws -> Value {
            try JSONDecoder().decode(type, from: output)
        }
    }

    static let root = Program.root, executable = Program.path

    /// Runs the program to its end.
    static func run(_ arguments: String..., environment: [String: String] = [:]) throws -> Outcome {
        try run(executable, arguments, environment: environment)
    }

    /// Runs another build of the program.
    static func run(program: String, _ arguments: String...) throws -> Outcome {
        try run(program, arguments, environment: [:])
    }

    /// Runs the program with a list of arguments.
    static func run(list arguments: [String], environment: [String: String] = [:]) throws -> Outcome {
        try run(executable, arguments, environment: environment)
    }

    /// Runs a line of shell with arguments from `$0`.
    static func run(shell line: String, _ arguments: String...) throws -> Outcome { try run(shell: line, list: arguments) }

    /// Runs a line of shell with a list of arguments from `$0`.
    static func run(shell line: String, list arguments: [String]) throws -> Outcome {
        try run("/bin/bash", ["-c", line] + arguments, environment: [:])
    }

    /// Runs the program on a terminal of its own. The output is what the terminal received.
    static func runOnTerminal(list arguments: [String], environment: [String: String] = [:]) throws -> Outcome {
        let script = "import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))"
        return try run("python3", ["-c", script, executable] + arguments, environment: environment)
    }

    private static func run(_ program: String, _ arguments: [String], environment: [String: String]) throws -> Outcome {
        let folder = try TemporaryFolder()
        let output = open(folder.path("output"), O_WRONLY | O_CREAT | O_CLOEXEC, 0o600),
            errors = open(folder.path("errors"), O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
        defer {
            close(output)
            close(errors)
        }
        let status = try ChildProcess(program, arguments, environment: environment, output: output, errors: errors).wait()
        let said = try Data(contentsOf: URL(fileURLWithPath: folder.path("errors")))
        return Outcome(
            status: status, output: try Data(contentsOf: URL(fileURLWithPath: folder.path("output"))),
            errors: String(decoding: said, as: UTF8.self))
    }

    /// A run that continues while the test does something else.
    final class Running {
        private let process: ChildProcess
        private let errors: ChildOutput
        private let folder: TemporaryFolder
        /// The text of standard error so far.
        private(set) var heard: String
        var id: pid_t { process.id }

        /// Starts the program and waits for its first line on standard error.
        init(_ arguments: String...) throws {
            let errors = try ChildOutput()
            folder = try TemporaryFolder()
            let output = open(folder.path("output"), O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
            defer { close(output) }
            process = try errors.attach { try ChildProcess(Command.executable, arguments, output: output, errors: $0) }
            self.errors = errors
            heard = errors.read(toEnd: false)
        }

        /// Waits until the run has started a worker process, as it does to read its first files.
        func waitForWorker() {
            let deadline = Date().addingTimeInterval(20)
            while !hasChild, Date() < deadline { usleep(1000) }
        }

        /// Whether a process names this run as its parent: the second field after the name in parentheses.
        private var hasChild: Bool {
            // None where there is no /proc.
            let processes = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
            return processes.contains { name in
                // A process that cannot be read has ended.
                guard Int32(name) != nil, let stat = try? String(contentsOfFile: "/proc/\(name)/stat", encoding: .utf8)
                else { return false }
                return stat.split(separator: ")").last?.split(separator: " ").dropFirst().first.flatMap { pid_t($0) }
                    == process.id
            }
        }

        /// The text of standard output so far.
        func printed() throws -> String { try String(contentsOfFile: folder.path("output"), encoding: .utf8) }

        /// Sends a signal.
        func send(_ signal: Int32) { kill(process.id, signal) }

        /// Sends a signal and waits for the end. Returns the exit status, or minus the number of the signal that ended the
        /// run.
        func stop(_ signal: Int32) -> Int32 {
            send(signal)
            heard += errors.read(toEnd: true)
            return process.wait()
        }
    }
}
