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

    /// A place for a worker. The thread that holds the mutex uses the worker.
    private final class Seat: Sendable {
        let worker = Mutex<WorkerProcess?>(nil)
    }

    private let program: Worker.Program
    private let limits: ExtractionLimits
    private let seats: [Seat]
    private let next = Atomic<Int>(0)

    /// An extractor whose workers run `program`.
    public init(_ program: Worker.Program, limits: ExtractionLimits = ExtractionLimits(), workers: Int = 2) {
        precondition(workers > 0, "an extractor needs a worker")
        self.program = program
        self.limits = limits
        seats = (0..<workers).map { _ in Seat() }
    }

    /// Reads the bytes of one file, whose path is only a name.
    ///
    /// Throws only when no worker can be started. The result says what became of the file.
    public func extract(_ bytes: FileBytes, path: String) throws(CorporaError) -> Extraction {
        if bytes.count == 0 { return .refused(.empty) }
        // A seat that is free now, or else the next in turn.
        for seat in seats {
            if let result = seat.worker.withLockIfAvailable({ attempt(bytes, path, &$0) }) { return try result.get() }
        }
        let turn = next.wrappingAdd(1, ordering: .relaxed).oldValue
        let seat = seats[Int(UInt(bitPattern: turn) % UInt(seats.count))]
        return try seat.worker.withLock { attempt(bytes, path, &$0) }.get()
    }

    /// Reads a file once and has it extracted.
    public func extract(_ file: CorpusFile) throws(CorporaError) -> Extraction {
        if let refusal = Readers.refusal(path: file.path, size: file.size, limits: limits) { return .refused(refusal) }
        let bytes: FileBytes
        do throws(Refusal) {
            bytes = try FileBytes.read(file, atMost: limits.longestFile)
        } catch {
            return .refused(error)
        }
        return try extract(bytes, path: file.path)
    }

    private func attempt(_ bytes: FileBytes, _ path: String, _ seat: inout WorkerProcess?) -> Result<Extraction, CorporaError> {
        do throws(CorporaError) {
            var worker: WorkerProcess
            if let idle = seat.take() {
                worker = idle
            } else {
                worker = try WorkerProcess(program)
            }
            switch worker.extract(bytes, path: path, limits: limits) {
            case .extraction(let extraction):
                if worker.served < Self.filesPerWorker, worker.peakBytes < Self.bytesPerWorker { seat = consume worker }
                return .success(extraction)
            case .lost(let refusal):
                return .success(.refused(refusal))
            }
        } catch {
            return .failure(error)
        }
    }
}
