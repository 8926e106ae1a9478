import CLibXML2
import CPoppler
import Glibc

/// The far side of an `Extractor`: a process that reads files and has nothing to lose.
public enum ExtractionWorker {
    /// The first argument with which the executable must call `serve()`.
    public static let argument = "__extract-worker"

    /// Answers requests on standard input with replies on standard output until the input ends.
    ///
    /// The process gives up what it does not need first: it can change no file, reach no network, start no process, dump no core, open few files.
    public static func serve() -> Never {
        // What a library prints must not get between the replies.
        let output = dup(STDOUT_FILENO)
        let null = open("/dev/null", O_WRONLY | O_CLOEXEC)
        guard output >= 0, null >= 0, dup2(null, STDOUT_FILENO) >= 0 else { exit(1) }
        signal(SIGXFSZ, SIG_IGN)
        signal(SIGPIPE, SIG_IGN)
        limit(Int32(RLIMIT_FSIZE.rawValue), 0)
        limit(Int32(RLIMIT_CORE.rawValue), 0)
        limit(Int32(RLIMIT_NOFILE.rawValue), 64)
        cworker_confine()
        cxml_silence()
        cpoppler_silence()
        while let frame = FrameChannel(input: STDIN_FILENO, output: output).receive(atMost: 1 << 20, deadline: nil) {
            guard let request = try? ExtractionRequest(frame: frame) else { exit(2) }
            limit(Int32(RLIMIT_AS.rawValue), request.limits.memoryBytes + 2 * max(0, request.file.size), soft: true)
            limit(Int32(RLIMIT_CPU.rawValue), cpuSeconds() + max(1, request.limits.cpuSeconds), soft: true)
            let extraction = DocumentReader.read(request.file, limits: request.limits)
            let reply = ExtractionReply(extraction: extraction, peakBytes: peakBytes())
            guard FrameChannel(input: STDIN_FILENO, output: output).send(reply.frame) else { exit(0) }
        }
        exit(0)
    }

    /// Lowers a limit; a soft one may be set again for the next file.
    private static func limit(_ resource: __rlimit_resource_t, _ value: Int, soft: Bool = false) {
        var limits = rlimit()
        guard getrlimit(resource, &limits) == 0 else { return }
        limits.rlim_cur = min(UInt(clamping: value), limits.rlim_max)
        if !soft { limits.rlim_max = limits.rlim_cur }
        setrlimit(resource, &limits)
    }

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
