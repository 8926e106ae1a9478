import CSandbox
import Glibc
import SystemPackage

/// A running worker process. The process ends when this value is destroyed.
struct WorkerProcess: ~Copyable {
    private let process: pid_t
    private let channel: FrameChannel
    /// The number of files that the worker has read.
    private(set) var served = 0
    /// Whether the worker said that it began a long piece of work on its last file.
    private(set) var workedLong = false
    /// The peak of the resident memory that the worker last reported, in bytes.
    private(set) var peakBytes = 0

    /// Starts the program. Its standard input and output are one end of a socket, and no other file is open.
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
        // The starting thread may block the signal that ends a worker when its processor time is used up.
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

    /// The environment of a worker. It turns crash reports of the Swift runtime off, because the signal says enough.
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

    /// The result of a request.
    enum Outcome {
        /// The worker answered.
        case extraction(Extraction)
        /// The worker can no longer be used, and the file was not read.
        case lost(Refusal)
    }

    /// Lets the worker read the bytes of one file. After `.lost` the caller must drop the worker.
    mutating func extract(_ bytes: FileBytes, path: String, limits: ExtractionLimits) -> Outcome {
        let start = FrameChannel.now()
        var deadline = start + limits.wallSeconds
        workedLong = false
        guard send(bytes, path: path, limits: limits) else { return .lost(ending(limits)) }
        do throws(FrameChannel.Failure) {
            // A reply is longer than its text, because it also holds the spans and the lengths of its fields.
            let longest = limits.textBytes + limits.textBytes / 2 + (1 << 20)
            var message = try channel.receive(atMost: longest, deadline: deadline)
            // A message without bytes asks for more time, which recognition may take.
            while message.bytes.isEmpty, message.descriptor == nil, limits.recognisesPages {
                workedLong = true
                deadline = min(FrameChannel.now(), start + limits.recognitionSeconds) + limits.wallSeconds
                message = try channel.receive(atMost: longest, deadline: deadline)
            }
            // An honest worker sends no descriptor.
            if let descriptor = message.descriptor { close(descriptor) }
            // The error has no details to keep.
            guard let reply = try? ExtractionReply(frame: (consume message).bytes, file: bytes) else {
                return .lost(.malformedAnswer)
            }
            served += 1
            peakBytes = reply.peakBytes
            return .extraction(reply.extraction)
        } catch {
            switch error {
            // The worker waited. A worker that computes all the time exceeds its processor time first.
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
                ExtractionRequest(path: path, content: .memory(count: file.count), limits: limits).frame,
                descriptor: file.descriptor)
        }
    }

    /// Why the worker closed its end of the socket.
    private func ending(_ limits: ExtractionLimits) -> Refusal {
        var info = siginfo_t()
        // The worker ends soon. WNOWAIT leaves its status for `deinit` to collect.
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
