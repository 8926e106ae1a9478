import Retrieval

extension Citation {
    /// "policies/returns.md › Returns › Deadline", "statutes.pdf, page 3", with the other paths of the same text.
    var place: String {
        var text = Printable.line(path)
        if let page { text += ", page \(page)" }
        let headings = headings.map { Printable.line($0, atMost: 60) }.filter { !$0.isEmpty }
        if !headings.isEmpty { text += " › " + headings.joined(separator: " › ") }
        if !alsoAt.isEmpty { text += " (also \(Printable.line(alsoAt.joined(separator: ", "), atMost: 80)))" }
        return text
    }
}
