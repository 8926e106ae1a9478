import Corpora
import Retrieval

/// How far a run is through the files that it reads.
struct RunProgress {
    private let send: ProgressReport
    private let totalItems: Int
    private let totalBytes: Int
    private var items = 0
    private var bytes = 0

    init(_ files: [CorpusFile], _ send: @escaping ProgressReport) {
        self.send = send
        totalItems = files.count
        totalBytes = files.reduce(0) { $0 + $1.size }
    }

    /// Counts files as read.
    mutating func advance(past files: some Collection<CorpusFile>) {
        items += files.count
        bytes += files.reduce(0) { $0 + $1.size }
    }

    /// Reports the state, with so many bytes of the next file; false where the run should stop.
    func report(_ phase: WorkProgress.Phase, ahead: Int = 0) -> Bool {
        let bytes = min(totalBytes, bytes + ahead)
        return send(WorkProgress(phase, items: items, totalItems: totalItems, bytes: bytes, totalBytes: totalBytes))
    }
}
