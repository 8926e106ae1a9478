import Console
import Corpora
import Interface
import Retrieval

extension ReasonText {
    /// Prints the first files with their reasons. Files that should have been read are marked as failed.
    static func list(_ files: [RefusedFile], limit: Int = 12) {
        guard !files.isEmpty else { return }
        var table = Table(.left, .left)
        for file in files.prefix(limit) {
            let refusal = Refusal(number: file.reason.number, details: file.reason.details)
            let isNote = ReadingNote(number: file.reason.number, details: file.reason.details) != nil
            let isFault = !isNote && refusal?.kind != .skipped && refusal?.isUnseen != true
            let mark = isFault ? "failed: " : ""
            table.row(Printable.line(file.path, atMost: 60), Printable.line(mark + words(file.reason)))
        }
        Output.line(table.text(indent: "  "))
        if files.count > limit { Output.line("  … and \(files.count - limit) more (--json lists all)") }
    }
    /// Prints what rules left out.
    static func tell(_ leftOut: LeftOut) {
        if let words = words(leftOut) { Output.line("  files and folders left out: \(words)") }
    }
}
