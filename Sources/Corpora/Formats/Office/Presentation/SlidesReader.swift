extension MediaType {
    /// A presentation of Microsoft PowerPoint.
    package static let slides = MediaType(rawValue: "pptx")
}

/// Reads presentations of Microsoft PowerPoint (ECMA-376, part 1). Each slide is a heading.
struct SlidesReader: Reader {
    let format = Format(
        .slides, extensions: ["pptx", "pptm", "potx", "potm", "ppsx", "ppsm"],
        signatures: [.container([0x50, 0x4B, 0x03, 0x04])])

    func longestFile(_ limits: ExtractionLimits) -> Int { limits.pdfBytes }

    func read(_ bytes: [UInt8], limits: ExtractionLimits) throws(Refusal) -> Document {
        var package = try OfficePackage(bytes, limits: limits)
        guard let deck = package.xml(package.main) else { throw .containerDamaged(package.main) }
        let relationships = package.relationships(of: package.main)
        var text = SlideText()
        for (index, slide) in (deck.first("sldIdLst")?.all("sldId") ?? []).enumerated() {
            // The attribute "id" without a prefix is another number.
            guard let target = slide.relationship.flatMap({ relationships[$0]?.target }), let part = package.xml(target)
            else {
                package.remark(.damaged("slide \(index + 1)"))
                continue
            }
            text.slide(part, number: index + 1, path: target, &package)
        }
        var extracted = Extracted(text.markup)
        extracted.title = package.title().flatMap { Self.isTitle($0) ? $0 : nil } ?? text.titles.first
        extracted.remarks.add(package.remarks)
        return try extracted.document(.slides)
    }

    private static func isTitle(_ title: String) -> Bool {
        let clean = title.lowercased().trimmed
        return !clean.isEmpty && !clean.hasPrefix("powerpoint pr") && clean != "slide 1"
    }
}

/// Writes slides as markup.
struct SlideText {
    private(set) var markup = MarkupBuilder()
    /// The titles of the slides.
    private(set) var titles: [String] = []
    private var figures: [String: [String]] = [:]
    private var depth = 0
    /// The layouts and masters whose texts are written, and these texts.
    private var shown: Set<String> = []
    /// The styles of the slide, and those of each layout by its path.
    private var styles = SlideStyles()
    private var layouts: [String: SlideStyles] = [:]

    private static let deepest = 30

    mutating func slide(_ part: XMLElement, number: Int, path: String, _ package: inout OfficePackage) {
        figures = [:]
        styles = styles(of: path, &package)
        let relationships = package.relationships(of: path)
        for (id, relationship) in relationships where DrawingText.kinds.contains(relationship.kind) {
            if !relationship.isOutside { figures[id] = DrawingText.lines(relationship.target, &package) }
        }
        let isHidden = ["0", "false"].contains(part["show"] ?? "1")
        markup.element(.h1, "Slide \(number)" + (isHidden ? " (hidden)" : ""))
        let tree = part.first("cSld")?.first("spTree")
        let shapes = tree?.elements ?? []
        for shape in shapes where shape.isTitle { title(shape) }
        for shape in shapes where !shape.isTitle { self.shape(shape) }
        if !part.isUnset("showMasterSp") { background(path, &package) }
        for relationship in relationships.values.sorted(by: { $0.target < $1.target }) where !relationship.isOutside {
            switch relationship.kind {
            case "notesSlide":
                if let notes = package.xml(relationship.target) { self.notes(notes) }
            case "comments":
                if let comments = package.xml(relationship.target) { self.comments(comments) }
            default: break
            }
        }
    }

    /// The styles of the layout of a slide, and of its master.
    private mutating func styles(of path: String, _ package: inout OfficePackage) -> SlideStyles {
        guard let layout = package.target("slideLayout", of: path) else { return SlideStyles() }
        if let known = layouts[layout] { return known }
        let styles = SlideStyles(
            layout: package.xml(layout), master: package.xml("slideMaster", of: layout))
        layouts[layout] = styles
        return styles
    }

    /// Writes the texts that the layout of a slide, and its master, add to it. Each text is written once.
    private mutating func background(_ path: String, _ package: inout OfficePackage) {
        for kind in ["slideLayout", "slideMaster"] {
            guard let next = package.target(kind, of: path) else { continue }
            guard shown.insert(next).inserted, let part = package.xml(next) else { return }
            for shape in part.first("cSld")?.first("spTree")?.elements ?? [] where !shape.isPlaceholder {
                let words = shape.descendants("t").map(\.text).joined(separator: " ").trimmed
                if words.contains(where: { $0.isLetter || $0.isNumber }), shown.insert(words).inserted { self.shape(shape) }
            }
            if part.isUnset("showMasterSp") { return }
            return background(next, &package)
        }
    }

    private mutating func title(_ shape: XMLElement) {
        let text = shape.descendants("p").map { $0.paragraphText }.joined(separator: " ").trimmed
        guard !text.isEmpty else { return }
        titles.append(text)
        markup.element(.h2, text)
    }

