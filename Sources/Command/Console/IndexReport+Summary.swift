import ArgumentParser
import Console
import Foundation
import Interface
import Pipelines
import Retrieval

extension IndexReport {
    /// Prints the result of `index` or `refresh`, and how to continue after a stop.
    ///
    /// - Throws: `ExitCode` 130 where a signal stopped the run.
    func finish(index path: String, again: String, asJSON: Bool, isQuiet: Bool) throws {
        if asJSON {
            try Output.json(self, userInfo: ReasonText.userInfo)
        } else if !isQuiet {
            summarise(path)
        }
        guard isComplete else {
            Output.note("r3mem: stopped; the files read so far are kept in \(Printable.line(path)), and \(again) continues")
            throw ExitCode(Interrupts.exitCode)
        }
    }

    /// Prints the counts, the size, and the files that could not be read.
    func summarise(_ path: String) {
        let counts = [
            (added, "added"), (changed, "changed"), (moved, "moved"),
            (duplicates, duplicates == 1 ? "duplicate" : "duplicates"), (removed, "removed"),
            (unchanged, "unchanged"), (kept, "kept though unreadable now"), (skipped.count, "skipped"),
            (failed.count, "failed"),
        ]
        let told = counts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
        Output.line("\(Printable.line(path)): \(told.isEmpty ? "no file" : told.joined(separator: ", "))")
        if textBytes > 0 {
            let rate = seconds > 0 ? ", \(Units.bytes(Double(textBytes) / seconds))/s" : ""
            Output.line(
                "  read \(Units.bytes(textBytes)) of text as \(Units.count(passages, "passage")) in \(Units.seconds(seconds))\(rate)"
            )
        }
        Output.line("  the index takes \(Units.bytes(Indexing.fileSize(path)))")
        ReasonText.tell(leftOut)
        ReasonText.tell(idleGlobs)
        ReasonText.list(failed + skipped)
        ReasonText.list(notes)
        if knownNotes > 0 {
            Output.line("  \(Units.count(knownNotes, "note")) of unchanged files; r3mem stats lists them")
        }
    }
}

extension FileReason {
    /// Prints the first `limit` files with their reasons.
    static func list(_ reasons: [FileReason], limit: Int = 12) {
        var table = Table(.left, .left)
        for reason in reasons.prefix(limit) {
            table.row(Printable.line(reason.path, atMost: 60), Printable.line(Remedies.words(reason)))
        }
        guard !reasons.isEmpty else { return }
        Output.line(table.text(indent: "  "))
        if reasons.count > limit { Output.line("  … and \(reasons.count - limit) more (--json lists all)") }
    }
}
