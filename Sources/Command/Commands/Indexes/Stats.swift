import ArgumentParser
import Console
import Interface
import Retrieval

/// `r3mem stats`.
struct Stats: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show what an index holds and where its bytes go.",
        discussion: """
            Lists the size of each part of the index and its share of the text, and the files that are not in the index \
            with the reason.

              r3mem stats indexes/handbook.r3
            """)

    @Argument(help: "The index file.", completion: .file(extensions: ["r3"]))
    var file: String

    @OptionGroup var model: ModelOption
    @OptionGroup var json: JSONOption

    func run() throws {
        let index = try OpenIndex(path: file, model: model.load())
        defer { index.abandon() }
        let statistics = try index.statistics()
        if json.isOn { return try Output.json(statistics, userInfo: ReasonText.userInfo) }
        show(statistics)
    }

    private func words(_ verification: Verification) -> String {
        let time = (verification.time ?? "").replacing("T", with: " ").replacing("Z", with: " UTC")
        let wrong = verification.wrong ?? 0
        let finding = wrong == 0 ? Printable.line(time) : "\(Printable.line(time)), \(Units.count(wrong, "part")) wrong"
        return switch verification.state {
        case .never: "no record; 'r3mem verify' leaves one"
        case .verified: "\(finding), not changed since"
        case .damaged: finding
        case .changed: "\(finding), changed since"
        }
    }

    private func show(_ s: Statistics) {
        var facts = Table(.left, .left)
        facts.row("index", Printable.line(file) + ", format \(s.formatVersion)")
        facts.row(s.roots.count == 1 ? "root" : "roots", Printable.line(s.roots.joined(separator: ", ")))
        if let shards = s.shards { facts.row("shards", "\(Printable.line(shards)) of the files") }
        facts.row(
            "model",
            "\(Printable.line(s.modelName)) \(s.modelHash.prefix(12)), \(Units.bytes(s.modelBytes)) (one for all indexes)")
        let states = s.fileStates.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
        facts.row("files", "\(s.files)" + (states.isEmpty ? "" : " (\(states.joined(separator: ", ")))"))
        if let leftOut = ReasonText.words(s.leftOut) { facts.row("left out", leftOut) }
        facts.row("documents", "\(s.documents) in \(Units.count(s.passages, "passage"))")
        facts.row("verified", words(s.lastVerification))
        Output.line(facts.text())
        Output.line()

        var sizes = Table(.left, .right, .right)
        func size(_ name: String, _ bytes: Int) {
            sizes.row(name, Units.bytes(bytes), s.textBytes > 0 ? Units.ratio(Double(bytes) / Double(s.textBytes)) : "")
        }
        sizes.row("part", "size", "of text")
        for part in s.parts.named { size("  " + part.name, part.bytes) }
        size("index", s.indexBytes)
        size("text", s.textBytes)
        size("source files", s.sourceBytes)
        size("index with model", s.indexBytes + s.modelBytes)
        Output.line(sizes.text())
        for (heading, files) in [("not indexed", s.notIndexed), ("indexed, but", s.notes)] where !files.isEmpty {
            Output.line()
            Output.line(heading)
            ReasonText.list(files, limit: 40)
        }
    }
}
