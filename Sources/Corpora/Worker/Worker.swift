import CLibXML2
import CSandbox
import Glibc
import Synchronization
import SystemPackage

/// A worker: the process that reads the bytes of files for an `Extractor`, in a sandbox.
package enum Worker {
    /// The first argument that tells a program to call `serve()`.
    package static let argument = "__extract-worker"

    /// A program that runs as a worker.
    package struct Program: Sendable {
        /// The path of the executable.
        package let executable: String
        /// The arguments that tell the executable to call `serve()`.
        package let arguments: [String]

        /// Describes a program that calls `serve()` when it is started with `arguments`.
        package init(executable: String, arguments: [String] = [Worker.argument]) {
            self.executable = executable
            self.arguments = arguments
        }
    }

    /// Answers requests on standard input with replies on standard output until the input ends.
    ///
    /// The process first gives up its rights. It can then open only files below `/usr`, where its libraries are. It cannot
    /// change a file, reach a network, start a process or dump a core, and it can hold only a few files open.
    package static func serve() -> Never {
        // Ctrl-C goes to the whole process group. A worker finishes its file, and ends when its parent closes the socket.
        for ignored in [SIGINT, SIGTERM, SIGXFSZ, SIGPIPE] { signal(ignored, SIG_IGN) }
        // The output of a library must not mix with the replies.
        let output = dup(STDOUT_FILENO)
        let null = open("/dev/null", O_WRONLY | O_CLOEXEC)
        guard output >= 0, null >= 0, dup2(null, STDOUT_FILENO) >= 0 else { exit(1) }
        limit(Int32(RLIMIT_FSIZE.rawValue), 0)
        limit(Int32(RLIMIT_CORE.rawValue), 0)
        limit(Int32(RLIMIT_NOFILE.rawValue), 64)
        // Without Landlock the sandbox refuses every file, so tables and word lists must be loaded before.
        if csandbox_landlock_version() == 0 {
            Iconv.loadTables()
            WordList.load()
        }
        MailFile.prepare()
        guard csandbox_confine() == 0 else { exit(3) }
        cxml_silence()
        let channel = FrameChannel(input: STDIN_FILENO, output: output)
        while let message = try? channel.receive(atMost: FileBytes.longestInline + (64 << 10)) {
            guard let request = try? ExtractionRequest(frame: message.bytes) else { exit(2) }
            longWork.withLock { $0 = LongWork(channel: channel, cpuSeconds: request.limits.pageSeconds) }
            // The document and the file end before the reply is sent.
            let (head, text) = ExtractionReply(extraction: read(request, message.descriptor), peakBytes: peakBytes()).pieces
            guard channel.send(head), channel.send(text) else { exit(0) }
        }
        exit(0)
    }

    /// What a worker needs to ask for more time.
    private struct LongWork {
        let channel: FrameChannel
        let cpuSeconds: Int
    }

    private static let longWork = Mutex<LongWork?>(nil)

    /// Says that the recognition of a page begins: the worker gets processor time for it, and its parent waits on.
    ///
    /// The parent is told by a message without bytes. Outside a worker nothing happens.
    static func startLongWork() {
        guard let work = longWork.withLock({ $0 }) else { return }
        limit(Int32(RLIMIT_CPU.rawValue), cpuSeconds() + max(1, work.cpuSeconds), soft: true)
        _ = work.channel.send(FrameWriter().finished())
    }

    /// Reads the bytes of one request within its limits.
    private static func read(_ request: ExtractionRequest, _ descriptor: Int32?) -> Extraction {
        let count = request.content.count
        limit(Int32(RLIMIT_AS.rawValue), request.limits.memoryBytes, soft: true)
        limit(Int32(RLIMIT_CPU.rawValue), cpuSeconds() + max(1, request.limits.cpuSeconds), soft: true)
        switch request.content {
        case .inline(let bytes):
            if let descriptor { close(descriptor) }
            return Readers.read(FileBytes(bytes), path: request.path, limits: request.limits)
        case .memory:
            guard let descriptor, count > 0 else { exit(2) }
            do throws(Errno) {
                let file = try MemoryFile(sealed: descriptor, count: count)
                return Readers.read(FileBytes(file), path: request.path, limits: request.limits)
            } catch {
                close(descriptor)
                return .refused(.unreadable(error))
            }
        }
    }

    /// Lowers a limit of the process. A soft limit can be set anew for the next file.
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

    /// The peak of the resident memory so far, in bytes.
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
