import CSandbox
import Glibc
import SystemPackage

/// One running worker, as the extractor sees it. The process ends with this value.
struct WorkerProcess: ~Copyable {
    private let process: pid_t
    private let channel: FrameChannel
    /// The number of files that the worker has read
    private(set) var served = 0
    /// The most memory that the worker has reported, in bytes
    private(set) var peakBytes = 0

    /// Starts the program with the worker's end of a socket as its standard input and output, and nothing else open.
    init(_ program: Worker.Program) throws(CorporaError) {
        let executable = program.executable
        var ends: [Int32] = [0, 0]
        guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0, &ends) == 0 else {
            throw CorporaError(.workerUnavailable(.last), subject: executable)
        }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, ends[1], STDIN_FILENO)
        posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO)
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
        _ = csandbox_close_from(&actions, 3)
        // The starting thread may block the very signal that ends a worker out of its processor time.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
        let environment = Self.environment.map { strdup($0) } + [nil]
        let words = ([executable] + program.arguments).map { strdup($0) } + [nil]
        defer { for pointer in environment + words { free(pointer) } }
        var process: pid_t = 0
        let status = posix_spawn(&process, executable, &actions, &attributes, words, environment)
        close(ends[1])
        guard status == 0 else {
            close(ends[0])
            throw CorporaError(.workerUnavailable(Errno(rawValue: status)), subject: executable)
        }
        self.process = process
        channel = FrameChannel(input: ends[0], output: ends[0])
    }

    /// The environment of a worker. The runtime writes no report of a crash: the signal says enough.
    private static var environment: [String] {
        var words = ["SWIFT_BACKTRACE=enable=no", "LC_ALL=C.UTF-8", "PATH=/usr/bin:/bin"]
        if let value = getenv("LD_LIBRARY_PATH") { words.append("LD_LIBRARY_PATH=\(String(cString: value))") }
        return words
    }

    deinit {
        close(channel.input)
        kill(process, SIGKILL)
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
    }

    /// How a request ended.
    enum Outcome {
        case extraction(Extraction)
        /// The worker is of no more use, and the file was not read.
        case lost(Refusal)
    }

    /// Has the bytes of one file read. After `.lost` the worker must be dropped.
    mutating func extract(_ bytes: FileBytes, path: String, limits: ExtractionLimits) -> Outcome {
        let deadline = FrameChannel.now() + limits.wallSeconds
        guard send(bytes, path: path, limits: limits) else { return .lost(ending(limits)) }
        do throws(FrameChannel.Failure) {
            // Spans and framing come on top of the text.
            let message = try channel.receive(atMost: limits.textBytes + limits.textBytes / 2 + (1 << 20), deadline: deadline)
            // A worker has no descriptor to give.
            if let descriptor = message.descriptor { close(descriptor) }
            guard let reply = try? ExtractionReply(frame: message.bytes) else { return .lost(.malformedAnswer) }
            served += 1
            peakBytes = reply.peakBytes
            return .extraction(reply.extraction)
        } catch {
            switch error {
            // Processor time is limited too: the worker waited.
            case .late: return .lost(.wallTime(seconds: limits.wallSeconds))
            case .tooLong: return .lost(.textTooLong(limit: limits.textBytes))
            case .closed: return .lost(ending(limits))
            }
        }
    }

    private func send(_ bytes: FileBytes, path: String, limits: ExtractionLimits) -> Bool {
        switch bytes.storage {
        case .array(let array):
            channel.send(ExtractionRequest(path: path, content: .inline(array), limits: limits).frame)
        case .memory(let file):
            channel.send(
                ExtractionRequest(path: path, content: .memory(count: file.count), limits: limits).frame, descriptor: file.descriptor)
        }
    }

    /// Why the worker closed its end of the socket.
    private func ending(_ limits: ExtractionLimits) -> Refusal {
        var info = siginfo_t()
        // The worker is about to end. Its status stays for `deinit` to collect.
        for _ in 0..<2000 where info._sifields._sigchld.si_pid == 0 {
            guard waitid(P_PID, id_t(process), &info, WEXITED | WNOWAIT | WNOHANG) == 0 else { return .workerLost }
            if info._sifields._sigchld.si_pid == 0 { usleep(1000) }
        }
        let status = info._sifields._sigchld.si_status
        guard info.si_code != CLD_EXITED else { return .workerExited(status: status) }
        switch status {
        case SIGXCPU: return .processorTime(seconds: limits.cpuSeconds)
        case SIGKILL: return .workerKilled
        default: return .workerCrashed(signal: status)
        }
    }
}
