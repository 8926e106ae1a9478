extension OpenText {
    /// Writes the text inside a paragraph.
    mutating func inline(_ element: XMLElement, depth: Int = 0) {
        guard depth < 100 else { return }
        for child in element.children {
            switch child {
            case .text(let text): markup.text(SymbolFont.readable(text, font: font))
            case .element(let child): inlineElement(child, depth)
            }
        }
    }

    private mutating func inlineElement(_ child: XMLElement, _ depth: Int) {
        switch child.name {
        case "s", "tab": markup.text(" ")
        case "line-break": markup.element(.br) { _ in }
        case "soft-page-break": pageBreak()
        case "span": styled(child["style-name"]) { $0.inline(child, depth: depth + 1) }
        case "change": deleted(child)
        case "control": control(child)
        case "note":
            let label = child.first("note-citation")?.text ?? "*"
            markup.text("[\(label)]")
            if let body = child.first("note-body") { following.append(.note(label, body)) }
        case "annotation": following.append(.comment(child))
        case "annotation-end", "bookmark", "bookmark-start", "bookmark-end", "reference-mark": break
        case "ruby":
            if let base = child.first("ruby-base") { inline(base, depth: depth + 1) }
            if let reading = child.first("ruby-text")?.text.trimmed, !reading.isEmpty { markup.text("(\(reading))") }
        case _ where Self.shapes.contains(child.name):
            if let object = child.first("object"), let math = formula(object) {
                markup.mathematics(math)
            } else {
                following.append(.box(child))
            }
        case "hidden-text":
            if child["is-hidden"] == "true" {
                markup.remarks.add(.hiddenText)
            } else {
                markup.text(child.text.isEmpty ? child["string-value"] ?? "" : child.text)
            }
        case "script", "tracked-changes": break
        default: inline(child, depth: depth + 1)
        }
    }

    private func formula(_ object: XMLElement) -> XMLElement? {
        objects.root(of: object).flatMap { $0.name == "math" ? $0 : nil }
    }
}

extension MarkupBuilder {
    /// Adds a formula in MathML.
    mutating func mathematics(_ element: XMLElement, depth: Int = 0) {
        guard depth < 60 else { return }
        if element.name == "annotation" { return }
        let tag = HTMLTag(mathematical: element.name) ?? .other
        self.element(tag) { this in
            for child in element.children {
                switch child {
                case .text(let text): this.text(text)
                case .element(let child): this.mathematics(child, depth: depth + 1)
                }
            }
        }
    }
}
