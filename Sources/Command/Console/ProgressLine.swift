import Console
import Foundation
import Retrieval
import Synchronization

/// Progress on standard error: one redrawn line on a terminal, otherwise a plain line every few seconds.
final class ProgressLine: Sendable {
    private struct State {
        var starts: [String: Date] = [:]
        var lastShown = Date.distantPast
        var isDrawn = false
    }

    private let state = Mutex(State())
    private let isQuiet: Bool
    private let nouns: String

    /// - Parameter nouns: the plural noun of the counted things.
    init(isQuiet: Bool, nouns: String) {
        self.isQuiet = isQuiet
        self.nouns = nouns
        Interrupts.install()
    }

    /// Shows progress; false once the user asked to stop.
    private var report: ProgressReport {
        { [self] progress in
            show(progress)
            return !Interrupts.isAsked
        }
    }

    /// Runs `body` with the report, and removes the redrawn line however `body` ends.
    func during<Result>(_ body: (@escaping ProgressReport) throws -> Result) rethrows -> Result {
        defer { finish() }
        return try body(report)
    }

    /// Removes the redrawn line.
    private func finish() {
        state.withLock { state in
            if state.isDrawn { Output.write("\r\u{1B}[K", to: STDERR_FILENO) }
            state.isDrawn = false
        }
    }

    private func show(_ progress: WorkProgress) {
        guard !isQuiet, !Interrupts.isAsked else { return }
        state.withLock { state in
            let now = Date(), start = state.starts[progress.phase.rawValue, default: now]
            state.starts[progress.phase.rawValue] = start
            guard now.timeIntervalSince(state.lastShown) >= (Terminal.redrawsErrors ? 0.1 : 3) else { return }
            state.lastShown = now
            if Terminal.redrawsErrors {
                let width = Terminal.columns(of: STDERR_FILENO)
                let line = ProgressText.line(
                    progress.phase.rawValue, share(progress), plain(progress, seconds: now.timeIntervalSince(start)),
                    width: width - 1)
                Output.write("\r\u{1B}[K" + line, to: STDERR_FILENO)
                state.isDrawn = true
            } else {
                let parts = plain(progress, seconds: now.timeIntervalSince(start))
                let words = parts.isEmpty ? "" : ": " + parts.joined(separator: ", ")
                Output.note(progress.phase.rawValue + words)
            }
        }
    }

    private func plain(_ progress: WorkProgress, seconds: Double) -> [String] {
        var parts: [String] = []
        if progress.totalItems > 0 {
            let nouns = progress.phase == .asking ? "questions" : nouns
            parts.append("\(progress.items) of \(progress.totalItems) \(nouns)")
        }
        if progress.totalBytes > 0 { parts.append("\(Units.bytes(progress.bytes)) of \(Units.bytes(progress.totalBytes))") }
        guard progress.bytes > 0, seconds > 0.2 else { return parts }
        let rate = Double(progress.bytes) / seconds
        parts.append("\(Units.bytes(rate))/s")
        let share = share(progress)
        if share > 0, share < 1 { parts.append("\(Units.seconds(seconds * (1 - share) / share)) left") }
        return parts
    }

    private func share(_ progress: WorkProgress) -> Double {
        let (done, all) =
            progress.totalBytes > 0 ? (progress.bytes, progress.totalBytes) : (progress.items, progress.totalItems)
        return min(1, max(0, progress.share ?? Double(done) / Double(max(1, all))))
    }
}
