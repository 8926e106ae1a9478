extension Workbook {
    /// Adds the comments of a sheet, each after the row of its cell.
    func comments(_ part: XMLElement, _ grid: inout SheetGrid) {
        let authors = part.first("authors")?.all("author").map(\.text) ?? []
        for comment in part.first("commentList")?.all("comment") ?? [] {
            let author = comment["authorId"].flatMap { Int($0) }.flatMap { authors.indices.contains($0) ? authors[$0] : nil }
            // The comment of a thread says only that Excel is too old; the thread holds the words.
            if author?.hasPrefix("tc=") == true { continue }
            grid.comment(on: comment["ref"], by: author, comment.first("text").map { Self.runs($0).text } ?? "")
        }
    }

    /// Adds the threads of comments of a sheet.
    static func threads(_ part: XMLElement, _ people: [String: String], _ grid: inout SheetGrid) {
        for comment in part.all("threadedComment") {
            grid.comment(on: comment["ref"], by: people[comment["personId"] ?? ""], comment.first("text")?.text ?? "")
        }
    }

    /// A field of a form that stands on a sheet.
    struct Control {
        /// The identifier of its shape in the drawing.
        let shape: String
        let relationship: String
        let name: String
    }

    /// The states of the boxes to tick among the fields, with their names, by the identifiers of their shapes.
    static func boxes(
        _ controls: [Control], _ relationships: [String: OfficePackage.Relationship], _ package: inout OfficePackage
    ) -> [String: (state: String, name: String)] {
        var boxes: [String: (state: String, name: String)] = [:]
        for control in controls {
            guard let target = relationships[control.relationship], !target.isOutside, let part = package.xml(target.target),
                ["CheckBox", "Radio"].contains(part["objectType"])
            else { continue }
            boxes[control.shape] = (part["checked"] == "Checked" ? "[x]" : "[ ]", control.name)
        }
        return boxes
    }

    /// Adds the boxes, charts and pictures of a sheet after its rows. Takes out of `boxes` those that have a label.
    static func drawing(
        _ path: String, _ boxes: inout [String: (state: String, name: String)], _ package: inout OfficePackage,
        _ grid: inout SheetGrid
    ) {
        guard let part = package.xml(path) else { return }
        for shape in part.shown("sp") {
            var words = shape.descendants("txBody").flatMap { $0.all("p") }.map(\.paragraphText).filter { !$0.isEmpty }
            if !words.isEmpty, let box = boxes.removeValue(forKey: shape.descendants("cNvPr").first?["id"] ?? "") {
                words[0] = box.state + " " + words[0]
            }
            for line in words { grid.addDrawn(line) }
        }
        for picture in part.shown("pic") {
            let words = picture.descendants("cNvPr").first?["descr"] ?? ""
            if words.isEmpty { package.remark(.picture) } else { grid.addDrawn(words) }
        }
        for relationship in package.relationships(of: path).values.sorted(by: { $0.target < $1.target })
        where !relationship.isOutside && DrawingText.kinds.contains(relationship.kind) {
            for line in DrawingText.lines(relationship.target, &package) { grid.addDrawn(line) }
        }
    }
}

extension XMLElement {
    /// The elements of this name inside, without the copies of them for older programs.
    fileprivate func shown(_ name: String) -> [XMLElement] {
        elements.flatMap { child -> [XMLElement] in
            if child.name == name { return [child] }
            if child.name == "AlternateContent" {
                return (child.first("Choice") ?? child.first("Fallback"))?.shown(name) ?? []
            }
            return child.shown(name)
        }
    }
}
