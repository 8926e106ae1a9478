import Corpora
import Foundation
import Interface
import Logging
import Pipelines
import Retrieval
import Synchronization

/// What a server serves, and to whom.
package struct ServerOptions: Sendable {
    /// The index files.
    package var indexes: [String]
    package var host = "127.0.0.1"
    /// 0 for any free port.
    package var port = 8311
    /// The token that clients must send; nil where none is asked for.
    package var token: String?
    /// Names by which clients may call the server, beside addresses and localhost.
    package var names: [String] = []
    /// Whether the folders of the indexes are followed.
    package var watches = false
    /// Whether clients may start a refresh.
    package var allowsRefresh = false
    /// The model file; nil for the default model.
    package var model: String?
    /// 0 for as many as the machine has cores.
    package var threads = 0
    /// Questions that run at a time; 0 for as many as the machine has cores.
    package var questions = 0
    /// Questions that may wait.
    package var queueLength = 64
    package var generator: (any AnswerGenerator)?
    /// The version of the program.
    package var version: String
    /// The program that reads files.
    package var worker: Worker.Program

    package init(indexes: [String], version: String, worker: Worker.Program) {
        self.indexes = indexes
        self.version = version
        self.worker = worker
    }

    /// Whether only this machine can reach a server that listens at an address.
    package static func isLocal(_ host: String) -> Bool {
        // A name that only begins like an address may lead anywhere.
        var address = in_addr()
        if inet_pton(AF_INET, host, &address) == 1 { return UInt32(bigEndian: address.s_addr) >> 24 == 127 }
        return host.lowercased() == "localhost" || host == "::1"
    }
}

/// A server of indexes over HTTP.
package struct Server: Sendable {
    let options: ServerOptions
    let shelf: Shelf
    let gate: Gate
    let jobs: Jobs
    let logger: Logger

    package init(_ options: ServerOptions) {
        self.options = options
        shelf = Shelf(paths: options.indexes, model: options.model, threads: options.threads)
        let cores = ProcessInfo.processInfo.activeProcessorCount
        gate = Gate(places: options.questions > 0 ? options.questions : cores, queueLength: options.queueLength)
        var logger = Logger(label: "r3mem") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel =
            ProcessInfo.processInfo.environment["R3MEM_LOG"].flatMap { Logger.Level(rawValue: $0) } ?? .notice
        self.logger = logger
        jobs = Jobs(shelf, threads: options.threads, worker: options.worker, logger: logger)
    }

    /// Serves until SIGTERM or SIGINT; then finishes what runs.
    ///
    /// - Parameter whenListening: is told the port.
    package func run(whenListening: @escaping @Sendable (Int) -> Void) async throws {
        let site = Site(routes, access: Access(names: options.names, token: options.token), report: report)
        let listener = Listener(host: options.host, port: options.port, logger: logger) { await site.answer($0) }
        let watches = Watches()
        let following = Following(shelf)
        let haste = Haste(logger)
        defer { haste.end() }
        try await listener.run { port in
            whenListening(port)
            // The first question need not wait for the model.
            Thread.detachNewThread { [self] in
                for index in shelf.indexes { open(index, watches) }
            }
        }
        watches.end()
        jobs.stop()
        following.end()
        // The threads that follow folders may hold the indexes when the process ends.
        shelf.close()
    }

    /// Opens an index, and follows its folders where that is asked for.
    private func open(_ index: ServedIndex, _ watches: Watches) {
        do {
            let open = try shelf.current([index])
            if options.watches { watch(index, open, watches) }
        } catch {
            let left = options.watches ? "; its folders are not followed, start the server again when it can be opened" : ""
            logger.error("\(index.name): \(Remedies.line(error))\(left)")
        }
    }

    /// Follows the folders of an index: refreshes it now, and after every change.
    private func watch(_ index: ServedIndex, _ open: OpenIndex, _ watches: Watches) {
        let watch: FolderWatch
        do {
            watch = try FolderWatch(open)
        } catch {
            return logger.error("\(index.name): its folders cannot be followed (\(Remedies.line(error)))")
        }
        if watch.unwatchedFolders > 0 {
            logger.warning(
                """
                \(index.name): \(watch.unwatchedFolders) of its folders cannot be followed; raise \
                fs.inotify.max_user_watches with sysctl, or let the folders be read, and start the server again
                """)
        }
        guard watches.add(watch) else { return }
        let refresh: @Sendable () -> Void = { [self] in
            var pause = 1.0
            while !watch.isEnded {
                switch jobs.refreshAndWait(index) {
                // After a failure another try would fail too. The next change gives occasion for one.
                case .done, .stopped, .failed: return
                case .busy:
                    // What the other process does not see is read when it has finished.
                    logger.info("\(index.name): another process writes; once more in \(Int(pause)) s")
                    watch.wait(seconds: pause)
                    pause = min(60, 2 * pause)
                }
            }
        }
        Thread.detachNewThread {
            refresh()
            watch.run(refresh)
        }
    }

    /// Tells who runs the server of an error that no client can mend.
    @Sendable func report(_ error: any Error) {
        guard RequestError(error).code == .unavailable else { return }
        if let error = error as? PipelineError, error.isOfGenerator {
            // What a language model wrote may quote the documents.
            logger.warning("\(error.subject): the language model fails; R3MEM_LOG=debug logs how")
            logger.debug("\(Remedies.line(error))")
        } else {
            logger.warning("\(Remedies.line(error))")
        }
    }

    private var routes: [Site.Route] { apiRoutes + protocolRoutes + pageRoutes }
}

/// The watches of a server.
private final class Watches: Sendable {
    private let state = Mutex<(all: [FolderWatch], isEnded: Bool)>(([], false))

    /// False where the server has ended already.
    func add(_ watch: FolderWatch) -> Bool {
        state.withLock { state in
            if !state.isEnded { state.all.append(watch) }
            return !state.isEnded
        }
    }

    func end() {
        let all = state.withLock { state in
            state.isEnded = true
            return state.all
        }
        for watch in all { watch.end() }
    }
}
