import Corpora
import Dispatch
import Foundation
import Interface
import Pipelines
import Retrieval
import Synchronization

/// Refreshes of the served indexes: one at a time for an index, each with its progress.
final class Jobs: Sendable {
    /// A refresh as a client is told of it.
    struct Job: Encodable, Sendable {
        enum State: String, Encodable, Sendable { case running, done, failed, stopped }

        struct Progress: Encodable, Sendable {
            var phase = ""
            var items = 0
            var totalItems = 0
            var bytes = 0
            var totalBytes = 0
        }

        let id: String
        let index: String
        var state = State.running
        var progress = Progress()
        var report: IndexReport?
        var error: String?
    }

    /// As many jobs are remembered.
    private static let most = 64

    private struct Book {
        var jobs: [Job] = []
        var next = 1
    }

    private let book = Mutex(Book())
    private let isStopping = Atomic<Bool>(false)
    private let model: ModelOnDemand
    private let threads: Int
    private let worker: Worker.Program
    private let queue = DispatchQueue(label: "r3mem.refreshes", qos: .utility, attributes: .concurrent)
    private let group = DispatchGroup()

    init(model: ModelOnDemand, threads: Int, worker: Worker.Program) {
        self.model = model
        self.threads = threads
        self.worker = worker
    }

    /// The job of this number; nil where there is none.
    subscript(id: String) -> Job? { book.withLock { $0.jobs.first { $0.id == id } } }

    /// Whether an index is being refreshed.
    func isRunning(_ index: String) -> Bool {
        book.withLock { $0.jobs.contains { $0.index == index && $0.state == .running } }
    }

    /// Starts a refresh, or gives the one that runs.
    ///
    /// - Parameter whenDone: is called on another thread after a job that this call started.
    /// - Returns: the job, and whether this call started it.
    @discardableResult
    func refresh(
        _ index: ServedIndex, allowEmpty: Bool = false, whenDone: (@Sendable (Job) -> Void)? = nil
    ) -> (job: Job, isNew: Bool) {
        let (job, isNew) = book.withLock { book in
            if let running = book.jobs.last(where: { $0.index == index.name && $0.state == .running }) {
                return (running, false)
            }
            let job = Job(id: "\(book.next)", index: index.name)
            book.next += 1
            book.jobs.append(job)
            if book.jobs.count > Jobs.most, let old = book.jobs.firstIndex(where: { $0.state != .running }) {
                book.jobs.remove(at: old)
            }
            return (job, true)
        }
        guard isNew else { return (job, false) }
        queue.async(group: group) { [self] in
            do {
                let report = try Indexing.refresh(
                    index.path, model: model.model(), threads: threads, allowEmpty: allowEmpty, worker: worker
                ) { [self] progress in
                    change(job.id) { $0.progress = Job.Progress(progress) }
                    return !isStopping.load(ordering: .relaxed)
                }
                change(job.id) { job in
                    job.state = report.isComplete ? .done : .stopped
                    job.report = report
                }
            } catch {
                change(job.id) { job in
                    job.state = .failed
                    job.error = RequestError(error).message
                }
            }
            if let job = self[job.id] { whenDone?(job) }
        }
        return (job, true)
    }

    /// Runs a refresh that begins now, after one that runs already, and waits for its end.
    func refreshAndWait(_ index: ServedIndex) -> Job {
        let done = DispatchSemaphore(value: 0)
        while true {
            let (job, isNew) = refresh(index) { _ in done.signal() }
            guard isNew || isStopping.load(ordering: .relaxed) else {
                Thread.sleep(forTimeInterval: 0.1)
                continue
            }
            if isNew { done.wait() }
            return self[job.id] ?? job
        }
    }

    /// Stops all refreshes at their next safe point, and waits for it. What they committed stays.
    func stop() {
        isStopping.store(true, ordering: .relaxed)
        group.wait()
    }

    private func change(_ id: String, _ body: (inout Job) -> Void) {
        book.withLock { book in
            if let place = book.jobs.firstIndex(where: { $0.id == id }) { body(&book.jobs[place]) }
        }
    }
}

extension Jobs.Job.Progress {
    init(_ progress: WorkProgress) {
        phase = progress.phase.rawValue
        items = progress.items
        totalItems = progress.totalItems
        bytes = progress.bytes
        totalBytes = progress.totalBytes
    }
}
