import Console
import Retrieval

extension Citation {
    /// The path with its page or headings, and other paths of the same text: "returns.md › Deadline", "statutes.pdf, page
    /// 3".
    var place: String { place(line: nil) }

    /// The place with the line of a text file: "notes.txt:17".
    func place(line: Int?) -> String {
        var text = Printable.line(path)
        if let line { text += ":\(line)" }
        if let page { text += ", page \(page)" }
        let headings = headings.map { Printable.line($0, atMost: 60) }.filter { !$0.isEmpty }
        if !headings.isEmpty { text += " › " + headings.joined(separator: " › ") }
        if !alsoAt.isEmpty { text += " (also \(Printable.line(alsoAt.joined(separator: ", "), atMost: 80)))" }
        return text
    }
}
