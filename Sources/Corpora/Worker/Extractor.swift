import Synchronization

/// Reads files in worker processes, so that a hostile or broken file costs that file only.
///
/// Workers are started when they are first needed, and again after a crash, a limit, or many files. Each thread that calls
/// `extract` uses one worker at a time; a call beyond the number of workers waits.
public final class Extractor: Sendable {
    /// Files after which a worker is replaced: what a C library leaks goes with it
    private static let filesPerWorker = 1000
    /// Resident bytes after which a worker is replaced
    private static let bytesPerWorker = 1 << 30

    /// A place for a worker; whoever holds its mutex uses it.
    private final class Seat: Sendable {
        let worker = Mutex<WorkerProcess?>(nil)
    }

    private let executable: String
    private let arguments: [String]
    private let limits: ExtractionLimits
    private let seats: [Seat]
    private let next = Atomic<Int>(0)

    /// An extractor that runs `executable` with `arguments`, which must then call `ExtractionWorker.serve()`.
    public init(
        executable: String = "/proc/self/exe", arguments: [String] = [ExtractionWorker.argument],
        limits: ExtractionLimits = ExtractionLimits(), workers: Int = 2
    ) {
        precondition(workers > 0, "an extractor needs a worker")
        self.executable = executable
        self.arguments = arguments
        self.limits = limits
        seats = (0..<workers).map { _ in Seat() }
    }

    /// Reads one file. Throws only when no worker can be started; what befalls the file is in the result.
    public func extract(_ file: CorpusFile) throws(CorporaError) -> Extraction {
        if file.size == 0 { return .skipped("empty") }
        // A seat that is free now, or else the next in turn.
        for seat in seats {
            if let result = seat.worker.withLockIfAvailable({ attempt(file, &$0) }) { return try result.get() }
        }
        let turn = next.wrappingAdd(1, ordering: .relaxed).oldValue
        let seat = seats[Int(UInt(bitPattern: turn) % UInt(seats.count))]
        return try seat.worker.withLock { attempt(file, &$0) }.get()
    }

    private func attempt(_ file: CorpusFile, _ seat: inout WorkerProcess?) -> Result<Extraction, CorporaError> {
        do throws(CorporaError) {
            var worker: WorkerProcess
            if let idle = seat.take() {
                worker = idle
            } else {
                worker = try WorkerProcess(executable: executable, arguments: arguments)
            }
            switch worker.extract(file, limits: limits) {
            case .extraction(let extraction):
                if worker.served < Self.filesPerWorker, worker.peakBytes < Self.bytesPerWorker { seat = consume worker }
                return .success(extraction)
            case .lost(let extraction):
                return .success(extraction)
            }
        } catch {
            return .failure(error)
        }
    }
}
