import Corpora
import Dispatch
import Interface
import Logging
import Pipelines
import Retrieval
import Synchronization

/// Refreshes of the served indexes: one at a time for an index, each with its progress.
final class Jobs: Sendable {
    /// A refresh as a client is told of it.
    struct Job: Encodable, Sendable {
        enum State: String, Encodable, Sendable { case running, done, failed, stopped }

        let id: String
        let index: String
        var state = State.running
        var progress = WorkProgress(.indexing)
        var report: IndexReport?
        var error: String?
    }

    /// How a refresh ended, for the server itself.
    enum Ending: Sendable {
        case done
        /// The server is stopping.
        case stopped
        /// Another process writes.
        case busy
        case failed
    }

    /// The end of a job, for those who wait for it.
    private final class Finish: Sendable {
        private let group = DispatchGroup()
        private let ending = Mutex(Ending.stopped)

        init() { group.enter() }

        func tell(_ ending: Ending) {
            self.ending.withLock { $0 = ending }
            group.leave()
        }

        func wait() -> Ending {
            group.wait()
            return ending.withLock { $0 }
        }
    }

    private struct Entry {
        var job: Job
        /// Whether a client was told of the job, and may ask for it.
        var isKnown: Bool
        let finish = Finish()
    }

    /// As many jobs that have ended are remembered for clients. Each has its report, which may be long.
    private static let mostEnded = 16

    private struct Book {
        /// In the order of their start.
        var entries: [Entry] = []
        var next = 1

        func place(_ id: String) -> Int? { entries.firstIndex { $0.job.id == id } }
        func running(_ index: String) -> Int? { entries.firstIndex { $0.job.index == index && $0.job.state == .running } }

        /// Forgets jobs that nobody asks for, and the oldest ones of clients.
        mutating func forget() {
            entries.removeAll { !$0.isKnown && $0.job.state != .running }
            let ended = entries.filter { $0.job.state != .running }
            let old = Set(ended.dropLast(Jobs.mostEnded).map(\.job.id))
            entries.removeAll { old.contains($0.job.id) }
        }
    }

    private let book = Mutex(Book())
    private let isStopping = Atomic<Bool>(false)
    private let shelf: Shelf
    private let threads: Int
    private let worker: Worker.Program
    private let logger: Logger
    private let all = DispatchGroup()

    init(_ shelf: Shelf, threads: Int, worker: Worker.Program, logger: Logger) {
        self.shelf = shelf
        self.threads = threads
        self.worker = worker
        self.logger = logger
    }

    /// The job of this number; nil where there is none.
    subscript(id: String) -> Job? { book.withLock { book in book.place(id).map { book.entries[$0].job } } }

    /// Whether an index is being refreshed.
    func isRunning(_ index: String) -> Bool { book.withLock { $0.running(index) != nil } }

    /// Starts a refresh for a client, or gives the one that runs.
    func refresh(_ index: ServedIndex, allowEmpty: Bool) -> Job {
        start(index, allowEmpty: allowEmpty, isKnown: true).entry.job
    }

    /// Runs a refresh that begins now, after one that runs already, and waits for its end.
    func refreshAndWait(_ index: ServedIndex) -> Ending {
        while !isStopping.load(ordering: .relaxed) {
            let (entry, isNew) = start(index, allowEmpty: false, isKnown: false)
            let ending = entry.finish.wait()
            if isNew { return ending }
        }
        return .stopped
    }

    /// Stops all refreshes at their next safe point, and waits for it. What they committed stays.
    func stop() {
        isStopping.store(true, ordering: .relaxed)
        all.wait()
    }

    private func start(_ index: ServedIndex, allowEmpty: Bool, isKnown: Bool) -> (entry: Entry, isNew: Bool) {
        let (entry, isNew) = book.withLock { book in
            if let running = book.running(index.name) {
                if isKnown { book.entries[running].isKnown = true }
                return (book.entries[running], false)
            }
            let entry = Entry(job: Job(id: "\(book.next)", index: index.name), isKnown: isKnown)
            book.next += 1
            book.entries.append(entry)
            return (entry, true)
        }
        if isNew {
            // The queue of one refresh has a thread of its own, which is not one of those that requests need.
            DispatchQueue(label: "r3mem.refresh", qos: .utility).async(group: all) { [self] in
                entry.finish.tell(run(entry.job.id, index, allowEmpty: allowEmpty))
            }
        }
        return (entry, isNew)
    }

    private func run(_ id: String, _ index: ServedIndex, allowEmpty: Bool) -> Ending {
        do {
            let report = try Indexing.refresh(
                index.path, model: shelf.model.model(), threads: threads, allowEmpty: allowEmpty, worker: worker
            ) { [self] progress in
                change(id) { $0.progress = progress }
                return !isStopping.load(ordering: .relaxed)
            }
            // The refresh is committed whether or not it can be looked at: the next question says why it cannot.
            try? shelf.follow(index)
            change(id) { job in
                job.state = report.isComplete ? .done : .stopped
                job.report = report
            }
            return report.isComplete ? .done : .stopped
        } catch {
            change(id) { job in
                job.state = .failed
                job.error = RequestError(error).message
            }
            if Indexing.isBusy(error) { return .busy }
            logger.warning("\(index.name): \(Remedies.line(error))")
            return .failed
        }
    }

    private func change(_ id: String, _ body: (inout Job) -> Void) {
        book.withLock { book in
            if let place = book.place(id) { body(&book.entries[place].job) }
            book.forget()
        }
    }
}
