/// What the styles and numberings of a Word document say about paragraphs.
struct WordStyles {
    /// A style of paragraphs or characters.
    private struct Style {
        var name = ""
        var parent: String?
        var level: Int?
        var number: Number?
        var isStruck: Bool?
        var isHidden: Bool?
        var position: Position?
        var font: String?
    }

    /// How characters stand.
    enum Position {
        case raised, lowered, onLine
    }

    /// A place in a numbering.
    struct Number: Equatable {
        var list: String?
        var level: Int?
    }

    private var styles: [String: Style] = [:]
    private var lists = ListNumbering()

    init(styles root: XMLElement?, numbering: XMLElement?) {
        for element in root?.all("style") ?? [] {
            guard let id = element["styleId"] else { continue }
            var style = Style()
            style.name = element.first("name")?["val"]?.lowercased() ?? ""
            style.parent = element.first("basedOn")?["val"]
            let properties = element.first("pPr")
            style.level = properties?.first("outlineLvl")?["val"].flatMap { Int($0) }
            style.number = properties?.first("numPr").map(Self.number)
            style.isStruck = Self.isStruck(element.first("rPr"))
            style.isHidden = Self.flag(element.first("rPr"), "vanish")
            style.position = Self.position(element.first("rPr"))
            style.font = Self.font(element.first("rPr"))
            styles[id] = style
        }
        let language = root?.first("docDefaults")?.descendants("lang").first?["val"] ?? "en"
        lists.isEnglish = language.lowercased().hasPrefix("en")
        for element in numbering?.all("abstractNum") ?? [] {
            guard let id = element["abstractNumId"] else { continue }
            for level in element.all("lvl") {
                guard let index = Self.index(level) else { continue }
                lists.levels[id, default: [:]][index] = Self.level(level)
            }
        }
        // A numbering may be that of the list which a style names.
        var links: [String: String] = [:]
        for element in numbering?.all("abstractNum") ?? [] {
            guard let id = element["abstractNumId"], let name = element.first("numStyleLink")?["val"] else { continue }
            links[id] = styles[name]?.number?.list
        }
        var linked: [String: String] = [:]
        for element in numbering?.all("num") ?? [] {
            guard let id = element["numId"], let target = element.first("abstractNumId")?["val"] else { continue }
            linked[id] = target
        }
        for element in numbering?.all("num") ?? [] {
            guard let id = element["numId"], let target = linked[id] else { continue }
            lists.numberings[id] = links[target].flatMap { linked[$0] } ?? target
            for change in element.all("lvlOverride") {
                guard let index = Self.index(change) else { continue }
                if let level = change.first("lvl") { lists.ownLevels[id, default: [:]][index] = Self.level(level) }
                if let start = change.first("startOverride")?["val"].flatMap({ Int($0) }) {
                    lists.starts[id, default: [:]][index] = start
                }
            }
        }
    }

    /// The level that an element of a numbering is for.
    private static func index(_ element: XMLElement) -> Int? {
        element["ilvl"].flatMap { Int($0) }.flatMap { (0..<ListNumbering.deepest).contains($0) ? $0 : nil }
    }

    private static func level(_ element: XMLElement) -> ListNumbering.Level {
        var level = ListNumbering.Level()
        level.format = element.first("numFmt")?["val"] ?? "decimal"
        level.parts = ListNumbering.Part.parts(element.first("lvlText")?["val"] ?? "")
        level.start = element.first("start")?["val"].flatMap { Int($0) } ?? 1
        level.restart = element.first("lvlRestart")?["val"].flatMap { Int($0) }
        level.isLegal = flag(element, "isLgl") ?? false
        return level
    }

    /// The numbering in the properties of a paragraph.
    static func number(_ element: XMLElement) -> Number {
        Number(list: element.first("numId")?["val"], level: element.first("ilvl")?["val"].flatMap { Int($0) })
    }

    /// How characters with these properties stand. Nil when the properties do not say.
    static func position(_ properties: XMLElement?) -> Position? {
        switch properties?.first("vertAlign")?["val"] {
        case "superscript": return .raised
        case "subscript": return .lowered
        case .some: return .onLine
        case nil: break
        }
        // Half points. Less than two points are for looks.
        guard let points = properties?.first("position")?["val"].flatMap({ Int($0) }) else { return nil }
        return points >= 4 ? .raised : points <= -4 ? .lowered : .onLine
    }

    /// The font of characters with these properties. Nil when the properties do not say.
    static func font(_ properties: XMLElement?) -> String? {
        properties?.first("rFonts").flatMap { $0["ascii"] ?? $0["hAnsi"] }
    }

    /// Whether characters with these properties are struck through. Nil when the properties do not say.
    static func isStruck(_ properties: XMLElement?) -> Bool? {
        let flags = [flag(properties, "strike"), flag(properties, "dstrike")].compactMap(\.self)
        return flags.isEmpty ? nil : flags.contains(true)
    }

    /// Whether a switch is on. Nil when the properties do not say.
    static func flag(_ properties: XMLElement?, _ name: String) -> Bool? {
        guard let element = properties?.first(name) else { return nil }
        return !["0", "false", "off"].contains(element["val"] ?? "1")
    }
}

extension WordStyles {
    /// A style and the styles that it is based on.
    private func chain(_ id: String?) -> [Style] {
        var found: [Style] = []
        var next = id
        while let id = next, let style = styles[id], found.count < 20 {
            found.append(style)
            next = style.parent
        }
        return found
    }

    /// The level of a heading: 1 for the outermost. Nil for other text.
    func headingLevel(style: String?, outline: Int?) -> Int? {
        if let outline { return outline < 9 ? outline + 1 : nil }
        for style in chain(style) {
            if let level = style.level { return level < 9 ? level + 1 : nil }
            if style.name == "title" { return 1 }
            if style.name.hasPrefix("heading "), let level = Int(style.name.dropFirst(8)) { return max(1, level) }
        }
        // A document without styles may still use the names that Word gives them.
        if let style, styles[style] == nil, style.lowercased().hasPrefix("heading"), let level = Int(style.dropFirst(7)) {
            return max(1, level)
        }
        return nil
    }

    /// The numbering of a style.
    func number(style: String?) -> Number? { chain(style).lazy.compactMap(\.number).first { $0.list != nil } }

    /// Whether text of a style is struck through.
    func isStruck(style: String?) -> Bool { chain(style).lazy.compactMap(\.isStruck).first ?? false }

    /// How characters of a style stand.
    func position(style: String?) -> Position? { chain(style).lazy.compactMap(\.position).first }

    /// The font of a style.
    func font(style: String?) -> String? { chain(style).lazy.compactMap(\.font).first }

    /// Whether text of a style is hidden.
    func isHidden(style: String?) -> Bool { chain(style).lazy.compactMap(\.isHidden).first ?? false }

    /// The label of the next paragraph of a list: "-" for a bullet, and a number otherwise. Nil without a numbering.
    mutating func label(_ list: String, level: Int) -> String? {
        list == "0" ? nil : lists.label(list, level: level)
    }
}
