import ArgumentParser
import Console
import Interface
import Pipelines
import Retrieval

/// `r3mem verify`.
struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Reconstruct every document and compare it with its hash.",
        discussion: """
            Checks every checksum of the file and every byte of every document. Names the wrong parts and exits with 1 \
            where there are any. --repair rebuilds a damaged file from its intact parts and lists the lost files; the next \
            refresh reads them again.

            A record of what was found is left outside the index, in $XDG_STATE_HOME/r3mem (~/.local/state/r3mem), so that \
            'stats' and servers can say when the index was verified, or that it has changed since.

              r3mem verify indexes/handbook.r3
            """)

    @Argument(help: "The index file.", completion: .file(extensions: ["r3"]))
    var file: String

    @Flag(help: "Rebuild a damaged file from its intact parts. The file is replaced only when the new one is complete.")
    var repair = false

    @OptionGroup var common: RunOptions

    func run() throws {
        let model = try common.model.load()
        let line = ProgressLine(isQuiet: common.quiet.isOn, nouns: "documents")
        let report = try line.during {
            repair
                ? try Indexing.verifyAndRepair(file, model: model, threads: common.threads.count, progress: $0)
                : try OpenIndex.verification(of: file, model: model, threads: common.threads.count, progress: $0)
        }
        if common.json.isOn {
            try Output.json(report, userInfo: ReasonText.userInfo)
        } else if !common.quiet.isOn || !report.wrong.isEmpty {
            Output.line(summary(of: report))
            FileReason.list(report.wrong)
        }
        if let fault = report.recordFault {
            Output.note(
                "r3mem: \(Printable.line(file)): no record of this could be left for 'r3mem stats' (\(fault)); check XDG_STATE_HOME"
            )
        }
        if let repair = report.repair { try tell(repair) }
        guard report.wrong.isEmpty else {
            Output.note(
                "r3mem: \(Printable.line(file)): \(Units.count(report.wrong.count, "part")) wrong; \(Remedies.damage)"
            )
            throw ExitCode.failure
        }
        guard report.isComplete else {
            Output.note("r3mem: stopped; nothing wrong so far, and nothing was changed")
            throw ExitCode(Interrupts.exitCode)
        }
    }

    /// States only what was checked: the documents that are right, and whether that is all of them.
    private func summary(of report: VerifyReport) -> String {
        let rate = report.seconds > 0 ? ", \(Units.bytes(Double(report.textBytes) / report.seconds))/s" : ""
        let right = "\(Units.count(report.documents, "document")), \(Units.bytes(report.textBytes)) of text"
        let finding =
            if !report.wrong.isEmpty {
                "\(right) right, \(Units.count(report.wrong.count, "part")) wrong"
            } else if report.repair?.isWhole == false {
                "\(right) are left, every byte of them reconstructed and every hash equal"
            } else if !report.isComplete {
                "\(right) right, the rest not checked"
            } else {
                "\(right), every byte reconstructed and every hash equal"
            }
        return "\(Printable.line(file)): \(finding) (\(Units.seconds(report.seconds))\(rate))"
    }

    /// Reports the losses of a repair.
    private func tell(_ repair: RepairReport) throws {
        if repair.isWhole {
            if !common.json.isOn, !common.quiet.isOn { Output.line("  repaired; nothing was lost") }
            return
        }
        if !common.json.isOn { FileReason.list(repair.lost) }
        var losses: [String] = []
        if !repair.lost.isEmpty { losses.append("the text of \(Units.count(repair.lost.count, "file")) is lost") }
        if repair.lostPaths > 0 { losses.append("\(Units.count(repair.lostPaths, "path")) lost") }
        if repair.unprovenPaths > 0 { losses.append("\(Units.count(repair.unprovenPaths, "path")) could not be verified") }
        if repair.isHeaderLost { losses.append("the options could not be verified") }
        if repair.isLogLost { losses.append("the last commits, in its log, are lost") }
        let again = "run r3mem refresh to read the files again"
        let remedy =
            repair.isHeaderLost
            ? "\(again), or 'r3mem index ROOT --to FILE' where the index does not know its folders any more" : again
        Output.note("r3mem: \(Printable.line(file)): repaired, but \(losses.joined(separator: ", ")); \(remedy)")
        throw ExitCode.failure
    }
}
