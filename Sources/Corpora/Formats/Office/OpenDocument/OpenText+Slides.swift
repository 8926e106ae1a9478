/// Slides of presentations, and pages of drawings.
extension OpenText {
    mutating func slide(_ page: XMLElement, number: Int, _ declarations: [XMLElement]) {
        let isHidden = styles.isHidden(page["style-name"])
        markup.element(.h1, "Slide \(number)" + (isHidden ? " (hidden)" : ""))
        let frames = page.elements
        for frame in frames where frame["class"] == "title" {
            let title = frame.descendants("p").map { $0.shown(styles) }.joined(separator: " ").trimmed
            guard !title.isEmpty else { continue }
            slideTitles.append(title)
            markup.element(.h2, title)
        }
        for frame in frames where frame["class"] != "title" && frame.name != "notes" && frame.name != "annotation" {
            shape(frame)
        }
        for comment in frames where comment.name == "annotation" { following.append(.comment(comment)) }
        follow()
        declared(page, declarations)
        background(page["master-page-name"])
        for notes in page.all("notes") {
            // Beside the notes their page has a picture of the slide, numbers and dates.
            let frames = notes.all("frame").filter {
                !["page", "header", "footer", "date-time", "page-number"].contains($0["class"])
            }
            let words = frames.flatMap { $0.descendants("p") }.map(\.text.trimmed).filter { !$0.isEmpty }
            if !words.isEmpty { markup.element(.p, "[Notes: " + words.joined(separator: " ") + "]") }
        }
    }

    /// Writes the footer and the fixed date of a slide, which stand before the slides. Each text is written once.
    private mutating func declared(_ page: XMLElement, _ declarations: [XMLElement]) {
        for (kind, use) in [("footer-decl", "use-footer-name"), ("date-time-decl", "use-date-time-name")] {
            guard let name = page[use] else { continue }
            for declaration in declarations where declaration.name == kind && declaration["name"] == name {
                // The date of today is not that of the text.
                let isCurrent = declaration["source"] == "current-date"
                let words = declaration.text.trimmed
                if !isCurrent, !words.isEmpty, shown.insert(words).inserted { markup.element(.p, words) }
            }
        }
    }

    /// Writes the texts that a master adds to its slides, once.
    private mutating func background(_ name: String?) {
        guard let name, shown.insert("master \(name)").inserted,
            let master = masters?.all("master-page").first(where: { $0["name"] == name })
        else { return }
        // The title and the outline of a master say how to fill those of a slide ("Click to edit"). A placeholder is an empty frame.
        // Notes are no part of a slide.
        let others: Set = ["title", "subtitle", "outline", "page-number"]
        for frame in master.elements where frame.name != "notes" && frame["placeholder"] != "true" {
            let words = frame.descendants("p").map(\.text).joined(separator: " ").trimmed
            guard !others.contains(frame["class"] ?? ""), frame.descendants("page-number").isEmpty,
                words.contains(where: { $0.isLetter || $0.isNumber }), shown.insert(words).inserted
            else { continue }
            shape(frame)
        }
    }
}
