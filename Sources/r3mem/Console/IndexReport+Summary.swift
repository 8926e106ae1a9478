import ArgumentParser
import Foundation
import Pipelines
import Retrieval

extension IndexReport {
    /// What `index` and `refresh` say at their end, and how to go on after a stop.
    ///
    /// - Throws: `ExitCode` 130 where the run was stopped.
    func finish(index path: String, again: String, asJSON: Bool, isQuiet: Bool) throws {
        if asJSON {
            try Output.json(self)
        } else if !isQuiet {
            summarise(path)
        }
        guard isComplete else {
            Output.note("r3mem: stopped; what was read so far is kept in \(Printable.line(path)), and \(again) goes on from there")
            throw ExitCode(Interrupts.exitCode)
        }
    }

    /// Counts, size and what could not be read, as lines of output.
    func summarise(_ path: String) {
        let counts = [
            (added, "added"), (changed, "changed"), (moved, "moved"), (duplicates, "duplicates"), (removed, "removed"),
            (unchanged, "unchanged"), (kept, "kept though not readable now"), (skipped.count, "skipped"), (failed.count, "failed"),
        ]
        let told = counts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
        Output.line("\(Printable.line(path)): \(told.isEmpty ? "no file" : told.joined(separator: ", "))")
        if textBytes > 0 {
            let rate = seconds > 0 ? ", \(Units.bytes(Double(textBytes) / seconds))/s" : ""
            Output.line("  read \(Units.bytes(textBytes)) of text as \(Units.count(passages, "passage")) in \(Units.seconds(seconds))\(rate)")
        }
        Output.line("  the index takes \(Units.bytes(Indexing.fileSize(path)))")
        ReasonText.list(failed + skipped)
    }
}

extension FileReason {
    /// Prints the first files with their reasons.
    static func list(_ reasons: [FileReason], limit: Int = 12) {
        var table = Table(.left, .left)
        for reason in reasons.prefix(limit) { table.row(Printable.line(reason.path, atMost: 60), Printable.line(reason.reason)) }
        guard !reasons.isEmpty else { return }
        Output.line(table.text(indent: "  "))
        if reasons.count > limit { Output.line("  … and \(reasons.count - limit) more (--json lists all)") }
    }
}
