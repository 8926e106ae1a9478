import CLibXML2
import CPoppler
import CSandbox
import Glibc
import SystemPackage

/// The far side of an `Extractor`: a process that reads bytes and has nothing to lose.
public enum Worker {
    /// The first argument with which a program must call `serve()`.
    public static let argument = "__extract-worker"

    /// A program that serves as worker.
    public struct Program: Sendable {
        /// The path of the executable.
        public let executable: String
        /// The arguments with which the executable calls `serve()`.
        public let arguments: [String]

        /// A program that calls `serve()` when it is started with `arguments`.
        public init(executable: String, arguments: [String] = [Worker.argument]) {
            self.executable = executable
            self.arguments = arguments
        }
    }

    /// Answers requests on standard input with replies on standard output until the input ends.
    ///
    /// The process first gives up what it does not need: it can open no file but those of its libraries below `/usr`, change no file,
    /// reach no network, start no process, dump no core, and hold few files open.
    public static func serve() -> Never {
        // Ctrl-C goes to the whole process group: a worker finishes its file, and ends when its parent closes the socket.
        for ignored in [SIGINT, SIGTERM, SIGXFSZ, SIGPIPE] { signal(ignored, SIG_IGN) }
        // What a library prints must not get between the replies.
        let output = dup(STDOUT_FILENO)
        let null = open("/dev/null", O_WRONLY | O_CLOEXEC)
        guard output >= 0, null >= 0, dup2(null, STDOUT_FILENO) >= 0 else { exit(1) }
        limit(Int32(RLIMIT_FSIZE.rawValue), 0)
        limit(Int32(RLIMIT_CORE.rawValue), 0)
        limit(Int32(RLIMIT_NOFILE.rawValue), 64)
        // Without Landlock every file is refused: the tables of the C library are loaded before.
        if csandbox_landlock_version() == 0 { Iconv.loadTables() }
        guard csandbox_confine() == 0 else { exit(3) }
        cxml_silence()
        cpoppler_silence()
        let channel = FrameChannel(input: STDIN_FILENO, output: output)
        while let message = try? channel.receive(atMost: FileBytes.longestInline + (64 << 10)) {
            guard let request = try? ExtractionRequest(frame: message.bytes) else { exit(2) }
            let reply = ExtractionReply(extraction: read(request, message.descriptor), peakBytes: peakBytes())
            guard channel.send(reply.frame) else { exit(0) }
        }
        exit(0)
    }

    /// Reads the bytes of one request within its limits.
    private static func read(_ request: ExtractionRequest, _ descriptor: Int32?) -> Extraction {
        defer { if let descriptor { close(descriptor) } }
        let count = request.content.count
        limit(Int32(RLIMIT_AS.rawValue), request.limits.memoryBytes + 2 * count, soft: true)
        limit(Int32(RLIMIT_CPU.rawValue), cpuSeconds() + max(1, request.limits.cpuSeconds), soft: true)
        switch request.content {
        case .inline(let bytes): return Readers.read(bytes, path: request.path, limits: request.limits)
        case .memory:
            guard let descriptor else { exit(2) }
            lseek(descriptor, 0, SEEK_SET)
            do {
                let bytes = try FileDescriptor(rawValue: descriptor).bytes(atMost: count)
                return Readers.read(bytes, path: request.path, limits: request.limits)
            } catch {
                return .refused(.unreadable(error))
            }
        }
    }

    /// Lowers a limit; a soft one may be set again for the next file.
    private static func limit(_ resource: __rlimit_resource_t, _ value: Int, soft: Bool = false) {
        var limits = rlimit()
        guard getrlimit(resource, &limits) == 0 else { return }
        limits.rlim_cur = min(UInt(clamping: value), limits.rlim_max)
        if !soft { limits.rlim_max = limits.rlim_cur }
        setrlimit(resource, &limits)
    }

    /// Seconds of processor time used so far, rounded up.
    private static func cpuSeconds() -> Int {
        var usage = rusage()
        getrusage(Int32(RUSAGE_SELF.rawValue), &usage)
        return Int(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) + 1
    }

    private static func peakBytes() -> Int {
        var usage = rusage()
        getrusage(Int32(RUSAGE_SELF.rawValue), &usage)
        return Int(usage.ru_maxrss) * 1024
    }
}

extension ExtractionRequest.Content {
    /// The number of bytes.
    fileprivate var count: Int {
        switch self {
        case .inline(let bytes): bytes.count
        case .memory(let count): max(0, count)
        }
    }
}