    private mutating func shape(_ shape: XMLElement) {
        guard depth < Self.deepest else { return markup.remarks.add(.beyondLimit("shapes inside shapes")) }
        depth += 1
        defer { depth -= 1 }
        switch shape.name {
        case "sp", "cxnSp":
            // Numbers of slides are on every slide, and dates, of which one that is no field stands once.
            let kind = shape.placeholder?["type"]
            if kind == "sldNum" { return }
            if kind == "dt" {
                let words = shape.descendants("t").map(\.text).joined()
                guard shape.descendants("fld").isEmpty, shown.insert(words).inserted else { return }
            }
            let body = shape.first("txBody")
            if let body { paragraphs(body, styles.lists(for: shape)) }
            if body?.descendants("t").allSatisfy(\.text.isEmpty) ?? true { alternative(shape) }
        case "grpSp":
            for inner in shape.elements { self.shape(inner) }
            alternative(shape)
        case "AlternateContent":
            for inner in (shape.first("Choice") ?? shape.first("Fallback"))?.elements ?? [] { self.shape(inner) }
        case "graphicFrame":
            if let table = shape.descendants("tbl").first { self.table(table) }
            let reference = shape.descendants("chart").first ?? shape.descendants("relIds").first
            if let id = reference?["dm"] ?? reference?["id"] {
                for line in figures[id] ?? [] { markup.element(.p, line) }
            }
            if !shape.descendants("oleObj").isEmpty { markup.remarks.add(.object("embedded object")) }
            alternative(shape)
        case "pic": markup.element(.p) { $0.picture(Self.words(for: shape)) }
        default: break
        }
    }

    /// Writes the words that stand for a shape, where it has some.
    private mutating func alternative(_ shape: XMLElement) {
        let words = Self.words(for: shape)
        if !words.isEmpty { markup.element(.p) { $0.picture(words) } }
    }

    /// The alternative text of a shape, else its title.
    private static func words(for shape: XMLElement) -> String {
        let properties = shape.elements.first { $0.name.hasPrefix("nv") }?.first("cNvPr")
        return [properties?["descr"], properties?["title"]].lazy.compactMap { $0 }.first { !$0.isEmpty } ?? ""
    }

    /// - Parameter lists: the styles that hold for the box, the nearest first.
    private mutating func paragraphs(_ body: XMLElement, _ lists: [XMLElement] = []) {
        var numbers = SlideNumbers()
        for paragraph in body.all("p") {
            let level = paragraph.first("pPr")?["lvl"].flatMap { Int($0) } ?? 0
            let properties = paragraph.first("pPr")
            let numbering = SlideStyles.numbering(properties, level: level, lists)
            let isItem = properties?.first("buChar") != nil || numbering != nil || level > 0
            guard !paragraph.paragraphText.trimmed.isEmpty else { continue }
            let depth = markup.depth
            let label = numbers.label(numbering, level: level)
            if isItem { markup.item(level: level, label: label) } else { markup.closeLists() }
            if !isItem { markup.start(.p) }
            runs(paragraph)
            if !isItem { markup.end(downTo: depth) }
        }
        markup.closeLists()
    }

    private mutating func runs(_ paragraph: XMLElement) {
        for run in paragraph.elements {
            let depth = markup.depth
            switch run.name {
            case "r", "fld":
                if run.isStruck { markup.start(.s) }
                if let baseline = run.baseline { markup.start(baseline) }
                markup.text(run.runText)
            case "br": markup.element(.br) { _ in }
            case "m", "oMath", "oMathPara": markup.formula(run)
            case "AlternateContent":
                if let choice = run.first("Choice") ?? run.first("Fallback") { runs(choice) }
            default: break
            }
            markup.end(downTo: depth)
        }
    }

    private mutating func table(_ table: XMLElement) {
        let outer = markup.depth
        markup.start(.table)
        for (index, row) in table.all("tr").enumerated() {
            markup.start(.tr)
            for cell in row.all("tc") {
                // The cells that another one covers are there too. PowerPoint shows nothing of them.
                if cell.isSet("hMerge") || cell.isSet("vMerge") {
                    if !cell.descendants("t").allSatisfy(\.text.isEmpty) { markup.remarks.add(.hiddenText) }
                    continue
                }
                markup.startCell(
                    isHeader: index == 0, columns: cell["gridSpan"].flatMap { Int($0) } ?? 1,
                    rows: cell["rowSpan"].flatMap { Int($0) } ?? 1)
                if let body = cell.first("txBody") { paragraphs(body) }
                markup.end()
            }
            markup.end()
        }
        markup.end(downTo: outer)
    }

    private mutating func notes(_ part: XMLElement) {
        // Beside the notes their page has a picture of the slide, numbers and dates.
        let bodies = part.descendants("sp").filter {
            !["sldImg", "sldNum", "dt", "hdr", "ftr"].contains($0.placeholder?["type"])
        }
        let lines = bodies.flatMap { $0.descendants("p") }.map { $0.paragraphText.trimmed }.filter { !$0.isEmpty }
        guard !lines.isEmpty else { return }
        markup.element(.p) { this in
            this.text("[Notes: ")
            for (index, line) in lines.enumerated() {
                if index > 0 { this.element(.br) { _ in } }
                this.text(line)
            }
            this.text("]")
        }
    }

    private mutating func comments(_ part: XMLElement) {
        func note(_ label: String, _ comment: XMLElement) {
            let lines = comment.first("txBody")?.all("p").map(\.paragraphText) ?? [comment.first("text")?.text ?? ""]
            let text = lines.joined(separator: " ").trimmed
            if !text.isEmpty { markup.element(.p, "[\(label): \(text)]") }
        }
        for comment in part.descendants("cm") {
            note("Comment", comment)
            for reply in comment.first("replyLst")?.all("reply") ?? [] { note("Reply", reply) }
        }
    }
}

extension XMLElement {
    /// Whether the shape is the title of its slide.
    fileprivate var isTitle: Bool {
        let kind = placeholder?["type"]
        return kind == "title" || kind == "ctrTitle"
    }
}

extension XMLElement {
    /// Whether a shape of a layout stands for one of the slides.
    fileprivate var isPlaceholder: Bool { placeholder != nil }

    /// Whether an attribute of DrawingML is false.
    fileprivate func isUnset(_ name: String) -> Bool { ["0", "false"].contains(self[name]) }

    /// Whether an attribute of DrawingML is true.
    fileprivate func isSet(_ name: String) -> Bool { ["1", "true"].contains(self[name]) }
}
