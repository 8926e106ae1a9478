import Indexes
import Retrieval

extension Indexing {
    /// Verifies the index at `path`, and rebuilds it from its intact parts where something is wrong with it.
    ///
    /// The file is replaced only when the new one is complete. Documents that are lost are read again by the next refresh.
    /// - Returns: what verifying found in the end; where there was something to repair, `repair` says what it cost.
    package static func verifyAndRepair(
        _ path: String, model: LoadedModel, threads: Int = 0, progress: @escaping ProgressReport
    ) throws -> VerifyReport {
        do {
            try IndexFile.checkLog(path)
            let report = try OpenIndex(path: path, model: model, threads: threads).verifyForTheRecord(progress: progress)
            if report.wrong.isEmpty { return report }
        } catch let error as IndexError where !error.isReparable {
            throw error
        } catch is IndexError {}  // the repair finds out for itself what is wrong
        var last = VerifyReport()
        do {
            let repair = try IndexFile.repair(at: path, model: model.identity, lexicon: model.termPrior()) { fresh in
                let index = try OpenIndex(path: fresh, model: model, threads: threads),
                    paths = Set(index.snapshot.sources.map { PathKey($0.path) })
                last = try index.verify(progress: progress)
                guard last.isComplete else { throw Stopped() }
                if let other = last.wrong.first(where: { !paths.contains(PathKey($0.path)) }) {
                    throw index.damaged(other.fact)
                }
                return last.wrong.map(\.path)
            }
            last.repair = RepairReport(repair)
            Verification.forget(path: path)
        } catch is Stopped {
            last.wrong = []  // of the new file, which is gone
        }
        return last
    }

    /// The user asked to stop.
    private struct Stopped: Error {}
}

extension IndexError {
    /// Whether it may be damage: the mark of the format and its version are in the file too.
    fileprivate var isReparable: Bool {
        switch code {
        case .damaged, .truncated, .notAnIndex, .newerFormat, .olderFormat, .inputOutput: true
        default: false
        }
    }
}

extension RepairReport {
    init(_ repair: IndexRepair) {
        self.init()
        lost = repair.lost.map { FileReason(path: $0, fact: "its text is lost", code: .lostText) }
        lostPaths = repair.lostPaths
        unprovenPaths = repair.unprovenPaths
        isHeaderLost = repair.isHeaderLost
        isLogLost = repair.isLogLost
        isWhole = repair.isWhole
    }
}
