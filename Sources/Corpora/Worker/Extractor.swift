import Synchronization

/// Reads files in worker processes. A hostile or broken file can harm only its own document.
///
/// An extractor starts a worker when it first needs one. It replaces a worker after a crash, an exceeded limit, or many
/// files. Each thread that calls `extract` uses one worker at a time. When all workers are in use, a call waits.
package final class Extractor: Sendable {
    /// The number of files after which a worker is replaced. Memory that a C library leaks is freed with the process.
    private static let filesPerWorker = 1000
    /// The resident memory after which a worker is replaced, in bytes.
    private static let bytesPerWorker = 1 << 30

    /// A place for a worker. The thread that holds the mutex uses the worker.
    private final class Seat: Sendable {
        let worker = Mutex<WorkerProcess?>(nil)
    }

    private let program: Worker.Program
    private let limits: ExtractionLimits
    private let seats: [Seat]
    private let next = Atomic<Int>(0)

    /// Makes an extractor whose workers run `program`.
    package init(_ program: Worker.Program, limits: ExtractionLimits = ExtractionLimits(), workers: Int = 2) {
        precondition(workers > 0, "an extractor needs a worker")
        self.program = program
        self.limits = limits
        seats = (0..<workers).map { _ in Seat() }
    }

    /// Reads the bytes of one file. The path only serves to recognise the format.
    ///
    /// Throws only when no worker can be started. Every fault of the file is a refusal.
    package func extract(_ bytes: FileBytes, path: String) throws(CorporaError) -> Extraction {
        if bytes.count == 0 { return .refused(.empty) }
        let limits = limits.forFile(of: bytes.count)
        // The call takes a seat that is free now. When none is free, it waits for the next seat in turn.
        for seat in seats {
            if let result = seat.worker.withLockIfAvailable({ attempt(bytes, path, limits, &$0) }) {
                return try result.get()
            }
        }
        let turn = next.wrappingAdd(1, ordering: .relaxed).oldValue
        let seat = seats[Int(UInt(bitPattern: turn) % UInt(seats.count))]
        return try seat.worker.withLock { attempt(bytes, path, limits, &$0) }.get()
    }

    /// Reads a file once, and lets a worker extract its document.
    package func extract(_ file: CorpusFile) throws(CorporaError) -> Extraction {
        if let refusal = Readers.refusal(path: file.path, size: file.size, limits: limits) { return .refused(refusal) }
        let bytes: FileBytes
        do throws(Refusal) {
            bytes = try FileBytes.read(file, atMost: limits.longestFile)
        } catch {
            return .refused(error)
        }
        return try extract(bytes, path: file.path)
    }

    /// Reads the bytes with the worker of a seat. The seat is left empty when the worker must be replaced.
    private func attempt(
        _ bytes: FileBytes, _ path: String, _ limits: ExtractionLimits, _ seat: inout WorkerProcess?
    ) -> Result<Extraction, CorporaError> {
        do throws(CorporaError) {
            var worker: WorkerProcess
            if let idle = seat.take() {
                worker = idle
            } else {
                worker = try WorkerProcess(program)
            }
            switch worker.extract(bytes, path: path, limits: limits) {
            case .extraction(let extraction):
                // The memory that recognition took must not be missing for the next file.
                let isUsedUp =
                    worker.served >= Self.filesPerWorker || worker.peakBytes >= Self.bytesPerWorker || worker.workedLong
                if !isUsedUp { seat = consume worker }
                return .success(extraction)
            case .lost where worker.workedLong:
                // Recognition must not cost the text that the other pages have.
                var others = limits
                others.recognisesPages = false
                seat = nil
                return attempt(bytes, path, others, &seat)
            case .lost(let refusal):
                return .success(.refused(refusal))
            }
        } catch {
            return .failure(error)
        }
    }
}
