import Console
import Corpora
import Interface
import Pipelines
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

    /// Prints the globs that match nothing. They are relative to a root, which users do not expect of a path.
    static func tell(_ globs: [IdleGlob]) {
        for glob in globs {
            let lack = glob.option == "include" ? "takes no file" : "leaves out nothing more"
            Output.line("  --\(glob.option) '\(Printable.line(glob.glob))' \(lack): globs are relative to a root")
        }
    }

    /// Prints what rules left out.
    static func tell(_ leftOut: LeftOut) {
        if let words = words(leftOut) { Output.line("  files and folders left out: \(words)") }
    }
}
