import Foundation

/// A child process that inherits its standard files only.
///
/// Foundation's `Process` lets children that start at the same time inherit each other's files, and then waits for both to
/// end.
final class ChildProcess {
    let id: pid_t
    private var status: Int32?

    /// - Parameters:
    ///   - output: the file for its standard output; `errors` is that for its standard error. Both stay open in this process.
    init(_ program: String, _ arguments: [String], environment: [String: String] = [:], output: Int32, errors: Int32) throws
    {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
        posix_spawn_file_actions_adddup2(&actions, errors, STDERR_FILENO)
        // No record of a verification is kept but where a test names a folder for it.
        let merged = ProcessInfo.processInfo.environment.merging(["XDG_STATE_HOME": "/dev/null"]) { $1 }
            .merging(environment) { $1 }
        let words = ([program] + arguments).map { strdup($0) } + [nil],
            variables = merged.map { strdup("\($0)=\($1)") } + [nil]
        defer { for pointer in words + variables { free(pointer) } }
        var id: pid_t = 0
        let code = posix_spawnp(&id, program, &actions, nil, words, variables)
        guard code == 0 else { throw Failure(message: "\(program): \(String(cString: strerror(code)))") }
        self.id = id
    }

    deinit {
        guard status == nil else { return }
        kill(id, SIGKILL)
        wait()
    }

    /// Waits for the end. Returns the exit status, or minus the number of the signal that ended the process.
    @discardableResult
    func wait() -> Int32 {
        if let status { return status }
        var raw: Int32 = 0
        while waitpid(id, &raw, 0) < 0, errno == EINTR {}
        let ended = raw & 0x7F == 0 ? raw >> 8 & 0xFF : -(raw & 0x7F)
        status = ended
        return ended
    }

    /// The reason why a fixture could not be made.
    struct Failure: Error {
        let message: String
    }
}

/// The output of a child process, read while the child runs.
final class ChildOutput {
    private let reading: Int32
    private var writing: Int32

    init() throws {
        var ends: [Int32] = [0, 0]
        // Unlike a pipe, a socket pair is closed on exec from its creation, so no other child can inherit it.
        guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0, &ends) == 0 else {
            throw ChildProcess.Failure(message: "no socket pair")
        }
        (reading, writing) = (ends[0], ends[1])
    }

    deinit {
        close(reading)
        if writing >= 0 { close(writing) }
    }

    /// Starts a child process that writes to this output.
    func attach<Child>(_ start: (Int32) throws -> Child) rethrows -> Child {
        defer {
            close(writing)
            writing = -1
        }
        return try start(writing)
    }

    /// Reads up to the next line end, or to the end of the output.
    func read(toEnd: Bool) -> String {
        var bytes: [UInt8] = [], buffer = [UInt8](repeating: 0, count: 4096)
        while toEnd || !bytes.contains(10) {
            let count = Glibc.read(reading, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { break }
            bytes += buffer[..<count]
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
