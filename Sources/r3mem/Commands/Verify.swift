import ArgumentParser
import Pipelines
import Retrieval

/// `r3mem verify`.
struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Reconstruct every document and compare it with its hash.",
        discussion: """
            Checks every checksum of the file and every byte of every document. Exits with 1 where anything is wrong, and names it. \
            With --repair, a damaged file is rebuilt from its intact parts; what was lost is listed, and read again by the next refresh.

              r3mem verify indexes/handbook.r3
            """)

    @Argument(help: "The index file.", completion: .file(extensions: ["r3"]))
    var file: String

    @Flag(help: "Rebuild a damaged file from its intact parts; it is replaced only when the new one is complete.")
    var repair = false

    @OptionGroup var threads: ThreadsOption
    @OptionGroup var model: ModelOption
    @OptionGroup var json: JSONOption
    @OptionGroup var quiet: QuietOption

    func run() throws {
        let model = try model.load()
        let line = ProgressLine(isQuiet: quiet.isOn, nouns: "documents")
        let report = try line.during {
            repair
                ? try Indexing.verifyAndRepair(file, model: model, threads: threads.count, progress: $0)
                : try OpenIndex(path: file, model: model, threads: threads.count).verify(progress: $0)
        }
        if json.isOn {
            try Output.json(report)
        } else if !quiet.isOn || !report.wrong.isEmpty {
            let rate = report.seconds > 0 ? ", \(Units.bytes(Double(report.textBytes) / report.seconds))/s" : ""
            Output.line(
                "\(Printable.line(file)): \(Units.count(report.documents, "document")), \(Units.bytes(report.textBytes)) of text, "
                    + "each byte reconstructed and each hash equal (\(Units.seconds(report.seconds))\(rate))")
            FileReason.list(report.wrong)
        }
        if let repair = report.repair { try tell(repair) }
        guard report.wrong.isEmpty else {
            Output.note(
                "r3mem: \(Printable.line(file)): \(Units.count(report.wrong.count, "part")) wrong; restore the file from a copy, or save what is left with r3mem verify --repair"
            )
            throw ExitCode.failure
        }
        guard report.isComplete else {
            Output.note("r3mem: stopped; nothing wrong so far, and nothing was changed")
            throw ExitCode(Interrupts.exitCode)
        }
    }

    /// Says what a repair cost.
    private func tell(_ repair: RepairReport) throws {
        if repair.isWhole {
            if !json.isOn, !quiet.isOn { Output.line("  repaired; nothing was lost") }
            return
        }
        if !json.isOn { FileReason.list(repair.lost) }
        var losses: [String] = []
        if !repair.lost.isEmpty { losses.append("the text of \(Units.count(repair.lost.count, "file")) is lost") }
        if repair.lostPaths > 0 { losses.append("\(Units.count(repair.lostPaths, "path")) lost") }
        if repair.unprovenPaths > 0 { losses.append("\(Units.count(repair.unprovenPaths, "path")) could not be proven") }
        if repair.isHeaderLost { losses.append("its options could not be proven") }
        if repair.isLogLost { losses.append("what its log held is lost") }
        Output.note("r3mem: \(Printable.line(file)): repaired, but \(losses.joined(separator: ", ")); run r3mem refresh to read the files again")
        throw ExitCode.failure
    }
}
