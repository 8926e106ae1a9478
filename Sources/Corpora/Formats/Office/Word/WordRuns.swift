/// What holds for the runs of a paragraph.
struct WordRuns {
    /// Whether the style of the paragraph hides its text.
    let hidden: Bool
    /// Whether the style of the paragraph strikes its text through.
    let struck: Bool
    /// The font of the style of the paragraph.
    var usualFont: String?
    /// The fields that are open.
    var fields: [Field] = []
    /// The font of the run.
    var font: String?

    /// A field: an instruction, and in most cases its result.
    struct Field {
        var instruction = ""
        var showsResult = false
    }

    /// Whether the text is the instruction of a field, not its result.
    var isInstruction: Bool { fields.contains { !$0.showsResult } }
}

extension WordText {
    /// Writes the runs of an element.
    mutating func inline(_ element: XMLElement, _ runs: inout WordRuns, depth: Int = 0) {
        guard depth < 60 else { return }
        for child in element.elements {
            switch child.name {
            case "r": run(child, &runs)
            case "oMath", "oMathPara": markup.formula(child)
            case "del", "moveFrom":
                let open = markup.depth
                markup.start(.del)
                inline(child, &runs, depth: depth + 1)
                markup.end(downTo: open)
            case "commentReference": commentMark(child)
            case "AlternateContent":
                if let choice = child.first("Choice") ?? child.first("Fallback") { inline(choice, &runs, depth: depth + 1) }
            case "sdt":
                if let content = child.first("sdtContent") { inline(content, &runs, depth: depth + 1) }
            case "pPr", "rPr", "sdtPr": break
            case "fldSimple":
                if child.descendants("t").isEmpty { equation(child["instr"] ?? "") }
                inline(child, &runs, depth: depth + 1)
            case "ruby":
                if let base = child.first("rubyBase") { inline(base, &runs, depth: depth + 1) }
                reading(child)
            default: inline(child, &runs, depth: depth + 1)
            }
        }
    }
}

extension WordText {
    private mutating func run(_ run: XMLElement, _ runs: inout WordRuns) {
        let properties = run.first("rPr")
        let style = properties?.first("rStyle")?["val"]
        let isHidden = WordStyles.flag(properties, "vanish") ?? (runs.hidden || styles.isHidden(style: style))
        let isStruck = WordStyles.isStruck(properties) ?? (runs.struck || styles.isStruck(style: style))
        runs.font = WordStyles.font(properties) ?? styles.font(style: style) ?? runs.usualFont
        let depth = markup.depth
        if isStruck { markup.start(.s) }
        switch WordStyles.position(properties) ?? styles.position(style: style) {
        case .raised: markup.start(.sup)
        case .lowered: markup.start(.sub)
        case .onLine, nil: break
        }
        for child in run.elements { content(child, &runs, isHidden) }
        markup.end(downTo: depth)
    }

    /// Writes what a field without a result shows.
    private mutating func equation(_ instruction: String) {
        if let words = FieldEquation.text(instruction) ?? automaticField(instruction) { markup.text(words) }
    }

    private mutating func content(_ child: XMLElement, _ runs: inout WordRuns, _ isHidden: Bool) {
        switch child.name {
        case "t", "delText":
            if isHidden {
                if !child.text.isEmpty { markup.remarks.add(.hiddenText) }
            } else if !runs.isInstruction {
                markup.text(SymbolFont.readable(child.text, font: runs.font))
            }
        case "fldChar":
            switch child["fldCharType"] {
            case "begin":
                runs.fields.append(WordRuns.Field())
                if !isHidden { chosen(child) }
            case "separate": if let last = runs.fields.indices.last { runs.fields[last].showsResult = true }
            default:
                let field = runs.fields.popLast()
                if let field, !field.showsResult, !isHidden, !runs.isInstruction { equation(field.instruction) }
            }
        case "instrText": if let last = runs.fields.indices.last { runs.fields[last].instruction += child.text }
        case "tab", "ptab": markup.text(" ")
        case "br", "cr":
            if child["type"] != "page" { markup.element(.br) { _ in } } else { markup.text(" ") }
        case "lastRenderedPageBreak": pageBreak()
        case "noBreakHyphen": markup.text("-")
        case "sym": symbol(child)
        case "footnoteReference": noteMark("footnote", child)
        case "endnoteReference": noteMark("endnote", child)
        case "commentReference": commentMark(child)
        case "drawing", "pict", "object": drawing(child)
        case "AlternateContent":
            if let choice = child.first("Choice") ?? child.first("Fallback") {
                for part in choice.elements { content(part, &runs, isHidden) }
            }
        case "ruby":
            for part in child.first("rubyBase")?.elements ?? [] where part.name == "r" { run(part, &runs) }
            reading(child)
        default: break
        }
    }

    /// The reading of characters, in brackets after them.
    private mutating func reading(_ ruby: XMLElement) {
        let words = ruby.first("rt")?.descendants("t").map(\.text).joined().trimmed ?? ""
        if !words.isEmpty { markup.text("(\(words))") }
    }

    /// What a list or a box of a form shows. The file has it in the properties of the field, not in a run.
    private mutating func chosen(_ field: XMLElement) {
        if let box = field.first("ffData")?.first("checkBox") {
            let state = (box.first("checked") ?? box.first("default")).map { $0["val"] ?? "1" } ?? "0"
            return markup.text(["0", "false", "off"].contains(state) ? "[ ]" : "[x]")
        }
        guard let list = field.first("ffData")?.first("ddList") else { return }
        let entries = list.all("listEntry").compactMap { $0["val"] }
        let index = (list.first("result") ?? list.first("default"))?["val"].flatMap { Int($0) } ?? 0
        if entries.indices.contains(index) { markup.text(entries[index]) }
    }

    /// A character by its number. Fonts of symbols use numbers that mean nothing in other fonts.
    private mutating func symbol(_ element: XMLElement) {
        guard let code = element["char"].flatMap({ UInt32($0, radix: 16) }) else { return }
        markup.text(SymbolFont.symbol(code, font: element["font"]))
    }

    /// A picture by its alternative text, and the boxes of text in a drawing.
    private mutating func drawing(_ element: XMLElement) {
        let boxes = element.boxes
        following += boxes.map { .box($0) }
        let properties = element.descendants("docPr").first
        var words = properties?["descr"] ?? ""
        if words.isEmpty { words = properties?["title"] ?? element.descendants("shape").first?["alt"] ?? "" }
        let chart = element.descendants("chart").first ?? element.descendants("relIds").first
        figure(chart?["dm"] ?? chart?["id"])
        let art = element.descendants("textpath").compactMap { $0["string"] }.joined(separator: " ").trimmed
        if !art.isEmpty { markup.text(" \(art) ") }
        if !words.isEmpty || (boxes.isEmpty && chart == nil && art.isEmpty) { markup.picture(words) }
        if element.name == "object" { markup.remarks.add(.object("embedded object")) }
    }
}

extension XMLElement {
    /// The boxes of text inside, without the copies of them for older programs, and without boxes inside boxes.
    fileprivate var boxes: [XMLElement] {
        elements.flatMap { child -> [XMLElement] in
            if child.name == "txbxContent" { return [child] }
            if child.name == "AlternateContent" { return (child.first("Choice") ?? child.first("Fallback"))?.boxes ?? [] }
            return child.boxes
        }
    }
}
